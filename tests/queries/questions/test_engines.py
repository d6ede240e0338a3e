"""Every named question gives the same answer embedded, at our own service, and at servers of others.

The questions run as they stand in their files, with their sample parameters, in both languages; at Virtuoso
in Vietnamese alone, since it takes seconds to plan one, and what it can lose are letters beyond Latin-1.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from egovkg.graph.endpoint.push_batches import graph_sizes, push
from egovkg.graph.endpoint.remote import RemoteStore
from egovkg.graph.names import GRAPH
from egovkg.graph.store import OxigraphStore
from egovkg.queries.facts.entities import EntityNames
from egovkg.queries.facts.entity_report import entity_report
from egovkg.queries.facts.facts import facts
from egovkg.queries.facts.values import value_of
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.named import questions
from egovkg.words import DEFAULT_LANGUAGE, languages

if TYPE_CHECKING:
    from egovkg.graph.publish import Version
    from egovkg.graph.store import Store
    from egovkg.queries.facts.values import TermValue
    from egovkg.queries.questions.header import Question

ENGINES = {"served": "served", "oxigraph": "oxigraph_loaded", "virtuoso": "virtuoso"}
_LANGUAGE = re.compile(r'(VALUES \?lang(?:_\w+)? \{) "vi" \}')
_stores: dict[str, RemoteStore] = {}


@pytest.fixture(params=ENGINES)
def remote(request: pytest.FixtureRequest, version: Version) -> RemoteStore:
    """The graph at an engine: served as it was published, or pushed there once."""
    name: str = request.param
    url: str = request.getfixturevalue(ENGINES[name])
    if name not in _stores:
        if name != "served":
            push(version, RemoteStore(url), replace=True)  # another test may have filled it
        _stores[name] = RemoteStore(url)
    return _stores[name]


@pytest.fixture(scope="module")
def embedded(store: OxigraphStore) -> Store:
    """The graph in memory: the service reads it from a disk, where rows come in another order."""
    return store


def rows(store: Store, asked: Question, lang: str) -> list[tuple[TermValue, ...]]:
    """Answer the text of the file; lists in one order, since engines may join them in any."""
    table = store.select(_LANGUAGE.sub(rf'\1 "{lang}" }}', asked.text))
    assert table.variables == tuple(column.name for column in asked.columns)
    return [
        tuple(
            "; ".join(sorted(value.split("; "))) if column.several and isinstance(value, str) else value
            for value, column in zip(map(value_of, row), asked.columns, strict=True)
        )
        for row in table.rows
    ]


def languages_at(remote: RemoteStore) -> tuple[str, ...]:
    return (DEFAULT_LANGUAGE,) if remote is _stores.get("virtuoso") else languages()


@pytest.mark.parametrize(
    ("remote", "asked"),
    [pytest.param(engine, asked, id=f"{engine}-{asked.name}") for engine in ENGINES for asked in questions()],
    indirect=["remote"],
)
def test_same_answer(asked: Question, embedded: Store, remote: RemoteStore) -> None:
    for lang in languages_at(remote):
        here, there = rows(embedded, asked, lang), rows(remote, asked, lang)
        assert Counter(there) == Counter(here), lang
        assert there == here, f"{lang}: the same rows in another order: ORDER BY lacks a tie-break"


def test_samples_have_answers(embedded: Store) -> None:
    answered = [one.name for one in questions() if rows(embedded, one, "vi")]
    assert len(answered) > 0.8 * len(questions())


def test_same_graph(embedded: Store, remote: RemoteStore) -> None:
    assert graph_sizes(remote) == graph_sizes(embedded)


@pytest.mark.parametrize(
    ("clause", "pattern"),
    [
        ("FROM <{g}register>", "?s ?p ?o"),
        ("FROM <{g}register> FROM <{g}inferred>", "?s a ?p"),
        ("FROM <{g}nowhere>", "?s ?p ?o"),
        ("FROM NAMED <{g}inferred>", "?s ?p ?o"),
        ("FROM NAMED <{g}inferred>", "GRAPH ?g { ?s ?p ?o }"),
    ],
)
def test_graphs_that_the_query_names(clause: str, pattern: str, embedded: Store, remote: RemoteStore) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {clause.format(g=GRAPH)} {{ {pattern} }}"
    here, there = (int(str(value_of(store.select(query).rows[0][0]))) for store in (embedded, remote))
    assert there == here
    if "GRAPH" in pattern:
        assert here == graph_sizes(embedded)[GRAPH + "inferred"]


def test_parameters_are_bound(embedded: Store, remote: RemoteStore) -> None:
    for name, given in (("terms", {"word": "một cửa"}), ("systems-of-province", {"province": "bac kan"})):
        here, there = (ask_question(store, NamedQuestion(name, given)) for store in (embedded, remote))
        assert here.rows
        assert there.rows == here.rows


def test_same_facts_names_and_portrait(embedded: Store, remote: RemoteStore) -> None:
    assert facts(remote) == facts(embedded)
    assert EntityNames.of(remote) == EntityNames.of(embedded)
    lgsp = "https://w3id.org/egovkg/id/system/tq-lgsp"
    assert entity_report(remote, lgsp) == entity_report(embedded, lgsp)


def test_ask_and_construct(embedded: Store, remote: RemoteStore) -> None:
    article = "?a a <https://w3id.org/egovkg/ontology#Article>"
    assert remote.ask(f"ASK {{ {article} }}")
    assert not remote.ask("ASK { <urn:nobody> ?p ?o }")
    query = f"CONSTRUCT {{ ?a <urn:p> ?o }} {{ {article} ; <http://www.w3.org/2000/01/rdf-schema#label> ?o }}"
    assert set(remote.construct(query)) == set(embedded.construct(query))
