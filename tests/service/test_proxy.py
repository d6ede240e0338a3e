"""A service on the internet: its address, its clients behind a proxy, its log, its health."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.service.background import background
from egovkg.service.http.clients import client_address, share_key
from starlette.requests import HTTPConnection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
BASE = "https://kg.example.org/egov/"
HOG = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
STATUS = "<https://w3id.org/egovkg/ontology#status>"
FEW = f"{{ SELECT ?a {{ ?a {STATUS} ?b }} LIMIT 100 }}"
SOME = f"SELECT (COUNT(*) AS ?n) {{ {FEW} ?c {STATUS} ?d FILTER(STR(?a) < STR(?c)) }}"  # no quick query


def get(url: str, path: str, **headers: str) -> tuple[int, bytes]:
    place = urlsplit(url)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    try:
        link.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        got = link.getresponse()
        return got.status, got.read()
    finally:
        link.close()


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    options = ("--no-pages", "--workers", "4", "--base-url", BASE[:-1], "--behind-proxy", "--seconds", "6")
    with background(home, *options) as service:
        yield service.url


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/api/openapi.json"])
def test_the_service_tells_its_own_address(url: str, path: str) -> None:
    status, body = get(url, path, Accept="text/turtle", Host="evil.example.net")
    assert status == 200
    assert BASE.rstrip("/").encode() in body
    assert b"evil" not in body


@pytest.mark.parametrize(
    "base", ["kg.example.org", "ftp://x/", "https://", "https://x/?a", "https://x/#a", "https://x/<"]
)
def test_what_is_no_address_is_refused(home: Path, base: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--check", "--graph", str(home), "--base-url", base])
    assert done.exit_code == 2
    assert "--base-url" in done.output


def test_shares_are_of_the_clients(url: str) -> None:
    """Two greedy connections of one client of the proxy do not keep out another client of it."""
    asking = [
        threading.Thread(
            target=get, args=(url, f"/sparql?query={quote(HOG)}"), kwargs={"X_Forwarded_For": "192.0.2.1"}
        )
        for _ in range(2)
    ]
    for one in asking:
        one.start()
    time.sleep(1)
    assert get(url, f"/sparql?query={quote(SOME)}", X_Forwarded_For="192.0.2.1, 192.0.2.2")[0] == 200
    for one in asking:
        one.join()


CLIENTS = {
    ("127.0.0.1", "192.0.2.1", True): "192.0.2.1",
    ("127.0.0.1", "192.0.2.9, 192.0.2.1", True): "192.0.2.1",  # the first was sent by the client
    ("127.0.0.1", "nonsense", True): "127.0.0.1",
    ("127.0.0.1", "", True): "127.0.0.1",
    ("127.0.0.1", "192.0.2.1", False): "127.0.0.1",
    ("198.51.100.1", "192.0.2.1", True): "198.51.100.1",  # no proxy of ours
    ("::1", "2001:db8::1", True): "2001:db8::1",
}


@pytest.mark.parametrize("case", CLIENTS, ids=str)
def test_whose_request_it_is(case: tuple[str, str, bool]) -> None:
    peer, named, behind = case
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", named.encode())]}
    assert client_address(HTTPConnection(scope), behind) == CLIENTS[case]


def test_a_network_is_one_client() -> None:
    assert share_key("2001:db8::1") == share_key("2001:db8::ffff") != share_key("2001:db8:0:1::1")


def test_health(url: str, version: object) -> None:
    assert get(url, "/health") == (200, f"ok {version.name}\n".encode())  # type: ignore[attr-defined]


def test_the_log(home: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "egovkg",
        "serve",
        "--graph",
        str(home),
        "--port",
        "0",
        "--no-pages",
        "--log",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            started = next(line for line in process.stderr if " — version " in line)
            url = started.split()[1]
            get(url, "/sparql?query=ASK%7B%7D%23secret")
            get(url, "/a%0Ab?secret")
            lines = [process.stderr.readline() for _ in range(2)]
        finally:
            process.terminate()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00 127\.0\.0\.1 GET /sparql 200 \d+ \d+\n", lines[0])
    assert " GET /a%0Ab 404 " in lines[1]
    assert "secret" not in "".join(lines)
