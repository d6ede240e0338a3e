"""Answers about dependencies as networkx graphs whose edges bear their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from .nodes import Component
    from .step import Step


def graph_of(components: Iterable[Component], steps: Iterable[Step], lang: str) -> nx.DiGraph[str]:
    """Make a graph: nodes are CURIEs, edges lead from the dependent to what it depends on.

    :returns: nodes with `label`, `kind`, `layer`, `province`, `status`, `iri` and `component`; edges with
        `relations`, `basis`, `claims` (facts with their sentences), `implied` and `step`
    """
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    for one in components:
        made.add_node(
            one.curie,
            label=one.label(lang),
            kind=one.kind,
            layer=one.layer,
            province=one.province,
            status=one.status,
            iri=one.iri,
            component=one,
        )
    for step in steps:
        made.add_edge(
            step.dependent,
            step.provider,
            relations=step.relations,
            basis=step.basis,
            claims=step.claims,
            implied=step.implied,
            step=step,
        )
    return made
