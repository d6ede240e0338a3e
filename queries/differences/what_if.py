"""What a change that is not published would do: the published graph beside a plateau of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from ...errors import EntityError
from ..dependencies.affected import FailureState
from ..dependencies.ask import ImpactQuestion, NetworkQuestion, ask_impact, ask_single_points
from ..dependencies.network.choice import EdgeChoice
from ..dependencies.network.dependencies import Dependencies
from ..dependencies.network.scope import Scope
from .ask import DifferenceQuestion, ask_difference
from .changes import Change, DifferenceKind, FieldChange, GraphPart
from .entities import field_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..dependencies.network.systems import System
    from .graphs import ComparedGraph
    from .report import DifferenceReport

SystemFields: TypeAlias = "Mapping[str, tuple[System, Mapping[str, str]]]"  # CURIE -> system, its fields
_COMPARED = (GraphPart.GAP, GraphPart.TARGET, GraphPart.DEPENDENCY, GraphPart.ENTITY)


@dataclass(frozen=True)
class WhatIfQuestion:
    """What would a change do to the impact of failures, to single points of failure, and to gaps?

    :param entities: name, CURIE, slug or address of each entity whose failure is compared; they fail together
    :param removed: entities that the change takes out; what fails without them is listed
    :param choice: which edges count as dependencies
    :param scope: limits which systems are listed
    """

    entities: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    choice: EdgeChoice = field(default_factory=EdgeChoice)
    scope: Scope = field(default_factory=Scope)


def ask_what_if(as_is: ComparedGraph, to_be: ComparedGraph, question: WhatIfQuestion) -> DifferenceReport:
    """Compare the published graph with a plateau beside it.

    :returns: the difference of impact, single points of failure, verdicts, dependencies and entities; an
        entity that one of the graphs does not have affects nothing there
    :raises EntityError: if a name matches no entity of either graph, or more than one
    :raises DependencyError: if the class of an entity has no dependencies
    """
    choice = question.choice
    asked = DifferenceQuestion(parts=_COMPARED, as_of=choice.as_of, lang=choice.lang)
    report = ask_difference(as_is, to_be, asked)
    before, after = Dependencies.of(as_is.store), Dependencies.of(to_be.store)
    affected = (_affected(before, question), _affected(after, question)) if question.entities else ({}, {})
    if affected[0] is None and affected[1] is None:
        before.resolve(question.entities[0])  # it says which names are near
    changes = [
        *_lost(before, question),
        *_changes(GraphPart.IMPACT, affected[0] or {}, affected[1] or {}, choice.lang),
        *_changes(GraphPart.SINGLE_POINT, _points(before, question), _points(after, question), choice.lang),
    ]
    present = {**as_is.present_provinces(report.day), **to_be.present_provinces(report.day)}
    placed = [
        replace(change, province=present[change.id].curie) if change.id in present else change
        for change in changes
    ]
    labels = {unit.curie: unit.label(choice.lang) for unit in present.values()}
    provinces = {change.province: labels[change.province] for change in placed if change.province}
    return replace(report, changes=(*placed, *report.changes), provinces={**report.provinces, **provinces})


def _affected(dependencies: Dependencies, question: WhatIfQuestion) -> SystemFields | None:
    """Find the systems that are affected when the entities fail; `None` if the graph lacks one of them."""
    asked = ImpactQuestion(
        question.entities, choice=question.choice, scope=question.scope, compare_choices=False
    )
    try:
        report = ask_impact(dependencies, asked)
    except EntityError:
        return None
    return {
        row.system.curie: (row.system, {"state": row.state.value, "hops": str(row.hops)})
        for row in report.affected
    }


def _lost(dependencies: Dependencies, question: WhatIfQuestion) -> Iterator[Change]:
    """List the systems and services that fail when the removed entities stop."""
    if not question.removed:
        return
    asked = ImpactQuestion(
        question.removed, choice=question.choice, scope=question.scope, compare_choices=False
    )
    for row in (row for row in ask_impact(dependencies, asked).affected if row.fails):
        fields = (
            FieldChange("state", FailureState.GOES_ON.value, FailureState.FAILS.value),
            FieldChange("hops", "", str(row.hops)),
        )
        label = row.system.label(question.choice.lang)
        yield Change(GraphPart.IMPACT, DifferenceKind.CHANGED, row.system.curie, label, "", fields)


def _points(dependencies: Dependencies, question: WhatIfQuestion) -> SystemFields:
    report = ask_single_points(dependencies, NetworkQuestion(question.choice, question.scope))
    return {
        point.system.curie: (point.system, {"failing": str(len(point.failing))}) for point in report.points
    }


def _changes(part: GraphPart, before: SystemFields, after: SystemFields, lang: str) -> Iterator[Change]:
    """Compare systems with their fields; those that one side lacks came or went."""
    unaffected = {"state": FailureState.GOES_ON.value} if part is GraphPart.IMPACT else {}
    for curie in sorted(before.keys() | after.keys()):
        system = (after.get(curie) or before[curie])[0]
        earlier = before[curie][1] if curie in before else unaffected
        later = after[curie][1] if curie in after else unaffected
        if fields := field_changes(earlier, later):
            kind = _kind(is_earlier=curie in before, is_later=curie in after)
            yield Change(part, kind, curie, system.label(lang), "", fields)


def _kind(*, is_earlier: bool, is_later: bool) -> DifferenceKind:
    if not is_earlier:
        return DifferenceKind.CAME
    return DifferenceKind.CHANGED if is_later else DifferenceKind.WENT
