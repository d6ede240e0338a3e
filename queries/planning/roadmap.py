"""What to build first: components that a province lacks, each after what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...ontology.layers import find_layer
from ...ontology.verdicts import GapSign, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..facts.values import Json
    from .gaps import Gap, GapEvidence
    from .reference import ReferenceFramework

DONE = frozenset({Verdict.MET, Verdict.NOT_APPLICABLE})


@dataclass(frozen=True)
class RoadmapStep:
    """One component of a province's way.

    :param order: steps of the same number can go side by side; 1 comes first
    :param after: codes of the components that it needs and that are not there either
    :param present: codes of the components that it needs and that are there
    :param unknown: codes that it needs outside what a province builds
    :param needed_by: how many lacking components wait for it, directly or through others
    :param plans: statements of plans or work under way for it
    """

    order: int
    gap: Gap
    after: tuple[str, ...]
    present: tuple[str, ...]
    outside: tuple[str, ...]
    needed_by: int
    plans: tuple[GapEvidence, ...]

    @property
    def is_silent(self) -> bool:
        """Tell whether nobody spoke of it, so that it is not known to be lacking."""
        return self.gap.verdict is Verdict.NO_EVIDENCE

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give the step in a form that JSON can hold."""
        cell = self.gap
        return {
            "order": self.order,
            "province": cell.judged.province.label(lang),
            "component": cell.component.code,
            "component_label": cell.component.labels.get(lang, cell.component.code),
            "layer": cell.component.layer,
            "verdict": cell.verdict.value,
            "after": list(self.after),
            "present": list(self.present),
            "outside": list(self.outside),
            "needed_by": self.needed_by,
            "plans": [each.fact.id for each in self.plans],
            "evidence": list(dict.fromkeys(each.fact.evidence for each in self.plans)),
            "province_id": cell.judged.province.curie,
        }


def roadmap(cells: Sequence[Gap], reference: ReferenceFramework) -> tuple[RoadmapStep, ...]:
    """Order what one province lacks so that what others need comes first.

    Among components that could go side by side, those with a stated plan come first, then those that most
    others wait for.

    :param cells: the cells of one province
    :raises FrameworkError: if the expectations of the reference run in a circle
    """
    lacking = {cell.component.code: cell for cell in cells if cell.verdict not in DONE}
    needs = needs_of(reference)
    order = _levels({code: needs[code] & lacking.keys() for code in lacking})
    waiting = _waiting({code: needs[code] & lacking.keys() for code in lacking})
    outside = {each.code for each in reference.components if not find_layer(each.layer).is_built_locally}
    steps = [
        RoadmapStep(
            order=order[code],
            gap=cell,
            after=tuple(sorted(needs[code] & lacking.keys())),
            present=tuple(sorted(needs[code] - lacking.keys() - outside)),
            outside=tuple(sorted(needs[code] & outside)),
            needed_by=waiting[code],
            plans=tuple(e for e in cell.evidence if e.sign in {GapSign.PLANNED, GapSign.UNDER_WAY}),
        )
        for code, cell in lacking.items()
    ]
    return tuple(
        sorted(steps, key=lambda s: (s.order, s.is_silent, not s.plans, -s.needed_by, s.gap.component.iri))
    )


def needs_of(reference: ReferenceFramework) -> dict[str, set[str]]:
    """Map each component to what it needs directly, by the reference."""
    needs: dict[str, set[str]] = {each.code: set() for each in reference.components}
    for each in reference.expectations:
        needs[each.dependent].add(each.provider)
    return needs


def _levels(needs: Mapping[str, set[str]]) -> dict[str, int]:
    try:
        order = tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise FrameworkError(f"expectations run in a circle: {circle} — take one of them out") from error
    levels: dict[str, int] = {}
    for code in order:
        levels[code] = 1 + max((levels[each] for each in needs[code]), default=0)
    return levels


def _waiting(needs: Mapping[str, set[str]]) -> dict[str, int]:
    """Count for each component those that wait for it; quadratic in the number that lack, a few dozen."""
    above: dict[str, set[str]] = {code: set() for code in needs}
    for code in TopologicalSorter(needs).static_order():
        for need in needs[code]:
            above[need].add(code)
    reach: dict[str, set[str]] = {}

    def collect(code: str) -> set[str]:
        if code not in reach:
            reach[code] = above[code].union(*(collect(each) for each in above[code]))
        return reach[code]

    return {code: len(collect(code)) for code in needs}
