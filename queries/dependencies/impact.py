"""Impact: what stops or suffers when some systems stop, and what they themselves rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from ...graph.network.reachability import loop, reach
from .dependencies import MAX_QUOTED_PAIRS
from .edge import basis_of
from .networkx_view import graph_of
from .remarks import (
    DependenciesDenied,
    DependencyLoop,
    FilterApplied,
    MoreSystems,
    NothingAffected,
    NothingStated,
    RestsOnNothing,
    SentencesNotRead,
)
from .scope import SystemFilter
from .shortest_paths import has_edge, nodes_of, reached, shortest_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Basis
    from .choice import EdgeChoice
    from .dependencies import Dependencies, EdgesByPair
    from .edge import DependencyEdge
    from .edge_claims import IriPair
    from .remarks import DependencyRemark
    from .systems import System

NodePath: TypeAlias = tuple[int, ...]  # nodes of the network, from one that fails


@dataclass(frozen=True)
class AffectedSystem:
    """One system that a failure reaches (or, upstream, one that the failing ones rest on).

    :param hops: length of a shortest path, at least 1
    :param path: CURIEs from a system that fails to this one
    :param edges: the edges of the path
    :param basis: `stated` when each edge is stated, else `reference`
    :param stated_hops: hops along what is stated to be in force alone; ``None`` when that does not reach it
    :param planned_only: it is reached only with plans counted
    :param implied_only: it is reached only with what is implied counted
    """

    system: System
    hops: int
    path: tuple[str, ...]
    edges: tuple[DependencyEdge, ...]
    basis: Basis
    stated_hops: int | None = None
    planned_only: bool = False
    implied_only: bool = False


@dataclass(frozen=True)
class ImpactReport:
    """What is affected, in the order of hops and names.

    :param failed: the systems that fail together
    :param upstream: whether it lists what they rest on, rather than what rests on them
    :param affected: what the filter keeps; empty when nothing is reached
    :param hidden: systems that paths lead through, though the filter leaves them out
    :param edges: every edge between what is listed, hidden or failed, by pair of CURIEs
    :param remarks: what was understood, bounds that were hit, loops, what other choices would add
    """

    failed: tuple[System, ...]
    upstream: bool
    affected: tuple[AffectedSystem, ...]
    hidden: tuple[System, ...]
    edges: EdgesByPair
    remarks: tuple[DependencyRemark, ...]
    choice: EdgeChoice

    @cached_property
    def systems(self) -> Mapping[str, System]:
        """All systems that the answer names, by CURIE."""
        listed = (*self.failed, *(affected.system for affected in self.affected), *self.hidden)
        return {system.curie: system for system in listed}

    def graph(self) -> nx.DiGraph[str]:
        """Return a networkx graph: edges lead from dependent to provider and bear their claims."""
        graph = graph_of(self.systems.values(), self.edges.values(), self.choice.lang)
        for affected in self.affected:
            graph.nodes[affected.system.curie].update(hops=affected.hops, on_path_of=affected.path)
        for system in self.failed:
            graph.nodes[system.curie].update(hops=0, failed=True)
        for system in self.hidden:
            graph.nodes[system.curie].update(hidden=True)
        return graph


def impact(
    dependencies: Dependencies,
    failed: Sequence[str],
    *,
    upstream: bool = False,
    keep: SystemFilter | None = None,
    compare_choices: bool = True,
) -> ImpactReport:
    """Find what is affected when systems fail together.

    :param failed: their addresses
    :param upstream: ask for what they rest on instead
    :param keep: which systems are listed
    :param compare_choices: whether to count what other choices of edges would add, for the remarks

    Cost: a breadth-first search over the arrays, then linear in what is listed.
    """
    search = _ImpactSearch(dependencies, tuple(dict.fromkeys(failed)), upstream, keep or SystemFilter())
    return search.report(compare_choices=compare_choices)


class _ImpactSearch:
    """The search for one impact.

    :param failed: addresses of what fails
    """

    def __init__(
        self, dependencies: Dependencies, failed: tuple[str, ...], upstream: bool, keep: SystemFilter
    ) -> None:
        self.dependencies, self.failed, self.upstream, self.keep = dependencies, failed, upstream, keep
        self.network = dependencies.network
        self.failed_nodes = nodes_of(self.network, failed)

    def report(self, *, compare_choices: bool) -> ImpactReport:
        """Put the report together."""
        paths = shortest_paths(self.dependencies, self.failed_nodes, upstream=self.upstream)
        self._read_systems(paths)
        listed = [node for node in paths if self.keep.keeps(self._system(node))]
        passed_nodes = {node for end in listed for node in paths[end]} | set(self.failed_nodes)
        edges, has_sentences = self.dependencies.edges(self._pairs_within(passed_nodes))
        affected = [self._affected(paths[node], edges) for node in listed]
        lang = self.dependencies.lang
        affected.sort(key=lambda row: (row.hops, row.system.label(lang), row.system.curie))
        remarks = self._remarks(len(paths), len(affected))
        if compare_choices:
            remarks += self._more_by_choice()
        remarks += self.dependencies.remarks()
        if not has_sentences:
            remarks.append(SentencesNotRead(len(edges), MAX_QUOTED_PAIRS))
        hidden = sorted(passed_nodes - {*listed, *self.failed_nodes})
        return ImpactReport(
            failed=self._failed_systems(),
            upstream=self.upstream,
            affected=tuple(affected),
            hidden=tuple(self._system(node) for node in hidden),
            edges=edges,
            remarks=tuple(remarks),
            choice=self.dependencies.choice,
        )

    def _read_systems(self, paths: Mapping[int, NodePath]) -> None:
        """Read what is known of all systems on paths, at once."""
        nodes = {node for path in paths.values() for node in path}
        self.dependencies.directory.systems([*map(self.network.name, sorted(nodes)), *self.failed])

    def _system(self, node: int) -> System:
        return self.dependencies.directory.system(self.network.name(node))

    def _failed_systems(self) -> tuple[System, ...]:
        return tuple(self.dependencies.directory.system(iri) for iri in self.failed)

    def _pairs_within(self, nodes: Iterable[int]) -> list[IriPair]:
        """List the edges between nodes, as addresses."""
        members = set(nodes)
        matrix = self.network.upstream
        pairs: list[IriPair] = []
        for node in sorted(members):
            providers = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
            inside = [provider for provider in providers if provider in members]
            pairs += [(self.network.name(node), self.network.name(provider)) for provider in inside]
        return pairs

    def _affected(self, path: NodePath, edges_by_pair: EdgesByPair) -> AffectedSystem:
        iri = self.network.name(path[-1])
        curies = tuple(self._system(node).curie for node in path)
        pairs = [pair if self.upstream else pair[::-1] for pair in pairwise(curies)]
        edges = tuple(edges_by_pair[pair] for pair in pairs)
        return AffectedSystem(
            system=self._system(path[-1]),
            hops=len(path) - 1,
            path=curies,
            edges=edges,
            basis=basis_of(edges),
            stated_hops=self._stated_hops.get(iri),
            planned_only=iri not in self._reached_without_plans,
            implied_only=iri not in self._reached_without_implied,
        )

    @cached_property
    def _stated_hops(self) -> Mapping[str, int]:
        """Hops along what is stated to be in force, by address."""
        network = self.dependencies.in_force().network.with_basis("stated")
        in_force = reach(network, nodes_of(network, self.failed), upstream=self.upstream)
        names = (network.name(node) for node in in_force.nodes.tolist())
        return dict(zip(names, in_force.hops.tolist(), strict=True))

    @cached_property
    def _reached(self) -> frozenset[str]:
        return reached(self.network, self.failed, upstream=self.upstream)

    @cached_property
    def _reached_without_plans(self) -> frozenset[str]:
        return self._reached_by(replace(self.dependencies.choice, plans=False))

    @cached_property
    def _reached_without_implied(self) -> frozenset[str]:
        return self._reached_by(replace(self.dependencies.choice, implied=False))

    def _reached_by(self, choice: EdgeChoice) -> frozenset[str]:
        """List the addresses of what is reached by another choice of edges."""
        if choice == self.dependencies.choice:
            return self._reached
        network = self.dependencies.with_choice(choice).network
        return reached(network, self.failed, upstream=self.upstream)

    def _remarks(self, total: int, listed: int) -> list[DependencyRemark]:
        remarks: list[DependencyRemark] = []
        if not total:
            remarks += self._nothing_reached()
        elif self.keep:
            remarks.append(FilterApplied(listed, total))
        loops = {frozenset(path): path for node in self.failed_nodes if (path := loop(self.network, node))}
        return remarks + [DependencyLoop(tuple(map(self._system, path))) for path in loops.values()]

    def _more_by_choice(self) -> list[DependencyRemark]:
        """Tell how many systems each further kind of edges would add."""
        remarks: list[DependencyRemark] = []
        for widening, choice in self.dependencies.choice.widened().items():
            added = self._reached_by(choice) - self._reached
            remarks += [MoreSystems(widening, len(added))] if added else []
        return remarks

    def _nothing_reached(self) -> list[DependencyRemark]:
        """Tell that nothing is affected, and which statements about it do not count."""
        systems = self._failed_systems()
        nothing: DependencyRemark = RestsOnNothing(systems) if self.upstream else NothingAffected(systems)
        if self.dependencies.choice.of_reference:
            return [nothing]
        failed = {*self.failed}
        claims = [claim for claim in self.dependencies.claims if failed & {claim.dependent, claim.provider}]
        if not claims and not any(has_edge(self.network, iri) for iri in self.failed):
            return [NothingStated(systems)]
        denials = sum(claim.denied for claim in claims)
        return [nothing, *([DependenciesDenied(denials)] if denials else [])]
