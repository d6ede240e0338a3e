"""Centrality measures on compressed arrays: betweenness (exact or sampled) and PageRank.

Both follow the edges from dependents to providers, so nodes on which many others depend get high values.
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
_CELLS = 1 << 21  # pairs of source and node in one pass; more would not fit into the processor's cache


@dataclass(frozen=True, eq=False)
class _Level:
    """The edges on shortest paths between two consecutive levels of a search.

    Nodes are numbered by their position within the level.
    """

    before: Ints64
    after: Ints64


def betweenness(network: Network, sources: Sequence[int] | None = None) -> Floats:
    """Compute betweenness: for each node, the sum of its shares of the shortest paths.

    :param sources: source nodes; ``None`` for all
    :returns: unnormalised sums, equal to `networkx.betweenness_centrality_subset` with these sources and all
        nodes as targets

    Cost: for each source linear in the edges traversed (Brandes 2001); sources are processed in batches.
    """
    size = len(network)
    starts = np.arange(size) if sources is None else np.array(sorted(set(sources)), dtype=np.int64)
    total = np.zeros(size)
    batch = max(1, _CELLS // max(size, 1))
    for first in range(0, len(starts), batch):
        total += _betweenness_of_batch(network.upstream, starts[first : first + batch])
    return total


def _betweenness_of_batch(matrix: csr_matrix, sources: Ints64) -> Floats:
    """Compute the betweenness from a batch of sources; the pair (s, v) has index `s * nodes + v`."""
    size = matrix.shape[0]
    indptr, indices = matrix.indptr.astype(np.int64), matrix.indices
    place = np.full(len(sources) * size, -1, dtype=np.int32)  # pair -> its position in its level
    frontier = np.arange(len(sources), dtype=np.int64) * size + sources
    nodes: Ints64 = sources
    place[frontier] = 0
    path_counts: list[Floats] = [np.ones(len(frontier))]  # level -> number of shortest paths to each pair
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
        path_counts.append(_sum_by_position(after, path_counts[-1][before], len(frontier)))
        reached.append(nodes)
        levels.append(_Level(before, after))
    return _accumulated(size, levels, path_counts, reached)


def _sum_by_position(positions: Ints64, values: Floats, size: int) -> Floats:
    """Sum the values of equal positions."""
    return np.bincount(positions, weights=values, minlength=size).astype(np.float64, copy=False)


def _accumulated(size: int, levels: list[_Level], path_counts: list[Floats], reached: list[Ints64]) -> Floats:
    """Accumulate dependencies (Brandes 2001), from the last level to the first."""
    total = np.zeros(size)
    share: Floats = np.zeros(len(reached[-1]))
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        weight = (1 + share) / path_counts[depth + 1]
        passed_on = path_counts[depth][level.before] * weight[level.after]
        share = _sum_by_position(level.before, passed_on, len(reached[depth]))
        if depth:  # a source gets no share of its own paths
            total += _sum_by_position(reached[depth], share, size)
    return total


def page_rank(network: Network, *, damping: float = DAMPING, rounds: int = 200) -> Floats:
    """Compute PageRank; weight flows from dependents to their providers.

    :param rounds: the largest number of rounds; ends earlier if a round changes less than 1e-12 per node
    :returns: weights that sum to one; empty for an empty network

    Cost: linear in the edges per round (Brin and Page 1998).
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
