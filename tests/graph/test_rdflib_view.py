"""rdflib sees the store that SPARQL sees."""

from __future__ import annotations

from pathlib import Path

from egovkg.graph.names import with_prefixes
from egovkg.graph.rdflib_view import as_dataset
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build

CASE = Path(__file__).parents[1] / "cases" / "errors" / "25-no-year"
QUERY = with_prefixes("SELECT ?claim ?object { ?claim egov:predicate egov:serves ; egov:object ?object }")


def test_same_rows_through_rdflib_and_the_engine(tmp_path: Path) -> None:
    store = build([CASE], tmp_path).version.open()
    engine = {tuple(getattr(term, "value", "") for term in row) for row in store.select(QUERY).rows}
    view = {tuple(str(term) for term in row) for row in as_dataset(store).query(QUERY)}  # type: ignore[union-attr]
    assert view == engine
    assert len(view) == 1


def test_prefixes_are_bound_and_triples_are_there() -> None:
    store = OxigraphStore.in_memory()
    store.load(b'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@vi <urn:g> .')
    dataset = as_dataset(store)
    found = dataset.query("SELECT ?label { <urn:a> rdfs:label ?label }")
    assert [str(row) for (row,) in found] == ["A"]  # type: ignore[misc]
    assert "egov" in {prefix for prefix, _ in dataset.namespaces()}
