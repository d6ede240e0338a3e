"""Writing of the store of a version: from scratch, or by applying the changes to the previous store."""

from __future__ import annotations

import filecmp
import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.names import (
    DCTERMS,
    GRAPH_CATALOGUE,
    ID,
    article_graph,
)
from ...graph.publish import SHARED_GRAPHS
from ...graph.store import OxigraphStore
from ..readings.corpora import reading_quads
from ..statements.nquads import TYPE, edtf, egov, labelled, literal
from ..statements.stated_days import day_lines
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .prepared import inferred_lines, triples
from .shipped_quads import ontology_quads, reference_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ...graph.publish import Version
    from ...graph.rules import Closure
    from ..readings.table import ReadingLine
    from .sources import ArticleSource

DCAT = "http://www.w3.org/ns/dcat#"
BATCH = 64 << 20  # bytes of N-Quads that are loaded at a time
_CHANGING = ("register.nq", "catalogue.nq", "edges.nq", "inferred.nq")  # shared graphs that articles change


def write_shared(staging: Path, register: bytes, closure: Closure) -> None:
    """Write the graphs that do not depend on articles: ontology, reference data, register and inferences.

    :param register: N-Quads of the register
    """
    reference = reference_quads()
    (staging / "register.nq").write_bytes(register)
    (staging / "ontology.nq").write_bytes(ontology_quads())
    own = _triples(register.splitlines(keepends=True))  # a document of law may have an entry of its own
    reference = b"".join(line for line in reference.splitlines(keepends=True) if _triple(line) not in own)
    (staging / "reference.nq").write_bytes(reference)
    stated = [*triples(register), *triples(reference)]
    inferred = inferred_lines(closure, stated, with_types=True)
    (staging / "register-inferred.nq").write_bytes(inferred)


def write_catalogue(staging: Path, sources: Sequence[ArticleSource], readings: Sequence[ReadingLine]) -> None:
    """Write the provenance graph: from which source each graph came, and who read the source again."""
    graph = f"<{GRAPH_CATALOGUE}>"
    lines = [*reading_quads(readings)]
    for source in sources:
        node = f"<{article_graph(source.id)}>"
        entry = source.manifest_entry
        pairs = [
            f"{TYPE} <{DCAT}Dataset>",
            f"<{DCTERMS}source> <{ID}article/{source.id}>",
            f"<{DCTERMS}title> {labelled(entry['title'], ARTICLE_LANGUAGE)}",
            f"<{DCTERMS}issued> {edtf(entry['published'])}",
            f"{egov('sourceFile')} {literal(entry['file'])}",
            f"{egov('sha256')} {literal(entry['digest'])}",
        ]
        lines += [f"{node} {pair} {graph} .\n" for pair in pairs]
    (staging / "catalogue.nq").write_bytes("".join(sorted(lines)).encode())


def write_derived(staging: Path, sources: Sequence[ArticleSource]) -> None:
    """Write the graphs of all plain edges and of all inferred triples that no other graph states.

    An engine counts a triple once for each graph that holds it; each triple therefore stands in one graph.
    """
    stated = _triples(_union(staging / f"{name}.nq" for name in ("ontology", "reference", "register")))
    edges = _union(source.path("edges") for source in sources)
    inferred = _union([staging / "register-inferred.nq", *(source.path("inferred") for source in sources)])
    inferred |= day_lines(edges | _union(staging / f"{name}.nq" for name in ("reference", "register")))
    edges, inferred = distinct_lines(stated, edges, inferred)
    (staging / "edges.nq").write_bytes(b"".join(sorted(edges)))
    (staging / "inferred.nq").write_bytes(b"".join(sorted(inferred)))


def distinct_lines(
    stated: set[bytes], edges: set[bytes], inferred: set[bytes]
) -> tuple[set[bytes], set[bytes]]:
    """Leave out the edges that the register states, and the inferred triples that any graph states.

    :param stated: triples of ontology, reference data and register, without graph; it grows by the edges
    :param edges: N-Quads lines of the graph of plain edges
    :param inferred: N-Quads lines of the inferred graph
    """
    own_edges = {line for line in edges if _triple(line) not in stated}
    stated |= _triples(edges)
    return own_edges, {line for line in inferred if _triple(line) not in stated}


def _triple(line: bytes) -> bytes:
    """Cut the graph off an N-Quads line."""
    return line[: line.rindex(b" <")]


def _triples(lines: Iterable[bytes]) -> set[bytes]:
    return {_triple(line) for line in lines}


def _union(paths: Iterable[Path]) -> set[bytes]:
    lines: set[bytes] = set()
    for path in paths:
        lines.update(path.read_bytes().splitlines(keepends=True))
    return lines


def _batches(paths: Iterable[Path]) -> Iterator[bytes]:
    """Read files of N-Quads, many at a time: each load costs the engine files of its own."""
    batch = bytearray()
    for path in paths:
        batch += path.read_bytes()
        if len(batch) >= BATCH:
            yield bytes(batch)
            batch.clear()
    yield bytes(batch)


def write_store(staging: Path, previous: Version | None, sources: Sequence[ArticleSource]) -> None:
    """Create the store of a version.

    :param previous: the previous version if its store can be reused, else ``None``
    """
    working_copy = staging / ".store"
    if previous is None:
        store = OxigraphStore.create(working_copy)
        shared = (staging / f"{name}.nq" for name in SHARED_GRAPHS)
        for batch in _batches((*shared, *(source.path("quads") for source in sources))):
            store.load(batch)
    else:
        previous.open().engine.backup(str(working_copy))
        store = OxigraphStore.create(working_copy)
        store.load(
            _replaced_articles(store, previous, sources)
            + b"".join(_replaced_quads(store, previous.folder / name, staging / name) for name in _CHANGING)
        )
    store.engine.flush()
    store.engine.backup(str(staging / "store"))  # the engine goes on to tidy up in its own folder for a while
    del store
    shutil.rmtree(working_copy, ignore_errors=True)


def _replaced_articles(store: OxigraphStore, previous: Version, sources: Sequence[ArticleSource]) -> bytes:
    """Remove the quads of articles that changed or went, and return those to add."""
    current = {source.id: source.path("quads") for source in sources}
    before = {path.stem: path for path in (previous.folder / "quads").glob("*.nq")}
    changed = {source.id for source in sources if source.is_new}
    for article in sorted((before.keys() - current.keys()) | (before.keys() & changed)):
        store.engine.remove_graph(ox.NamedNode(article_graph(article)))
    return b"".join(current[article].read_bytes() for article in sorted(changed))


def _replaced_quads(store: OxigraphStore, before: Path, after: Path) -> bytes:
    """Remove the quads of a file that are no longer in it, and return those to add."""
    if filecmp.cmp(before, after, shallow=False):
        return b""
    old_lines, new_lines = _union([before]), _union([after])
    for quad in _quads(sorted(old_lines - new_lines)):
        store.engine.remove(quad)
    return b"".join(sorted(new_lines - old_lines))


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return iter(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
