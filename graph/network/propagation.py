"""Propagation of failures: the nodes that fail with others, and those kept running by an alternative.

A node fails when one of its needs (see `needs`) has no provider left: at least one provider has failed, and
every other has failed too, is part of a failed node, or stands for the same entity. The smallest set closed
under this rule is computed level by level and traverses each edge once (the AND/OR fixpoint of Dowling and
Gallier 1984).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .needs import needs_of
from .reachability import Reach, reach_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .needs import Needs
    from .network import Network, Nodes


_FEW = 64  # numbers are few if there are this many times as many possible ones
_NOTHING: Nodes = np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class Bridge:
    """A need that has lost a provider and is still met by an alternative.

    :param dependent: the node that keeps running
    :param kind: position of the relation of the need
    :param lost: the providers that failed
    :param alternatives: the remaining providers, never empty
    """

    dependent: int
    kind: int
    lost: tuple[int, ...]
    alternatives: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Failure(Reach):
    """The failing nodes with hops and causes, as in :class:`Reach`; a hop runs from cause to effect.

    If alternatives fail one after the other, the last one is the cause.

    :param list_bridges: function that lists the needs of running nodes that lost a provider; called on first
        access
    """

    list_bridges: Callable[[], tuple[Bridge, ...]] = tuple

    @cached_property
    def bridges(self) -> tuple[Bridge, ...]:
        """The needs of running nodes that have lost a provider, sorted by dependent."""
        return self.list_bridges()


def propagate(network: Network, failed: Sequence[int]) -> Failure:
    """Find the nodes that fail when some nodes fail together.

    :param failed: the initially failing nodes; they are not in the result
    :returns: without nodes if no other fails; equal to :func:`~.reachability.reach` if no met need has
        alternatives, so that all paths are shortest. Otherwise needs with a sole provider are followed first,
        and each path is one along which the node fails

    Cost: linear in the edges traversed, each once; see `benchmarks/analysis.py`.
    """
    needs = needs_of(network)
    through_sole = reach_in(needs.sole, failed)
    if not len(needs.dependents):
        return Failure(through_sole.nodes, through_sole.hops, through_sole.before)
    return _Propagation(needs, sorted(set(failed)), through_sole).result()


class _Propagation:
    """The state of one propagation, which starts with failures through needs with a sole provider."""

    def __init__(self, needs: Needs, failed: list[int], through_sole: Reach) -> None:
        self.needs, self.through_sole = needs, through_sole
        self.frontier: Nodes = np.concatenate([np.array(failed, dtype=np.int32), through_sole.nodes])
        self.before = through_sole.before
        self.before[failed] = -1
        size = len(self.before)
        self.has_failed = np.zeros(size, dtype=bool)
        self.has_failed[self.frontier] = True
        has_parts = bool(needs.parts.nnz)
        self.is_lost = (
            np.zeros(size, dtype=bool) if has_parts else self.has_failed
        )  # with parts of what failed
        self.left = np.diff(needs.of_need.indptr).astype(np.int32)  # need -> providers left
        self.is_hit = np.zeros(len(needs.dependents), dtype=bool)  # a provider of the need has failed

    def result(self) -> Failure:
        """Propagate level by level until no other node fails, and return the failure."""
        rounds: list[Nodes] = [self.through_sole.nodes]
        while len(self.frontier):
            ended = self._ended_needs()
            stopped = [self._stop(self.needs.dependents[ended], self._causes(ended))]
            if len(rounds) > 1:  # the frontier of the first round holds all that sole providers stop
                sources, dependents = _rows(self.needs.sole, self.frontier)
                stopped.append(self._stop(dependents, sources))
            self.frontier = np.concatenate(stopped)
            rounds.append(self.frontier)
        if len(rounds) <= 2:  # the first round met no further node
            return Failure(self.through_sole.nodes, self.through_sole.hops, self.before, self._bridges)
        hops = np.zeros(len(self.before), dtype=np.int32)
        hops[self.through_sole.nodes] = self.through_sole.hops
        for later in rounds[1:]:
            hops[later] = hops[self.before[later]] + 1
        added = np.concatenate(rounds[1:])
        added = added[np.argsort(hops[added], kind="stable")]
        places = np.searchsorted(self.through_sole.hops, hops[added], side="right")
        nodes = np.insert(self.through_sole.nodes, places, added)
        return Failure(
            nodes, np.insert(self.through_sole.hops, places, hops[added]), self.before, self._bridges
        )

    def _stop(self, stopped: Nodes, causes: Nodes) -> Nodes:
        """Record failed nodes with their first cause; return those that had not failed before."""
        is_new = ~self.has_failed[stopped]
        new, new_causes = stopped[is_new][::-1], causes[is_new][::-1]
        self.before[new] = new_causes  # of several causes the last that is written stays
        self.has_failed[new] = True
        return _distinct(new, len(self.before))

    def _ended_needs(self) -> Nodes:
        """Remove newly failed providers from the needs they serve; return the needs without providers."""
        newly_lost = self._newly_lost()
        weakened = hit = _entries(self.needs.of_provider, self.frontier)
        if newly_lost is not self.frontier:
            weakened = _entries(self.needs.of_provider, newly_lost)
        np.subtract.at(self.left, weakened, np.int32(1))
        self.is_hit[hit] = True
        touched = np.concatenate([hit, weakened])
        return _distinct(touched[(self.left[touched] == 0) & self.is_hit[touched]], len(self.left))

    def _causes(self, ended: Nodes) -> Nodes:
        """Find a failed provider for each unmet need, preferably of the latest level."""
        is_last = np.zeros(len(self.has_failed), dtype=bool)
        is_last[self.frontier] = True
        causes = np.zeros(len(self.is_hit), dtype=np.int32)
        needs, providers = _rows(self.needs.of_need, ended)
        for is_cause in (self.has_failed[providers], is_last[providers]):  # the latter overwrites the former
            causes[needs[is_cause][::-1]] = providers[is_cause][::-1]
        return causes[ended]

    def _newly_lost(self) -> Nodes:
        if self.is_lost is self.has_failed:
            return self.frontier
        _, parts = _rows(self.needs.parts, self.frontier)
        touched = np.concatenate([self.frontier, parts]) if len(parts) else self.frontier
        is_new = ~self.is_lost[touched]
        lost = touched if is_new.all() and not len(parts) else _distinct(touched[is_new], len(self.is_lost))
        self.is_lost[lost] = True
        return lost

    def _bridges(self) -> tuple[Bridge, ...]:
        goes_on = ~self.has_failed[self.needs.dependents]
        bridged = np.flatnonzero(self.is_hit & (self.left > 0) & goes_on)
        return tuple(sorted(map(self._bridge, bridged.tolist()), key=lambda row: (row.dependent, row.kind)))

    def _bridge(self, need: int) -> Bridge:
        providers = _rows(self.needs.of_need, np.array([need]))[1]
        return Bridge(
            dependent=int(self.needs.dependents[need]),
            kind=int(self.needs.kinds[need]),
            lost=tuple(providers[self.has_failed[providers]].tolist()),
            alternatives=tuple(providers[~self.is_lost[providers]].tolist()),
        )


class Causes:
    """The providers whose failure made a node fail: those of a need that has no provider left.

    :param fallen: all nodes that have failed
    """

    def __init__(self, needs: Needs, fallen: Iterable[int]) -> None:
        self.needs = needs
        nodes = np.array(sorted(fallen), dtype=np.int32)
        self.lost = {*nodes.tolist(), *_entries(needs.parts, nodes).tolist()}

    def stops(self, cause: int, node: int) -> bool:
        """Tell whether the failure of one node is a cause of the failure of another."""
        if node in self.needs.sole[cause].indices:
            return True
        served = [
            need
            for need in self.needs.of_provider[cause].indices.tolist()
            if self.needs.dependents[need] == node
        ]
        return any(self.lost.issuperset(self.needs.of_need[need].indices.tolist()) for need in served)


def _distinct(numbers: Nodes, size: int) -> Nodes:
    """Return distinct numbers in ascending order; a mask of the given size is used if there are many."""
    if len(numbers) * _FEW < size:
        return np.unique(numbers).astype(np.int32)
    is_listed = np.zeros(size, dtype=bool)
    is_listed[numbers] = True
    return np.flatnonzero(is_listed).astype(np.int32)


def _entries(matrix: csr_matrix, rows: Nodes) -> Nodes:
    """List the column numbers of the nonzero entries in several rows."""
    return _rows(matrix, rows)[1]


def _rows(matrix: csr_matrix, rows: NDArray[np.int64] | Nodes) -> tuple[Nodes, Nodes]:
    """List the row and column numbers of the nonzero entries in several rows."""
    if len(rows) > matrix.nnz:
        rows = rows[(np.diff(matrix.indptr) > 0)[rows]]
    starts = matrix.indptr[rows]
    counts = matrix.indptr[rows + 1] - starts
    filled = np.flatnonzero(counts)
    if not len(filled):
        return _NOTHING, _NOTHING
    rows, starts, counts = rows[filled], starts[filled], counts[filled]
    total = int(counts.sum())
    shift = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return np.repeat(rows, counts).astype(np.int32), matrix.indices[np.arange(total) + shift]
