"""A plateau beside the published graph: a copy in memory with changes that are not published laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.names import EGOV, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE, article_graph
from ...graph.store import OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from ...graph.publish import Version
    from .drafts import UnpublishedQuads

_ARTICLES = article_graph("")
_SIDES = (ox.NamedNode(EGOV + "subject"), ox.NamedNode(EGOV + "object"))
_TYPE = ox.NamedNode(RDF_TYPE)
_DERIVED = ("edges", "inferred")  # folders of a version with the plain edges and inferences of each article


@dataclass(frozen=True)
class Plateau:
    """A graph in memory with changes.

    :param articles: ids of the articles whose statements differ from those published
    """

    store: OxigraphStore
    articles: frozenset[str]


def lay_over(version: Version, drafts: Iterable[UnpublishedQuads], removed: Collection[str]) -> Plateau:
    """Copy a version to memory, add what is not published, and take entities out.

    :param drafts: what is added; an article takes the place of the published one with its id
    :param removed: addresses of the entities that are taken out, with every statement about them
    :raises StoreError: if the files of the version are missing or damaged

    Cost: that of loading the graph into memory; see :meth:`OxigraphStore.copied_to_memory`.
    """
    store = OxigraphStore.in_memory()
    store.load(version.open().dump())
    articles: set[str] = set()
    for draft in drafts:
        _remove_articles(store, version.folder, draft.articles)
        _add_entities(store, draft)
        store.load(b"".join(draft.articles.values()))
        _add_new_triples(store, draft.derived)
        articles |= draft.articles.keys()
    for iri in removed:
        articles |= _remove_entity(store, ox.NamedNode(iri))
    return Plateau(store, frozenset(articles))


def _remove_articles(store: OxigraphStore, folder: Path, articles: Collection[str]) -> None:
    """Remove articles with the edges and inferences that no other article gives."""
    published = [name for name in articles if (folder / "quads" / f"{name}.nq").exists()]
    for name in published:
        store.engine.remove_graph(ox.NamedNode(article_graph(name)))
    for part in _DERIVED if published else ():
        files = {path.stem: path for path in (folder / part).glob("*.nq")}
        own = _lines(files[name] for name in published)
        others = _lines(path for name, path in files.items() if name not in articles)
        for quad in _quads(own - others):
            store.engine.remove(quad)


def _add_entities(store: OxigraphStore, draft: UnpublishedQuads) -> None:
    """Add entities; those of the draft replace published ones, those it only names are added if missing."""
    register = ox.NamedNode(GRAPH_REGISTER)
    own = list(_quads(set(draft.register.splitlines(keepends=True))))
    for entity in {quad.subject for quad in own}:
        stated = store.engine.quads_for_pattern(entity, None, None, register)
        classes = store.engine.quads_for_pattern(entity, _TYPE, None, ox.NamedNode(GRAPH_INFERRED))
        for quad in [*stated, *classes]:
            store.engine.remove(quad)
    named = list(_quads(set(draft.named.splitlines(keepends=True))))
    subjects = {quad.subject for quad in named}
    present = {
        entity for entity in subjects if any(store.engine.quads_for_pattern(entity, None, None, register))
    }
    store.engine.extend([*own, *(quad for quad in named if quad.subject not in present)])


def _add_new_triples(store: OxigraphStore, derived: bytes) -> None:
    """Add derived triples that no graph states: an engine counts a triple once for each graph with it."""
    for quad in _quads(set(derived.splitlines(keepends=True))):
        if not any(store.engine.quads_for_pattern(quad.subject, quad.predicate, quad.object)):
            store.engine.add(quad)


def _remove_entity(store: OxigraphStore, entity: ox.NamedNode) -> set[str]:
    """Remove an entity with every statement about it, and return the ids of the articles that made them."""
    statements = {
        quad.subject for side in _SIDES for quad in store.engine.quads_for_pattern(None, side, entity)
    }
    removed = [
        *(quad for node in statements for quad in store.engine.quads_for_pattern(node, None, None)),
        *store.engine.quads_for_pattern(entity, None, None),
        *store.engine.quads_for_pattern(None, None, entity),
    ]
    for quad in removed:
        store.engine.remove(quad)
    graphs = {quad.graph_name.value for quad in removed if isinstance(quad.graph_name, ox.NamedNode)}
    return {graph.removeprefix(_ARTICLES) for graph in graphs if graph.startswith(_ARTICLES)}


def _lines(paths: Iterable[Path]) -> set[bytes]:
    return {line for path in paths for line in path.read_bytes().splitlines(keepends=True)}


def _quads(lines: Collection[bytes]) -> Iterator[ox.Quad]:
    return iter(ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_QUADS))
