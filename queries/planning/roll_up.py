"""The roll-up of merged provinces: what former provinces have, and how it counts for the merged one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ...ontology.verdicts import Verdict
from ...words import catalogue
from .duties import DutyStanding
from .targets import TargetStanding
from .units import JudgedProvince, NothingMerged, NotMerged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..facts.values import Json
    from .cells.framework import ReferenceComponent
    from .gap_report import GapReport
    from .gaps import Gap
    from .remarks import Remark
    from .units import Province

_HELD = frozenset({Verdict.MET})
_PROGRESS = {verdict: place for place, verdict in enumerate(Verdict)}  # the furthest first
_Standing = TypeVar("_Standing", TargetStanding, DutyStanding)


@dataclass(frozen=True)
class InheritedComponent:
    """A component of a merged province: at least one of the former provinces has it.

    :param merged: the province of today
    :param holders: the cells of the former provinces that have it, never empty
    :param others: the cells of the other former provinces
    """

    merged: Province
    holders: tuple[Gap, ...]
    others: tuple[Gap, ...]

    @property
    def component(self) -> ReferenceComponent:
        """The component of the framework."""
        return self.holders[0].component

    @property
    def is_duplicate(self) -> bool:
        """Whether several former provinces have it, such as two integration platforms."""
        return len(self.holders) > 1

    def finding(self, lang: str) -> str:
        """Word whether the merged province has it several times, or from one former province only."""
        key = "roll-up.several" if self.is_duplicate else "roll-up.only"
        return catalogue(__package__, lang)(key, count=len(self.holders))

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return it as a JSON-compatible record; cells of the others bear their verdict."""
        return {
            "province": self.merged.curie,
            "component": self.component.code,
            "component_label": self.component.label(lang),
            "duplicate": self.is_duplicate,
            "holders": [cell.judged.province.curie for cell in self.holders],
            "others": {cell.judged.province.curie: cell.verdict.value for cell in self.others},
            "sentences": [sentence for cell in self.holders for sentence in cell.sentences(lang)],
        }


@dataclass(frozen=True)
class RollUp:
    """What merged provinces inherit, several times or from one former province only.

    :param components: by province, duplicates first, in the order of the framework; a component is left out
        if every former province lacks it, or if no article mentions it for any of them
    """

    report: GapReport
    components: tuple[InheritedComponent, ...]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks on how names were understood, on provinces that are not merged, and on the verdicts."""
        if not self.report.cells:
            return (*self.report.remarks, NothingMerged(self.report.as_of))
        former = Counter(judged.requested for judged in self.report.judged)
        not_merged = (NotMerged(province) for province, count in former.items() if count == 1)
        return (*self.report.remarks, *not_merged, *self.report.scope)

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the components as JSON-compatible records."""
        reference = self.report.framework.name
        return [{**component.as_dict(lang), "reference": reference} for component in self.components]


def roll_up(report: GapReport) -> RollUp:
    """Roll the former provinces of a report up into the provinces of today.

    :param report: the cells of former provinces, as a question about a merged province gives them
    """
    cells: dict[tuple[Province, str], list[Gap]] = defaultdict(list)
    for cell in report.cells:
        if cell.judged.province != cell.judged.requested:
            cells[cell.judged.requested, cell.component.code].append(cell)
    inherited = [_inherited(merged, parts) for (merged, _), parts in cells.items() if len(parts) > 1]
    held = [component for component in inherited if component.holders]
    held.sort(key=lambda component: (component.merged.curie, not component.is_duplicate))
    return RollUp(report, tuple(held))


def _inherited(merged: Province, parts: Sequence[Gap]) -> InheritedComponent:
    holders = tuple(cell for cell in parts if cell.verdict in _HELD)
    return InheritedComponent(merged, holders, tuple(cell for cell in parts if cell.verdict not in _HELD))


def attributed(standings: Iterable[_Standing], rule_of: Callable[[_Standing], str]) -> tuple[_Standing, ...]:
    """Keep of each province and rule the cells of the units that sources speak of.

    Where sources are silent about all units, one cell of the province itself is kept.

    :param rule_of: returns the IRI of the rule by which a cell is judged
    """
    groups: dict[tuple[Province, str], list[_Standing]] = defaultdict(list)
    for standing in standings:
        groups[standing.judged.requested, rule_of(standing)].append(standing)
    return tuple(standing for group in groups.values() for standing in _spoken_of(group))


def _spoken_of(group: Sequence[_Standing]) -> Sequence[_Standing]:
    stated = [standing for standing in group if standing.is_stated]
    return stated or [replace(group[0], judged=_itself(group[0].judged))]


def province_cells(cells: Iterable[Gap]) -> tuple[Gap, ...]:
    """Choose of each province and component the cell of the unit that is furthest with it.

    What one of several former provinces has counts as there: the province that they became inherits it.

    :returns: province by province, components in their order
    """
    groups: dict[tuple[Province, str], list[Gap]] = defaultdict(list)
    for cell in cells:
        groups[cell.judged.requested, cell.component.iri].append(cell)
    furthest = (min(group, key=lambda cell: _PROGRESS[cell.verdict]) for group in groups.values())
    return tuple(
        replace(cell, judged=_itself(cell.judged)) if cell.verdict.lacks_evidence else cell
        for cell in furthest
    )


def _itself(judged: JudgedProvince) -> JudgedProvince:
    return JudgedProvince(judged.requested, judged.requested)
