"""The service at its edges: below a path, formats by parameter, other origins, compression, errors."""

from __future__ import annotations

import asyncio
import csv
import gzip
import http.client
import io
import json
import re
import sys
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from egovkg.service.background import background
from egovkg.service.contract.media_types import HTML
from egovkg.service.contract.messages import Reply
from egovkg.service.http.handlers import PageHandlers
from egovkg.tests.service.test_service import Answer, get
from starlette.requests import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.service.http.dispatch import Dispatcher
    from egovkg.service.workers.live_site import LiveSite

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
BASE = "http://kg.example.org/kg/"
SELECT = "/sparql?query=" + quote("SELECT ?s { ?s a <https://w3id.org/egovkg/ontology#Province> }")
CONSTRUCT = "/sparql?query=" + quote("CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 50")
THING = "/id/system/tq-lgsp"


def follow(url: str, path: str, **headers: str) -> Answer:
    answer = get(url, path, **headers)
    while answer.status == 303:
        path = urljoin(f"http://x{path}", answer.headers["location"]).removeprefix("http://x")
        answer = get(url, path, **headers)
    return answer


@pytest.fixture(scope="module")
def below(home: Path) -> Iterator[str]:
    """A service that is known by an address with a path."""
    with background(home, "--no-pages", "--workers", "1", "--base-url", BASE) as running:
        yield running.url


@pytest.fixture(scope="module")
def url(served: str) -> str:
    return served.removesuffix("sparql")


# -- other protocols


@pytest.mark.parametrize("parameter", ["graph=urn%3Ax", "default"])
def test_a_request_of_the_graph_store_protocol_is_refused(url: str, parameter: str) -> None:
    """Its client would take the description of the service for the content of a graph."""
    answer = get(url, f"/sparql?{parameter}")
    assert (answer.status, json.loads(answer.body)["error"]) == (400, "parameter")
    assert get(url, f"/sparql?query=ASK%7B%7D&{parameter}").status == 200


def test_who_wants_no_answer_that_exists_gets_none(url: str) -> None:
    assert get(url, SELECT, If_None_Match="*").status == 304
    for _ in range(2):  # the second answer is kept by the service
        assert get(url, "/api/questions?limit=1", If_None_Match="*").status == 304
    assert get(url, "/sparql?query=SELECT", If_None_Match="*").status == 400


# -- below a path


@pytest.mark.parametrize("path", ["/api/facts?limit=1", "/api/search?q=tinh&limit=2", "/api/gaps?limit=3"])
def test_the_next_page_stays_below_the_path(below: str, path: str) -> None:
    following = get(below, path).json["next"]
    assert str(following).startswith("/kg/api/")
    assert get(below, str(following)).status == 200  # a proxy that passes the path on
    assert get(below, str(following).removeprefix("/kg")).status == 200  # one that cuts it off


@pytest.mark.parametrize(
    "path", ["/en", "/sparql", THING, "/graph/edges", "/ontology", "/kg/en", f"/kg{THING}"]
)
def test_redirects_stay_below_the_path(below: str, path: str) -> None:
    answer = get(below, path, Accept="text/html")
    assert answer.status == 303
    outside = urljoin(f"{BASE}{path.removeprefix('/kg').removeprefix('/')}", answer.headers["location"])
    assert outside.startswith(BASE)


def test_links_of_the_query_page_stay_below_the_path(below: str) -> None:
    page = get(below, "/kg/query").body.decode()
    links = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page)
    assert links
    assert not [link for link in links if link.startswith("/")]


def test_without_a_path_the_next_page_is_at_the_root(url: str) -> None:
    assert str(get(url, "/api/facts?limit=1").json["next"]).startswith("/api/facts?")


# -- formats


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+json", "application/sparql-results+json"),
    ],
)
def test_format_of_a_table(url: str, name: str, media_type: str) -> None:
    answer = get(url, f"{SELECT}&format={name}", Accept="application/sparql-results+xml")
    assert (answer.status, answer.kind) == (200, media_type)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("turtle", "text/turtle"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("json", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("xml", "application/rdf+xml"),
    ],
)
def test_format_of_triples(url: str, name: str, media_type: str) -> None:
    for path in (f"{CONSTRUCT}&format={name}", f"{THING}?format={name}", f"/ontology?format={name}"):
        answer = follow(url, path, Accept="text/html")
        assert (answer.status, answer.kind) == (200, media_type), path


def test_format_of_a_posted_query(url: str) -> None:
    place = urlsplit(url)
    for kind, path, body in (
        ("application/x-www-form-urlencoded", "/sparql", "query=ASK+%7B%7D&format=xml"),
        ("application/sparql-query", "/sparql?format=xml", "ASK {}"),
    ):
        link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
        link.request("POST", path, body, {"content-type": kind})
        assert link.getresponse().headers["content-type"].startswith("application/sparql-results+xml")
        link.close()


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        (f"{SELECT}&format=ttl", "csv, tsv, json, xml"),
        (f"{CONSTRUCT}&format=csv", "json, xml, ttl, turtle, nt, jsonld, rdf"),
        (f"{THING}?format=docx", "html"),
        ("/ontology?format=owl", "ttl"),
        ("/api/facts?format=xml", "csv, json"),
        ("/api/questions?format=pdf", "json"),
    ],
)
def test_a_format_that_is_not_offered(url: str, path: str, offered: str) -> None:
    answer = get(url, path, Accept_Language="en")
    assert (answer.status, answer.json["error"]) == (406, "not-acceptable")
    assert offered in str(answer.json["message"])


@pytest.mark.parametrize("path", ["/api/facts?limit=5", "/api/gaps?limit=5", "/api/search?q=tinh&limit=3"])
def test_rows_as_csv(url: str, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(get(url, f"{path}&format=csv").body.decode())))
    content = get(url, path).json
    items = next(
        value for value in content.values() if isinstance(value, list) and len(value) == content["limit"]
    )
    assert len(rows) == len(items)
    assert rows[0].keys() == items[0].keys()


@pytest.mark.parametrize(
    "path",
    [THING, "/id/unit/vn-tuyen-quang", "/id/document/nat-nq-36-2014", "/code/operational", "/ontology"],
)
def test_rdf_xml_of_a_thing(url: str, path: str) -> None:
    answer = follow(url, path, Accept="application/rdf+xml")
    assert (answer.status, answer.kind) == (200, "application/rdf+xml")
    graph = rdflib.Graph().parse(data=answer.body, format="xml")
    turtle = follow(url, path, Accept="application/n-triples").body
    assert len(graph) == len(set(ox.parse(turtle, format=ox.RdfFormat.N_TRIPLES))) > 5


@pytest.mark.parametrize("media_type", ["application/rdf+xml", "text/turtle", "application/n-triples"])
def test_the_ontology_is_one_document(url: str, media_type: str) -> None:
    answer = follow(url, "/ontology", Accept=media_type)
    graph = rdflib.Graph().parse(
        data=answer.body, format={"application/n-triples": "nt"}.get(media_type, media_type)
    )
    assert [str(header) for header in graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)] == [
        "https://w3id.org/egovkg/ontology"
    ]
    assert list(graph.triples((None, rdflib.OWL.imports, None))) == []
    assert answer.headers["etag"]


# -- other origins


@pytest.mark.parametrize(
    "names",
    ["authorization,x-requested-with", "cache-control, pragma", "sparql-client, content-type, if-none-match"],
)
def test_headers_that_clients_send_are_allowed(below: str, names: str) -> None:
    asked = {"Origin": "https://yasgui.example", "Access_Control_Request_Method": "POST"}
    answer = get(below, "/sparql", "OPTIONS", **asked, Access_Control_Request_Headers=names)
    allowed = answer.headers["access-control-allow-headers"]
    assert answer.status == 204
    assert allowed.replace(" ", "") == names.replace(" ", "")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_what_is_no_header_is_not_allowed(url: str) -> None:
    answer = get(url, "/api/facts", "OPTIONS", Access_Control_Request_Headers='x y, <a>, "b"')
    assert answer.headers["access-control-allow-headers"].startswith("Accept, ")


# -- parameters


def test_a_parameter_of_many_names_is_refused(url: str) -> None:
    """Each would be looked up, which took a quick worker for the whole time of a query."""
    answer = get(url, "/api/impact?lang=en&entity=" + "tq:lgsp%7C" * 2_000)
    assert (answer.status, json.loads(answer.body)["limit"]) == (400, 2_000)
    assert get(url, "/api/search?q=" + "a" * 2_000).status == 200


# -- compression


@pytest.mark.parametrize("path", [SELECT, "/api/facts", "/query", "/api/openapi.json"])
def test_answers_are_compressed(url: str, path: str) -> None:
    plain = get(url, path)
    packed = get(url, path, Accept_Encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert "accept-encoding" in plain.headers["vary"]


@pytest.mark.parametrize("encoding", ["", "gzip;q=0", "br", "identity"])
def test_who_takes_no_gzip_gets_none(url: str, encoding: str) -> None:
    assert "content-encoding" not in get(url, SELECT, Accept_Encoding=encoding).headers


def test_small_answers_and_errors_stay_as_they_are(url: str) -> None:
    for path in ("/health", "/sparql?query=ASK+%7B%7D", "/sparql?query=SELECT"):
        assert "content-encoding" not in get(url, path, Accept_Encoding="gzip").headers


def test_a_compressed_answer_is_cached_by_its_own_name(url: str) -> None:
    packed = get(url, SELECT, Accept_Encoding="gzip")
    tag = packed.headers["etag"]
    assert tag.endswith('-gzip"')
    assert tag != get(url, SELECT).headers["etag"]
    assert get(url, SELECT, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    assert get(url, SELECT, If_None_Match=f"W/{tag}").status == 304


# -- errors and the root


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "no-page"),
        ("GET", "/%00", 404, "no-page"),
        ("GET", "/en/%00", 404, "no-page"),
        ("GET", "/%ff", 404, "no-page"),
        ("GET", "/id/system/nobody", 404, "unknown-thing"),
        ("GET", "/id/system/a%20b", 404, "unknown-thing"),
        ("GET", "/data/system/tq-lgsp.docx", 404, "unknown-form"),
        ("GET", "/api/nothing", 404, "unknown-name"),
        ("GET", "/api/facts?limit=many", 400, "parameter"),
        ("GET", "/api/facts?nothing=1", 400, "parameter"),
        ("GET", "/sparql?query=%ff", 400, "charset"),
        ("GET", "/en/nothing", 404, "no-page"),
        ("GET", "/graph/nothing", 404, "unknown-thing"),
        ("GET", "/ontology/nothing", 404, "unknown-thing"),
        ("POST", "/api/facts", 405, "method"),
        ("DELETE", "/sparql", 405, "method"),
        ("PUT", "/", 405, "method"),
        ("TRACE", "/health", 405, "method"),
    ],
)
def test_every_error_has_its_code(url: str, method: str, path: str, status: int, code: str) -> None:
    answer = get(url, path, method, Accept="*/*")
    assert (answer.status, answer.kind) == (status, "application/json")
    assert (answer.json["error"], answer.json["status"]) == (code, status)
    assert answer.json["message"]
    assert "access-control-allow-origin" not in answer.headers


class OnePage:
    """A site with every page, each of which holds its address."""

    def __init__(self, is_enabled: bool) -> None:
        self.is_enabled = is_enabled

    async def page(self, path: str) -> tuple[Reply, str]:
        return Reply(200, HTML, path.encode()), "version"


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_root_is_the_first_page(is_enabled: bool) -> None:
    handlers = PageHandlers(cast("Dispatcher", None), cast("LiveSite", OnePage(is_enabled)))
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    answer = asyncio.run(handlers.page(Request(scope)))
    if is_enabled:
        assert (answer.status_code, answer.body) == (200, b"index.html")
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, "query")


def test_what_is_no_http_is_refused_for_other_origins_too(below: str) -> None:
    answer = get(below, "/" + "a" * 70_000)
    assert answer.status in {400, 414, 431}
    assert json.loads(answer.body)["error"]
    assert answer.headers["access-control-allow-origin"] == "*"
