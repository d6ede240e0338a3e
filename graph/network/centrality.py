"""Criticality: betweenness from some or all nodes, and PageRank, on the compressed arrays.

Both walk from the dependent to what it depends on, so that weight gathers where much rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .network import Network

    Floats = NDArray[np.float64]
    Ints64 = NDArray[np.int64]

DAMPING = 0.85  # the value of Brin and Page 1998, and of networkx
_CELLS = 1 << 21  # pairs of source and node worked on together; more would fall out of the processor's cache


@dataclass(frozen=True, eq=False)
class _Level:
    """The edges of shortest paths from one level of a search to the next, by position in their levels."""

    before: Ints64
    after: Ints64


def betweenness(network: Network, sources: Sequence[int] | None = None) -> Floats:
    """Count, for each node, the share of shortest paths from the sources to all others that pass it.

    :param sources: nodes that paths start from; all when it is ``None``
    :returns: sums of shares, not normalised: what `networkx.betweenness_centrality_subset` gives for these
        sources and all nodes as targets

    Cost: linear in the edges passed, for each source (Brandes 2001); the sources are worked on together.
    """
    size = len(network)
    wanted = np.arange(size) if sources is None else np.array(sorted(set(sources)), dtype=np.int64)
    total = np.zeros(size)
    at_once = max(1, _CELLS // max(size, 1))
    for start in range(0, len(wanted), at_once):
        total += _from(network.upstream, wanted[start : start + at_once])
    return total


def _from(matrix: csr_matrix, sources: Ints64) -> Floats:
    """Work on some sources together: the pair of source s and node v is the number `s * nodes + v`."""
    size = matrix.shape[0]
    indptr, indices = matrix.indptr.astype(np.int64), matrix.indices
    place = np.full(len(sources) * size, -1, dtype=np.int32)  # pair -> its position in its level
    frontier = np.arange(len(sources), dtype=np.int64) * size + sources
    nodes: Ints64 = sources
    place[frontier] = 0
    ways: list[Floats] = [np.ones(len(frontier))]  # of each level: how many shortest paths lead to each pair
    reached: list[Ints64] = [nodes]
    levels: list[_Level] = []
    while len(frontier):
        begin, count = indptr[nodes], indptr[nodes + 1] - indptr[nodes]
        before = np.repeat(np.arange(len(nodes)), count)
        shift = begin - np.concatenate(([0], np.cumsum(count)[:-1]))
        target = indices[np.arange(len(before)) + shift[before]]
        pairs = (frontier - nodes)[before] + target
        fresh = np.flatnonzero(place[pairs] < 0)
        before, target, pairs = before[fresh], target[fresh], pairs[fresh]
        place[pairs] = np.arange(len(pairs), dtype=np.int32)  # the last of equals stays
        first = np.flatnonzero(place[pairs] == np.arange(len(pairs)))
        frontier, nodes = pairs[first], target[first].astype(np.int64)
        place[frontier] = np.arange(len(frontier), dtype=np.int32)
        after = place[pairs].astype(np.int64)
        ways.append(_summed(after, ways[-1][before], len(frontier)))
        reached.append(nodes)
        levels.append(_Level(before, after))
    return _gathered(size, levels, ways, reached)


def _summed(places: Ints64, values: Floats, size: int) -> Floats:
    """Add up values by place."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64, copy=False)


def _gathered(size: int, levels: list[_Level], ways: list[Floats], reached: list[Ints64]) -> Floats:
    """Go back from the farthest level and hand each pair's share to those before it."""
    total = np.zeros(size)
    share: Floats = np.zeros(len(reached[-1]))
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        weight = (1 + share) / ways[depth + 1]
        handed = ways[depth][level.before] * weight[level.after]
        share = _summed(level.before, handed, len(reached[depth]))
        if depth:  # a source gets no share of its own paths
            total += _summed(reached[depth], share, size)
    return total


def page_rank(network: Network, *, damping: float = DAMPING, rounds: int = 200) -> Floats:
    """Weigh nodes by how much depends on them: weight flows from dependents to what they depend on.

    :param rounds: the most rounds; it ends when a round changes less than 1e-12 a node
    :returns: weights that sum to one; empty for an empty network

    Cost: linear in the edges, a round (Brin and Page 1998).
    """
    size = len(network)
    if not size:
        return np.zeros(0)
    matrix = network.upstream
    degree = np.diff(matrix.indptr)
    resting = degree == 0
    outward = 1.0 / np.where(resting, 1, degree)
    backward = network.downstream
    rank = np.full(size, 1.0 / size)
    for _ in range(rounds):
        flow = backward @ (rank * outward)
        new = damping * (flow + rank[resting].sum() / size) + (1 - damping) / size
        change = np.abs(new - rank).sum()
        rank = new
        if change < size * 1e-12:
            break
    weights: Floats = rank / rank.sum()
    return weights
