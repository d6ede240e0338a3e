"""Paths: how one system depends on another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.network.reachability import MAX_STEPS, Paths, simple_paths
from .network.edge import basis_of
from .network.remarks import (
    DependsTheOtherWay,
    LengthCut,
    LongerThanBound,
    NoPathChosen,
    NoPathStated,
    PathByWidening,
    PathsCut,
    SameSystem,
    SearchBounds,
    SearchCut,
)
from .networkx_view import graph_of
from .shortest_paths import reached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Basis, Network
    from ..facts.units import Remark
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies, EdgesByPair
    from .network.edge import DependencyEdge
    from .network.remarks import DependencyRemark
    from .network.systems import System

MAX_PATHS, MAX_LENGTH = 20, 8  # bounds of the search, unless others are asked for


@dataclass(frozen=True)
class DependencyPath:
    """One path: each system depends on the next.

    :param curies: CURIEs of the systems
    :param edges: the edges between them, in order
    :param basis: `stated` when each edge is stated, else `reference` or `duty`
    """

    curies: tuple[str, ...]
    edges: tuple[DependencyEdge, ...]
    basis: Basis


@dataclass(frozen=True)
class PathReport:
    """The paths from one system to another, the shortest first; empty when neither depends on the other.

    :param start: the dependent system of the paths; `end` is the provider at their end
    :param is_reversed: whether the paths run from the system asked for as the end to that asked for as the
        start, because only that direction has paths
    :param bound: the limit that stopped the search: `count`, `length` or `work`; empty when all paths were
        found
    :param systems: all systems on the paths, by CURIE
    """

    start: System
    end: System
    paths: tuple[DependencyPath, ...]
    is_reversed: bool
    bound: str
    remarks: tuple[Remark, ...]
    systems: Mapping[str, System]
    choice: EdgeChoice

    @property
    def edges(self) -> EdgesByPair:
        """The edges of all paths, by pair of CURIEs."""
        return {edge.ends: edge for path in self.paths for edge in path.edges}

    def graph(self) -> nx.DiGraph[str]:
        """Return the paths as a networkx graph whose edges carry their claims."""
        return graph_of(self.systems.values(), self.edges.values(), self.choice.lang)


@dataclass(frozen=True)
class PathBounds:
    """The limits of a search for paths.

    :param max_paths: the largest number of paths
    :param max_length: the largest number of steps of a path; the shortest path is returned whatever its
        length
    """

    max_paths: int = MAX_PATHS
    max_length: int = MAX_LENGTH


def paths(
    dependencies: Dependencies, dependent: str, provider: str, bounds: PathBounds | None = None
) -> PathReport:
    """Find the paths along which one system depends on another; if there are none, the reverse paths.

    :param dependent: address of the dependent system; `provider`: address of the system it may depend on
    :returns: no path when neither depends on the other
    """
    bounds = bounds or PathBounds()
    network = dependencies.network
    is_reversed = _is_reversed(network, dependent, provider)
    ends = (provider, dependent) if is_reversed else (dependent, provider)
    search = _simple_paths(network, *ends, bounds)
    by_address = [tuple(map(network.name, path)) for path in search.paths]
    pairs = {pair for path in by_address for pair in pairwise(path)}
    edges, _ = dependencies.edges(sorted(pairs))
    addresses = {dependent, provider, *(iri for path in by_address for iri in path)}
    systems = dependencies.directory.systems(addresses)
    found_paths = tuple(_path([systems[iri] for iri in path], edges) for path in by_address)
    both_ends = (systems[dependent], systems[provider])
    remarks = [
        *_about_ends(dependencies, *both_ends, found_paths),
        *_about_search(search, found_paths, bounds),
    ]
    if is_reversed:
        remarks.insert(0, DependsTheOtherWay(*both_ends))
    return PathReport(
        start=systems[ends[0]],
        end=systems[ends[1]],
        paths=found_paths,
        is_reversed=is_reversed,
        bound=search.bound,
        remarks=(*remarks, *dependencies.remarks()),
        systems={system.curie: system for system in systems.values()},
        choice=dependencies.choice,
    )


def _is_reversed(network: Network, dependent: str, provider: str) -> bool:
    """Tell whether the provider depends on the dependent, and not vice versa."""
    if network.node(dependent) is None or network.node(provider) is None:
        return False
    return _rests_on(network, provider, dependent) and not _rests_on(network, dependent, provider)


def _rests_on(network: Network, dependent: str, provider: str) -> bool:
    return provider in reached(network, [dependent], upstream=True)


def _simple_paths(network: Network, dependent: str, provider: str, bounds: PathBounds) -> Paths:
    start, end = network.node(dependent), network.node(provider)
    if start is None or end is None:
        return Paths((), "")
    return simple_paths(network, start, end, max_paths=bounds.max_paths, max_edges=bounds.max_length)


def _path(systems: Sequence[System], edges_by_pair: EdgesByPair) -> DependencyPath:
    curies = tuple(system.curie for system in systems)
    edges = tuple(edges_by_pair[pair] for pair in pairwise(curies))
    return DependencyPath(curies, edges, basis_of(edges))


def _about_ends(
    dependencies: Dependencies, dependent: System, provider: System, found_paths: tuple[DependencyPath, ...]
) -> list[DependencyRemark]:
    """Remark why there is no path."""
    if dependent.iri == provider.iri:
        return [SameSystem(dependent)]
    if found_paths:
        return []
    choice = dependencies.choice
    is_plain = choice.basis == "stated" and choice.has_plain_edges
    no_path = NoPathStated if is_plain else NoPathChosen
    return [no_path(dependent, provider), *_by_other_choices(dependencies, dependent.iri, provider.iri)]


def _by_other_choices(dependencies: Dependencies, dependent: str, provider: str) -> list[DependencyRemark]:
    """Remark which other choices of edges would give a path."""
    remarks: list[DependencyRemark] = []
    for widening, choice in dependencies.choice.widened().items():
        network = dependencies.with_choice(choice).network
        if _rests_on(network, dependent, provider) or _rests_on(network, provider, dependent):
            remarks.append(PathByWidening(widening))
    return remarks


def _about_search(
    search: Paths, found_paths: tuple[DependencyPath, ...], bounds: PathBounds
) -> list[DependencyRemark]:
    """Remark the limits of the search, and which of them stopped it."""
    if not found_paths:
        return []
    remarks: list[DependencyRemark] = [SearchBounds(bounds.max_paths, bounds.max_length)]
    if len(found_paths[0].edges) > bounds.max_length:
        remarks.append(LongerThanBound(len(found_paths[0].edges)))
    match search.bound:
        case "count":
            remarks.append(PathsCut(bounds.max_paths))
        case "length":
            remarks.append(LengthCut(bounds.max_length))
        case "work":
            remarks.append(SearchCut(MAX_STEPS))
    return remarks
