"""Changes of units that go on existing: of name, rank or extent, each with its day and legal basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...problems import FaultError
from ...words import catalogue
from ..faults.messages import fault
from ..text.dates import read_date

CHANGES = "changes"  # the key of the register
KINDS = ("renamed", "raised", "extended", "reduced")
_FORM = re.compile(r"(?P<day>\S+) (?P<kind>[a-z]+)(?: from (?P<former>.+?))? by (?P<basis>.+)")
_EXAMPLE = "2025-01-01 raised from Tỉnh A by Nghị quyết 1/2024/QH15"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change of a unit that is no merger: it remains the same unit.

    :param day: from when it is so, in EDTF
    :param kind: one of :data:`KINDS`
    :param former: the name until then; empty where the name stayed
    :param basis: the legal document
    """

    day: str
    kind: str
    former: str
    basis: str

    def text(self, lang: str) -> str:
        """Word the change in a language.

        >>> read_unit_change("2025-01-01 raised from Tỉnh A by Nghị quyết 1/2024/QH15").text("en")
        '2025-01-01: raised in rank, formerly Tỉnh A (Nghị quyết 1/2024/QH15)'
        """
        words = catalogue(__package__, lang)
        kind = words[f"unit-change.{self.kind}"]
        key = "unit-change.renamed-from" if self.former else "unit-change.same-name"
        return words(key, day=self.day, kind=kind, former=self.former, basis=self.basis)


@lru_cache(maxsize=1024)
def read_unit_change(text: str) -> UnitChange:
    """Read one change, written as `DAY KIND [from FORMER NAME] by LEGAL BASIS`.

    :raises FaultError: if it is not written so, its day does not exist, or a renamed unit lacks its former
        name

    >>> read_unit_change("2026-04-30 extended by Nghị quyết 30/2026/QH16").kind
    'extended'
    """
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None or match["kind"] not in KINDS:
        raise FaultError(fault("KG019.unit-change", text=text, kinds=KINDS, example=_EXAMPLE))
    if match["kind"] == KINDS[0] and not match["former"]:
        raise FaultError(fault("KG019.unit-change", text=text, kinds=KINDS, example=_EXAMPLE))
    return UnitChange(read_date(match["day"]).edtf, match["kind"], match["former"] or "", match["basis"])
