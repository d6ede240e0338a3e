"""Points of failure: nodes whose failure makes others fail, ranked by an upper bound of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .needs import needs_of

if TYPE_CHECKING:
    from .needs import Needs
    from .network import Network, Nodes


BOUND_HOPS = 12  # hops that the bound counts; a failure that spreads further is at the top anyhow


def failure_points(network: Network) -> Nodes:
    """Find all nodes whose failure makes another node fail; in ascending order.

    The result is exact: another node fails with a node if and only if a dependent has a need whose only
    provider is that node, or whose other providers are all parts of it.

    Cost: linear in the edges.
    """
    needs = needs_of(network)
    is_point = np.diff(needs.sole.indptr) > 0
    is_point[_through_parts(needs)] = True
    return np.flatnonzero(is_point).astype(np.int32)


def _through_parts(needs: Needs) -> list[int]:
    """List the nodes that serve a need whose other providers are all parts of the node."""
    points = []
    for whole in np.flatnonzero(np.diff(needs.parts.indptr)).tolist():
        lost = {whole, *needs.parts[whole].indices.tolist()}
        served = needs.of_provider[whole].indices.tolist()
        if any(lost.issuperset(needs.of_need[need].indices.tolist()) for need in served):
            points.append(whole)
    return points


def ranked_by_bound(network: Network, points: Nodes) -> Nodes:
    """Sort points by an upper bound of how many nodes fail with them, the highest first.

    The bound is the number of chains of dependents up to :data:`BOUND_HOPS` hops, ignoring alternatives, at
    most the number of nodes; ties are resolved by the number of shorter chains.

    Cost: linear in the edges per hop.
    """
    size = len(network)
    below = network.downstream
    chains = np.zeros(size)
    bounds = []
    for _ in range(BOUND_HOPS):
        chains = np.minimum(below @ (chains + 1), size)
        bounds.append(chains[points])
    order = np.lexsort((points, *(-bound for bound in bounds)))
    return points[order]
