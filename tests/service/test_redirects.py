"""Addresses that lead on: graphs, the ontology, the English site; and the page of what there is not."""

from __future__ import annotations

import http.client
import sys
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest
from egovkg.service.background import background

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
TURTLE = "text/turtle"


class Answer(NamedTuple):
    status: int
    where: str
    kind: str
    body: bytes


def get(url: str, path: str, accept: str = BROWSER, lang: str = "") -> Answer:
    place = urlsplit(url)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    try:
        link.request("GET", path, headers={"Accept": accept, "Accept-Language": lang})
        got = link.getresponse()
        where = urljoin(path, got.getheader("location") or "")
        return Answer(got.status, where, str(got.getheader("content-type")).partition(";")[0], got.read())
    finally:
        link.close()


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with background(home, "--workers", "2") as service:
        deadline = time.monotonic() + 90
        while get(service.url, "/index.html").status == 503 and time.monotonic() < deadline:
            time.sleep(0.5)
        yield service.url


@pytest.fixture(scope="module")
def bare(home: Path) -> Iterator[str]:
    with background(home, "--no-pages", "--workers", "2") as service:
        yield service.url


LEADS = {
    "/en": "/en/index.html",
    "/en/": "/en/index.html",
    "/graph/article/yen-lap-2018": "/article/yen-lap-2018.html",
    "/graph/ontology": "/ontology.html",
    "/graph/reference/framework-2.0": "/data.html",
    "/ontology": "/ontology.html",
    "/ontology/core": "/ontology.html",
}


@pytest.mark.parametrize("path", LEADS)
def test_a_browser_is_led_to_a_page(url: str, path: str) -> None:
    answer = get(url, path)
    assert (answer.status, answer.where) == (303, LEADS[path])
    assert get(url, answer.where).status == 200


def test_in_english_where_it_is_wanted(url: str) -> None:
    assert get(url, "/graph/article/yen-lap-2018", lang="en").where == "/en/article/yen-lap-2018.html"


@pytest.mark.parametrize(
    "path", ["/graph/article/yen-lap-2018", "/ontology", "/ontology/core", "/graph/ontology"]
)
@pytest.mark.parametrize("accept", [TURTLE, "application/rdf+xml", "application/ld+json"])
def test_a_program_is_led_to_triples(bare: str, path: str, accept: str) -> None:
    led = get(bare, path, accept)
    assert led.status == 303
    answer = get(bare, led.where, accept)
    assert (answer.status, answer.kind) == (200, accept)
    if accept == TURTLE:
        triples = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)]
        assert len(triples) > 100


def test_without_pages_the_query_is_shown(bare: str) -> None:
    answer = get(bare, "/ontology")
    assert (answer.status, answer.where.partition("=")[0]) == (303, "/query#q")


@pytest.mark.parametrize("path", ["/graph/article/nothing", "/graph/", "/ontology/nothing", "/graph/%3E%22"])
def test_what_there_is_not(bare: str, path: str) -> None:
    assert get(bare, path, TURTLE).status == 404


@pytest.mark.parametrize(
    "path", ["/nothing", "/en/a/b<script>".replace("<", "%3C"), "/api/nothing", "/id/system/nothing"]
)
def test_a_browser_gets_a_page_of_what_there_is_not(bare: str, path: str) -> None:
    answer = get(bare, path)
    assert (answer.status, answer.kind) == (404, "text/html")
    text = answer.body.decode()
    assert "<script" not in text
    assert 'lang="vi"' in text
    assert 'lang="en"' in text
    home = text.partition('<a href="')[2].partition('"')[0]
    assert urljoin(path, home) == "/"
    assert get(bare, path, "application/json").kind == "application/json"
