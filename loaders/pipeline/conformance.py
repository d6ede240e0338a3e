"""What articles give, held against the shapes: a violation becomes a problem at the line that caused it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.names import EGOV, GRAPH_ONTOLOGY, ID, reference_graph
from ...graph.shacl.validate import Violation, validate
from ...graph.store import OxigraphStore
from ...ontology.modules import module_files, read_module, reference_files
from ...problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..register.lexicon import Lexicon
    from .prepare import Prepared

GENID = "https://w3id.org/.well-known/genid/egovkg/"
_BLANK = re.compile(r"_:(c14n\d+)")
_SEVERITIES = {"Violation": Severity.ERROR, "Warning": Severity.WARNING, "Info": Severity.INFO}


@lru_cache(maxsize=1)
def ontology_quads() -> bytes:
    """Write the default ontology modules as sorted N-Quads.

    Blank nodes get canonical names (RDFC-1.0) and then addresses (RDF 1.1, section 3.5): an engine may rename
    a blank node at every load, and the dump of a store is to be the same every time.
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
    """Write the shipped frameworks, expectations, targets and their sources as sorted N-Quads."""
    quads = {
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for file in reference_files()
        for graph in [ox.NamedNode(reference_graph(file.removesuffix(".ttl")))]
        for quad in ox.parse(read_module(file), format=ox.RdfFormat.TURTLE)
    }
    return "".join(sorted(f"{quad} .\n" for quad in quads)).encode()


def check_shapes(prepared: Sequence[Prepared], register: bytes, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Check articles together with the ontology and the register they point into.

    What a shape says of an article's nodes depends on that article, the register and the ontology alone, so
    articles can be checked in any grouping.

    :param register: the register's quads
    :returns: one problem a violation, each once
    """
    store = OxigraphStore.in_memory()
    store.load(ontology_quads() + register + b"".join(one.quads for one in prepared))
    edges = {line for one in prepared for line in one.edges.splitlines(keepends=True)}
    store.load(b"".join(sorted(edges)))
    return tuple(dict.fromkeys(_problem(found, store, prepared, lexicon) for found in validate(store)))


def _problem(
    found: Violation, store: OxigraphStore, prepared: Sequence[Prepared], lexicon: Lexicon
) -> Problem:
    file, line = _origin(found.focus, store, prepared, lexicon)
    shape = found.shape.rpartition("#")[2]
    what = f"{found.focus.removeprefix(ID)}: {found.messages.get('en', found.component)} (shape {shape})"
    fix = found.messages.get("vi", "mend the line")
    return Problem(file, line, 1, "KG090", what, fix, _SEVERITIES[found.severity])


def _origin(
    focus: str, store: OxigraphStore, prepared: Sequence[Prepared], lexicon: Lexicon
) -> tuple[str, int]:
    if entity := lexicon.register.by_iri.get(focus):
        return entity.file, entity.line
    parts = focus.removeprefix(ID).split("/")
    file = next((one.file for one in prepared if len(parts) > 1 and one.id == parts[1]), "corpus")
    found = store.select(
        f"SELECT ?line {{ {{ <{focus}> <{EGOV}sourceLine> ?line }} UNION"
        f" {{ ?claim <{EGOV}object> <{focus}> ; <{EGOV}sourceLine> ?line }} }} ORDER BY ?line LIMIT 1"
    )
    return file, int(str(getattr(found.rows[0][0], "value", 1))) if found.rows else 1
