"""The gate: no text makes the store ask another server, and no innocent text is refused."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from egovkg.errors import QueryError
from egovkg.graph.query_guard import refuse_load, refuse_service, refuse_unknown_keyword
from egovkg.graph.store import OxigraphStore
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

QUADS = b'<urn:a> <urn:p> "b"@vi <urn:g> .\n<urn:a> <urn:p> "1" <urn:g> .\n'


class Asked(BaseHTTPRequestHandler):
    """Counts the requests it gets."""

    count = 0

    def do_POST(self) -> None:
        Asked.count += 1
        self.send_error(400)

    do_GET = do_POST  # noqa: N815  # the name that the server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Run another server; give its address in angle brackets."""
    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"<http://127.0.0.1:{server.server_port}/>"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    found = OxigraphStore.in_memory()
    found.load(QUADS)
    return found


ASKING = (
    "SELECT * { SERVICE @ { ?s ?p ?o } }",
    "SELECT * { serVice # x'\n @ # y\n { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT @ { ?s ?p ?o } }",
    "SELECT * { # comment\rSERVICE @ { ?s ?p ?o } }",
    "SELECT * { ?s <urn:p> ?o.SERVICE @ { ?s ?p ?x } }",
    "SELECT * { VALUES ?x { 1SERVICE } SERVICE@{ ?s ?p ?o } }",
    "SELECT * { VALUES ?x { UNDEFUNDEF } SERVICE@{ ?s ?p ?o } }",
    "PREFIX ex: @ SELECT * { SERVICEex: { ?s ?p ?o } }",
    "PREFIX ex: @ SELECT * { SERVICESILENTex:a { ?s ?p ?o } }",
    "PREFIX é: @ SELECT * { SERVICEé:a { ?s ?p ?o } }",
    "PREFIX silent: @ SELECT * { SERVICE silent:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER('a'<'x>y') SERVICE @ { ?s ?p ?o FILTER(?o = '') } }",
    "SELECT * { ?s ?p ?o FILTER(1<2&&3>2)SERVICE @ { ?s ?p ?o } }",
    "SELECT * { BIND(@ AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE @ { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE @ { ?s ?p ?o } }",
    "SELECT * { SERVICE ~\\u0061> { ?s ?p ?o } }",
    "SELECT * { SERVICE ~\\U00000061> { ?s ?p ?o } }",
    "SELECT * { SERVICE ~\u00a0> { ?s ?p ?o } }",
    "SELECT * { SERVICE ~\u2003> { ?s ?p ?o } }",
    "SELECT * { SERVICE ~\u3000> { ?s ?p ?o } }",
    "PREFIX ex: @ SELECT * { SERVICE ex:a\u1680b { ?s ?p ?o } }",
    "PREFIX \u1680: @ SELECT * { SERVICE \u1680:b { ?s ?p ?o } }",
    *(
        f"SELECT * {{ VALUES ?a{letter}b {{ @ }} SERVICE ?a{letter}b {{ ?s ?p ?o }} }}"
        for letter in "\u00b7\u0300\u036f\u0903\u1680\u200c\u200d\u203f\u2040\u20a0\u3001\ufdf2\U0001f600"
    ),
)


def with_address(query: str, address: str) -> str:
    """Write an address in angle brackets for each @, and the same without its end for each ~."""
    return query.replace("@", address).replace("~", address[:-1])


@pytest.mark.parametrize("query", ASKING)
def test_no_query_leaves_the_machine(store: OxigraphStore, elsewhere: str, query: str) -> None:
    text = with_address(query, elsewhere)
    before = Asked.count
    for door in (store.select, store.ask, store.construct):
        with pytest.raises(QueryError, match=r"error at \d+:\d+: SERVICE asks another server"):
            door(text)
    assert Asked.count == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s a egov:Service ; rdfs:label 'SERVICE <urn:a> {' }",
        "SELECT ?service { ?service a <http://x/service> } # SERVICE <urn:a> { }",
        "PREFIX service: <urn:a> SELECT * { ?x a service:a }",
        'SELECT * { ?s ?p """a " SERVICE <urn:a> { """ }',
        "SELECT * { ?s ?p 'it\\'s SERVICE <urn:a> {' }",
        "SELECT * { ?s ?p 'SERVICE'@vi }",
        "SELECT * { ?s egov:service ?o . { ?s ?p ?x } }",
        "SELECT * { _:service ?p ?o . { ?s ?p ?x } }",
        "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 1) }",
    ],
)
def test_the_word_alone_is_no_crime(query: str) -> None:
    refuse_service(query)


def test_place_of_the_clause() -> None:
    with pytest.raises(QueryError, match="error at 3:3: SERVICE"):
        refuse_service("SELECT *\n{\n  SERVICE <urn:a> { ?s ?p ?o }\n}")


@pytest.mark.parametrize("request_", ["LOAD @", "load silent @ INTO GRAPH <urn:g>", "CLEAR ALL;LOAD@"])
def test_no_update_fetches(store: OxigraphStore, elsewhere: str, request_: str) -> None:
    before = Asked.count
    with pytest.raises(QueryError, match="LOAD fetches"):
        store.update(request_.replace("@", elsewhere))
    assert Asked.count == before
    refuse_load("INSERT DATA { <urn:load> <urn:p> 'LOAD <urn:a>' }")


PIECES = (
    "SERVICE<http://127.0.0.1:9>{}",
    "SERVICE",
    "FILTER(1<2)",
    "FILTER('a'<'x>y')",
    "?s<http://a'b>?o.",
    "?s?p'a'.",
    '?s?p"""a" """.',
    "?s?p?o.",
    "{",
    "}",
    "#",
    "\n",
    "'",
    '"',
    "\\",
    "<",
    ">",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_what_the_gate_lets_pass_asks_no_one(parts: list[str]) -> None:
    """A text that the engine takes, with a clause in it, never passes."""
    text = "SELECT * { " + "".join(parts) + " }"
    try:
        refuse_service(text)
    except QueryError:
        return
    store = OxigraphStore.in_memory()
    try:
        found = store.engine.query(text)
        assert isinstance(found, ox.QuerySolutions)
        list(found)
    except OSError as error:
        pytest.fail(f"{text!r} asked another server: {error}")
    except (SyntaxError, ValueError, RuntimeError):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "service" * 5000,
        "service #" * 5000,
        "service <a" * 5000,
        "service#" * 5000,
        "<a> " * 20000 + "service",
    ],
)
def test_long_texts_cost_little(text: str) -> None:
    refuse_service(text)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC * { }", 'error at 1:1: a query cannot begin with "SELEC" — did you mean "SELECT"?'),
        ("PREFIX a: <urn:a>\n# x\n  aks { }", 'error at 3:3: a query cannot begin with "aks" — did you mean'),
        ("", 'error at 1:1: a query cannot begin with "" — write SELECT, ASK, CONSTRUCT, DESCRIBE'),
        ("{ ?s ?p ?o }", 'error at 1:1: a query cannot begin with "{ ?s ?p ?o"'),
    ],
)
def test_a_first_word_that_opens_no_query(query: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        refuse_unknown_keyword(query)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    "query",
    ["ask{}", "BASE <urn:a> select * {}", "prefix : <urn:a> describe :x", "INSERT DATA {}", "# c\nASK {}"],
)
def test_first_words_that_do(query: str) -> None:
    refuse_unknown_keyword(query)
