"""The numbered rules by which statements lead to a verdict.

:func:`judge` applies them to the statements that count. The same rules are written as SPARQL in
`verdicts-of-province.rq` and as SHACL in `ontology/verdict-shapes.ttl`; a test compares the three on every
cell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ....ontology.verdicts import AsideReason, GapSign, Verdict
from ....words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


NOT_BUILT_RULE = "G1"  # of the layers that no province builds, whatever is stated
PRESENT_RULE, PLANNED_RULE, SILENCE_RULE, SPOKEN_OF_RULE = "G4", "G7", "G8", "G9"
RULES = {  # number of a rule → the verdict it gives; the sentences stand in the words of the package
    NOT_BUILT_RULE: Verdict.NOT_APPLICABLE,
    "G2": Verdict.CONTRADICTED,
    "G3": Verdict.STATED_GAP,
    PRESENT_RULE: Verdict.MET,
    "G5": Verdict.IN_PROGRESS,
    "G6": Verdict.STATED_GAP,
    PLANNED_RULE: Verdict.PLANNED,
    SILENCE_RULE: Verdict.NO_EVIDENCE,
    SPOKEN_OF_RULE: Verdict.SPOKEN_OF,
}
_DECISIVE_SIGNS = {
    "G2": (GapSign.PRESENT, GapSign.ABSENT),
    "G3": (GapSign.ABSENT,),
    PRESENT_RULE: (GapSign.PRESENT,),
    "G5": (GapSign.UNDER_WAY, GapSign.PARTIAL),
    "G6": (GapSign.LIMITED,),
    PLANNED_RULE: (GapSign.PLANNED,),
    SPOKEN_OF_RULE: (GapSign.ASIDE,),
}
# What pulls against "it is there", when it is said of the same time or later.
_PULLING_SIGNS = (GapSign.ABSENT, GapSign.LIMITED, GapSign.UNDER_WAY, GapSign.PLANNED)


class SetAside(NamedTuple):
    """The reason why a statement is shown but not counted.

    :param detail: the version that the statement is about, or the day of the end; empty for other reasons
    :param required: the required version; empty for other reasons
    """

    reason: AsideReason
    detail: str = ""
    required: str = ""

    def text(self, lang: str) -> str:
        """Word the reason in a language.

        >>> SetAside(AsideReason.OTHER_VERSION, "1.0", "2.0").text("en")
        'about version 1.0, where 2.0 is required'
        """
        key = f"aside.{self.reason.value}"
        if self.reason is AsideReason.OTHER_VERSION and not self.detail:
            key += "_untold"
        return catalogue("egovkg.queries.planning", lang)(key, detail=self.detail, required=self.required)


class WeighedStatement(NamedTuple):
    """A statement about the component of a cell.

    :param id: short address of the claim
    :param since: the day from which it certainly holds: its own date, else the day it was made
    :param own_time: its own date as stated, such as `2019`; empty if it has none
    :param stated: the day it was made, the latest possible one; `None` where only the other fields matter
    :param set_aside: the reason why it does not count; `None` if it does
    :param version: the later version that counts instead of the required one; empty if there is none
    :param is_outright: whether it says that the component exists, is missing or is limited; `False` for a
        task to extend or upgrade it
    :param published: when its article was published, in EDTF; may be empty where that is the day `stated`
    """

    id: str
    sign: GapSign
    since: date
    own_time: str = ""
    stated: date | None = None
    set_aside: SetAside | None = None
    version: str = ""
    is_outright: bool = False
    published: str = ""

    @property
    def stated_text(self) -> str:
        """When it was made, in EDTF, as precise and as certain as that is known; empty if it is not known."""
        return self.published or (self.stated.isoformat() if self.stated else "")

    @property
    def since_text(self) -> str:
        """From when it holds, in EDTF, as precise and as certain as that is known.

        >>> day = date(2024, 12, 31)
        >>> WeighedStatement("a", GapSign.PRESENT, day, stated=day, published="2023~").since_text
        '2023~'
        """
        own = self.own_time
        return own or (self.stated_text if self.since == self.stated else self.since.isoformat())

    @property
    def is_dated(self) -> bool:
        """Whether it has a date of its own."""
        return bool(self.own_time)


def judge(statements: Sequence[WeighedStatement]) -> str:
    """Return the rule (G2–G9) that determines the verdict of a cell, from the statements that count.

    :returns: the number of the rule, `G2` to `G9`

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
    return PRESENT_RULE if present else _rule_without_presence(statements)


def _rule_without_presence(statements: Sequence[WeighedStatement]) -> str:
    """Choose the rule for a cell without a statement that the component is present or absent."""
    signs = {weighed.sign for weighed in statements}
    for rule in ("G5", "G6", PLANNED_RULE, SPOKEN_OF_RULE):
        if not signs.isdisjoint(_DECISIVE_SIGNS[rule]):
            return rule
    return SILENCE_RULE


def verdict_of(rule: str) -> Verdict:
    """Return the verdict of a rule."""
    return RULES[rule]


def deciding(rule: str) -> tuple[GapSign, ...]:
    """Return the signs of statements on which a rule rests.

    >>> deciding("G7")
    (<GapSign.PLANNED: 'planned'>,)
    """
    return _DECISIVE_SIGNS.get(rule, ())


def since(rule: str, statements: Iterable[WeighedStatement]) -> WeighedStatement | None:
    """Find the earliest deciding statement; `None` without one."""
    decisive = [weighed for weighed in statements if weighed.sign in deciding(rule)]
    return min(decisive, key=lambda weighed: (weighed.since, weighed.id), default=None)


def _latest(statements: Iterable[WeighedStatement], sign: GapSign) -> date | None:
    return max((weighed.since for weighed in statements if weighed.sign == sign), default=None)


def pulling_apart(rule: str, statements: Sequence[WeighedStatement]) -> tuple[GapSign, ...]:
    """List the signs that contradict the presence of a component, from statements as recent or later.

    An earlier plan or lack is history and no contradiction; nor is a task to upgrade the component.

    >>> there = WeighedStatement("a", GapSign.PRESENT, date(2019, 12, 1))
    >>> unfinished = WeighedStatement("b", GapSign.UNDER_WAY, date(2019, 12, 5), is_outright=True)
    >>> pulling_apart("G4", [there, unfinished])
    (<GapSign.UNDER_WAY: 'under_way'>,)
    """
    present = _latest(statements, GapSign.PRESENT)
    if rule != PRESENT_RULE or present is None:
        return ()
    signs = {weighed.sign for weighed in statements if weighed.is_outright and weighed.since >= present}
    return tuple(sign for sign in _PULLING_SIGNS if sign in signs)
