"""The register of law: every document that reference data name is in it, with what a reader needs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from egovkg.graph.names import CODE, ID
from egovkg.ontology.modules import EGOV, RDFS, TripleIndex, reference_files
from egovkg.ontology.qualifiers import Sourcing, bears_verdict

FOLDER = ID + "document/"
NATIONAL = Path(__file__).parents[2] / "corpus" / "register" / "nat.yaml"


@pytest.fixture(scope="module")
def triples() -> TripleIndex:
    return TripleIndex.of(reference_files())


@pytest.fixture(scope="module")
def registered(triples: TripleIndex) -> list[str]:
    return [node for node in triples.index if node.startswith(FOLDER)]


def only(triples: TripleIndex, node: str, name: str) -> str:
    """Return the only value of a property; several, or none, are an error."""
    (value,) = triples.values(node, EGOV + name)
    return value


def test_each_document_that_is_named_is_registered(triples: TripleIndex, registered: list[str]) -> None:
    """Whatever a target, a duty, a component, a need, a framework or a change names as its document."""
    named = {
        value
        for node, properties in triples.index.items()
        for name in properties
        for value in triples.values(node, name)
        if value.startswith(FOLDER)
    }
    assert len(named) > 70
    assert named - {*registered} == set()


def test_each_document_has_number_day_issuer_and_names(triples: TripleIndex, registered: list[str]) -> None:
    for document in registered:
        assert only(triples, document, "number"), document
        assert only(triples, document, "documentDate"), document
        assert only(triples, document, "authority").startswith(CODE), document
        assert set(triples.texts(document, RDFS + "label")) == {"vi", "en"}, document


def test_each_document_says_how_and_where_it_was_seen(triples: TripleIndex, registered: list[str]) -> None:
    for document in registered:
        sourcing = only(triples, document, "sourcing").removeprefix(CODE)
        sources = triples.values(document, EGOV + "restsOn")
        assert sources or sourcing == Sourcing.RECALLED.slug, document
        if triples.values(document, EGOV + "clause"):
            assert bears_verdict(sourcing), document
            assert any(triples.values(source, EGOV + "location") for source in sources), document


def test_no_document_is_registered_twice(triples: TripleIndex, registered: list[str]) -> None:
    """Neither in the register, nor under another identifier in the corpus."""
    keys = [(only(triples, node, "number"), only(triples, node, "documentDate")) for node in registered]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    curies = {key: only(triples, node, "curie") for key, node in zip(keys, registered, strict=True)}
    corpus = yaml.safe_load(NATIONAL.read_text("utf-8"))
    documents = {
        (entity["number"], str(entity["date"])): f"nat:{name}"
        for name, entity in corpus["entities"].items()
        if "number" in entity and "date" in entity
    }
    shared = documents.keys() & curies.keys()
    assert ("17/NQ-CP", "2019-03-07") in shared
    assert {key: curies[key] for key in shared} == {key: documents[key] for key in shared}
