"""Roadmap: the missing components of a province, ordered topologically by their dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...ontology.layers import find_layer
from ...ontology.verdicts import GapSign, Verdict
from ...words import message
from ..facts.units import FieldRemark
from ..facts.worded_facts import sentences
from .remarks import NoOrder, OrderedByDependencies
from .units import InheritedComponents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ..facts.values import Json
    from ..facts.worded_facts import WordedFact
    from .cells.framework import ReferenceFramework
    from .gap_report import GapReport
    from .gaps import Gap
    from .remarks import Remark

    NeedsByComponent: TypeAlias = Mapping[str, set[str]]  # code of a component → codes of those that it needs

DONE = frozenset({Verdict.MET, Verdict.NOT_APPLICABLE})
PLANS = frozenset({GapSign.PLANNED, GapSign.UNDER_WAY})


@dataclass(frozen=True)
class RoadmapStep:
    """One component that a province has to build.

    :param order: rank, from 1; steps of equal rank can run in parallel; `None` if no dependency links the
        missing components, so that there is no order
    :param after: codes of the components that it needs and that are missing too
    :param present: codes of the components that it needs and that the province has
    :param outside: codes of the components that it needs and that are not built by provinces
    :param needed_by: number of missing components that need it, directly or through others
    :param plans: statements of plans or ongoing work for the component
    """

    order: int | None
    gap: Gap
    after: tuple[str, ...]
    present: tuple[str, ...]
    outside: tuple[str, ...]
    needed_by: int
    plans: tuple[WordedFact, ...]

    @property
    def is_silent(self) -> bool:
        """Tell whether no article speaks of the component, so that it may exist after all."""
        return self.gap.verdict is Verdict.NO_EVIDENCE

    def sentences(self, lang: str) -> list[str]:
        """List the sentences that state plans for the component, each once."""
        return sentences(self.plans, lang)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the step as a JSON-compatible record."""
        province, component = self.gap.judged.requested, self.gap.component
        return {
            "order": self.order,
            "province": province.label(lang),
            "component": component.code,
            "component_label": component.label(lang),
            "layer": component.group,
            "verdict": self.gap.verdict.value,
            "after": list(self.after),
            "present": list(self.present),
            "outside": list(self.outside),
            "needed_by": self.needed_by,
            "plans": [fact.id for fact in self.plans],
            "evidence": list(self.sentences(lang)),
            "province_id": province.curie,
            **self.gap.judged.source_as_dict(lang),
        }


@dataclass(frozen=True, slots=True)
class SilentSteps(FieldRemark):
    """How many steps of a roadmap no article speaks of, and how many depend on another step."""

    silent: int
    total: int
    waiting: int


@dataclass(frozen=True)
class RoadmapReport:
    """The steps of each province, with the gaps that they close.

    :param gaps: the cells of the units that the statements are about
    :param cells: the cells of the provinces, by the unit that is furthest
    :param steps: province by province, in order
    :param unsourced_included: whether dependencies without a source determine the order as well
    :param about_silence: remarks on the provinces left out
    """

    gaps: GapReport
    cells: tuple[Gap, ...]
    steps: tuple[RoadmapStep, ...]
    unsourced_included: bool
    about_silence: tuple[Remark, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks on how the names of provinces were understood."""
        return (*self.gaps.remarks, *self.about_silence)

    @property
    def _inherited(self) -> int:
        """The number of components that count as there because one of several former provinces has them."""
        return sum(cell.judged.is_part and cell.verdict is Verdict.MET for cell in self.cells)

    @property
    def scope(self) -> tuple[Remark, ...]:
        """Remarks on the basis of the order, and on the number of silent steps."""
        needs = len(self.gaps.framework.expectations)
        unordered = tuple(
            dict.fromkeys(step.gap.judged.requested for step in self.steps if step.order is None)
        )
        inherited = self._inherited
        return (
            *([InheritedComponents(inherited)] if inherited else []),
            *([OrderedByDependencies(needs, self.unsourced_included)] if self._is_ordered else []),
            *([NoOrder(unordered, self.unsourced_included)] if unordered else []),
            SilentSteps(
                silent=sum(step.is_silent for step in self.steps),
                waiting=sum(bool(step.after) for step in self.steps),
                total=len(self.steps),
            ),
        )

    @property
    def _is_ordered(self) -> bool:
        return not self.steps or any(step.order is not None for step in self.steps)

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the steps as JSON-compatible records."""
        reference = self.gaps.framework.name
        return [{**step.as_dict(lang), "reference": reference} for step in self.steps]


def roadmap(cells: Sequence[Gap], framework: ReferenceFramework) -> tuple[RoadmapStep, ...]:
    """Order the missing components of one province so that needed components come first.

    Among components of equal rank, those with a stated plan come first, then those needed by most others.

    :param cells: the cells of one province
    :raises FrameworkError: if the expected dependencies of the framework form a loop
    """
    lacking = {cell.component.code: cell for cell in cells if cell.verdict not in DONE}
    needs = needs_of(framework)
    lacking_needs = {code: needs[code] & lacking.keys() for code in lacking}
    levels = _levels(lacking_needs)
    waiting = _waiting(lacking_needs)
    is_ordered = any(lacking_needs.values())
    outside = {part.code for part in framework.components if not find_layer(part.layer).is_built_locally}
    steps = [
        RoadmapStep(
            order=levels[code] if is_ordered else None,
            gap=cell,
            after=tuple(sorted(lacking_needs[code])),
            present=tuple(sorted(needs[code] - lacking.keys() - outside)),
            outside=tuple(sorted(needs[code] & outside)),
            needed_by=waiting[code],
            plans=tuple(evidence.fact for evidence in cell.evidence if evidence.sign in PLANS),
        )
        for code, cell in lacking.items()
    ]
    return tuple(sorted(steps, key=_building_order))


def _building_order(step: RoadmapStep) -> tuple[int, bool, bool, int, str]:
    return step.order or 0, step.is_silent, not step.plans, -step.needed_by, step.gap.component.iri


def needs_of(framework: ReferenceFramework) -> dict[str, set[str]]:
    """Map each component of a framework to the components it needs directly."""
    needs: dict[str, set[str]] = {component.code: set() for component in framework.components}
    for expectation in framework.expectations:
        needs[expectation.dependent].add(expectation.provider)
    return needs


def _levels(needs: NeedsByComponent) -> dict[str, int]:
    """Rank the components so that each has a higher rank than all components it needs."""
    levels: dict[str, int] = {}
    for code in _ordered(needs):
        levels[code] = 1 + max((levels[provider] for provider in needs[code]), default=0)
    return levels


def _waiting(needs: NeedsByComponent) -> dict[str, int]:
    """Count, for each component, those that need it; quadratic in the missing components, a few dozen."""
    waiting: dict[str, set[str]] = {code: set() for code in needs}
    for code in reversed(_ordered(needs)):  # those that wait for it are complete by now
        for provider in needs[code]:
            waiting[provider] |= waiting[code] | {code}
    return {code: len(dependents) for code, dependents in waiting.items()}


def _ordered(needs: NeedsByComponent) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise FrameworkError(message(__package__, "error.circle", circle=circle)) from error
