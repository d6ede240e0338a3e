"""The union of the graphs is a set: a triple counts once, embedded, served, exported and with FROM.

rdflib reads the same N-Quads and is asked the same.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
import rdflib
from egovkg.graph.export import export
from egovkg.graph.names import GRAPH_EDGES, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REGISTER, with_prefixes
from egovkg.graph.publish import Version, open_published
from egovkg.loaders.pipeline import build
from egovkg.loaders.pipeline.assembly import distinct_lines
from egovkg.tests.corpora.folders import FIVE

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.graph.store import OxigraphStore

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")  # rdflib warns of itself

ALL = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
COUNTS = {
    "documents": "SELECT (COUNT(?d) AS ?n) { ?d egov:documentDate ?x }",
    "territories": "SELECT (COUNT(?x) AS ?n) { ?x egov:ofTerritory ?unit }",
    "numbers": "SELECT (COUNT(?x) AS ?n) { ?x egov:number ?number }",
    "layers": "SELECT (COUNT(?x) AS ?n) { ?x a egov:NationalLayer }",
    "all": ALL.format(""),
    "from edges and register": ALL.format(f"FROM <{GRAPH_EDGES}> FROM <{GRAPH_REGISTER}>"),
    "from ontology and inferred": ALL.format(f"FROM <{GRAPH_ONTOLOGY}> FROM <{GRAPH_INFERRED}>"),
    "sum of numbers": "SELECT (SUM(?value) AS ?n) { ?figure egov:amount ?value }",
}


@pytest.fixture(scope="module")
def store(home: Path) -> OxigraphStore:
    return open_published(home)


@pytest.fixture(scope="module")
def peer(store: OxigraphStore) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=store.dump(), format="nquads")
    return dataset


def count(store: OxigraphStore, query: str) -> float:
    return float(next(store.texts(with_prefixes(query)))[0] or 0)


def test_documents_with_a_date(store: OxigraphStore) -> None:
    assert count(store, COUNTS["documents"]) == 146


@pytest.mark.parametrize("name", COUNTS)
def test_counts_agree_with_rdflib(name: str, store: OxigraphStore, peer: rdflib.Dataset) -> None:
    query = with_prefixes(COUNTS[name])
    if "FROM" in query:  # rdflib would fetch the graphs that a query names
        merged = rdflib.Graph()
        for graph in (part.split(">")[0] for part in query.split("FROM <")[1:]):
            for triple in peer.graph(graph):
                merged.add(triple)
        assert count(store, query) == len(merged) > 0
        return
    counted = json.loads(peer.query(query).serialize(format="json") or b"")
    assert count(store, query) == float(counted["results"]["bindings"][0]["n"]["value"])


def test_every_relation_is_counted_as_rdflib_counts_it(store: OxigraphStore, peer: rdflib.Dataset) -> None:
    rows = store.texts("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    mine = {row[0]: row[1] for row in rows}
    theirs: dict[str, set[object]] = {}
    for subject, predicate, value, _ in peer.quads():
        theirs.setdefault(str(predicate), set()).add((subject, value))
    assert mine == {predicate: str(len(pairs)) for predicate, pairs in theirs.items()}


def test_a_description_prints_a_triple_once(store: OxigraphStore) -> None:
    rows = store.texts("SELECT DISTINCT ?d { ?d <https://w3id.org/egovkg/ontology#documentDate> ?day }")
    for (iri,) in rows:
        triples = list(store.construct(f"DESCRIBE <{iri}>"))
        assert len(triples) == len(set(triples)), iri


def test_exported_files_hold_a_triple_once(home: Path, version: Version, tmp_path: Path) -> None:
    export(version, tmp_path / "files")
    quads = [
        quad
        for path in (tmp_path / "files").rglob("*.nq")
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS)
    ]
    assert len(quads) == len({quad.triple for quad in quads}) == len(open_published(home))


@pytest.mark.engine
@pytest.mark.parametrize("name", ["documents", "all", "from edges and register"])
def test_the_service_counts_as_the_store(name: str, store: OxigraphStore, served: str) -> None:
    query = with_prefixes(COUNTS[name])
    reply = json.load(urlopen(f"{served}?query={quote(query)}"))
    assert float(reply["results"]["bindings"][0]["n"]["value"]) == count(store, query)


def test_a_later_build_keeps_the_union_a_set(tmp_path: Path) -> None:
    corpus, home = tmp_path / "corpus", tmp_path / "home"
    shutil.copytree(FIVE / "articles", corpus / "articles")
    removed = next((corpus / "articles").iterdir())
    text = removed.read_text("utf-8")
    build([corpus], home)
    removed.unlink()
    build([corpus], home)
    removed.write_text(text, "utf-8")
    build([corpus], home)
    store = open_published(home)
    assert len(store) == len({quad.triple for quad in store.quads()})


def test_a_triple_of_several_graphs_stays_in_the_first() -> None:
    def lines(graph: str, *names: str) -> set[bytes]:
        return {f'<urn:{name}> <urn:p> "x <y>" <urn:{graph}> .\n'.encode() for name in names}

    stated = {line.removesuffix(b" <urn:register> .\n") for line in lines("register", "a", "b")}
    edges, inferred = distinct_lines(stated, lines("edges", "b", "c"), lines("inferred", "a", "b", "c", "d"))
    assert edges == lines("edges", "c")
    assert inferred == lines("inferred", "d")
