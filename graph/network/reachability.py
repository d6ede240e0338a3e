"""Reach: what a failure gets to, at how many hops, along which shortest path; and paths between two nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .network import Network

Path: TypeAlias = tuple[int, ...]  # nodes from the start to the end
SEARCHED = 200_000  # steps after which the search for further paths ends


@dataclass(frozen=True, eq=False)
class Reach:
    """What is reached from some nodes.

    :param nodes: in the order of their hops, without the start
    :param hops: of each of them, at least 1
    :param before: node -> the node before it on a shortest path; negative for the start and the unreached
    """

    nodes: NDArray[np.int32]
    hops: NDArray[np.int32]
    before: NDArray[np.int32]

    def path(self, node: int) -> Path:
        """Give one shortest path from the start to a node that is reached, both included."""
        found = [node]
        while (last := int(self.before[found[-1]])) >= 0:
            found.append(last)
        return tuple(reversed(found))


def reach(network: Network, start: Sequence[int], *, upstream: bool = False) -> Reach:
    """Find what is affected when some components fail together, or what they rest on.

    :param start: the nodes that fail; they are no part of the answer, nor is one that a loop leads back to
    :param upstream: whether to ask for what they depend on, rather than for what depends on them
    :returns: nothing reached when nothing depends on them

    Cost: linear in the edges that are passed; 12 ms for a million. Breadth-first search (scipy).
    """
    matrix = network.upstream if upstream else network.downstream
    failed = sorted(set(start))
    if not failed:
        nothing = np.empty(0, dtype=np.int32)
        return Reach(nothing, nothing, np.full(len(network), -1, dtype=np.int32))
    if len(failed) == 1:
        return _reach(matrix, failed[0], ())
    return _reach(_with_source(matrix, failed), len(network), failed)


def _reach(matrix: csr_matrix, start: int, failed: Sequence[int]) -> Reach:
    from scipy.sparse.csgraph import breadth_first_order

    order, before = breadth_first_order(matrix, start, directed=True, return_predecessors=True)
    hops = _levels(order, before)
    before[before == start] = start if not failed else -1
    if failed:  # they stand one hop behind a node that is none
        before[list(failed)] = -1
        keep = hops > 1
        return Reach(order[keep], hops[keep] - 1, before[:-1])
    return Reach(order[1:], hops[1:], before)


def _levels(order: NDArray[np.int32], before: NDArray[np.int32]) -> NDArray[np.int32]:
    """Count the hops of nodes in breadth-first order: a pass a level, as parents stand in that order too."""
    place = np.empty(len(before), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parents = place[before[order[1:]]]  # ascending
    hops = np.zeros(len(order), dtype=np.int32)
    start, end, level = 0, 1, 0
    while end < len(order):
        level += 1
        start, end = end, 1 + int(np.searchsorted(parents, end))
        hops[start:end] = level
    return hops


def _with_source(matrix: csr_matrix, failed: Sequence[int]) -> csr_matrix:
    """Add a node that leads to all that fail, and cut the ways into these."""
    from scipy.sparse import csr_matrix

    size = matrix.shape[0]
    indptr = np.append(matrix.indptr, matrix.indptr[-1] + len(failed))
    indices = np.append(matrix.indices, np.array(failed, dtype=matrix.indices.dtype))
    return csr_matrix((np.ones(len(indices)), indices, indptr), shape=(size + 1, size + 1))


def loop(network: Network, node: int) -> Path:
    """Give one shortest loop of dependencies through a node, which stands first and last.

    :returns: empty when the node depends on nothing that depends on it
    """
    after = reach(network, [node], upstream=True)
    reached = dict(zip(after.nodes.tolist(), after.hops.tolist(), strict=True))
    matrix = network.downstream
    back = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
    ends = [(reached[each], each) for each in back if each in reached]
    return (*after.path(min(ends)[1]), node) if ends else ()


@dataclass(frozen=True)
class Paths:
    """The simple paths between two nodes, the shortest first.

    :param paths: no path twice
    :param bound: the bound that ended the search: `count`, `length` or `work`; empty for a complete list
    """

    paths: tuple[Path, ...]
    bound: str


def simple_paths(network: Network, start: int, end: int, *, max_paths: int = 20, max_edges: int = 8) -> Paths:
    """List simple paths along the dependencies of `start`, the shortest first, up to bounds.

    :param max_paths: after so many paths the search ends
    :param max_edges: of a path; a shortest path is listed whatever its length
    :returns: no path and no bound when `start` does not depend on `end`

    Cost: bounded by :data:`SEARCHED` steps; only nodes from which the end is near enough are tried.
    """
    toward = reach(network, [end])
    left = dict(zip(toward.nodes.tolist(), toward.hops.tolist(), strict=True))
    left[end] = 0
    if start == end or start not in left:
        return Paths((), "")
    search = _Search(network, end, left)
    first = left[start]
    found: list[Path] = []
    for length in range(first, max(max_edges, first) + 1):
        for path in search.of_length(start, length):
            if len(found) == max_paths:
                return Paths(tuple(found), "count")
            found.append(path)
        if search.steps > SEARCHED:
            return Paths(tuple(found), "work")
    may_be_longer = search.has_longer and max(max_edges, first) < len(left) - 1  # nodes that a path can pass
    return Paths(tuple(found), "length" if may_be_longer else "")


class _Search:
    """Depth-first search for paths of one length."""

    def __init__(self, network: Network, end: int, left: dict[int, int]) -> None:
        self.matrix, self.end, self.left = network.upstream, end, left
        self.steps = 0
        self.has_longer = False

    def of_length(self, start: int, length: int) -> Iterator[Path]:
        """Yield the simple paths of exactly so many edges, in the order of their nodes."""
        self.has_longer = False
        path, on_path = [start], {start}
        branches = [self._next(start)]
        while branches and self.steps <= SEARCHED:
            node = next(branches[-1], None)
            if node is None:
                branches.pop()
                on_path.discard(path.pop())
                continue
            self.steps += 1
            if node in on_path:
                continue
            if node == self.end:
                if len(path) == length:
                    yield (*path, node)
                continue
            if self.left[node] + len(path) > length:
                self.has_longer = True
                continue
            path.append(node)
            on_path.add(node)
            branches.append(self._next(node))

    def _next(self, node: int) -> Iterator[int]:
        row = self.matrix.indices[self.matrix.indptr[node] : self.matrix.indptr[node + 1]].tolist()
        return (each for each in row if each in self.left)
