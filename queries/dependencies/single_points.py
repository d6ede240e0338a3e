"""Single points of failure: systems whose loss cuts others off, and where there is an alternative.

Two ways to be one: the network falls apart without it (articulation point), or every chain of support of
others passes it (dominator). An alternative is a second provider of the same class in the same relation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ...graph.network.cuts import articulation_points, support_dominators
from .networkx_view import graph_of
from .remarks import NoAlternative, NoSinglePoint
from .section import scope_empty, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Network
    from .choice import EdgeChoice
    from .dependencies import Dependencies
    from .edge import DependencyEdge
    from .remarks import DependencyRemark
    from .scope import SystemFilter
    from .section import NetworkSection
    from .systems import System

ProvidersByRelation: TypeAlias = "dict[int, set[int]]"  # position of the relation -> nodes

MAX_DESCRIBED = 5000  # systems of a section up to which its edges are described


@dataclass(frozen=True)
class Alternative:
    """An alternative that a dependent has to a single point of failure.

    :param dependent: the system that depends on the single point
    :param relation: the relation in which it does
    :param providers: the systems of the same class on which it depends in the same relation
    """

    dependent: System
    relation: str
    providers: tuple[System, ...]


@dataclass(frozen=True)
class SinglePoint:
    """One system whose loss cuts others off.

    :param pieces: what comes apart without it, one group each; empty when the network holds together
    :param leaves_rest: whether the pieces part from a larger rest, rather than only from one another
    :param supported: what it alone supports: all their chains of support pass it
    :param alternatives: dependents that have an alternative to it
    """

    system: System
    pieces: tuple[tuple[System, ...], ...]
    leaves_rest: bool
    supported: tuple[System, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def cut_off(self) -> tuple[System, ...]:
        """All that it cuts off, one way or the other, in order."""
        cut_off = {system.curie: system for piece in self.pieces for system in piece}
        cut_off |= {system.curie: system for system in self.supported}
        return tuple(cut_off[curie] for curie in sorted(cut_off))


@dataclass(frozen=True)
class SinglePointReport:
    """The single points of failure, those on which most rest alone first, then those that cut off most.

    :param points: empty when nothing cuts anything off
    :param systems: all systems with an edge in the section, by CURIE
    :param edges: its edges; empty for a section of more than :data:`MAX_DESCRIBED` systems
    """

    points: tuple[SinglePoint, ...]
    systems: Mapping[str, System]
    edges: tuple[DependencyEdge, ...]
    remarks: tuple[DependencyRemark, ...]
    choice: EdgeChoice

    def graph(self) -> nx.DiGraph[str]:
        """Return the section as a networkx graph; nodes bear `single_point`."""
        graph = graph_of(self.systems.values(), self.edges, self.choice.lang)
        for point in self.points:
            graph.nodes[point.system.curie]["single_point"] = True
        return graph


def single_points(dependencies: Dependencies, keep: SystemFilter | None = None) -> SinglePointReport:
    """Find the single points of failure of a scope, or of the whole network.

    :param keep: systems of a territory, class or layer; edges with one end among them count
    :returns: none when nothing cuts anything off

    Cost: linear in the edges, and in what each point cuts off.
    """
    part = section(dependencies, keep)
    points = _SinglePointSearch(part).points() if len(part.network) else []
    points.sort(key=lambda point: (-len(point.supported), -len(point.cut_off), point.system.curie))
    edges, _ = dependencies.edges(part.pairs if len(part.network) < MAX_DESCRIBED else [])
    remarks: list[DependencyRemark] = []
    if not part.network.edge_count:
        remarks.append(scope_empty(keep))
    elif not points:
        remarks.append(NoSinglePoint())
    remarks += dependencies.remarks()
    if points and not any(point.alternatives for point in points):
        remarks.append(NoAlternative())
    return SinglePointReport(
        points=tuple(points),
        systems={system.curie: system for system in part.systems.values()},
        edges=tuple(edges.values()),
        remarks=tuple(remarks),
        choice=dependencies.choice,
    )


class _SinglePointSearch:
    """The search for single points of failure in one section."""

    def __init__(self, part: NetworkSection) -> None:
        self.network, self.systems = part.network, part.systems

    def points(self) -> list[SinglePoint]:
        """List the single points; unordered."""
        cuts = articulation_points(self.network).tolist()
        pieces = {node: pieces_without(self.network, node) for node in cuts}
        supported = supported_only(self.network)
        nodes = sorted(pieces.keys() | supported.keys())
        return [self._point(node, pieces.get(node, ()), supported.get(node, ())) for node in nodes]

    def _system(self, node: int) -> System:
        return self.systems[self.network.name(node)]

    def _systems(self, nodes: Iterable[int]) -> tuple[System, ...]:
        return tuple(sorted(map(self._system, nodes), key=lambda system: system.curie))

    def _point(self, node: int, pieces: Sequence[Sequence[int]], supported: Sequence[int]) -> SinglePoint:
        return SinglePoint(
            system=self._system(node),
            pieces=tuple(map(self._systems, pieces)),
            leaves_rest=not self._fall_into_equals(node, pieces),
            supported=self._systems(supported),
            alternatives=tuple(self._alternatives(node)),
        )

    def _fall_into_equals(self, node: int, pieces: Sequence[Sequence[int]]) -> bool:
        """Tell whether pieces of one size hold all neighbours of a node, so that there is no rest."""
        members = {member for piece in pieces for member in piece}
        neighbours = (*self.network.downstream[node].indices, *self.network.upstream[node].indices)
        has_one_size = len({len(piece) for piece in pieces}) == 1
        return len(pieces) > 1 and has_one_size and members.issuperset(neighbours)

    def _alternatives(self, node: int) -> Iterator[Alternative]:
        for dependent in self.network.downstream[node].indices.tolist():
            for relation, providers in sorted(self._providers[dependent].items()):
                if node not in providers:
                    continue
                if alike := self._of_kind(self._system(node).kind, providers - {node}):
                    yield Alternative(self._system(dependent), self.network.relations[relation], alike)

    def _of_kind(self, kind: str, nodes: Iterable[int]) -> tuple[System, ...]:
        return tuple(system for system in self._systems(nodes) if system.kind == kind)

    @cached_property
    def _providers(self) -> dict[int, ProvidersByRelation]:
        """What each node depends on, by relation."""
        providers: dict[int, ProvidersByRelation] = defaultdict(lambda: defaultdict(set))
        network = self.network
        columns = (network.dependents.tolist(), network.kinds.tolist(), network.providers.tolist())
        for dependent, relation, provider in zip(*columns, strict=True):
            providers[dependent][relation].add(provider)
        return providers


def pieces_without(network: Network, node: int) -> tuple[tuple[int, ...], ...]:
    """List what the loss of a node parts from the largest rest of what was connected with it.

    :returns: groups of nodes, without the largest, which is the rest; all of them when several are largest;
        empty when the network holds together
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    dependents, providers = network.dependents, network.providers
    stays = (dependents != node) & (providers != node)
    size, weights = len(network), np.ones(int(stays.sum()), dtype=np.int8)
    ties = csr_matrix((weights, (dependents[stays], providers[stays])), shape=(size, size))
    _, group_of = connected_components(ties, directed=False)
    neighbours = np.union1d(dependents[providers == node], providers[dependents == node])
    was_tied = np.isin(group_of, group_of[neighbours])
    was_tied[node] = False
    groups: dict[int, list[int]] = defaultdict(list)
    for member in np.flatnonzero(was_tied).tolist():
        groups[int(group_of[member])].append(member)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    has_rest = len(ordered) < 2 or len(ordered[0]) > len(ordered[1])
    return tuple(tuple(group) for group in ordered[1 if has_rest else 0 :])


def supported_only(network: Network) -> dict[int, tuple[int, ...]]:
    """Find, for each node, those whose every chain of support passes it.

    :returns: node -> nodes; only nodes that alone support another
    """
    dominators = support_dominators(network).tolist()
    supported: dict[int, list[int]] = defaultdict(list)
    for node in range(len(network)):
        dominator, seen = dominators[node], {node}
        while dominator >= 0 and dominator not in seen:
            supported[dominator].append(node)
            seen.add(dominator)
            dominator = dominators[dominator]
    return {node: tuple(nodes) for node, nodes in supported.items()}
