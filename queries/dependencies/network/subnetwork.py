"""A subnetwork: the systems of a territory, layer or class, and their edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ....graph.network.network import Network
from .remarks import NetworkEmpty, ScopeEmpty
from .scope import SystemFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from .dependencies import Dependencies
    from .edge_claims import IriPair
    from .remarks import DependencyRemark
    from .systems import System

Mask: TypeAlias = "NDArray[np.bool_]"  # one entry per node


@dataclass(frozen=True)
class Subnetwork:
    """The part of the dependency network that belongs to a scope.

    :param network: the edges with at least one end in the scope, and their nodes
    :param inside: addresses of the systems in the scope that have an edge
    :param systems: all systems with an edge, by address
    """

    network: Network
    inside: frozenset[str]
    systems: Mapping[str, System]

    @property
    def pairs(self) -> list[IriPair]:
        """The pairs of systems connected by an edge, as addresses."""
        return sorted({(dependent, provider) for dependent, _, provider, _ in self.network.edges()})


def subnetwork(dependencies: Dependencies, keep: SystemFilter | None = None) -> Subnetwork:
    """Select the edges with at least one end in a scope.

    :param keep: filter of the systems in scope; ``None`` for all
    :returns: without edges for an empty scope
    """
    network, keep = dependencies.network, keep or SystemFilter()
    names = [network.name(node) for node in range(len(network))]
    systems = dependencies.directory.systems(names)
    in_scope = np.array([keep.keeps(systems[name]) for name in names], dtype=bool)
    touching = network.masked(in_scope[network.dependents] | in_scope[network.providers])
    has_edge = np.zeros(len(network), dtype=bool)
    has_edge[touching.dependents] = has_edge[touching.providers] = True
    return Subnetwork(
        network=_without_idle_nodes(touching, has_edge),
        inside=frozenset(compress(names, in_scope & has_edge)),
        systems={name: systems[name] for name in compress(names, has_edge)},
    )


def scope_empty(keep: SystemFilter | None) -> DependencyRemark:
    """Remark that no system of a scope has an edge."""
    return ScopeEmpty(keep.words) if keep and keep.words else NetworkEmpty()


def _without_idle_nodes(network: Network, has_edge: Mask) -> Network:
    """Drop the nodes without an edge."""
    positions = np.cumsum(has_edge, dtype=np.int32) - 1
    return Network(
        network.names[has_edge],
        positions[network.dependents].astype(np.int32),
        positions[network.providers].astype(np.int32),
        network.kinds,
        network.bases,
        network.relations,
    )
