"""What statements add up to: the rules of a verdict, each with a number.

One function decides, from the statements that count. The same rules stand as SPARQL in
`verdicts-of-province.rq` and as SHACL in `ontology/verdict-shapes.ttl`; a test holds the three against each
other on every cell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ...ontology.verdicts import GapSign, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


NOT_BUILT_RULE = "G1"  # of the layers that no province builds, whatever is stated
PLANNED_RULE = "G7"
RULES = {  # number of a rule → the verdict it gives; the sentences stand in the words of the package
    NOT_BUILT_RULE: Verdict.NOT_APPLICABLE,
    "G2": Verdict.CONTRADICTED,
    "G3": Verdict.STATED_GAP,
    "G4": Verdict.MET,
    "G5": Verdict.IN_PROGRESS,
    "G6": Verdict.STATED_GAP,
    PLANNED_RULE: Verdict.PLANNED,
    "G8": Verdict.NO_EVIDENCE,
}
_DECISIVE_SIGNS = {
    "G2": (GapSign.PRESENT, GapSign.ABSENT),
    "G3": (GapSign.ABSENT,),
    "G4": (GapSign.PRESENT,),
    "G5": (GapSign.UNDER_WAY, GapSign.PARTIAL),
    "G6": (GapSign.LIMITED,),
    PLANNED_RULE: (GapSign.PLANNED,),
}


class WeighedStatement(NamedTuple):
    """A statement that counts for a cell.

    :param id: short address of the claim
    :param since: from when on it holds: its own date, else the day it was said
    :param is_dated: whether it bears a date of its own
    """

    id: str
    sign: GapSign
    since: date
    is_dated: bool = False


def judge(statements: Sequence[WeighedStatement]) -> str:
    """Decide which rule a cell falls under, by the statements that count for it.

    :returns: the number of the rule, `G2` to `G8`

    >>> day = date(2020, 3, 19)
    >>> plan = WeighedStatement("a", GapSign.PLANNED, day)
    >>> judge([plan, WeighedStatement("b", GapSign.PRESENT, day)]), judge([])
    ('G4', 'G8')
    """
    present, absent = _latest(statements, GapSign.PRESENT), _latest(statements, GapSign.ABSENT)
    if absent and present == absent:
        return "G2"
    if absent and (present is None or absent > present):
        return "G3"
    return "G4" if present else _rule_without_presence(statements)


def _rule_without_presence(statements: Sequence[WeighedStatement]) -> str:
    """Choose the rule of a cell of which nobody says that the component is there, or is not."""
    signs = {weighed.sign for weighed in statements}
    for rule in ("G5", "G6", PLANNED_RULE):
        if not signs.isdisjoint(_DECISIVE_SIGNS[rule]):
            return rule
    return "G8"


def verdict_of(rule: str) -> Verdict:
    """Name the verdict that a rule gives."""
    return RULES[rule]


def deciding(rule: str) -> tuple[GapSign, ...]:
    """Name the signs that a rule rests on.

    >>> deciding("G7")
    (<GapSign.PLANNED: 'planned'>,)
    """
    return _DECISIVE_SIGNS.get(rule, ())


def since(rule: str, statements: Iterable[WeighedStatement]) -> WeighedStatement | None:
    """Find the earliest of the statements that decided; `None` where none did."""
    decisive = [weighed for weighed in statements if weighed.sign in deciding(rule)]
    return min(decisive, key=lambda weighed: (weighed.since, weighed.id), default=None)


def _latest(statements: Iterable[WeighedStatement], sign: GapSign) -> date | None:
    return max((weighed.since for weighed in statements if weighed.sign == sign), default=None)
