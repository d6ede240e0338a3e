"""A view of the embedded store as an rdflib data set, for rdflib's API and formats.

Nothing is copied: reads go to the engine. A SPARQL query is about as fast as on the engine; a Python loop
over `triples()` creates an object for every term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from .store import OxigraphStore


def as_dataset(store: OxigraphStore) -> rdflib.Dataset:
    """View a store as an rdflib dataset whose default graph is the union of all graphs.

    :returns: a live view; on a published store it is read-only. `len()` counts every quad: linear

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
