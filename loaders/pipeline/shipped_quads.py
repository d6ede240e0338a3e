"""The shipped ontology and reference data as sorted N-Quads."""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from ...graph.names import GRAPH_ONTOLOGY, reference_graph
from ...ontology.modules import module_files, read_module, reference_files

GENID = "https://w3id.org/.well-known/genid/egovkg/"
_BLANK = re.compile(r"_:(c14n\d+)")


@lru_cache(maxsize=1)
def ontology_quads() -> bytes:
    """Return the default ontology modules as sorted N-Quads.

    Blank nodes get canonical labels (RDFC-1.0) and are then replaced by IRIs (RDF 1.1, section 3.5), because
    engines may relabel blank nodes at every load, but equal stores must have equal dumps.
    """
    dataset = ox.Dataset()
    graph = ox.NamedNode(GRAPH_ONTOLOGY)
    for name in module_files():
        for quad in ox.parse(read_module(name), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            dataset.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (_BLANK.sub(rf"<{GENID}\1>", f"{quad} .\n") for quad in dataset)
    return "".join(sorted(lines)).encode()


@lru_cache(maxsize=1)
def reference_quads() -> bytes:
    """Return the shipped frameworks, expectations, targets and their sources as sorted N-Quads."""
    quads: set[ox.Quad] = set()
    for file in reference_files():
        graph = ox.NamedNode(reference_graph(file.removesuffix(".ttl")))
        for quad in ox.parse(read_module(file), format=ox.RdfFormat.TURTLE):
            quads.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    return "".join(sorted(f"{quad} .\n" for quad in quads)).encode()
