"""Services that reach people through a failing system: they stop with it, but are no part of the network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...ontology.directions import DELIVERED
from ...ontology.verdicts import EdgeStanding
from .network.edge import basis_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .affected import AffectedSystem
    from .network.dependencies import Dependencies
    from .network.edge import DependencyEdge


def nearest_channels(dependencies: Dependencies, hops: Mapping[str, int]) -> Mapping[str, str]:
    """Map each service to the failing system that it is delivered through; of several, to the nearest.

    :param hops: failing system -> hops from the failure, by address
    :returns: addresses; empty where only expected edges count
    """
    if dependencies.choice.of_reference or dependencies.choice.is_expected_only:
        return {}
    channels: dict[str, str] = {}
    for service, _, channel, _ in sorted(dependencies.deliveries()):
        known = channels.get(service)
        if channel in hops and (known is None or hops[channel] < hops[known]):
            channels[service] = channel
    return channels


def delivered(
    dependencies: Dependencies, channels: Mapping[str, str], rows: Mapping[str, AffectedSystem]
) -> list[AffectedSystem]:
    """Return the row of each service: the path to its channel, and one hop further.

    :param channels: service -> the failing system that it is delivered through, by address
    :param rows: the rows of these systems, by address; without edges and with 0 hops for a failed one
    """
    edges = dependencies.delivery_edges(channels.items())
    directory = dependencies.directory
    services = []
    for service, channel in channels.items():
        row, system = rows[channel], directory.system(service)
        edge = edges[system.curie, row.system.curie]
        services.append(_one_hop_further(replace(row, system=system), edge))
    return services


def _one_hop_further(row: AffectedSystem, edge: DependencyEdge) -> AffectedSystem:
    edges = (*row.edges, edge)
    is_firm = row.stated_hops is not None and edge.is_firm
    standing = edge.standing(DELIVERED)
    return replace(
        row,
        hops=row.hops + 1,
        path=(*row.path, edge.dependent),
        edges=edges,
        basis=basis_of(edges),
        stated_hops=(row.stated_hops or 0) + 1 if is_firm else None,
        planned_only=row.planned_only or standing is EdgeStanding.PLANNED,
        implied_only=row.implied_only or standing is EdgeStanding.IMPLIED,
        alternatives=(),
        parts=0,
    )
