"""Dependencies that came or went: the stated edges of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ..facts.terms import term_label
from ..facts.wording import Wording
from .changes import Change, DifferenceKind, GraphPart

if TYPE_CHECKING:
    from collections.abc import Collection

    from ...graph.network.network import Network
    from .entities import Renamed
    from .graphs import ComparedGraph

StatedEdge: TypeAlias = tuple[str, str, str]  # dependent, relation, provider


def stated_edges(network: Network) -> set[StatedEdge]:
    """List the edges of a network by the addresses of their ends."""
    names = [name.decode() for name in network.names.tolist()]
    ends = zip(network.dependents.tolist(), network.kinds.tolist(), network.providers.tolist(), strict=True)
    return {
        (names[dependent], network.relations[kind], names[provider]) for dependent, kind, provider in ends
    }


def dependency_changes(
    before: ComparedGraph, after: ComparedGraph, renamed: Renamed, lang: str
) -> tuple[Change, ...]:
    """Compare the stated dependencies of two graphs.

    :param renamed: entities that bear a new identifier, which is no change of their dependencies
    """
    addresses = {curie: iri for iri, curie in after.curies.items()} if renamed else {}
    new_address = {
        iri: addresses[renamed[curie]]
        for iri, curie in (before.curies.items() if renamed else ())
        if renamed.get(curie) in addresses
    }
    earlier = {
        (new_address.get(dependent, dependent), relation, new_address.get(provider, provider))
        for dependent, relation, provider in stated_edges(before.network)
    }
    later = stated_edges(after.network)
    return (
        *_changes(DifferenceKind.CAME, after, later - earlier, lang),
        *_changes(DifferenceKind.WENT, before, earlier - later, lang),
    )


def _changes(
    kind: DifferenceKind, graph: ComparedGraph, edges: Collection[StatedEdge], lang: str
) -> list[Change]:
    if not edges:
        return []
    wording = Wording.of(graph.store, lang, {edge[end] for edge in edges for end in (0, 2)})
    changes = [
        Change(
            GraphPart.DEPENDENCY,
            kind,
            wording.curie(dependent),
            wording.label(dependent),
            f"{term_label(relation, lang)} → {wording.label(provider)}",
        )
        for dependent, relation, provider in edges
    ]
    return sorted(changes, key=lambda change: (change.id, change.detail))
