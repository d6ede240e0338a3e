"""Cuts: components without which others fall off.

Articulation points: the nodes whose loss parts the network, whichever way its edges point (Hopcroft and
Tarjan 1973, on a depth-first order made by scipy). Dominators: the node that all chains of support of another
pass (the tree that is a fixpoint of `parent = nearest common ancestor of parent and predecessors`; Alstrup
and Lauridsen 1996; taken for all nodes at a time, from a breadth-first tree).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .network import Network

    Nodes = NDArray[np.int32]

MAX_LEVELS = 2000  # levels of the breadth-first tree; a deeper network is left to networkx


def articulation_points(network: Network) -> Nodes:
    """Find the nodes whose loss parts what was connected; ascending, empty when there is none.

    Cost: linear; about 0.4 s for a million edges.
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
    """Make the symmetric matrix with one more node, tied to one node of each connected part."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    size = len(network)
    one, other = network.dependents, network.providers
    ties = csr_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    _, part = connected_components(ties, directed=False)
    firsts = np.unique(part, return_index=True)[1].astype(np.int32)
    root = np.full(len(firsts), size, dtype=np.int32)
    rows = np.concatenate([one, other, root, firsts])
    columns = np.concatenate([other, one, firsts, root])
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size + 1, size + 1))
    return matrix, size


def _lowest(matrix: csr_matrix, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find the lowest place among the neighbours of each node; each node has one, at least the root."""
    return np.minimum.reduceat(place[matrix.indices], matrix.indptr[:-1])


def _cutting(above: list[int], low: list[int]) -> list[int]:
    """List the places of the cut nodes, given each place's parent and lowest neighbour."""
    cutting = set()
    branches = [0] * len(above)
    for place in range(len(above) - 1, 0, -1):
        parent, reached = above[place], low[place]
        if parent == 0:
            continue  # the added root cuts nothing that is there
        if above[parent] == 0:  # the first node of a part cuts where it has two branches
            branches[parent] += 1
            if branches[parent] == 2:
                cutting.add(parent)
        elif reached >= parent:
            cutting.add(parent)
        if reached < low[parent]:
            low[parent] = reached
    return sorted(cutting)


def immediate_dominators(matrix: csr_matrix, root: int) -> Nodes:
    """Find, for each node reached from a root, the last node that every way to it passes.

    :param matrix: the row of a node marks the nodes that follow it
    :returns: a node each; the root for the root itself, negative for what is not reached

    Cost: a breadth-first search and a few passes over the edges; about 0.5 s for a million.
    """
    from scipy.sparse.csgraph import breadth_first_order

    order, parents = breadth_first_order(matrix, root, directed=True, return_predecessors=True)
    place = np.full(matrix.shape[0], -1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parent = np.zeros(len(order), dtype=np.int32)  # everything below is by place in the order
    parent[1:] = place[parents[order[1:]]]
    starts = _level_starts(parent)
    if len(starts) > MAX_LEVELS:
        return _by_networkx(matrix, root)
    rows = np.repeat(place, np.diff(matrix.indptr))
    keep = rows >= 0
    _settle(parent, starts, rows[keep], place[matrix.indices[keep]])
    found = np.full(matrix.shape[0], -1, dtype=np.int32)
    found[order] = order[parent]
    return found


def _level_starts(parent: Nodes) -> list[int]:
    starts = [0, 1]
    while starts[-1] < len(parent):
        starts.append(1 + int(np.searchsorted(parent[1:], starts[-1])))
    return starts


def _settle(parent: Nodes, starts: Sequence[int], before: Nodes, after: Nodes) -> None:
    """Lift parents until each is an ancestor of all predecessors of its node."""
    below = after != 0  # the root stays where it is
    before, after = before[below], after[below]
    order = np.argsort(after, kind="stable")
    before, after = before[order], after[order]
    depth = np.zeros(len(parent), dtype=np.int32)
    while len(after):
        for start, end in pairwise(starts[1:]):
            depth[start:end] = depth[parent[start:end]] + 1
        common = _common(parent, depth, parent[after], before)
        higher = depth[common]
        first = np.flatnonzero(np.diff(after, prepend=-1))
        least = np.minimum.reduceat(higher, first)
        each = np.repeat(least, np.diff(np.append(first, len(after))))
        best = higher == each  # all common ancestors of a node lie on one chain: the highest holds for all
        changed = np.flatnonzero(best & (common != parent[after]))
        if not len(changed):
            return
        parent[after[changed]] = common[changed]
        left = parent[after] != 0
        before, after = before[left], after[left]


def _common(parent: Nodes, depth: Nodes, one: Nodes, other: Nodes) -> Nodes:
    """Find the nearest common ancestors of pairs, climbing from the deeper side."""
    one, other = one.copy(), other.copy()
    open_ = np.flatnonzero(one != other)
    while len(open_):
        a, b = one[open_], other[open_]
        difference = depth[a] - depth[b]
        a = np.where(difference >= 0, parent[a], a)
        b = np.where(difference <= 0, parent[b], b)
        one[open_], other[open_] = a, b
        open_ = open_[a != b]
    return one


def _by_networkx(matrix: csr_matrix, root: int) -> Nodes:
    import networkx as nx

    graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
    found = np.full(matrix.shape[0], -1, dtype=np.int32)
    for node, above in nx.immediate_dominators(graph, root).items():
        found[node] = root if above is None else above
    found[root] = root
    return found


def foundations(network: Network) -> Nodes:
    """Find what all support comes from: nodes that others depend on and that depend on nothing themselves.

    Of a loop that depends on nothing outside, all members count.
    """
    from scipy.sparse.csgraph import connected_components

    if not len(network):
        return np.empty(0, dtype=np.int32)
    count, part = connected_components(network.upstream, directed=True, connection="strong")
    outward = part[network.dependents] != part[network.providers]
    resting = np.zeros(count, dtype=bool)
    resting[part[network.dependents[outward]]] = True
    used = np.zeros(len(network), dtype=bool)
    used[network.dependents] = used[network.providers] = True
    return np.flatnonzero(~resting[part] & used).astype(np.int32)


def support_dominators(network: Network) -> Nodes:
    """Find, for each node, the last one that every chain of support from a foundation to it passes.

    :returns: by node; negative where chains share none, for a foundation, and for a node without edges
    """
    from scipy.sparse import csr_matrix

    size, roots = len(network), foundations(network)
    if not len(roots):
        return np.full(size, -1, dtype=np.int32)
    matrix = network.downstream
    indices = np.append(matrix.indices, roots)
    indptr = np.append(matrix.indptr, matrix.indptr[-1] + len(roots))
    rooted = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(size + 1, size + 1))
    found = immediate_dominators(rooted, size)[:size]
    found[found == size] = -1
    return found
