"""Answers about dependencies as networkx graphs whose edges carry their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from .network.edge import DependencyEdge
    from .network.systems import System


def graph_of(systems: Iterable[System], edges: Iterable[DependencyEdge], lang: str) -> nx.DiGraph[str]:
    """Build a graph whose nodes are CURIEs and whose edges run from dependent to provider.

    :returns: nodes with `label`, `kind`, `layer`, `province`, `status`, `iri` and `system`; edges with
        `relations`, `basis`, `claims` (facts with their sentences), `implied` and `edge`
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for system in systems:
        graph.add_node(
            system.curie,
            label=system.label(lang),
            kind=system.kind,
            layer=system.layer,
            province=system.province,
            status=system.status,
            iri=system.iri,
            system=system,
        )
    for edge in edges:
        graph.add_edge(
            edge.dependent,
            edge.provider,
            relations=edge.relations,
            basis=edge.basis,
            claims=edge.claims,
            implied=edge.implied,
            edge=edge,
        )
    return graph
