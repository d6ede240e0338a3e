"""The gate: what it lets through, what it refuses, and that no text hides a clause from it."""

from __future__ import annotations

import time

import pytest
from egovkg.queries.questions.named import questions
from egovkg.service.answers.query_check import check_query
from egovkg.service.contract.refusals import ServiceError
from egovkg.service.contract.settings import Limits
from egovkg.tests.graph.test_query_guard import ASKING, with_address
from hypothesis import given
from hypothesis import strategies as st

LIMITS = Limits()
CALL = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"


def code(query: str) -> str:
    with pytest.raises(ServiceError) as caught:
        check_query(query, LIMITS)
    assert caught.value.status == 400
    return caught.value.code


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_named_question_passes(question: object) -> None:
    assert check_query(question.text, LIMITS).form == "SELECT"  # type: ignore[attr-defined]


PASSES = [
    'SELECT ?s { ?s a egov:Service ; rdfs:label "SERVICE <x> {" } # SERVICE <x> { }',
    "SELECT * { ?service ?p ?o . ?o <http://x/SERVICE#service> 'service' }",
    "ASK { FILTER(?a < 3 && ?b > 2) }",
    "ASK { FILTER(?a<?b && ?b>?a) }",
    "ASK { VALUES (?a ?b) { " + "(<http://x#1> <http://x#2>)" * 900 + " } }",
    "ASK { FILTER(?a IN (" + ", ".join(str(n) for n in range(400)) + ")) }",
    "PREFIX load: <http://x#> ASK { ?s load:load load:insert }",
    "ASK { ?s <http://en.wikipedia.org/wiki/A_(b)> ?o }",
    'ASK { ?s ?p """a " quote and \\""" and { { {""" }',
]


@pytest.mark.parametrize("query", PASSES)
def test_what_passes(query: str) -> None:
    assert check_query(query, LIMITS).form in {"ASK", "SELECT"}


CALLS = {
    "plain": f"ASK {{ {CALL} }}",
    "lower case": f"ASK {{ {CALL.replace('SERVICE', 'service')} }}",
    "silent": "ASK { SERVICE SILENT <http://e/> { } }",
    "by a variable": "ASK { SERVICE ?e { } }",
    "by a prefix": "PREFIX e: <http://e/> ASK { SERVICE e:x { } }",
    "no blank": "ASK{SERVICE<http://e/>{}}",
    "after a number": "ASK{ ?s ?p 1SERVICE<http://e/>{} }",
    "glued to its target": "PREFIX a: <http://e/> ASK { SERVICEa:x {} }",
    "behind a comment": "ASK { SERVICE # x\n <http://e/> { } }",
    "in a filter": f"ASK {{ FILTER EXISTS {{ {CALL} }} }}",
    "behind an escaped address": f"ASK {{ ?s ?p <http://x#\\u0061> . {CALL} }}",
    "behind an address with an odd blank": f"ASK {{ ?s ?p <http://x/\u00a0#a> . {CALL} }}",
    "behind an escaped quote": f"ASK {{ ?s ?p 'a\\'' . {CALL} }}",
    "behind an escaped name": f"PREFIX x: <u:> ASK {{ ?s x:a\\'b ?o . {CALL} . ?s x:a\\'b ?o }}",
    "behind a long text": f'ASK {{ ?s ?p """ " \\""" """ . {CALL} }}',
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_of_another_server(case: str) -> None:
    assert code(CALLS[case]) == "service"


@pytest.mark.parametrize("query", ASKING)
def test_what_the_store_refuses_as_a_call_never_passes(query: str) -> None:
    assert code(with_address(query, "<http://127.0.0.1:9/>")) in {"service", "ambiguous"}


def test_a_sign_that_could_hide_a_call() -> None:
    assert code(f"ASK {{ FILTER(?a<'#>' ) {CALL} FILTER(?a='x') }}") == "ambiguous"


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://e/>", "CLEAR ALL", "DROP ALL",
     "CREATE GRAPH <http://e/>", "COPY <a> TO <b>", "MOVE <a> TO <b>", "ADD <a> TO <b>",
     "WITH <a> DELETE { ?s ?p ?o } WHERE { }", "ASK {} ; LOAD <http://e/>", "load silent <http://e/>"],
)  # fmt: skip
def test_an_update(update: str) -> None:
    assert code(update) == "read-only"


DEEP = {
    "brackets": "ASK { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }",
    "braces": "ASK " + "{" * 200 + "}" * 200,
    "optionals": "ASK { " + "OPTIONAL { " * 200 + "}" * 200 + "}",
    "negations": "ASK { FILTER(" + "!" * 300 + "1) }",
    "minuses": "ASK { FILTER(" + "- " * 300 + "1) }",
    "brackets in what looks like an address": "ASK { FILTER(1<" + "(" * 200 + "1" + ")" * 200 + ">2) }",
}
WIDE = {
    "patterns": "ASK { " + "?a ?b ?c . " * 150 + "}",
    "patterns behind names": "ASK { " + "e:a e:b e:c.\n" * 150 + "}",
    "objects": "ASK { ?a ?b " + ", ".join("?c" for _ in range(150)) + "}",
    "predicates": "ASK { ?a " + "; ".join("?b ?c" for _ in range(150)) + "}",
    "lists": "ASK { ?a ?b (" + "1 " * 150 + ") }",
    "nodes": "ASK { " + "[] ?b [] " * 150 + "}",
    "unions": "ASK { " + "{} UNION " * 1_500 + "{} }",
    "sums": "ASK { FILTER(1" + "-1" * 1_500 + ") }",
    "conditions": "ASK { FILTER(1" + " || 1" * 1_500 + ") }",
    "alternatives": "ASK { ?a (" + "<http://e/p>|" * 1_500 + "<http://e/p>) ?b }",
}


@pytest.mark.parametrize("case", DEEP)
def test_too_deep(case: str) -> None:
    assert code(DEEP[case]) in {"too-deep", "ambiguous"}


@pytest.mark.parametrize("case", WIDE)
def test_too_wide(case: str) -> None:
    assert code(WIDE[case]) == "too-wide"


def test_graphs_are_named_in_full() -> None:
    query = "PREFIX g: <http://x/> BASE <http://y/> SELECT * FROM g:a FROM NAMED <b> FROM <http://z/c> { }"
    assert check_query(query, LIMITS).graphs == ("http://x/a", "http://y/b", "http://z/c")


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("SELECT (NOW() AS ?n) { }", True),
        ("SELECT (rand() AS ?n) { }", True),
        ("CONSTRUCT { [] ?p ?o } { ?s ?p ?o }", True),
        ("CONSTRUCT { _:a ?p ?o } { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", False),
        ("SELECT ?now { ?now ?p 'RAND()' }", False),
    ],
)
def test_what_may_change(query: str, changes: bool) -> None:
    assert check_query(query, LIMITS).is_volatile is changes


def test_a_place_is_told() -> None:
    with pytest.raises(ServiceError) as caught:
        check_query("ASK {\n  SERVICE <http://e/> { } }", LIMITS)
    assert caught.value.values == {"line": 2, "column": 3}


@pytest.mark.parametrize("address", ["http://[x/", "\\U00110000"])
@pytest.mark.parametrize("query", ["BASE <{}> ASK {{ }}", "PREFIX a: <{}> ASK {{ }}", "ASK FROM <{}> {{ }}"])
def test_what_is_no_address(query: str, address: str) -> None:
    with pytest.raises(ServiceError, match=r"^line 1, column \d+: this is not a valid address") as caught:
        check_query(query.format(address), LIMITS)
    assert caught.value.status == 400


def test_a_number_of_any_length() -> None:
    assert check_query(f"SELECT * {{ ?s ?p ?o }} LIMIT {'9' * 6000}", LIMITS).row_limit == 10**20


HIDING = st.lists(
    st.sampled_from(["<", ">", "'", '"', "#", "\\", "\\u0061", "\n", " ", "?a", "e:x", "(", ")", "&&", "=",
                     "<http://x#y>", '"""', "'''", "@en", "^^", ".", "1", "\u00a0"]),
    max_size=14,
).map("".join)  # fmt: skip


@given(HIDING, HIDING)
def test_what_the_engine_takes_for_a_call_never_passes(before: str, after: str) -> None:
    """Whatever stands around a call: where the engine would make it, the gate refuses it."""
    import pyoxigraph as ox

    query = f"PREFIX e: <http://e/> ASK {{ {before} SERVICE <file://nowhere> {{ }} {after} }}"
    try:
        ox.Store().query(query)
    except SyntaxError:
        return  # no query
    except OSError as error:
        called = "URL scheme" in str(error)
    else:
        called = False  # the clause was hidden in a text or a comment: it may pass or not
    if called:
        assert code(query)


LONG = (
    "ASK { " + "a " * 130_000 + "}",
    "ASK { VALUES ?x { " + "1 " * 100_000 + "} }",
    "ASK {" + "service " * 30_000,
)


@pytest.mark.parametrize("query", LONG, ids=["names", "rows", "service"])
def test_a_long_query_costs_little(query: str) -> None:
    start = time.process_time()
    assert code(query) in {"too-wide", "service"}
    assert time.process_time() - start < 0.5


LIMITED = {
    "SELECT * { ?s ?p ?o } LIMIT 10": 10,
    "select * { ?s ?p ?o } order by ?s\nlimit # words\n 10 offset 5": 10,
    "SELECT * { ?s ?p ?o } OFFSET 5 LIMIT 0": 0,
    "SELECT * { ?s ?p ?o } LIMIT 10 VALUES ?s { 1 2 }": 10,
    "SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 10 } ?s ?p ?o }": None,
    "SELECT * { ?s ?p ?o } # LIMIT 10": None,
    "SELECT * { ?LIMIT ?p 10 }": None,
    "PREFIX limit: <urn:x> SELECT * { ?s limit:10 10 }": None,
    "SELECT * { ?s ?p 'LIMIT 10' }": None,
    "ASK { ?s ?p ?o }": None,
}


@pytest.mark.parametrize("query", LIMITED)
def test_the_limit_of_the_whole_query(query: str) -> None:
    assert check_query(query, LIMITS).row_limit == LIMITED[query]
