"""Where a province stands against numeric targets: met, missed, no figure, or not comparable, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.verdicts import TargetVerdict
from ...words import label
from ..facts.values import Json, json_value, short_name
from ..facts.worded_facts import WordedFact, sentences, worded_facts
from .remarks import LaterTargets, TargetsWithoutFigure
from .target_comparison import Obstacle, compare, period_bounds
from .target_figures import ResultFigure, result_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from .conditions import Conditions
    from .framework import NumericTarget
    from .provinces import Provinces
    from .remarks import Remark
    from .target_comparison import Comparison, Quotient
    from .units import JudgedProvince

COMPARED = frozenset({TargetVerdict.MET, TargetVerdict.MISSED})


@dataclass(frozen=True)
class TargetStanding:
    """One cell: a province and a target.

    :param value: the figure held against the target, in the target's unit; `None` without one
    :param comparator: the sign before the value, such as `=` or `>=`
    :param period: when the figure is from: its own dates, else the day it was said
    :param quotient: how the value was worked out; `None` for a stated one
    :param obstacle: why it cannot be compared
    :param facts: the figures behind the value
    """

    judged: JudgedProvince
    target: NumericTarget
    verdict: TargetVerdict
    value: Decimal | None = None
    comparator: str | None = None
    period: str | None = None
    quotient: Quotient | None = None
    obstacle: Obstacle | None = None
    facts: tuple[WordedFact, ...] = ()

    @property
    def is_early(self) -> bool:
        """Tell whether the figure is from before the end of the target's period: more may have come."""
        end = period_bounds(self.target.period)[1].isoformat()
        return self.period is not None and self.period.rpartition("/")[2] < end

    @property
    def distance(self) -> Decimal | None:
        """The value minus the target, negative when below; `None` where nothing was compared."""
        if self.value is None or self.verdict not in COMPARED:
            return None
        return self.value - self.target.value

    def sentences(self, lang: str) -> list[str]:
        """List the sentences that state the figures, each once."""
        return sentences(self.facts, lang)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give the cell in a form that JSON can hold."""
        return {
            "province": self.judged.province.label(lang),
            "target": short_name(self.target.iri).removeprefix("target/"),
            "target_label": label(self.target.labels, lang),
            "document": label(self.target.document_labels, lang),
            "asked": self.target.words(lang),
            "period": self.target.period,
            "verdict": self.verdict.value,
            "value": json_value(self.value),
            "comparator": self.comparator,
            "figure_period": self.period,
            "arithmetic": self.quotient.words(lang) if self.quotient else None,
            "distance": json_value(self.distance),
            "before_period_end": self.is_early,
            "reason": self.obstacle.text(lang) if self.obstacle else None,
            "figures": [fact.id for fact in self.facts],
            "evidence": list(self.sentences(lang)),
            "province_id": self.judged.province.curie,
            "scheme": self.target.scheme,
        }


@dataclass(frozen=True)
class TargetReport:
    """How provinces stand against targets.

    :param targets: all of them, those of later documents included
    :param standings: province by province, targets in their order
    :param remarks: what to know about the provinces that were named
    """

    as_of: date
    known_by: date | None
    targets: tuple[NumericTarget, ...]
    standings: tuple[TargetStanding, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def scope(self) -> tuple[Remark, ...]:
        """What the verdicts rest on: how many cells have no figure, and which targets are left out."""
        later = sum(target.issued is not None and target.issued > self.as_of for target in self.targets)
        return (
            self.targets_without_figure,
            *([LaterTargets(later, self.as_of)] if later else []),
        )

    @property
    def targets_without_figure(self) -> TargetsWithoutFigure:
        """How many cells have no figure, and how many are of targets for the whole country."""
        return TargetsWithoutFigure(
            sum(standing.verdict is TargetVerdict.NO_FIGURE for standing in self.standings),
            sum(standing.obstacle is Obstacle.NATIONAL for standing in self.standings),
            len(self.standings),
        )

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Give the cells in a form that JSON can hold."""
        return [standing.as_dict(lang) for standing in self.standings]


def standings(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    targets: Sequence[NumericTarget],
    conditions: Conditions,
) -> tuple[TargetStanding, ...]:
    """Hold provinces against targets.

    :param provinces: the provinces of the store that holds the figures
    :param conditions: figures that begin later are left out, and targets of documents issued later
    :returns: province by province, targets in their order

    Cost: two queries over the figures, and the words of those that are quoted.
    """
    as_of = conditions.as_of
    figures = _figures_by_province(provinces, conditions)
    in_force = [target for target in targets if target.issued is None or target.issued <= as_of]
    comparisons = [
        (unit, target, compare(figures.get(unit.province.iri, ()), target))
        for unit in judged
        for target in in_force
    ]
    shares = [comparison.share for *_, comparison in comparisons if comparison.share is not None]
    ids = [figure.id for share in shares for figure in share.figures]
    facts = worded_facts(provinces.store, ids, conditions.languages)
    return tuple(_standing(*compared, facts) for compared in comparisons)


def _figures_by_province(
    provinces: Provinces, conditions: Conditions
) -> Mapping[str, Sequence[ResultFigure]]:
    """Map provinces to the figures that count under the conditions."""
    by_province: dict[str, list[ResultFigure]] = defaultdict(list)
    for figure in result_figures(provinces.store, provinces.places):
        is_known = conditions.known_by is None or figure.stated <= conditions.known_by
        if is_known and figure.first <= conditions.as_of:
            by_province[figure.province].append(figure)
    return by_province


def _standing(
    judged: JudgedProvince,
    target: NumericTarget,
    comparison: Comparison,
    facts: Mapping[str, WordedFact],
) -> TargetStanding:
    share = comparison.share
    if share is None:
        return TargetStanding(judged, target, comparison.verdict, obstacle=comparison.obstacle)
    return TargetStanding(
        judged,
        target,
        comparison.verdict,
        value=share.value,
        comparator=find_code(share.comparator).written,
        period=share.period,
        quotient=share.quotient,
        obstacle=comparison.obstacle,
        facts=tuple(facts[figure.id] for figure in share.figures if figure.id in facts),
    )
