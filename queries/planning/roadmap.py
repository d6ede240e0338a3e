"""Roadmap: the missing components of a province in topological order of their needs."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...ontology.layers import find_layer
from ...ontology.verdicts import GapSign, Verdict
from ...words import message
from ..facts.worded_facts import sentences
from .remarks import NoOrder, OrderedByDependencies, SilentSteps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ..facts.values import Json
    from ..facts.worded_facts import WordedFact
    from .cells.framework import ReferenceFramework
    from .gap_report import GapReport
    from .gaps import Gap
    from .remarks import Remark

    Needs: TypeAlias = Mapping[str, set[str]]  # code of a component → codes of those that it needs

DONE = frozenset({Verdict.MET, Verdict.NOT_APPLICABLE})
PLANS = frozenset({GapSign.PLANNED, GapSign.UNDER_WAY})


@dataclass(frozen=True)
class RoadmapStep:
    """One component that a province is to build.

    :param order: steps of the same number can go side by side, 1 comes first; `None` where no need joins two
        components that the province lacks, so that there is no order to give
    :param after: codes of the components that it needs and that are not there either
    :param present: codes of the components that it needs and that are there
    :param outside: codes of the components that it needs and that no province builds
    :param needed_by: how many lacking components wait for it, directly or through others
    :param plans: statements of plans or work under way for it
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
        """Tell whether no article speaks of it, so that it is not known to be lacking."""
        return self.gap.verdict is Verdict.NO_EVIDENCE

    def sentences(self, lang: str) -> list[str]:
        """List the sentences that state the plans, each once."""
        return sentences(self.plans, lang)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give the step in a form that JSON can hold."""
        province, component = self.gap.judged.province, self.gap.component
        return {
            "order": self.order,
            "province": province.label(lang),
            "component": component.code,
            "component_label": component.label(lang),
            "layer": component.layer,
            "verdict": self.gap.verdict.value,
            "after": list(self.after),
            "present": list(self.present),
            "outside": list(self.outside),
            "needed_by": self.needed_by,
            "plans": [fact.id for fact in self.plans],
            "evidence": list(self.sentences(lang)),
            "province_id": province.curie,
        }


@dataclass(frozen=True)
class RoadmapReport:
    """What to build first in each province, with the gaps that say what is lacking.

    :param steps: province by province, in order
    :param unsourced_included: whether dependencies without a source order the steps as well
    """

    gaps: GapReport
    steps: tuple[RoadmapStep, ...]
    unsourced_included: bool

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What to know about the provinces that were named."""
        return self.gaps.remarks

    @property
    def scope(self) -> tuple[Remark, ...]:
        """What the order rests on, and how much of it is silence."""
        needs = len(self.gaps.framework.expectations)
        unordered = tuple(
            dict.fromkeys(step.gap.judged.province for step in self.steps if step.order is None)
        )
        return (
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
        """Give the steps in a form that JSON can hold."""
        return [step.as_dict(lang) for step in self.steps]


def roadmap(cells: Sequence[Gap], framework: ReferenceFramework) -> tuple[RoadmapStep, ...]:
    """Order the missing components of one province; those that others need come first.

    Among components that could go side by side, those with a stated plan come first, then those that most
    others wait for.

    :param cells: the cells of one province
    :raises FrameworkError: if the expected dependencies of the framework run in a circle
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
    """Map each component to what it needs directly, by the framework."""
    needs: dict[str, set[str]] = {component.code: set() for component in framework.components}
    for expectation in framework.expectations:
        needs[expectation.dependent].add(expectation.provider)
    return needs


def _levels(needs: Needs) -> dict[str, int]:
    """Number the components so that each has a higher number than all that it needs."""
    levels: dict[str, int] = {}
    for code in _ordered(needs):
        levels[code] = 1 + max((levels[provider] for provider in needs[code]), default=0)
    return levels


def _waiting(needs: Needs) -> dict[str, int]:
    """Count for each component those that wait for it; quadratic in the number that lack, a few dozen."""
    waiting: dict[str, set[str]] = {code: set() for code in needs}
    for code in reversed(_ordered(needs)):  # those that wait for it are complete by now
        for provider in needs[code]:
            waiting[provider] |= waiting[code] | {code}
    return {code: len(dependents) for code, dependents in waiting.items()}


def _ordered(needs: Needs) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise FrameworkError(message(__package__, "error.circle", circle=circle)) from error
