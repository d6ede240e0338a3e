"""Single points of failure, found by propagating failures; and systems that join parts of the network.

A single point of failure is a system whose failure makes at least one other system fail. A system that only
connects its neighbours, so that the network falls apart without it (articulation point), is no single point
of failure; it is listed in a separate table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...graph.network.cuts import articulation_points, pieces_without
from ...graph.network.failure_points import failure_points, ranked_by_bound
from ...graph.network.propagation import propagate
from ...graph.network.reachability import reach
from .impact import alternative_of
from .network.remarks import NoAlternative, NoJoin, NoSinglePoint, PointsCut
from .network.subnetwork import scope_empty, subnetwork
from .networkx_view import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Network
    from ..facts.units import Remark
    from .affected import Alternative
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies
    from .network.edge import DependencyEdge
    from .network.remarks import DependencyRemark
    from .network.scope import SystemFilter
    from .network.subnetwork import Subnetwork
    from .network.systems import System

MAX_DESCRIBED = 5000  # systems of a subnetwork up to which its edges are described
MAX_POINTS = 2000  # points of which all are propagated; of more, those with the highest bound
MAX_RANKED = 25  # points that are propagated and listed beyond that bound


@dataclass(frozen=True)
class SinglePoint:
    """One system whose failure makes others fail.

    :param failing: the systems that fail with it, never empty; for a system outside the scope, those in the
        scope
    :param alternatives: needs of systems that keep running when it fails
    """

    system: System
    failing: tuple[System, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class SinglePointReport:
    """The single points of failure, in descending order of the number of systems that fail.

    :param points: empty when no failure makes another system fail
    :param systems: all systems with an edge in the subnetwork, by CURIE
    :param edges: edges of the subnetwork; empty if it has more than :data:`MAX_DESCRIBED` systems
    """

    points: tuple[SinglePoint, ...]
    systems: Mapping[str, System]
    edges: tuple[DependencyEdge, ...]
    remarks: tuple[Remark, ...]
    choice: EdgeChoice

    def graph(self) -> nx.DiGraph[str]:
        """Return the subnetwork as a networkx graph whose nodes carry `single_point`."""
        graph = graph_of(self.systems.values(), self.edges, self.choice.lang)
        for point in self.points:
            graph.add_node(point.system.curie, single_point=True)
        return graph


@dataclass(frozen=True)
class Join:
    """One system without which parts of the network are no longer connected (articulation point).

    :param pieces: the groups of systems that are separated without it; never empty
    :param leaves_rest: whether a larger remainder exists from which the pieces are separated
    """

    system: System
    pieces: tuple[tuple[System, ...], ...]
    leaves_rest: bool


@dataclass(frozen=True)
class JoinReport:
    """The systems that join parts of the network, in descending order of how much they separate."""

    joins: tuple[Join, ...]
    remarks: tuple[Remark, ...]
    choice: EdgeChoice


def single_points(dependencies: Dependencies, keep: SystemFilter | None = None) -> SinglePointReport:
    """Find the single points of failure of a scope, or of the whole network.

    :param keep: systems of a territory, class or layer; a point is in the scope, or a system in the scope
        fails with it
    :returns: without points when no failure makes another system fail

    Cost: linear in the edges to find the points, then one propagation for each listed point.
    """
    part = subnetwork(dependencies, keep)
    search = _PointSearch(dependencies, part)
    points = search.points() if len(part.network) else []
    points.sort(key=lambda point: (-len(point.failing), point.system.curie))
    edges, _ = dependencies.edges(part.pairs if len(part.network) < MAX_DESCRIBED else [])
    remarks: list[DependencyRemark] = []
    if not part.network.edge_count:
        remarks.append(scope_empty(keep))
    elif not points:
        remarks.append(NoSinglePoint())
    if search.cut_from:
        remarks.append(PointsCut(len(points), search.cut_from))
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


class _PointSearch:
    """The search for single points of failure of one subnetwork, in the whole network.

    :param cut_from: total number of points if only some of them are listed; 0 if all are
    """

    def __init__(self, dependencies: Dependencies, part: Subnetwork) -> None:
        self.dependencies, self.network = dependencies, dependencies.network
        self.inside = {node for iri in part.inside if (node := self.network.node(iri)) is not None}
        self.cut_from = 0

    def points(self) -> list[SinglePoint]:
        """List the single points of failure, unordered."""
        candidates = failure_points(self.network)
        candidates = candidates[np.isin(candidates, self._around_scope())]
        if len(candidates) > MAX_POINTS:
            self.cut_from = len(candidates)
            candidates = ranked_by_bound(self.network, candidates)[:MAX_RANKED]
        points = map(self._point, candidates.tolist())
        return [point for point in points if point is not None]

    def _around_scope(self) -> list[int]:
        """List the nodes in scope and all nodes that they depend on."""
        inside = sorted(self.inside)
        return [*inside, *reach(self.network, inside, upstream=True).nodes.tolist()]

    def _point(self, node: int) -> SinglePoint | None:
        """Describe a point; ``None`` if neither it nor any system that fails with it is in scope."""
        failure = propagate(self.network, [node])
        failing = set(failure.nodes.tolist())
        if node not in self.inside:
            failing &= self.inside
        if not failing:
            return None
        bridges = [row for row in failure.bridges if node in self.inside or row.dependent in self.inside]
        named = {node for row in bridges for node in (row.dependent, *row.lost, *row.alternatives)}
        self.dependencies.directory.systems([self.network.name(other) for other in {node, *failing, *named}])
        return SinglePoint(
            system=self._system(node),
            failing=_in_order(map(self._system, failing)),
            alternatives=tuple(alternative_of(self.network, row, self._system) for row in bridges),
        )

    def _system(self, node: int) -> System:
        return self.dependencies.directory.system(self.network.name(node))


def joins(dependencies: Dependencies, keep: SystemFilter | None = None) -> JoinReport:
    """Find the articulation points of a scope: systems without which its network falls apart.

    :param keep: systems of a territory, class or layer; edges with one end in the scope count
    :returns: empty when no system separates others

    Cost: linear in the edges to find the systems, and once more for each of them.
    """
    part = subnetwork(dependencies, keep)
    network = part.network
    nodes = articulation_points(network).tolist() if len(network) else []
    joining = [_join(part, node) for node in nodes]
    joining.sort(key=lambda join: (-sum(map(len, join.pieces)), join.system.curie))
    remarks: list[DependencyRemark] = []
    if not network.edge_count:
        remarks.append(scope_empty(keep))
    elif not joining:
        remarks.append(NoJoin())
    return JoinReport(tuple(joining), (*remarks, *dependencies.remarks()), dependencies.choice)


def _join(part: Subnetwork, node: int) -> Join:
    network, pieces = part.network, pieces_without(part.network, node)
    described = tuple(_in_order(part.systems[network.name(member)] for member in piece) for piece in pieces)
    return Join(part.systems[network.name(node)], described, not _falls_into_equals(network, node, pieces))


def _falls_into_equals(network: Network, node: int, pieces: Sequence[Sequence[int]]) -> bool:
    """Tell whether the largest pieces are equal in size and hold all neighbours, leaving no remainder."""
    members = {member for piece in pieces for member in piece}
    neighbours = (*network.downstream[node].indices, *network.upstream[node].indices)
    has_one_size = len({len(piece) for piece in pieces}) == 1
    return len(pieces) > 1 and has_one_size and members.issuperset(neighbours)


def _in_order(systems: Iterable[System]) -> tuple[System, ...]:
    return tuple(sorted(systems, key=lambda system: system.curie))
