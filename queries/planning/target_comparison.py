"""Comparison of figures with a target: selection of the figure that fits best, and the verdict.

A figure is compared with a target only if measure, service level, unit, period and grading scheme agree. A
share of which only the parts are stated is computed. A target is not due before the end of its period.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ...ontology.qualifiers import (
    Comparator,
    GovernmentLevel,
    has_same_levels,
    is_wholly_online,
    service_scheme,
)
from ...ontology.verdicts import TargetVerdict
from ...words import catalogue, written_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .cells.framework import NumericTarget
    from .target_figures import ResultFigure

_HUNDRED = Decimal(100)
_PLACES = Decimal("0.1")
_NO_END = 9999  # a year
_ALL_LEVELS = frozenset(
    {GovernmentLevel.PROVINCE.slug, GovernmentLevel.DISTRICT.slug, GovernmentLevel.COMMUNE.slug}
)
_FLOORS = frozenset({Comparator.EQUAL, Comparator.AT_LEAST, Comparator.MORE_THAN})
_CEILINGS = frozenset({Comparator.EQUAL, Comparator.AT_MOST, Comparator.LESS_THAN})
_MIRRORED: dict[str, str] = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
}


class Obstacle(StrEnum):
    """The reason why a figure cannot be compared with a target."""

    NATIONAL = "national"
    BEFORE = "before"
    AFTER = "after"
    SCHEME = "scheme"
    SCOPE = "scope"
    BOUND = "bound"
    LEVEL = "level"
    UNSTATED_LEVEL = "unstated_level"
    EARLY = "early"
    UNIT = "unit"
    STATED_EARLIER = "stated_earlier"
    STATED_LATER = "stated_later"
    UNDECIDED = "undecided"
    PART = "part"

    def text(self, lang: str) -> str:
        """Word the obstacle in a sentence.

        >>> Obstacle.UNIT.text("en")
        'The figure is in another unit.'
        """
        return catalogue(__package__, lang)(f"obstacle.{self.value}")


@dataclass(frozen=True, slots=True)
class Share:
    """A share that can be compared with a target, either stated or computed.

    :param quotient: how it was computed; `None` for a stated share
    """

    value: Decimal
    comparator: str
    figures: tuple[ResultFigure, ...]
    quotient: Quotient | None = None

    @property
    def first(self) -> date:
        """The first day of the share's period."""
        return min(figure.first for figure in self.figures)

    @property
    def last(self) -> date:
        """The last day of the share's period."""
        return max(figure.last for figure in self.figures)

    @property
    def period(self) -> str:
        """The period of the share in EDTF."""
        return f"{self.first}/{self.last}" if self.first != self.last else str(self.last)

    @property
    def scopes(self) -> frozenset[str]:
        """The levels of government that the share covers; empty if not stated."""
        return frozenset[str]().union(*(figure.scopes for figure in self.figures))

    @property
    def levels(self) -> frozenset[str]:
        """The service levels that the share covers; empty if not stated."""
        return frozenset[str]().union(*(figure.levels for figure in self.figures))


@dataclass(frozen=True, slots=True)
class Quotient:
    """How a share was computed: numerators, denominator, and the result in per cent."""

    numerator: Decimal
    denominator: Decimal
    share: Decimal

    def words(self, lang: str) -> str:
        """Word the calculation, such as '95 of 1,933 = 4.9%'.

        >>> Quotient(Decimal(95), Decimal(1933), Decimal("4.9")).words("en")
        '95 of 1,933 = 4.9%'
        """
        words = catalogue(__package__, lang)
        return words(
            "quotient",
            numerator=written_number(self.numerator, lang),
            denominator=written_number(self.denominator, lang),
            share=written_number(self.share, lang),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing the figures of a province with a target.

    :param share: the share that was compared; `None` without a figure
    :param is_reached: whether the share satisfies the target; `None` if nothing was compared
    """

    verdict: TargetVerdict
    share: Share | None = None
    obstacle: Obstacle | None = None
    is_reached: bool | None = None


def compare(figures: Sequence[ResultFigure], target: NumericTarget, as_of: date) -> Comparison:
    """Select the figure that fits the target best, and judge it.

    :param figures: figures of one province
    :param as_of: the day of the question
    """
    shares = [*_stated(figures, target), *_worked_out(figures, target)]
    if not shares and target.level == GovernmentLevel.CENTRAL:
        return Comparison(TargetVerdict.NOT_COMPARABLE, None, Obstacle.NATIONAL)
    if not shares:
        return Comparison(
            TargetVerdict.NO_FIGURE if has_begun(target.period, as_of) else TargetVerdict.NOT_DUE
        )
    nearest = min(shares, key=lambda share: _remoteness(share, target))
    obstacle = _obstacle(nearest, target)
    if obstacle is Obstacle.BEFORE and not has_begun(target.period, as_of):
        return Comparison(TargetVerdict.NOT_DUE, nearest)
    if obstacle:
        return Comparison(TargetVerdict.NOT_COMPARABLE, nearest, obstacle)
    verdict = decide(nearest.value, nearest.comparator, target.value, target.comparator)
    if verdict is None:
        return Comparison(TargetVerdict.NOT_COMPARABLE, nearest, Obstacle.BOUND)
    return _with_time(verdict, nearest, due_day(target.period), as_of)


def _with_time(verdict: TargetVerdict, share: Share, end: date, as_of: date) -> Comparison:
    """Judge a comparable share by its date: before the end of the period no target is missed."""
    is_reached = verdict is TargetVerdict.MET
    if as_of < end:
        return Comparison(TargetVerdict.NOT_DUE, share, None, is_reached)
    if share.last < end and not is_reached:
        return Comparison(TargetVerdict.NOT_COMPARABLE, share, Obstacle.EARLY, is_reached)
    return Comparison(verdict, share, None, is_reached)


def decide(value: Decimal, comparator: str, bound: Decimal, bound_kind: str) -> TargetVerdict | None:
    """Compare a value that is exact, or only known as a bound, with the bound of a target.

    :param comparator: how precisely the value is known: `equal`, `at-least`, …
    :param bound_kind: how the target limits the value: `at-least`, `more-than`, `at-most`, `less-than`
    :returns: `None` if the value is not known precisely enough

    >>> decide(Decimal("4.9"), "equal", Decimal(30), "at-least")
    <TargetVerdict.MISSED: 'missed'>
    >>> decide(Decimal(70), "more-than", Decimal(80), "at-least") is None
    True

    About 31 is surely above 30, about 30 is not:

    >>> decide(Decimal(31), "about", Decimal(30), "at-least")
    <TargetVerdict.MET: 'met'>
    >>> decide(Decimal(30), "about", Decimal(30), "at-least") is None
    True
    """
    if comparator in {Comparator.ABOUT, Comparator.ABOUT_MORE_THAN}:
        return _decide_near(value, comparator, bound, bound_kind)
    if bound_kind in {Comparator.AT_MOST, Comparator.LESS_THAN}:  # the same on the mirrored line
        return decide(-value, _MIRRORED.get(comparator, comparator), -bound, _MIRRORED[bound_kind])
    if bound_kind == Comparator.MORE_THAN:
        reached = value > bound or (value == bound and comparator == Comparator.MORE_THAN)
        falls_short = value <= bound
    else:
        reached = value >= bound
        falls_short = value < bound or (value == bound and comparator == Comparator.LESS_THAN)
    if comparator in _CEILINGS and falls_short:
        return TargetVerdict.MISSED
    return TargetVerdict.MET if comparator in _FLOORS and reached else None


def is_floor(comparator: str) -> bool:
    """Tell whether a target is reached by rising values.

    >>> is_floor("at-least"), is_floor("at-most")
    (True, False)
    """
    return comparator in {Comparator.AT_LEAST, Comparator.MORE_THAN}


def _decide_near(value: Decimal, comparator: str, bound: Decimal, bound_kind: str) -> TargetVerdict | None:
    """Compare a value that is known to be near a number: all numbers that it can mean must agree.

    >>> _decide_near(Decimal(30), "about-more-than", Decimal(30), "at-least")
    <TargetVerdict.MET: 'met'>
    """
    largest = decide(value + _rounding(value), Comparator.EQUAL, bound, bound_kind)
    if comparator == Comparator.ABOUT:
        least = decide(value - _rounding(value), Comparator.EQUAL, bound, bound_kind)
    else:
        least = decide(value, Comparator.MORE_THAN, bound, bound_kind)
        least = least or decide(value, Comparator.EQUAL, bound, bound_kind)
    return least if least is largest else None


def _rounding(value: Decimal) -> Decimal:
    """Return how far the number meant by "about" may be from it: half of its last digit that is no zero.

    >>> _rounding(Decimal(30)), _rounding(Decimal("6.5")), _rounding(Decimal(1250))
    (Decimal('5'), Decimal('0.05'), Decimal('5'))
    """
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def period_bounds(period: str) -> tuple[date, date]:
    """Return the first and last day of a target's period; without an end it stays open.

    >>> [str(day) for day in period_bounds("2019/2020")], str(period_bounds("2019-02-11/2020-12-30")[1])
    (['2019-01-01', '2020-12-31'], '2020-12-30')
    """
    first, _, last = period.partition("/")
    end = date(_NO_END, 12, 31) if last == ".." else _last_day(last or first)
    return date.fromisoformat(f"{first}-01-01"[:10]), end


def has_begun(period: str, day: date) -> bool:
    """Tell whether the first day of a target's period has come.

    >>> has_begun("2027-07-01/..", date(2027, 6, 30)), has_begun("2027-07-01/..", date(2027, 7, 1))
    (False, True)
    """
    return period_bounds(period)[0] <= day


def _last_day(time: str) -> date:
    """Return the last day of a year, a month or a day."""
    year, month, day = (*(int(part) for part in time.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def due_day(period: str) -> date:
    """Return the day on which a target is due: the last of its period; the first if it has no end.

    >>> due_day("2019/2020").isoformat(), due_day("2021/..").isoformat()
    ('2020-12-31', '2021-01-01')
    """
    first, last = period_bounds(period)
    return first if last.year == _NO_END else last


def months_between(first: date, last: date) -> int:
    """Count the whole months from one day to a later one; 0 if the second is earlier.

    >>> months_between(date(2020, 3, 31), date(2020, 12, 31)), months_between(date.max, date.min)
    (9, 0)
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(months - (last.day < first.day), 0)


def _remoteness(share: Share, target: NumericTarget) -> tuple[bool, int, int, str]:
    """Rank a share for selection: comparable first, then latest, then by level of government, then by id."""
    is_barred = _obstacle(share, target) is not None
    return is_barred, -share.last.toordinal(), _scope_distance(share, target), share.figures[0].id


def _scope_distance(share: Share, target: NumericTarget) -> int:
    """Return how far the levels of government that a share covers are from those of the target.

    A share without levels is preferred to one that names all levels, because the latter may count only
    exchange between levels.
    """
    scopes = share.scopes
    counts_all = scopes >= _ALL_LEVELS
    if target.level in scopes and not counts_all:
        return 0
    if not scopes:
        return 1
    return 2 if counts_all else 3


def _obstacle(share: Share, target: NumericTarget) -> Obstacle | None:
    """Return the first reason, in a fixed order, why a share cannot be compared with a target."""
    first, last = period_bounds(target.period)
    is_stated = share.quotient is None
    obstacles = {
        Obstacle.NATIONAL: target.level == GovernmentLevel.CENTRAL,
        Obstacle.BEFORE: share.last < first,
        Obstacle.AFTER: share.first > last,
        Obstacle.SCHEME: not _has_target_scheme(share, target),
        Obstacle.UNIT: is_stated and any(figure.unit != target.unit for figure in share.figures),
        Obstacle.LEVEL: is_stated and target.service_level is None and any(f.levels for f in share.figures),
        Obstacle.UNSTATED_LEVEL: is_stated and target.service_level is not None and not share.levels,
        Obstacle.SCOPE: _has_other_scope(share, target),
    }
    return next((obstacle for obstacle, applies in obstacles.items() if applies), None)


def _has_target_scheme(share: Share, target: NumericTarget) -> bool:
    """Tell whether services are graded for a share by the same levels as in the target."""
    return target.scheme is None or has_same_levels(target.scheme, service_scheme(share.last))


def _has_other_scope(share: Share, target: NumericTarget) -> bool:
    """Tell whether a share covers only levels of government outside those of the target."""
    scopes = share.scopes
    if not scopes or scopes >= _ALL_LEVELS:
        return False
    return target.level == GovernmentLevel.PROVINCE or target.level not in scopes


def _stated(figures: Iterable[ResultFigure], target: NumericTarget) -> Iterable[Share]:
    for figure in figures:
        if figure.measure == target.measure and (not figure.levels or _is_of_level(figure, target)):
            yield Share(figure.value, figure.comparator, (figure,))


def _is_of_level(figure: ResultFigure, target: NumericTarget) -> bool:
    """Tell whether a figure counts only services of the target's service level.

    The two wholly online levels are interchangeable: level 4 (scheme until 2022) and full process (scheme
    since). Level 3 is never wholly online.
    """
    if target.service_level is None:
        return True
    if is_wholly_online(target.service_level):
        return bool(figure.levels) and all(is_wholly_online(level) for level in figure.levels)
    return figure.levels == {target.service_level}


def _worked_out(figures: Sequence[ResultFigure], target: NumericTarget) -> Iterable[Share]:
    """Compute shares: the numerators divided by the denominator from the same article and period."""
    for denominator in figures:
        if denominator.measure != target.whole or denominator.levels or not denominator.value:
            continue
        parts = _parts(figures, denominator, target)
        if parts and all(figure.comparator == Comparator.EQUAL for figure in (*parts, denominator)):
            numerator = sum((figure.value for figure in parts), Decimal())
            share = (numerator / denominator.value * _HUNDRED).quantize(_PLACES)
            quotient = Quotient(numerator, denominator.value, share)
            yield Share(share, Comparator.EQUAL, (*parts, denominator), quotient)


def _parts(
    figures: Iterable[ResultFigure], denominator: ResultFigure, target: NumericTarget
) -> list[ResultFigure]:
    """List the figures to add up as numerator: those of the target's service level, or an overall total."""
    parts = [
        figure for figure in figures if figure.measure == target.part and _go_together(figure, denominator)
    ]
    if target.service_level is not None:
        return [figure for figure in parts if _is_of_level(figure, target)]
    counted = [figure for figure in parts if figure.id != denominator.id]
    totals = [figure for figure in counted if not figure.levels]
    return totals or counted


def _go_together(figure: ResultFigure, denominator: ResultFigure) -> bool:
    """Tell whether two figures come from one article and refer to one period."""
    same = (denominator.article, denominator.first, denominator.last)
    return (figure.article, figure.first, figure.last) == same
