"""Comparison of two territories: connections that only one of them has, and duplicate systems."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ...graph.names import GRAPH_REGISTER, with_prefixes
from ...ontology.directions import PART
from ..facts.values import text_of
from .network.dependencies import filter_of_territory
from .network.edge_claims import edge_claims, edges_in_force
from .network.remarks import ScopeEmpty
from .network.subnetwork import subnetwork

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..facts.units import Remark
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies
    from .network.edge import DependencyEdge
    from .network.remarks import DependencyRemark
    from .network.systems import System

ConnectionKind: TypeAlias = tuple[str, str, str]  # class of the dependent, relation, class of the provider
EdgesByKind: TypeAlias = "Mapping[ConnectionKind, tuple[DependencyEdge, ...]]"

# Of some classes a territory has several systems anyhow: no sign of doing a thing twice.
_SYSTEMS = f"""
SELECT DISTINCT ?system ?class {{
  VALUES ?place {{ %s }}
  ?system egov:ofTerritory|egov:serves ?place ; a egov:TechnicalComponent .
  GRAPH <{GRAPH_REGISTER}> {{ ?system a ?class }}
  MINUS {{ ?class egov:isNumerous true }}
}}"""


@dataclass(frozen=True)
class Contrast:
    """One kind of connection, with its edges in each of two territories.

    :param first_edges: the edges in the first territory; empty when it has none
    :param second_edges: the edges in the second territory; empty when it has none
    """

    kind: ConnectionKind
    first_edges: tuple[DependencyEdge, ...]
    second_edges: tuple[DependencyEdge, ...]

    @property
    def edges(self) -> tuple[DependencyEdge, ...]:
        """The edges of both territories."""
        return (*self.first_edges, *self.second_edges)


@dataclass(frozen=True)
class DuplicateSystems:
    """Several systems of one class in one territory.

    :param containing_system: the system of which all of them are parts, if there is one
    """

    kind: str
    systems: tuple[System, ...]
    containing_system: System | None = None


@dataclass(frozen=True)
class ComparisonReport:
    """The connections of two territories by kind; kinds that both have come first.

    :param names: the territories as the user named them
    :param duplicates: duplicate systems by name of the territory
    :param systems: all systems at an end of an edge, by CURIE
    """

    names: tuple[str, str]
    contrasts: tuple[Contrast, ...]
    duplicates: Mapping[str, tuple[DuplicateSystems, ...]]
    systems: Mapping[str, System]
    remarks: tuple[Remark, ...]
    choice: EdgeChoice


@dataclass(frozen=True)
class _TerritoryEdges:
    by_kind: EdgesByKind
    systems: Mapping[str, System]  # by CURIE


def comparison(dependencies: Dependencies, first: str, second: str) -> ComparisonReport:
    """Compare the connections of two territories.

    :param first: a territory as a user names it; `second` likewise
    :raises EntityError: if a name matches no territory
    """
    names = (first, second)
    edges = [_edges_of(dependencies, name) for name in names]
    in_first, in_second = (territory.by_kind for territory in edges)

    def order(kind: ConnectionKind) -> tuple[bool, ConnectionKind]:
        return kind not in in_first or kind not in in_second, kind

    kinds = sorted(in_first.keys() | in_second.keys(), key=order)
    contrasts = tuple(Contrast(kind, in_first.get(kind, ()), in_second.get(kind, ())) for kind in kinds)
    systems = {**edges[0].systems, **edges[1].systems}
    empty = [name for name, territory in zip(names, edges, strict=True) if not territory.by_kind]
    remarks: list[DependencyRemark] = [ScopeEmpty(name) for name in empty]
    return ComparisonReport(
        names=names,
        contrasts=contrasts,
        duplicates={name: duplicates(dependencies, dependencies.units_of(name)) for name in names},
        systems={curie: systems[curie] for curie in sorted(_named_in(contrasts) & systems.keys())},
        remarks=(*remarks, *dependencies.remarks()),
        choice=dependencies.choice,
    )


def _named_in(contrasts: Iterable[Contrast]) -> set[str]:
    edges = (edge for contrast in contrasts for edge in contrast.edges)
    return {curie for edge in edges for curie in edge.ends}


def _edges_of(dependencies: Dependencies, territory: str) -> _TerritoryEdges:
    part = subnetwork(dependencies, filter_of_territory(dependencies, territory))
    edges, _ = dependencies.edges(part.pairs)
    systems = {system.curie: system for system in part.systems.values()}
    by_kind: dict[ConnectionKind, list[DependencyEdge]] = defaultdict(list)
    for edge in edges.values():
        for relation in edge.relations:
            by_kind[systems[edge.dependent].kind, relation, systems[edge.provider].kind].append(edge)
    return _TerritoryEdges({kind: tuple(alike) for kind, alike in by_kind.items()}, systems)


def duplicates(dependencies: Dependencies, units: frozenset[str]) -> tuple[DuplicateSystems, ...]:
    """List the classes of which a territory has several systems; a system and its own part count once.

    :param units: addresses of the units that form the territory
    """
    wholes = _wholes(dependencies)
    duplicates_by_kind = []
    for kind, systems in sorted(_systems_by_kind(dependencies, units).items()):
        containing = {outer for system in systems for outer in wholes[system]}
        separate = sorted(systems - containing)
        if len(separate) < 2:
            continue
        shared = set.intersection(*(wholes[system] for system in separate))
        described = tuple(dependencies.directory.system(system) for system in separate)
        containing_system = dependencies.directory.system(min(shared)) if shared else None
        duplicates_by_kind.append(DuplicateSystems(kind, described, containing_system))
    return tuple(duplicates_by_kind)


def _systems_by_kind(dependencies: Dependencies, units: frozenset[str]) -> dict[str, set[str]]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    query = with_prefixes(_SYSTEMS % " ".join(f"<{unit}>" for unit in sorted(units)))
    for system, kind in dependencies.store.select(query).rows:
        by_kind[text_of(kind).rpartition("#")[2]].add(text_of(system))
    return by_kind


def _wholes(dependencies: Dependencies) -> defaultdict[str, set[str]]:
    """Map each system to the systems that it is part of."""
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    claims = edge_claims(dependencies.store, (PART,))
    for part, _, outer, _ in edges_in_force(claims, dependencies.choice.as_of):
        wholes[part].add(outer)
    return wholes
