"""What statements add up to: the rules of a verdict, each with a number and a sentence in both languages.

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


RULES: dict[str, tuple[Verdict, str, str]] = {
    "G1": (
        Verdict.NOT_APPLICABLE,
        "Tầng người dùng và tầng bên ngoài không do địa phương xây dựng.",
        "A province does not build the layers of users and of external systems.",
    ),
    "G2": (
        Verdict.CONTRADICTED,
        "Có phát biểu rằng có và phát biểu rằng không có, cùng thời điểm.",
        "Statements of the same time say that it is there and that it is not.",
    ),
    "G3": (
        Verdict.STATED_GAP,
        "Phát biểu mới nhất nói rằng không có hoặc đã ngừng.",
        "The latest statement says that it is not there or has ended.",
    ),
    "G4": (
        Verdict.MET,
        "Có phát biểu rằng đang vận hành hoặc đã hoàn thành ở cấp tỉnh.",
        "A statement says that it is operational or completed for the province.",
    ),
    "G5": (
        Verdict.IN_PROGRESS,
        "Chỉ có phát biểu rằng đang làm, hoặc mới có ở một sở hay đơn vị bên dưới.",
        "Statements say only that it is under way, or there in one department or lower units.",
    ),
    "G6": (
        Verdict.STATED_GAP,
        "Chỉ có phát biểu rằng còn hạn chế.",
        "Statements say only that it is limited.",
    ),
    "G7": (
        Verdict.PLANNED,
        "Chỉ có phát biểu rằng dự kiến hoặc đã phê duyệt.",
        "Statements say only that it is planned or approved.",
    ),
    "G8": (
        Verdict.NO_EVIDENCE,
        "Chưa bài nào nêu; không có nghĩa là không có.",
        "No article speaks of it, which does not mean that it is not there.",
    ),
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
    >>> (
    ...     judge([WeighedStatement("a", GapSign.PLANNED, day), WeighedStatement("b", GapSign.PRESENT, day)]),
    ...     judge([]),
    ... )
    ('G4', 'G8')
    """
    present, absent = _latest(statements, GapSign.PRESENT), _latest(statements, GapSign.ABSENT)
    if absent and present == absent:
        return "G2"
    if absent and (present is None or absent > present):
        return "G3"
    if present:
        return "G4"
    signs = {each.sign for each in statements} - {GapSign.ASIDE}
    if signs & {GapSign.UNDER_WAY, GapSign.PARTIAL}:
        return "G5"
    if GapSign.LIMITED in signs:
        return "G6"
    return "G7" if signs else "G8"


def verdict_of(rule: str) -> Verdict:
    """Name the verdict that a rule gives."""
    return RULES[rule][0]


_DECIDES = {
    "G2": (GapSign.PRESENT, GapSign.ABSENT),
    "G3": (GapSign.ABSENT,),
    "G4": (GapSign.PRESENT,),
    "G5": (GapSign.UNDER_WAY, GapSign.PARTIAL),
    "G6": (GapSign.LIMITED,),
    "G7": (GapSign.PLANNED,),
}


def deciding(rule: str) -> tuple[GapSign, ...]:
    """Name the signs that a rule rests on.

    >>> deciding("G7")
    (<GapSign.PLANNED: 'planned'>,)
    """
    return _DECIDES.get(rule, ())


def since(rule: str, statements: Iterable[WeighedStatement]) -> WeighedStatement | None:
    """Find the earliest of the statements that decided; `None` where none did."""
    decisive = [each for each in statements if each.sign in deciding(rule)]
    return min(decisive, key=lambda each: (each.since, each.id), default=None)


def _latest(statements: Iterable[WeighedStatement], sign: GapSign) -> date | None:
    return max((each.since for each in statements if each.sign == sign), default=None)
