"""Impact: the systems that fail with others, and those that an alternative keeps running."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

from ...graph.network.needs import needs_of
from ...graph.network.network import BASES
from ...graph.network.propagation import propagate
from ...graph.network.reachability import loop
from .affected import AffectedSystem, Alternative, FailureState
from .delivery import delivered, nearest_channels
from .network.dependencies import MAX_QUOTED_PAIRS
from .network.edge import basis_of
from .network.remarks import (
    DependenciesDenied,
    DependencyLoop,
    FilterApplied,
    MoreSystems,
    NothingAffected,
    NothingStated,
    RestsOnNothing,
    SentencesNotRead,
    ServicesDelivered,
)
from .network.scope import SystemFilter
from .networkx_view import graph_of
from .shortest_paths import has_edge, nodes_of, reached, shortest_paths, spread_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Network
    from ...graph.network.propagation import Bridge
    from ...graph.network.reachability import NodePath
    from ..facts.units import Remark
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies, EdgesByPair
    from .network.edge_claims import IriPair
    from .network.remarks import DependencyRemark
    from .network.systems import System

BridgesByNode: TypeAlias = "Mapping[int, Sequence[Bridge]]"


MAX_WEIGHED = 500  # providers of which it is computed whether there is an alternative to them


@dataclass(frozen=True)
class ImpactReport:
    """The affected systems: failing ones by hops and name, then those kept running by an alternative.

    Services that are delivered through failing systems stand last.

    :param failed: the systems that fail together
    :param upstream: whether the report lists what the failed systems depend on, not what depends on them
    :param affected: the affected systems within the filter; empty when none is reached
    :param hidden: systems on paths that are outside the filter
    :param edges: all edges among the listed, hidden and failed systems, by pair of CURIEs
    :param remarks: how the question was understood, limits reached, loops, what other choices would add
    """

    failed: tuple[System, ...]
    upstream: bool
    affected: tuple[AffectedSystem, ...]
    hidden: tuple[System, ...]
    edges: EdgesByPair
    remarks: tuple[Remark, ...]
    choice: EdgeChoice

    @property
    def failing(self) -> tuple[AffectedSystem, ...]:
        """The rows of the systems that fail, without those of services that are delivered through them."""
        return tuple(row for row in self.affected if row.fails and not row.is_delivered)

    @cached_property
    def systems(self) -> Mapping[str, System]:
        """All systems at an end of an edge of the report, by CURIE."""
        listed = (*self.failed, *(affected.system for affected in self.affected), *self.hidden)
        return {system.curie: system for system in listed}

    def graph(self) -> nx.DiGraph[str]:
        """Return a networkx graph; edges run from dependent to provider and carry their claims."""
        graph = graph_of(self.systems.values(), self.edges.values(), self.choice.lang)
        for affected in self.affected:
            marks = {"hops": affected.hops, "on_path_of": affected.path, "state": affected.state.value}
            graph.nodes[affected.system.curie].update(marks)
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
    """Find the systems that fail with others, and those that a stated alternative keeps running.

    :param failed: addresses of the systems that fail together
    :param upstream: find instead what they depend on
    :param keep: filter of the systems that are listed
    :param compare_choices: whether to count, for the remarks, the systems that other choices of edges would
        add

    Cost: one propagation over the arrays, then linear in the systems listed; upstream, one propagation for
    each provider if needs have alternatives.
    """
    search = _ImpactSearch(dependencies, tuple(dict.fromkeys(failed)), upstream, keep or SystemFilter())
    return search.report(compare_choices=compare_choices)


def alternative_of(network: Network, bridge: Bridge, system: Callable[[int], System]) -> Alternative:
    """Describe an alternative by the systems of one need.

    :param system: function that describes a node
    """
    return Alternative(
        dependent=system(bridge.dependent),
        relation=network.relations[bridge.kind],
        lost=tuple(map(system, bridge.lost)),
        providers=tuple(map(system, bridge.alternatives)),
    )


class _ImpactSearch:
    """The computation of one impact report.

    :param failed: addresses of the failing systems
    """

    def __init__(
        self, dependencies: Dependencies, failed: tuple[str, ...], upstream: bool, keep: SystemFilter
    ) -> None:
        self.dependencies, self.failed, self.upstream, self.keep = dependencies, failed, upstream, keep
        self.network = dependencies.network
        self.failed_nodes = nodes_of(self.network, failed)
        self.spread = spread_of(self.network, self.failed_nodes, upstream=upstream)

    def report(self, *, compare_choices: bool) -> ImpactReport:
        """Sort the affected systems and collect their edges and the remarks."""
        paths = shortest_paths(self.dependencies, self.failed_nodes, self.spread, upstream=self.upstream)
        bridges = self._bridges()
        if not self.upstream:
            paths |= self._bridged_paths(paths, bridges)
        self._read_systems(paths, bridges)
        listed = [node for node in paths if self.keep.keeps(self._system(node))]
        channels = self._channels(paths, bridges)
        ends = {*listed, *(node for node in map(self.network.node, channels.values()) if node in paths)}
        passed_nodes = {node for end in ends for node in paths[end]} | set(self.failed_nodes)
        edges, has_sentences = self.dependencies.edges(self._pairs_within(passed_nodes))
        affected = [self._affected(paths[node], edges, bridges.get(node, ())) for node in listed]
        services = self._services(channels, paths, edges)
        remarks = self._remarks(len(paths), len(affected)) if affected or not services else []
        remarks += [ServicesDelivered(len(services))] if services else []
        affected += services
        edges = {**edges, **{row.edges[-1].ends: row.edges[-1] for row in services}}
        affected.sort(key=self._position)
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

    def _position(self, affected: AffectedSystem) -> tuple[bool, bool, int, str, str]:
        """Sort failing systems before those that go on, services last; upstream, by hops only."""
        goes_on = not self.upstream and not affected.fails
        name = affected.system.label(self.dependencies.lang)
        return affected.is_delivered, goes_on, affected.hops, name, affected.system.curie

    def _channels(self, paths: Mapping[int, NodePath], bridges: BridgesByNode) -> Mapping[str, str]:
        """Map each service that the network does not reach to the nearest system it is delivered through."""
        if self.upstream:
            return {}
        hops = {self.network.name(node): len(path) - 1 for node, path in paths.items() if node not in bridges}
        hops |= dict.fromkeys(self.failed, 0)
        channels = nearest_channels(self.dependencies, hops)
        directory, reached_already = self.dependencies.directory, {self.network.name(node) for node in paths}
        directory.systems(channels.keys())
        return {
            service: channel
            for service, channel in channels.items()
            if service not in reached_already and self.keep.keeps(directory.system(service))
        }

    def _services(
        self, channels: Mapping[str, str], paths: Mapping[int, NodePath], edges: EdgesByPair
    ) -> list[AffectedSystem]:
        """Return the rows of the services that are delivered through failing systems."""
        rows = {}
        for channel in set(channels.values()):
            node = self.network.node(channel)
            system = self.dependencies.directory.system(channel)
            is_failed = channel in self.failed or node is None
            rows[channel] = (
                AffectedSystem(system, 0, (system.curie,), (), BASES[0], stated_hops=0)
                if is_failed or node is None
                else self._affected(paths[node], edges, ())
            )
        return delivered(self.dependencies, channels, rows)

    def _bridges(self) -> BridgesByNode:
        """Map each system kept running to its alternatives; upstream, each provider to its replacements."""
        if self.upstream:
            return self._bridges_upstream()
        bridges: dict[int, list[Bridge]] = defaultdict(list)
        for bridge in self.spread.bridges:
            bridges[bridge.dependent].append(bridge)
        return {node: tuple(several) for node, several in bridges.items()}

    def _bridges_upstream(self) -> BridgesByNode:
        """Map each provider to the alternatives that keep the systems asked about running without it."""
        if not len(needs_of(self.network).dependents):
            return {}
        members = {*self.failed_nodes, *self.spread.nodes.tolist()}
        bridges: dict[int, tuple[Bridge, ...]] = {}
        for provider in self.spread.nodes.tolist()[:MAX_WEIGHED]:
            failure = propagate(self.network, [provider])
            if not set(self.failed_nodes) & set(failure.nodes.tolist()):
                bridges[provider] = tuple(row for row in failure.bridges if row.dependent in members)
        return bridges

    def _bridged_paths(self, paths: Mapping[int, NodePath], bridges: BridgesByNode) -> dict[int, NodePath]:
        """Extend the path of a failed provider to each node that an alternative keeps running."""
        to_failed = {**{node: (node,) for node in self.failed_nodes}, **paths}
        bridged = {}
        for node, lost_needs in bridges.items():
            ends = [to_failed[provider] for bridge in lost_needs for provider in bridge.lost]
            bridged[node] = (*min(ends, key=lambda path: (len(path), path)), node)
        return bridged

    def _read_systems(self, paths: Mapping[int, NodePath], bridges: BridgesByNode) -> None:
        """Read all systems on the paths and in the alternatives in one go."""
        nodes = {node for path in paths.values() for node in path}
        for bridge in chain.from_iterable(bridges.values()):
            nodes |= {bridge.dependent, *bridge.lost, *bridge.alternatives}
        self.dependencies.directory.systems([*map(self.network.name, sorted(nodes)), *self.failed])

    def _system(self, node: int) -> System:
        return self.dependencies.directory.system(self.network.name(node))

    def _failed_systems(self) -> tuple[System, ...]:
        return tuple(self.dependencies.directory.system(iri) for iri in self.failed)

    def _pairs_within(self, nodes: Iterable[int]) -> list[IriPair]:
        """List the edges among nodes, as pairs of addresses."""
        members = set(nodes)
        matrix = self.network.upstream
        pairs: list[IriPair] = []
        for node in sorted(members):
            providers = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
            inside = [provider for provider in providers if provider in members]
            pairs += [(self.network.name(node), self.network.name(provider)) for provider in inside]
        return pairs

    def _affected(
        self, path: NodePath, edges_by_pair: EdgesByPair, bridges: Sequence[Bridge]
    ) -> AffectedSystem:
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
            planned_only=iri in self._reached - self._reached_without_plans,
            implied_only=iri in self._reached - self._reached_without_implied,
            state=self._state(path[-1], bridges),
            alternatives=tuple(map(self._alternative, bridges)),
            parts=self.dependencies.directory.kinship.part_counts.get(iri, 0),
        )

    def _state(self, node: int, bridges: Sequence[Bridge]) -> FailureState:
        if bridges:
            return FailureState.GOES_ON
        if self.upstream and node in self._not_weighed:
            return FailureState.UNDETERMINED
        return FailureState.FAILS

    @cached_property
    def _not_weighed(self) -> frozenset[int]:
        """The providers beyond the limit whose alternatives were not examined; empty if none exist."""
        has_alternatives = bool(len(needs_of(self.network).dependents))
        return frozenset(self.spread.nodes.tolist()[MAX_WEIGHED:] if has_alternatives else ())

    def _alternative(self, bridge: Bridge) -> Alternative:
        return alternative_of(self.network, bridge, self._system)

    @cached_property
    def _stated_hops(self) -> Mapping[str, int]:
        """Hops along edges stated to be in force, by address."""
        network = self.dependencies.in_force().network.with_basis("stated")
        in_force = spread_of(network, nodes_of(network, self.failed), upstream=self.upstream)
        names = (network.name(node) for node in in_force.nodes.tolist())
        return dict(zip(names, in_force.hops.tolist(), strict=True))

    @cached_property
    def _reached(self) -> frozenset[str]:
        return frozenset(map(self.network.name, self.spread.nodes.tolist()))

    @cached_property
    def _reached_without_plans(self) -> frozenset[str]:
        return self._reached_by(replace(self.dependencies.choice, plans=False))

    @cached_property
    def _reached_without_implied(self) -> frozenset[str]:
        return self._reached_by(replace(self.dependencies.choice, implied=False))

    def _reached_by(self, choice: EdgeChoice) -> frozenset[str]:
        """List the addresses that another choice of edges would reach."""
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
        """Count the systems and services that each further kind of edges would add."""
        choices = self.dependencies.choice.widened()
        now = self._counted_by(self.dependencies.choice)
        remarks: list[DependencyRemark] = []
        for widening, choice in choices.items():
            systems, services = (
                len(more - before) for more, before in zip(self._counted_by(choice), now, strict=True)
            )
            remarks += [MoreSystems(widening, systems, services)] if systems or services else []
        return remarks

    def _counted_by(self, choice: EdgeChoice) -> tuple[frozenset[str], frozenset[str]]:
        """List the systems that another choice of edges reaches, and the services delivered through them."""
        systems = self._reached_by(choice)
        if self.upstream:
            return systems, frozenset()
        hops = dict.fromkeys((*systems, *self.failed), 0)
        services = nearest_channels(self.dependencies.with_choice(choice), hops)
        return systems, frozenset(services) - systems

    def _nothing_reached(self) -> list[DependencyRemark]:
        """Remark that nothing is affected, and which statements about the systems do not count."""
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
