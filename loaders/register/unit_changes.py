"""Changes of units: of name, rank or extent, or by a merger, each with its day and legal basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...problems import FaultError
from ...words import catalogue
from ..faults.messages import fault
from ..text.dates import read_date

CHANGES = "changes"  # the key of the register
KINDS = ("renamed", "raised", "extended", "reduced", "merged")
_FORM = re.compile(r"(?P<day>\S+) (?P<kind>[a-z]+)(?: from (?P<former>.+?))? by (?P<basis>.+)")
_EXAMPLE = "2025-01-01 raised from Tỉnh A by Nghị quyết 1/2024/QH15"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change of a unit, which remains the same unit unless it ended by a merger, or was made by one.

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
        name, or a merged one has one (the register names what it was made of by `succeeded_by`)

    >>> read_unit_change("2026-04-30 extended by Nghị quyết 30/2026/QH16").kind
    'extended'
    """
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None or match["kind"] not in KINDS:
        raise FaultError(fault("KG019.unit-change", text=text, kinds=KINDS, example=_EXAMPLE))
    is_renamed, is_merged = match["kind"] == KINDS[0], match["kind"] == KINDS[-1]
    if (is_renamed and not match["former"]) or (is_merged and match["former"]):
        raise FaultError(fault("KG019.unit-change", text=text, kinds=KINDS, example=_EXAMPLE))
    return UnitChange(read_date(match["day"]).edtf, match["kind"], match["former"] or "", match["basis"])
