"""Shortest paths from failing to affected systems; ties are resolved in favour of edges in force."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.network.needs import needs_of
from ...graph.network.propagation import Causes, Failure, propagate
from ...graph.network.reachability import reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.network.network import Network
    from ...graph.network.reachability import Reach
    from .network.dependencies import Dependencies


def shortest_paths(
    dependencies: Dependencies, failed: Sequence[int], spread: Reach, *, upstream: bool = False
) -> dict[int, tuple[int, ...]]:
    """Find a shortest path to each node that a failure reaches; in ascending order of hops.

    :param failed: the failing nodes; they are not in the result
    :param spread: the nodes that fail with them; upstream, the nodes that they depend on
    """
    before: Mapping[int, int] | Sequence[int] = spread.before.tolist()
    if dependencies.choice.mixes_edges:
        before = _FirmestPaths(dependencies, failed, upstream).before(spread)
    paths: dict[int, tuple[int, ...]] = {node: (node,) for node in failed}
    for node in spread.nodes.tolist():  # in the order of hops
        paths[node] = (*paths[before[node]], node)
    return {node: path for node, path in paths.items() if len(path) > 1}


def spread_of(network: Network, failed: Sequence[int], *, upstream: bool = False) -> Failure:
    """Find every node that fails because of the failed nodes; upstream, every node that these depend on."""
    if not upstream:
        return propagate(network, failed)
    reached_nodes = reach(network, failed, upstream=True)
    return Failure(reached_nodes.nodes, reached_nodes.hops, reached_nodes.before)


class _FirmestPaths:
    """The choice among equally short paths: edges in force, then plans and inferences, then expectations."""

    def __init__(self, dependencies: Dependencies, failed: Sequence[int], upstream: bool) -> None:
        self.dependencies, self.failed, self.upstream = dependencies, failed, upstream
        self.network = dependencies.network

    def before(self, reached_nodes: Reach) -> Mapping[int, int]:
        """Map each reached node to its predecessor on its path."""
        matrix = self.network.downstream if self.upstream else self.network.upstream
        hops = dict(zip(reached_nodes.nodes.tolist(), reached_nodes.hops.tolist(), strict=True))
        hops |= dict.fromkeys(self.failed, 0)
        weights = dict.fromkeys(self.failed, 0)
        before: dict[int, int] = {}
        causes = None if self.upstream else Causes(needs_of(self.network), hops)
        for node in reached_nodes.nodes.tolist():
            neighbours = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
            nearer = [neighbour for neighbour in neighbours if hops.get(neighbour) == hops[node] - 1]
            if causes is not None:
                nearer = [cause for cause in nearer if causes.stops(cause, node)]
                nearer = nearer or [int(reached_nodes.before[node])]
            offers = [(weights[neighbour] + self._weight(neighbour, node), neighbour) for neighbour in nearer]
            weights[node], before[node] = min(offers)
        return before

    def _weight(self, nearer: int, farther: int) -> int:
        """Weigh an edge: 0 in force, 1 planned or inferred; an expected one outweighs any number of those."""
        pair = (nearer, farther) if self.upstream else (farther, nearer)
        if all(self.network.bases[position] for position in self.network.edges_between[pair]):
            return len(self.network)
        dependent, provider = (self._in_force.node(self.network.name(node)) for node in pair)
        is_in_force = (dependent, provider) in self._in_force.edges_between
        return 0 if is_in_force else 1

    @cached_property
    def _in_force(self) -> Network:
        return self.dependencies.in_force().network


def nodes_of(network: Network, addresses: Iterable[str]) -> list[int]:
    """List the nodes of the systems that occur in a network."""
    nodes = (network.node(address) for address in addresses)
    return [node for node in nodes if node is not None]


def has_edge(network: Network, address: str) -> bool:
    """Tell whether a system has any edge."""
    node = network.node(address)
    return node is not None and bool(network.upstream[node].nnz or network.downstream[node].nnz)


def reached(network: Network, failed: Iterable[str], *, upstream: bool = False) -> frozenset[str]:
    """List the addresses of the systems that fail; upstream, of those the failed ones depend on.

    :param failed: addresses of the failing systems
    """
    spread = spread_of(network, nodes_of(network, failed), upstream=upstream)
    return frozenset(network.name(node) for node in spread.nodes.tolist())
