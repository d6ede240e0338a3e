"""The embedded store: what goes in comes out, and every refusal is one of ours."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from egovkg.errors import QueryError, StoreError
from egovkg.graph.store import MAX_OPEN_BRACKETS, OxigraphStore, UnchangingStore
from hypothesis import given
from hypothesis import strategies as st

QUADS = b'<urn:a> <urn:p> "b"@vi <urn:g> .\n<urn:a> <urn:p> <urn:c> <urn:h> .\n'


@pytest.fixture
def store() -> OxigraphStore:
    found = OxigraphStore.in_memory()
    found.load(QUADS)
    return found


def test_queries_see_the_union_of_all_graphs(store: OxigraphStore) -> None:
    table = store.select("SELECT ?o ?none { <urn:a> <urn:p> ?o }")
    assert table.variables == ("o", "none")
    assert {str(row[0]) for row in table.rows} == {'"b"@vi', "<urn:c>"}
    assert all(row[1] is None for row in table.rows)
    assert store.ask("ASK { <urn:a> <urn:p> <urn:c> }")
    assert len(list(store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))) == 2


def test_dump_is_sorted_and_whole(store: OxigraphStore) -> None:
    assert store.dump() == b"".join(sorted(QUADS.splitlines(keepends=True)))
    assert len(store) == 2
    assert len(list(store.quads("urn:g"))) == 1
    assert OxigraphStore.in_memory().dump() == b""


@pytest.mark.parametrize(
    "query",
    [
        "SELEKT",
        "",
        "SELECT * {",
        "ASK {}",
        "INSERT DATA { <urn:x> <urn:x> <urn:x> }",
        "SELECT (<urn:f>(1) AS ?x) {}",
        "SELECT * { \udcff }",
        "SELECT * { " + "{" * MAX_OPEN_BRACKETS + "}" * MAX_OPEN_BRACKETS + " }",
        "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    ],
)
def test_what_is_no_select_query_is_refused(store: OxigraphStore, query: str) -> None:
    with pytest.raises(QueryError):
        store.select(query)


def test_each_form_has_its_own_door(store: OxigraphStore) -> None:
    with pytest.raises(QueryError, match="expected an ASK"):
        store.ask("SELECT * {}")
    with pytest.raises(QueryError, match="expected a CONSTRUCT"):
        store.construct("ASK {}")


def test_updates(store: OxigraphStore) -> None:
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:x> <urn:p> <urn:y> } }")
    assert len(store) == 3
    with pytest.raises(QueryError):
        store.update("INSERT")


def test_a_table_of_an_unchanging_store_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = OxigraphStore.create(tmp_path / "store")
    written.load(QUADS)
    copy, query = UnchangingStore.copied_to_memory(written), "SELECT ?o { <urn:a> <urn:p> ?o }"
    table = copy.select(query)
    assert set(table.rows) == set(written.select(query).rows)
    monkeypatch.setattr(copy, "_evaluate", lambda _: 1 / 0)
    assert copy.select(query) == table
    with pytest.raises(ZeroDivisionError):
        copy.select(f"{query} LIMIT 1")


def test_folder_is_written_then_read_only(tmp_path: Path) -> None:
    written = OxigraphStore.create(tmp_path / "store")
    written.load(QUADS)
    written.engine.flush()
    del written
    reader = OxigraphStore.open(tmp_path / "store")
    assert reader.dump() == b"".join(sorted(QUADS.splitlines(keepends=True)))
    with pytest.raises(QueryError):
        reader.update("CLEAR ALL")
    assert len(reader) == 2


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        OxigraphStore.open(tmp_path / "missing")
    assert caught.value.folder == tmp_path / "missing"
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError):
        OxigraphStore.create(tmp_path / "file")


@given(st.one_of(st.text(max_size=80), st.text("SELECT ?x{}()<>.;\"'*a:\\ #", max_size=80)))
def test_any_text_is_answered_or_refused(text: str) -> None:
    with suppress(QueryError):
        assert OxigraphStore.in_memory().select(text).variables is not None


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"))))
def test_texts_are_those_of_the_terms(values: list[str]) -> None:
    store = OxigraphStore.in_memory()
    quads = [
        ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:says"), ox.Literal(value), ox.NamedNode("urn:g"))
        for n, value in enumerate(values)
    ]
    store.load("".join(f"{quad} .\n" for quad in quads).encode())
    query = "SELECT ?s ?text ?none { ?s <urn:says> ?text }"
    terms = [tuple(getattr(term, "value", "") for term in row) for row in store.select(query).rows]
    assert sorted(store.texts(query)) == sorted(terms)
    assert len(terms) == len(values)
