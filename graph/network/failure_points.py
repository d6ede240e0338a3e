"""Points of failure: nodes whose failure makes others fail (exact), ranked by a bound of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .needs import needs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .needs import Needs
    from .network import Network

Nodes: TypeAlias = "NDArray[np.int32]"

BOUND_HOPS = 12  # hops that the bound counts; a failure that spreads further is at the top anyhow


def failure_points(network: Network) -> Nodes:
    """Find all nodes whose failure makes another node fail; ascending.

    Exact for every node: something fails with a node if, and only if, a dependent has a need of which it is
    the sole provider, or of which all other providers are its parts.

    Cost: linear in the edges.
    """
    needs = needs_of(network)
    is_point = np.diff(needs.sole.indptr) > 0
    is_point[_through_parts(needs)] = True
    return np.flatnonzero(is_point).astype(np.int32)


def _through_parts(needs: Needs) -> list[int]:
    """List the nodes that serve a need whose other providers are all parts of them."""
    points = []
    for whole in np.flatnonzero(np.diff(needs.parts.indptr)).tolist():
        lost = {whole, *needs.parts[whole].indices.tolist()}
        served = needs.of_provider[whole].indices.tolist()
        if any(lost.issuperset(needs.of_need[need].indices.tolist()) for need in served):
            points.append(whole)
    return points


def ranked_by_bound(network: Network, points: Nodes) -> Nodes:
    """Order points by an upper bound of what fails with them within some hops, the highest first.

    The bound counts the chains of dependents up to :data:`BOUND_HOPS` hops, as if no need had an alternative,
    and never more than there are nodes; equal bounds are ordered by the chains of fewer hops.

    Cost: linear in the edges, for each hop.
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
