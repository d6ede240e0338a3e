"""Where a province stands against numeric targets: met, missed, no figure, or not comparable, and why.

A figure is held against a target only when measure, service level, unit, period and the way services are
graded allow it. Where the articles give no share but its two parts, the share is worked out and shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ...graph.names import ID
from ...ontology.codes import find_code
from ...ontology.qualifiers import Comparator, GovernmentLevel
from ...ontology.verdicts import TargetVerdict
from ..facts.facts import collect
from ..facts.values import Json, json_value, short_name
from .target_figures import ResultFigure, result_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.store import Store
    from ..facts.facts import Fact
    from ..facts.places import Places
    from .provinces import JudgedProvince
    from .reference import NumericTarget

SCHEME_CHANGE = date(2022, 8, 15)  # Decree 42/2022/NĐ-CP took effect: two levels in place of four
_HUNDRED = Decimal(100)
_PLACES = Decimal("0.1")
_NO_END = 9999  # a year


REASONS: dict[str, tuple[str, str]] = {
    "national": (
        "Mức này đặt cho cả nước hoặc cho mọi hệ thống, không cho từng tỉnh.",
        "The target is set for the country or for all systems, not for one province.",
    ),
    "before": ("Số liệu có trước kỳ của mức phải đạt.", "The figure is from before the target's period."),
    "after": ("Số liệu có sau kỳ của mức phải đạt.", "The figure is from after the target's period."),
    "scheme": (
        "Mức độ dịch vụ chia theo cách khác (đổi từ 15/8/2022).",
        "Service levels are graded in another way (changed on 15 August 2022).",
    ),
    "scope": (
        "Số liệu chỉ tính một số cấp chính quyền.",
        "The figure counts some levels of government only.",
    ),
    "bound": (
        "Số liệu chỉ cho biết lớn hơn hoặc nhỏ hơn, không đủ để kết luận.",
        "The figure is only a bound, which does not decide.",
    ),
    "level": (
        "Số liệu chỉ tính một mức độ dịch vụ; mức phải đạt không nói mức độ nào.",
        "The figure counts one service level; the target does not say which.",
    ),
    "unit": ("Số liệu tính bằng đơn vị khác.", "The figure is in another unit."),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """How a share was worked out: the parts above and below the line, and what came out."""

    part: Decimal
    whole: Decimal
    share: Decimal

    def words(self, lang: str) -> str:
        """Write it for people.

        >>> Sum(Decimal(95), Decimal(1933), Decimal("4.9")).words("en")
        '95 of 1,933 = 4.9%'
        """
        if lang == "vi":
            return f"{_dots(self.part)} trên {_dots(self.whole)} = {_comma(self.share)}%"
        return f"{self.part:,} of {self.whole:,} = {self.share}%"


def _dots(number: Decimal) -> str:
    return f"{number:,}".replace(",", ".")


def _comma(number: Decimal) -> str:
    return str(number).replace(".", ",")


@dataclass(frozen=True)
class TargetStanding:
    """One cell: a province and a target.

    :param value: the figure held against the target, in the target's unit; `None` without one
    :param period: when the figure is from: its own dates, else the day it was said
    :param distance: value minus target; negative when below
    :param reason: key of :data:`REASONS` when it cannot be compared
    """

    judged: JudgedProvince
    target: NumericTarget
    verdict: TargetVerdict
    value: Decimal | None = None
    comparator: str | None = None
    period: str | None = None
    sum: Sum | None = None
    reason: str | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def is_early(self) -> bool:
        """Tell whether the figure is from before the end of the target's period: more may have come."""
        ends = _bounds(self.target.period)[1].isoformat()
        return self.period is not None and self.period.rpartition("/")[2] < ends

    @property
    def distance(self) -> Decimal | None:
        """Tell how far the value stands above the target; `None` where nothing was compared."""
        if self.value is None or self.verdict not in {TargetVerdict.MET, TargetVerdict.MISSED}:
            return None
        return self.value - self.target.value

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give the cell in a form that JSON can hold."""
        why = REASONS[self.reason][0 if lang == "vi" else 1] if self.reason else None
        return {
            "province": self.judged.province.label(lang),
            "target": short_name(self.target.iri).removeprefix("target/"),
            "target_label": self.target.labels.get(lang, ""),
            "document": self.target.document_labels.get(lang, ""),
            "asked": self.target.words(lang),
            "period": self.target.period,
            "verdict": self.verdict.value,
            "value": json_value(self.value),
            "comparator": self.comparator,
            "figure_period": self.period,
            "arithmetic": self.sum.words(lang) if self.sum else None,
            "distance": json_value(self.distance),
            "before_period_end": self.is_early,
            "reason": why,
            "figures": [fact.id for fact in self.facts],
            "evidence": list(dict.fromkeys(fact.evidence for fact in self.facts)),
            "province_id": self.judged.province.curie,
            "scheme": self.target.scheme,
        }


@dataclass(frozen=True, slots=True)
class _Share:
    """A share that may be held against a target: stated, or worked out of parts."""

    value: Decimal
    comparator: str
    figures: tuple[ResultFigure, ...]
    sum: Sum | None = None

    @property
    def first(self) -> date:
        return min(each.first for each in self.figures)

    @property
    def last(self) -> date:
        return max(each.last for each in self.figures)

    @property
    def period(self) -> str:
        return f"{self.first}/{self.last}" if self.first != self.last else str(self.last)


def standings(
    store: Store,
    provinces: Sequence[JudgedProvince],
    targets: Sequence[NumericTarget],
    places: Places,
    *,
    as_of: date,
    known_by: date | None = None,
    lang: str = "vi",
) -> tuple[TargetStanding, ...]:
    """Hold provinces against targets.

    :param as_of: figures that begin after this day are left out, and targets of later documents
    :param known_by: so are those said after this day
    :returns: province by province, targets in their order

    Cost: two queries over the figures, and the words of those that are shown.
    """
    figures = [
        each
        for each in result_figures(store, places)
        if each.first <= as_of and (known_by is None or each.last <= known_by or not each.is_dated)
    ]
    by_province: dict[str, list[ResultFigure]] = defaultdict(list)
    for figure in figures:
        by_province[figure.province].append(figure)
    standing = [target for target in targets if target.issued is None or target.issued <= as_of]
    judged = [
        (each, target, *_judge(by_province[each.province.iri], target))
        for each in provinces
        for target in standing
    ]
    words = _facts(store, {f.id for *_, share, _ in judged if share for f in share.figures}, lang)
    return tuple(
        _standing(each, target, verdict, share, reason, words)
        for each, target, verdict, share, reason in judged
    )


def _standing(
    judged: JudgedProvince,
    target: NumericTarget,
    verdict: TargetVerdict,
    share: _Share | None,
    reason: str | None,
    words: Mapping[str, Fact],
) -> TargetStanding:
    if share is None:
        return TargetStanding(judged, target, verdict, reason=reason)
    facts = tuple(words[each.id] for each in share.figures if each.id in words)
    sign = find_code(share.comparator).written
    return TargetStanding(judged, target, verdict, share.value, sign, share.period, share.sum, reason, facts)


def _judge(
    figures: Sequence[ResultFigure], target: NumericTarget
) -> tuple[TargetVerdict, _Share | None, str | None]:
    """Choose the figure that comes nearest to the target's terms, and judge it."""
    shares = [*_stated(figures, target), *_worked_out(figures, target)]
    if not shares:
        if target.level == GovernmentLevel.CENTRAL:
            return TargetVerdict.NOT_COMPARABLE, None, "national"
        return TargetVerdict.NO_FIGURE, None, None
    best = min(shares, key=lambda each: _remoteness(each, target))
    reason = _obstacle(best, target)
    if reason:
        return TargetVerdict.NOT_COMPARABLE, best, reason
    verdict = decide(best.value, best.comparator, target.value, target.comparator)
    return (verdict, best, None) if verdict else (TargetVerdict.NOT_COMPARABLE, best, "bound")


def _remoteness(share: _Share, target: NumericTarget) -> tuple[bool, int, int, str]:
    """Rank a share: one that may be compared, the latest, of the level of government, in a fixed order.

    What counts everything goes before what names all levels: that may count the way between them alone.
    """
    scopes = frozenset[str]().union(*(figure.scopes for figure in share.figures))
    if target.level in scopes and not scopes >= _WHOLE:
        distance = 0
    else:
        distance = 1 if not scopes else 2 if scopes >= _WHOLE else 3
    return _obstacle(share, target) is not None, -share.last.toordinal(), distance, share.figures[0].id


def decide(value: Decimal, comparator: str, wanted: Decimal, asked: str) -> TargetVerdict | None:
    """Judge a value that is known exactly or as a bound.

    :returns: `None` when the bound does not decide

    >>> decide(Decimal("4.9"), "equal", Decimal(30), "at-least")
    <TargetVerdict.MISSED: 'missed'>
    >>> decide(Decimal(70), "more-than", Decimal(80), "at-least") is None
    True
    """
    if asked in {Comparator.AT_MOST, Comparator.LESS_THAN}:  # the same on the mirrored line
        return decide(-value, _MIRRORED.get(comparator, comparator), -wanted, _MIRRORED[asked])
    has_floor = comparator in _FLOORS
    has_ceiling = comparator in _CEILINGS
    if asked == Comparator.MORE_THAN:
        reached = value > wanted or (value == wanted and comparator == Comparator.MORE_THAN)
        short = value <= wanted
    else:
        reached = value >= wanted
        short = value < wanted or (value == wanted and comparator == Comparator.LESS_THAN)
    if has_ceiling and short:
        return TargetVerdict.MISSED
    return TargetVerdict.MET if has_floor and reached else None


_FLOORS = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.AT_LEAST, Comparator.MORE_THAN})
_CEILINGS = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.AT_MOST, Comparator.LESS_THAN})
_MIRRORED: dict[str, str] = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
}


def _obstacle(share: _Share, target: NumericTarget) -> str | None:
    if target.level == GovernmentLevel.CENTRAL:
        return "national"
    first, last = _bounds(target.period)
    if share.last < first:
        return "before"
    if share.first > last:
        return "after"
    if target.scheme and (share.last >= SCHEME_CHANGE) != (target.scheme == "levels-2022"):
        return "scheme"
    if any(figure.unit != target.unit for figure in share.figures) and share.sum is None:
        return "unit"
    if target.service_level is None and share.sum is None and any(f.levels for f in share.figures):
        return "level"
    scopes = frozenset[str]().union(*(figure.scopes for figure in share.figures))
    if scopes and not (scopes >= _WHOLE or (target.level != "province" and target.level in scopes)):
        return "scope"
    return None


_WHOLE = frozenset({"province", "district", "commune"})


def _bounds(period: str) -> tuple[date, date]:
    """Give the first and last day of a target's period, whole years; one without an end goes on."""
    first, _, last = period.partition("/")
    end = _NO_END if last == ".." else int((last or first)[:4])
    return date(int(first[:4]), 1, 1), date(end, 12, 31)


def _stated(figures: Iterable[ResultFigure], target: NumericTarget) -> Iterable[_Share]:
    for each in figures:
        if each.measure == target.measure and (
            target.service_level is None or target.service_level in each.levels
        ):
            yield _Share(each.value, each.comparator, (each,))


def _worked_out(figures: Sequence[ResultFigure], target: NumericTarget) -> Iterable[_Share]:
    """Divide the parts by the whole that the same article gives for the same time."""
    for whole in figures:
        if whole.measure != target.whole or whole.levels or not whole.value:
            continue
        parts = [
            each
            for each in figures
            if each.measure == target.part
            and (each.article, each.first, each.last) == (whole.article, whole.first, whole.last)
            and (target.service_level in each.levels if target.service_level else each.id != whole.id)
        ]
        totals = [each for each in parts if not each.levels]
        counted = (totals or parts) if target.service_level is None else parts
        if counted and all(each.comparator == "equal" for each in (*counted, whole)):
            part = sum((each.value for each in counted), Decimal())
            share = (part / whole.value * _HUNDRED).quantize(_PLACES)
            yield _Share(share, "equal", (*counted, whole), Sum(part, whole.value, share))


def _facts(store: Store, ids: Iterable[str], lang: str) -> dict[str, Fact]:
    if not ids:
        return {}
    values = " ".join(f"<{ID}{each}>" for each in sorted(ids))
    return {fact.id: fact for fact in collect(store, f"VALUES ?fact {{ {values} }}", lang)}
