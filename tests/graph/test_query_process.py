"""Queries on a published store end at their limits, and the program that asks goes on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import QueryError, StoreError
from egovkg.graph.publish import open_published, published
from egovkg.graph.query_process import QueryLimitError, QueryLimits, limits_of_environment
from egovkg.graph.rdflib_view import as_dataset
from egovkg.tests.service.raw_client import publish_quads

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore

TRIPLES = 400
QUADS = b"".join(b'<urn:s%d> <urn:p> "%d"@vi <urn:g%d> .\n' % (at, at, at % 3) for at in range(TRIPLES))
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("limited")
    publish_quads(home, QUADS)
    return home


@pytest.fixture
def limited(published_home: Path) -> OxigraphStore:
    return open_published(published_home, QueryLimits(seconds=0.3, mebibytes=100))


def workers(store: OxigraphStore) -> list[int]:
    assert store.process is not None
    return [worker.pid for worker in store.process._idle]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?s ?nothing { ?s ?p ?o } LIMIT 3",
        'SELECT (1.50 AS ?a) ("x\\n\\"y"@en-GB AS ?b) (<urn:é> AS ?c) (BNODE() AS ?d) {}',
        "SELECT * { ?s ?p ?o FILTER(?o = 1) }",
        "SELECT * { GRAPH <urn:g1> { ?s ?p ?o } }",
    ],
)
def test_rows_are_those_of_the_engine(published_home: Path, limited: OxigraphStore, query: str) -> None:
    version = published(published_home)
    assert version is not None
    bare = version.open()
    if "BNODE" in query:
        assert str(limited.select(query).rows[0][:3]) == str(bare.select(query).rows[0][:3])
    else:
        assert limited.select(query) == bare.select(query)
        assert list(limited.texts(query)) == list(bare.texts(query))


def test_other_forms_are_answered(limited: OxigraphStore) -> None:
    assert limited.ask("ASK { <urn:s1> ?p ?o }")
    assert not limited.ask("ASK { <urn:none> ?p ?o }")
    triples = {str(triple) for triple in limited.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")}
    assert len(triples) == TRIPLES
    assert '<urn:s7> <urn:p> "7"@vi' in triples
    assert len(list(limited.quads())) == len(limited) == TRIPLES
    with pytest.raises(QueryError, match="error at 1:7: the query ends too early"):
        limited.select("SELECT")
    wrong = (
        (limited.select, "ASK {}"),
        (limited.ask, "SELECT * {}"),
        (limited.construct, "ASK {}"),
    )
    for method, query in wrong:
        with pytest.raises(QueryError, match="expected"):
            method(query)


def test_an_endless_query_ends_and_the_store_goes_on(limited: OxigraphStore) -> None:
    with pytest.raises(QueryLimitError, match=r"no answer within 0\.3 s") as caught:
        limited.select(ENDLESS)
    assert "chưa có câu trả lời sau 0.3 giây" in caught.value.text("vi")
    assert limited.ask("ASK { ?s ?p ?o }")


@on_linux
def test_a_hungry_query_ends_and_the_store_goes_on(published_home: Path) -> None:
    store = open_published(published_home, QueryLimits(seconds=30, mebibytes=20))
    with pytest.raises(QueryLimitError, match="more than 20 MiB"):
        store.select(HUNGRY)
    with pytest.raises(QueryLimitError, match="more than 20 MiB"):  # it streams, but its answer is too large
        store.select("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert store.ask("ASK { ?s ?p ?o }")


def test_one_process_answers_one_query_after_another(limited: OxigraphStore) -> None:
    assert workers(limited) == []
    limited.ask("ASK {}")
    first = workers(limited)
    limited.ask("ASK {}")
    assert workers(limited) == first
    assert limited.process is not None
    limited.process._idle[0].kill()
    limited.process._idle[0].wait()
    assert limited.ask("ASK { ?s ?p ?o }")
    assert len(workers(limited)) == 1
    assert workers(limited) != first


def test_the_working_folder_may_change(published_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published_home.parent)
    store = open_published(Path(published_home.name))
    monkeypatch.chdir("/")
    assert store.ask("ASK { <urn:s1> ?p ?o }")


def test_processes_end_with_the_store(published_home: Path) -> None:
    store = open_published(published_home)
    store.ask("ASK {}")
    assert store.process is not None
    (worker,) = store.process._idle
    del store
    assert worker.poll() is not None


@on_linux
def test_a_file_that_is_damaged_while_the_store_is_open_is_told(tmp_path: Path) -> None:
    """The engine meets it by taking all memory; that is no fault of the query."""
    publish_quads(tmp_path, QUADS * 40)
    store = open_published(tmp_path, QueryLimits(seconds=5, mebibytes=200))
    for table in tmp_path.glob("versions/*/store/*.sst"):
        data = bytearray(table.read_bytes())
        for at in range(100, len(data), 500):
            data[at] ^= 1
        table.write_bytes(data)
    for ask in (store.select, store.construct):
        query = (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }" if ask == store.select else "CONSTRUCT WHERE { ?s ?p ?o }"
        )
        with pytest.raises(StoreError, match="damaged"):
            ask(query)


@pytest.mark.parametrize(("seconds", "memory"), [("-1", "1"), ("x", "1"), ("1", "nan"), ("1", "1e12")])
def test_what_is_no_limit_is_refused(monkeypatch: pytest.MonkeyPatch, seconds: str, memory: str) -> None:
    monkeypatch.setenv("EGOVKG_QUERY_SECONDS", seconds)
    monkeypatch.setenv("EGOVKG_QUERY_MEMORY", memory)
    with pytest.raises(QueryError, match="is not a limit"):
        limits_of_environment()


def test_a_view_for_rdflib_reads_the_same_store(limited: OxigraphStore) -> None:
    assert len(as_dataset(limited)) == TRIPLES
