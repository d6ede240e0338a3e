"""Criticality: several measures of how many systems depend on a system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...graph.network.centrality import betweenness, page_rank
from ...graph.network.propagation import propagate
from .network.remarks import ReachBounded
from .network.subnetwork import scope_empty, subnetwork

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ...graph.network.network import Network
    from ..facts.units import Remark
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies
    from .network.scope import SystemFilter
    from .network.subnetwork import Subnetwork
    from .network.systems import System

MAX_COUNTED = 2000  # systems whose reach is counted; of a larger network, those with most links
MAX_SOURCES = 100  # sources of betweenness in a network with more systems than MAX_COUNTED
MEASURES = ("dependents", "providers", "reach", "betweenness", "pagerank")


@dataclass(frozen=True)
class CriticalSystem:
    """One system with its measures.

    :param dependents: number of systems that depend on it directly
    :param providers: number of systems that it depends on directly
    :param reach: number of systems that fail when it fails, directly or through others; ``None`` if not
        counted
    :param betweenness: share of pairs of systems whose shortest path runs through it, 0 to 1
    :param pagerank: PageRank over the edges from dependent to provider; the values of all systems sum to 1
    """

    system: System
    dependents: int
    providers: int
    reach: int | None
    betweenness: float
    pagerank: float


@dataclass(frozen=True)
class CriticalityReport:
    """The systems of a scope with their measures, in descending order of reach."""

    ranking: tuple[CriticalSystem, ...]
    remarks: tuple[Remark, ...]
    choice: EdgeChoice


def criticality(dependencies: Dependencies, keep: SystemFilter | None = None) -> CriticalityReport:
    """Rank the systems of a scope by how many systems depend on them.

    :param keep: the scope: territory, classes, layers. Links are counted within it, reach in the whole
        network
    :returns: empty for an empty scope
    """
    part = subnetwork(dependencies, keep)
    remarks = dependencies.remarks()
    if not len(part.network):
        return CriticalityReport((), (scope_empty(keep), *remarks), dependencies.choice)
    counted, sources = _bounds(part.network)
    if len(counted) < len(part.network):
        remarks.append(ReachBounded(len(counted), len(sources)))
    measured = _measured(dependencies.network, part, frozenset(counted), sources)
    ranking = sorted((row for row in measured if row.system.iri in part.inside), key=_rank)
    return CriticalityReport(tuple(ranking), tuple(remarks), dependencies.choice)


def _rank(row: CriticalSystem) -> tuple[int, int, float, str]:
    return -(row.reach or 0), -row.dependents, -row.pagerank, row.system.curie


def _bounds(network: Network) -> tuple[list[int], list[int]]:
    """Choose the nodes whose reach is counted and the source nodes for betweenness."""
    size = len(network)
    if size <= MAX_COUNTED:
        return list(range(size)), list(range(size))
    dependents = np.diff(network.downstream.indptr)
    counted = np.argsort(-dependents, kind="stable")[:MAX_COUNTED].tolist()
    return counted, np.linspace(0, size - 1, MAX_SOURCES).astype(int).tolist()


def _measured(
    whole_network: Network, part: Subnetwork, counted: Collection[int], sources: Sequence[int]
) -> list[CriticalSystem]:
    """Compute the measures of every system of a subnetwork.

    :param whole_network: the network in which reach is computed, because failures also spread outside the
        subnetwork
    :param counted: nodes whose reach is counted
    :param sources: source nodes for betweenness
    """
    network, size = part.network, len(part.network)
    positions = np.searchsorted(whole_network.names, network.names).tolist()
    dependents, providers = np.diff(network.downstream.indptr), np.diff(network.upstream.indptr)
    pairs = max(1, (size - 1) * (size - 2)) * len(sources) / size
    shares, weights = betweenness(network, sources) / pairs, page_rank(network)
    return [
        CriticalSystem(
            system=part.systems[network.name(node)],
            dependents=int(dependents[node]),
            providers=int(providers[node]),
            reach=len(propagate(whole_network, [positions[node]]).nodes) if node in counted else None,
            betweenness=float(shares[node]),
            pagerank=float(weights[node]),
        )
        for node in range(size)
    ]
