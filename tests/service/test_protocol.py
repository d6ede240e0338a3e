"""The SPARQL 1.1 Protocol: the cases of the W3C suite in our reading; the suite itself is in test_w3c.py."""

from __future__ import annotations

import http.client
import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from egovkg.service.background import background
from egovkg.tests.service.raw_client import publish_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
G1, G2, G3 = (DATA.format(n) for n in (1, 2, 3))
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class Answer(NamedTuple):
    status: int
    kind: str
    body: bytes
    headers: dict[str, str]


def send(url: str, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
    """Send one request; `content_type` and the like become headers."""
    place = urlsplit(url)
    assert place.hostname
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, path, body.encode() if isinstance(body, str) else body, named)
        got = link.getresponse()
        data = got.read()
        told = {name.lower(): value for name, value in got.getheaders()}
        return Answer(got.status, told.get("content-type", "").partition(";")[0], data, told)
    finally:
        link.close()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("protocol")
    lines = [f"<{graph}> <urn:p> <urn:o> <{graph}> ." for graph in (G1, G2, G3)]
    publish_quads(home, "\n".join(lines).encode())
    with background(home, "--no-pages", "--workers", "2") as service:
        yield service.url


def true(answer: Answer) -> bool:
    assert answer.status == 200, answer
    return bool(json.loads(answer.body)["boolean"])


def ask(query: str, **graphs: str | list[str]) -> str:
    return urlencode(
        {"query": query, **{name.replace("_", "-"): value for name, value in graphs.items()}}, True
    )


# -- the query side

SAYS = "ASK { %s }"


def said(*graphs: str) -> str:
    return SAYS % " ".join(f"<{graph}> ?p{n} ?o{n} ." for n, graph in enumerate(graphs))


def test_query_by_get(url: str) -> None:
    assert true(send(url, "GET", "/sparql?" + ask("ASK {}")))


def test_query_by_post_of_a_form(url: str) -> None:
    assert true(send(url, "POST", "/sparql", ask("ASK {}"), Content_Type=FORM))


def test_a_mark_before_the_query_is_skipped(url: str) -> None:
    assert true(send(url, "GET", "/sparql?" + ask("\ufeffASK {}")))
    assert true(send(url, "POST", "/sparql", "\ufeffASK {}", Content_Type=DIRECT))


def test_query_by_post_direct(url: str) -> None:
    assert true(send(url, "POST", "/sparql", "ASK {}", Content_Type=DIRECT))
    assert true(send(url, "POST", "/sparql", "ASK {}", Content_Type=f"{DIRECT}; charset=UTF-8"))


def test_default_graph_by_post(url: str) -> None:
    path = "/sparql?" + urlencode({"default-graph-uri": G1})
    assert true(send(url, "POST", path, said(G1), Content_Type=DIRECT))
    assert not true(send(url, "POST", path, said(G2), Content_Type=DIRECT))


def test_default_graphs_by_get(url: str) -> None:
    graphs = {"default_graph_uri": [G1, G2]}
    assert true(send(url, "GET", "/sparql?" + ask(said(G1, G2), **graphs)))
    assert not true(send(url, "GET", "/sparql?" + ask(said(G3), **graphs)))


def test_default_graphs_by_post(url: str) -> None:
    body = ask(said(G1, G2), default_graph_uri=[G1, G2])
    assert true(send(url, "POST", "/sparql", body, Content_Type=FORM))


NAMED = f"ASK {{ GRAPH ?g1 {{ <{G1}> ?p ?o }} GRAPH ?g2 {{ <{G2}> ?p2 ?o2 }} }}"


def test_named_graphs_by_get(url: str) -> None:
    assert true(send(url, "GET", "/sparql?" + ask(NAMED, named_graph_uri=[G1, G2])))
    assert not true(send(url, "GET", "/sparql?" + ask(NAMED, named_graph_uri=[G1, G3])))


def test_named_graphs_by_post(url: str) -> None:
    assert true(send(url, "POST", "/sparql", ask(NAMED, named_graph_uri=[G1, G2]), Content_Type=FORM))


def test_a_whole_data_set(url: str) -> None:
    query = f"ASK {{ <{G3}> ?p3 ?o3 {NAMED[5:-1]} }}"
    both: dict[str, str | list[str]] = {"default_graph_uri": G3, "named_graph_uri": [G1, G2]}
    assert true(send(url, "GET", "/sparql?" + ask(query, **both)))
    assert true(send(url, "POST", "/sparql", ask(query, **both), Content_Type=FORM))


def test_the_data_set_of_the_request_comes_first(url: str) -> None:
    query = (
        f"ASK FROM <{G1}> {{ <{G2}> ?p ?o MINUS {{ <{G1}> ?p ?o }} FILTER NOT EXISTS {{ <{G1}> ?a ?b }} }}"
    )
    assert true(send(url, "GET", "/sparql?" + ask(query, default_graph_uri=G2)))


def test_the_data_set_of_the_query(url: str) -> None:
    assert true(send(url, "GET", "/sparql?" + ask(said(G1).replace("ASK", f"ASK FROM <{G1}>"))))
    assert not true(send(url, "GET", "/sparql?" + ask(said(G2).replace("ASK", f"ASK FROM <{G1}>"))))


def test_a_graph_of_the_request_that_is_nowhere_is_empty(url: str) -> None:
    nowhere = ask("ASK { ?s ?p ?o }", default_graph_uri="http://example.org/nowhere")
    assert not true(send(url, "GET", f"/sparql/?{nowhere}"))


@pytest.mark.parametrize("graph", ["http://example.org/nowhere", "nowhere"])
def test_a_graph_that_is_nowhere_is_empty_whoever_names_it(url: str, graph: str) -> None:
    asked = "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for clause in ("FROM", "FROM NAMED"):
        assert not true(send(url, "GET", "/sparql?" + ask(asked.replace("ASK", f"ASK {clause} <{graph}>"))))
    for name in ("default_graph_uri", "named_graph_uri"):
        assert not true(send(url, "GET", "/sparql?" + ask(asked, **{name: graph})))


@pytest.mark.parametrize("name", ["default_graph_uri", "named_graph_uri"])
def test_a_graph_of_the_request_that_is_no_address(url: str, name: str) -> None:
    answer = send(url, "GET", "/sparql?" + ask("ASK { ?s ?p ?o }", **{name: "urn:a%3"}))
    assert (answer.status, json.loads(answer.body)["error"]) == (400, "graph")


def test_relative_addresses_have_a_base(url: str) -> None:
    answer = send(url, "POST", "/sparql/", "CONSTRUCT { <s> <p> 1 } WHERE {}", Content_Type=DIRECT)
    assert b"<https://w3id.org/egovkg/s>" in answer.body


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
        ("ASK {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
        (f"DESCRIBE <{G1}>", {"text/turtle", "application/rdf+xml", "application/n-triples"}),
        ("CONSTRUCT { <s> <p> 1 } {}".replace("<s>", "<urn:s>").replace("<p>", "<urn:p>"), {"text/turtle"}),
    ],
)
def test_the_kind_of_an_answer(url: str, query: str, kinds: set[str]) -> None:
    answer = send(url, "GET", "/sparql?" + ask(query))
    assert answer.status == 200
    assert answer.kind in kinds


def test_another_method(url: str) -> None:
    answer = send(url, "PUT", "/sparql?" + ask("ASK {}"))
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


BAD = {
    "more than one query": ("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", None, "", 400),
    "a form under another name": ("POST", "/sparql", "query=ASK%20%7B%7D", "text/plain", 415),
    "a form under no name": ("POST", "/sparql", "query=ASK%20%7B%7D", "", 415),
    "a query under no name": ("POST", "/sparql", "ASK {}", "", 415),
    "no UTF-8 by its name": ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", 400),
    "no UTF-8": ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", DIRECT, 400),
    "no UTF-8 in the address": ("GET", "/sparql?query=ASK%20%7B%20%FF%7D", None, "", 400),
    "not a query": ("GET", "/sparql?" + ask("ASK {"), None, "", 400),
    "a word": ("POST", "/sparql", ask("MUST FAIL"), FORM, 400),
    "a graph that is no address": ("GET", "/sparql?" + ask("ASK FROM <urn:a%3> {}"), None, "", 400),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_query(url: str, case: str) -> None:
    method, path, body, kind, status = BAD[case]
    answer = send(url, method, path, body, **({"Content_Type": kind} if kind else {}))
    assert answer.status == status
    told = json.loads(answer.body)
    assert told["status"] == status
    assert told["error"]
    assert told["message"]


# -- the update side: all of it is refused, and nothing changes

INSERT = "INSERT DATA { GRAPH <http://example.org/g> { <urn:a> <urn:b> <urn:c> } }"
FETCH = "CLEAR GRAPH <http://example.org/protocol-update-dataset-test/> ;"
UPDATES = {
    "post of a form": ("POST", urlencode({"update": INSERT}), FORM, ""),
    "post direct": ("POST", INSERT, UPDATE, ""),
    "default graph": ("POST", urlencode({"update": FETCH, "using-graph-uri": G1}), FORM, ""),
    "default graphs": ("POST", urlencode({"update": FETCH, "using-graph-uri": [G1, G2]}, True), FORM, ""),
    "named graphs": ("POST", urlencode({"update": FETCH, "using-named-graph-uri": [G1, G2]}, True), FORM, ""),
    "whole data set": (
        "POST",
        INSERT,
        UPDATE,
        urlencode({"using-graph-uri": G1, "using-named-graph-uri": G2}),
    ),
    "base": ("POST", "BASE <http://example.org/> " + INSERT, UPDATE, ""),
    "by get": ("GET", None, "", urlencode({"update": INSERT})),
    "two": ("POST", urlencode({"update": [INSERT, INSERT]}, True), FORM, ""),
    "under another name": ("POST", INSERT, "text/plain", ""),
    "form under no name": ("POST", urlencode({"update": INSERT}), "", ""),
    "no UTF-8": ("POST", INSERT.encode("utf-16"), f"{UPDATE}; charset=UTF-16", ""),
    "syntax": ("POST", urlencode({"update": "INSERT DATA {"}), FORM, ""),
    "two data sets": (
        "POST",
        urlencode({"update": f"INSERT {{ <urn:a> ?p ?o }} USING <{G1}> WHERE {{}}", "using-graph-uri": G2}),
        FORM,
        "",
    ),
    "as a query": ("POST", ask(INSERT), FORM, ""),
    "as a query, direct": ("POST", "DROP ALL", DIRECT, ""),
}


@pytest.mark.parametrize("case", UPDATES)
@pytest.mark.parametrize("path", ["/sparql", "/update"])
def test_an_update(url: str, case: str, path: str) -> None:
    method, body, kind, more = UPDATES[case]
    answer = send(url, method, f"{path}?{more}", body, **({"Content_Type": kind} if kind else {}))
    assert 400 <= answer.status < 500
    count = send(url, "GET", "/sparql?" + ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), Accept="text/csv")
    assert count.body.split() == [b"n", b"3"]


# -- what the service says of itself, and the forms of answers


def test_a_bare_get_describes_the_service(url: str) -> None:
    answer = send(url, "GET", "/sparql", Accept="text/turtle")
    assert (answer.status, answer.kind) == (200, "text/turtle")
    for part in (b"service-description#Service", b"SPARQL11Query", b"UnionDefaultGraph", G1.encode()):
        assert part in answer.body
    assert send(url, "GET", "/sparql", Accept="text/html,*/*;q=0.8").status == 303


KINDS = {
    "SELECT ?o { ?s ?p ?o }": [
        ("application/sparql-results+json", b'"bindings"'),
        ("application/json", b'"bindings"'),
        ("application/sparql-results+xml", b"<result>"),
        ("text/csv", b"urn:o\r\n"),
        ("text/tab-separated-values", b"?o\n"),
        ("*/*", b'"bindings"'),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", b"<result>"),
    ],
    "CONSTRUCT WHERE { ?s ?p ?o }": [
        ("text/turtle", b"<urn:o> ."),
        ("application/n-triples", b"<urn:o> .\n"),
        ("application/ld+json", b'"@id"'),
        ("application/rdf+xml", b"<rdf:RDF"),
    ],
}


@pytest.mark.parametrize(
    ("query", "accept", "part"), [(q, *pair) for q, pairs in KINDS.items() for pair in pairs]
)
def test_the_form_that_is_wanted(url: str, query: str, accept: str, part: bytes) -> None:
    answer = send(url, "GET", "/sparql?" + ask(query), Accept=accept)
    assert answer.status == 200
    assert part in answer.body
    assert "accept" in answer.headers["vary"]


@pytest.mark.parametrize("query", KINDS)
def test_a_form_that_is_not_offered(url: str, query: str) -> None:
    answer = send(url, "GET", "/sparql?" + ask(query), Accept="image/png")
    assert (answer.status, json.loads(answer.body)["error"]) == (406, "not-acceptable")


def test_head_and_options(url: str) -> None:
    answer = send(url, "HEAD", "/sparql?" + ask("ASK {}"))
    assert (answer.status, answer.body) == (200, b"")
    options = send(url, "OPTIONS", "/sparql", Origin="http://example.org")
    assert options.status == 204
    assert "access-control-allow-origin" not in options.headers, "the service of one machine"


@pytest.mark.parametrize(
    ("target", "status", "part"),
    [
        ("OPTIONS *", 204, b"allow: GET, HEAD, POST, OPTIONS"),
        ("OPTIONS http://localhost", 204, b"allow: GET, HEAD, POST, OPTIONS"),
        ("OPTIONS http://localhost/health", 204, b"allow: GET, HEAD, OPTIONS"),
        ("GET http://localhost/health", 200, b"\nok "),
        ("GET HTTP://localhost/sparql?query=ASK%7B%7D", 200, b"true"),
        ("GET http://localhost?query=x", 303, b"location: query"),
        ("GET http://example.org/health", 421, b'"error": "host"'),
        ("GET http://a@localhost/health", 400, b'"status": 400'),
    ],
)
def test_targets_in_other_forms(url: str, target: str, status: int, part: bytes) -> None:
    """The host of a target counts, not the field `Host` (RFC 9112, 3.2)."""
    place = urlsplit(url)
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=20) as link:
        link.sendall(f"{target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: link.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert part in answer


def test_a_head_and_its_body_come_together(url: str) -> None:
    place = urlsplit(url)
    asked = f"GET /sparql?{ask('ASK {}')} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=20) as link:
        for request in (asked, asked.replace("GET", "HEAD"), asked):  # nothing is held back between two
            link.sendall(request.encode())
            got = link.recv(65_536)
            assert got.startswith(b"HTTP/1.1 200")
            assert got.endswith(b"\r\n\r\n") == request.startswith("HEAD")


@pytest.mark.parametrize("wanted", [1, 500, 1_000])
def test_large_answers_one_after_the_other(tmp_path: Path, wanted: int) -> None:
    text = "x" * 9_000
    lines = [f'<urn:s{n}> <urn:p> "{text}{n}" <urn:g> .' for n in range(wanted)]
    publish_quads(tmp_path, "\n".join(lines).encode())
    with background(tmp_path, "--no-pages", "--workers", "1", "--seconds", "30") as service:
        for query in ("SELECT ?o { ?s ?p ?o }", f"SELECT ?o {{ ?s ?p ?o }} LIMIT {wanted}", "ASK {}"):
            answer = send(service.url, "GET", "/sparql?" + ask(query), Accept="text/csv")
            assert answer.status == 200
            if query != "ASK {}":
                rows = answer.body.decode().splitlines()[1:]
                assert sorted(rows) == sorted(f"{text}{n}" for n in range(wanted))
        told = [*Path("/proc").glob(f"{service.pid}/smaps")]
        for file in told:  # where the system tells
            maps = file.read_text().splitlines()
            held = shared_kilobytes(maps)
            assert any(_SHARED in line for line in maps), "no memory is shared with a worker"
            assert held <= 5 * 1024, "a large answer leaves its memory behind"


def test_memory_that_is_shared_is_added_up() -> None:
    library = ["7f00-7f10 r-xp 00000000 08:01 7 /usr/lib/libc.so.6", "Rss: 4 kB"]
    shared = ["7f20-7f30 rw-s 00000000 00:01 5 /memfd:egovkg (deleted)", "Size: 64 kB", "Rss: 8 kB"]
    assert shared_kilobytes([*shared, *library, *shared]) == 16
    assert shared_kilobytes(library) == 0


_SHARED = "memfd:egovkg"


def shared_kilobytes(lines: Iterable[str]) -> int:
    """Add up what the memory that is shared with workers holds."""
    found, counts = 0, False
    for line in lines:
        if "-" in line.split(" ", 1)[0] and ":" not in line.split(" ", 1)[0]:
            counts = _SHARED in line
        elif counts and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found
