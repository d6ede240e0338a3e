"""Comparison of provinces with targets: met, missed, not due, no figure, or not comparable."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.verdicts import TargetVerdict
from ...words import catalogue, label
from ..facts.values import Json, json_value, short_name
from ..facts.worded_facts import WordedFact, sentences, worded_facts
from .cells.framework import NumericTarget
from .remarks import LaterTargets, TargetsWithoutFigure, UnsourcedTargets
from .target_comparison import Obstacle, compare, due_day, is_floor, months_between, period_bounds
from .target_figures import ResultFigure, result_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cells.framework import LegalTarget
    from .conditions import Conditions
    from .gaps import Gap
    from .provinces import Provinces
    from .remarks import Remark
    from .target_comparison import Comparison, Quotient
    from .units import JudgedProvince

_MONTHS_IN_QUARTER = 3
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TargetStanding:
    """One cell: how a province compares with a target.

    :param value: the figure compared with the target, in the target's unit; `None` without one
    :param comparator: the sign in front of the value, such as `=` or `>=`
    :param period: the period of the figure, else the day it was published, the latest possible one
    :param quotient: how the value was computed; `None` for a stated value
    :param obstacle: the reason why the figure cannot be compared
    :param is_reached: whether the value satisfies the target; `None` if nothing was compared
    :param months_left: whole months from the day of the question to the end of the period; 0 after it
    :param facts: the figures from which the value comes, or the statements about the required component
    :param gap: the cell of the required component; `None` for a target that is a number
    :param published: when the article was published, in EDTF as it is known; empty for a figure with a period
    """

    judged: JudgedProvince
    target: LegalTarget
    verdict: TargetVerdict
    value: Decimal | None = None
    comparator: str | None = None
    period: str | None = None
    quotient: Quotient | None = None
    obstacle: Obstacle | None = None
    is_reached: bool | None = None
    months_left: int = 0
    facts: tuple[WordedFact, ...] = ()
    gap: Gap | None = None
    published: str = ""

    @property
    def stated_period(self) -> str | None:
        """The period of the figure in EDTF, else when its article was published, as it is known."""
        return self.published or self.period

    @property
    def is_stated(self) -> bool:
        """Whether an article states a figure for the target, or speaks of the required component."""
        return self.value is not None or bool(self.facts)

    @property
    def is_early(self) -> bool:
        """Tell whether the figure predates the end of the target's period, so that it may still rise."""
        return self.period is not None and self._last_day < due_day(self.target.period)

    @property
    def _last_day(self) -> date:
        return date.fromisoformat((self.period or "").rpartition("/")[2])

    @property
    def months_before_end(self) -> int:
        """Whole months from the figure to the end of the target's period; 0 without a figure or after it."""
        if self.period is None:
            return 0
        return months_between(self._last_day, due_day(self.target.period))

    def remark(self, lang: str) -> str:
        """Word the reservation about the verdict: why no comparison is possible, or how much time is left."""
        words = catalogue(__package__, lang)
        if self.gap is not None and self.verdict is not TargetVerdict.NOT_DUE:
            return self.obstacle.text(lang) if self.obstacle else ""
        if self.verdict is TargetVerdict.NOT_DUE:
            return self._time_left(lang)
        so_far = self._so_far(lang)
        if self.obstacle is Obstacle.EARLY and self.months_before_end:
            return words.counted("early_by", self.months_before_end, so_far=so_far)
        if self.obstacle is not None:
            return self.obstacle.text(lang)
        return words("early_figure") if self.is_early and self.is_reached is not None else ""

    def _time_left(self, lang: str) -> str:
        """Word how much of the period is left, or when it begins."""
        words = catalogue(__package__, lang)
        if self.is_reached is None:
            return words("not_begun", first=period_bounds(self.target.period)[0].isoformat())
        so_far, end = self._so_far(lang), due_day(self.target.period).isoformat()
        if not self.months_left:
            return words("open-period.none", so_far=so_far, end=end)
        return words.counted("open-period", self.months_left, so_far=so_far, end=end)

    def _so_far(self, lang: str) -> str:
        return catalogue(__package__, lang)[f"so_far.{'above' if self.is_reached else 'below'}"]

    @property
    def _scheme_until(self) -> str | None:
        """The last day of the grading of services in which the target is set; `None` while it is used."""
        life = self.target.scheme_life if isinstance(self.target, NumericTarget) else None
        return life.last.isoformat() if life and life.last else None

    @property
    def distance(self) -> Decimal | None:
        """The value minus the target, negative when below it; `None` if nothing was compared."""
        if self.value is None or self.is_reached is None or not isinstance(self.target, NumericTarget):
            return None
        return self.value - self.target.value

    @property
    def quarters_left(self) -> int | None:
        """The quarters to the end of the period, the running one counted; `None` if it has ended."""
        if self.verdict is not TargetVerdict.NOT_DUE:
            return None
        return max(-(-self.months_left // _MONTHS_IN_QUARTER), 1)

    @property
    def needed_per_quarter(self) -> Decimal | None:
        """How much the value has to rise in each quarter left to reach the target in time.

        In the unit of the target, rounded up to a tenth; `None` if the target is reached or due, or if the
        value has to fall.
        """
        if self.distance is None or self.quarters_left is None or self.is_reached:
            return None
        if not isinstance(self.target, NumericTarget) or not is_floor(self.target.comparator):
            return None
        return (-self.distance / self.quarters_left).quantize(_TENTH, ROUND_CEILING)

    def limited_to_part(self, day: date) -> TargetStanding:
        """Return the cell without a comparison if it rests on one of several former provinces only."""
        is_former_part = self.judged.is_part and not self.judged.province.stands(day)
        if not is_former_part or self.is_reached is None or self.obstacle:
            return self
        verdict = TargetVerdict.NOT_COMPARABLE
        return replace(self, verdict=verdict, obstacle=Obstacle.PART, is_reached=None)

    def sentences(self, lang: str) -> list[str]:
        """List the sentences that state the figures, each once."""
        return sentences(self.facts, lang)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the cell as a JSON-compatible record."""
        return {
            "province": self.judged.requested.label(lang),
            "target": short_name(self.target.iri).removeprefix("target/"),
            "target_label": label(self.target.labels, lang),
            "document": label(self.target.document_labels, lang),
            "asked": self.target.words(lang),
            "period": self.target.period,
            "verdict": self.verdict.value,
            "value": json_value(self.value),
            "comparator": self.comparator,
            "figure_period": self.stated_period,
            "arithmetic": self.quotient.words(lang) if self.quotient else None,
            "distance": json_value(self.distance),
            "before_period_end": self.is_early,
            "reason": self.remark(lang) if self.obstacle else None,
            "figures": [fact.id for fact in self.facts],
            "evidence": list(self.sentences(lang)),
            "province_id": self.judged.requested.curie,
            "scheme": self.target.scheme if isinstance(self.target, NumericTarget) else None,
            "scheme_until": self._scheme_until,
            "reached": self.is_reached,
            "months_left": self.months_left if self.verdict is TargetVerdict.NOT_DUE else None,
            "remark": self.remark(lang) or None,
            "clause": self.target.clause,
            "sourcing": self.target.sourcing,
            "component": self.gap.component.code if self.gap else None,
            "component_verdict": self.gap.verdict.value if self.gap else None,
            "quarters_left": self.quarters_left,
            "needed_per_quarter": json_value(self.needed_per_quarter),
            **self.judged.source_as_dict(lang),
        }


@dataclass(frozen=True)
class TargetReport:
    """How provinces compare with targets.

    :param targets: all targets, including those not yet in force and those that had ended
    :param standings: ordered by province, then by target
    :param remarks: remarks on ended rules, and on how the names of provinces were understood
    :param unsourced: number of targets left out because their source could not be verified
    """

    as_of: date
    known_by: date | None
    targets: tuple[LegalTarget, ...]
    standings: tuple[TargetStanding, ...]
    remarks: tuple[Remark, ...] = ()
    unsourced: int = 0

    @property
    def scope(self) -> tuple[Remark, ...]:
        """Remarks on the basis of the verdicts: cells without a figure, targets left out."""
        later = sum(not target.life.has_begun(self.as_of) for target in self.targets)
        return (
            self.targets_without_figure,
            *([LaterTargets(later, self.as_of)] if later else []),
            *([UnsourcedTargets(self.unsourced)] if self.unsourced else []),
        )

    @property
    def targets_without_figure(self) -> TargetsWithoutFigure:
        """The remark on how many cells have no figure, and how many belong to nationwide targets."""
        return TargetsWithoutFigure(
            sum(standing.verdict is TargetVerdict.NO_FIGURE for standing in self.standings),
            len(self.standings),
            sum(standing.obstacle is Obstacle.NATIONAL for standing in self.standings),
        )

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the cells as JSON-compatible records."""
        return [standing.as_dict(lang) for standing in self.standings]


def numeric_standings(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    targets: Sequence[NumericTarget],
    conditions: Conditions,
) -> tuple[TargetStanding, ...]:
    """Compare the figures of provinces with targets.

    :param provinces: the provinces of the store that holds the figures
    :param targets: targets in force on the day of the question
    :param conditions: figures reached after its day are left out
    :returns: ordered by province, then by target

    Cost: two queries over the figures, and one more for the quoted sentences.
    """
    as_of = conditions.as_of
    figures = _figures_by_province(provinces, conditions)
    comparisons = [
        (unit, target, compare(figures.get(unit.province.iri, ()), target, as_of))
        for unit in judged
        for target in targets
    ]
    shares = [comparison.share for *_, comparison in comparisons if comparison.share is not None]
    ids = [figure.id for share in shares for figure in share.figures]
    facts = worded_facts(provinces.store, ids, conditions.languages)
    return tuple(_standing(*compared, facts, as_of) for compared in comparisons)


def _figures_by_province(
    provinces: Provinces, conditions: Conditions
) -> Mapping[str, Sequence[ResultFigure]]:
    """Map each province to its figures that meet the conditions."""
    by_province: dict[str, list[ResultFigure]] = defaultdict(list)
    for figure in result_figures(provinces.store, provinces.places):
        is_known = conditions.known_by is None or figure.stated <= conditions.known_by
        if is_known and figure.reached <= conditions.as_of:
            by_province[figure.province].append(figure)
    return by_province


def _standing(
    judged: JudgedProvince,
    target: NumericTarget,
    comparison: Comparison,
    facts: Mapping[str, WordedFact],
    as_of: date,
) -> TargetStanding:
    share, months_left = comparison.share, months_between(as_of, due_day(target.period))
    if share is None:
        return TargetStanding(
            judged, target, comparison.verdict, obstacle=comparison.obstacle, months_left=months_left
        )
    of_share = tuple(facts[figure.id] for figure in share.figures if figure.id in facts)
    is_dated = any(figure.is_dated for figure in share.figures)
    return TargetStanding(
        judged,
        target,
        comparison.verdict,
        value=share.value,
        comparator=find_code(share.comparator).written,
        period=share.period,
        quotient=share.quotient,
        obstacle=comparison.obstacle,
        is_reached=comparison.is_reached,
        months_left=months_left,
        facts=of_share,
        published="" if is_dated or not of_share else of_share[0].published,
    )
