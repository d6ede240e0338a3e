"""A view of the embedded store as an rdflib dataset, for rdflib's API and formats.

Nothing is copied; reads are passed to the engine. SPARQL queries are about as fast as on the engine; a Python
loop over `triples()` creates an object for every term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from .store import OxigraphStore


def as_dataset(store: OxigraphStore) -> rdflib.Dataset:
    """View a store as an rdflib dataset whose default graph is the union of all graphs.

    :returns: a live view, read-only for a published store; `len()` is linear because it counts all quads

    >>> from egovkg.graph.store import OxigraphStore
    >>> store = OxigraphStore.in_memory()
    >>> store.load(b"<urn:a> <urn:knows> <urn:b> <urn:g> .")
    >>> [str(row.who) for row in as_dataset(store).query("SELECT ?who { <urn:a> <urn:knows> ?who }")]
    ['urn:b']
    """
    import rdflib
    from oxrdflib import OxigraphStore as View

    dataset = rdflib.Dataset(store=View(store=store.engine), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset
