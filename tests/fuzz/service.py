"""The service as one more target: requests changed at random, over sockets of this machine."""

from __future__ import annotations

import re
import socket
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from egovkg.loaders.pipeline.build import build
from egovkg.service.background import background
from egovkg.tests.corpora.folders import FIVE
from egovkg.tests.fuzz.targets import Target, hold, queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME = "requests to the service"
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_SECONDS = 8.0  # the service ends a query after five
_PATIENCE = 0.15  # seconds
_TRUE_FAULTS = {501, 503, 504, 505, 507}  # no such method or version of HTTP; busy; no time, no memory left


def requests() -> Sequence[bytes]:
    """Give sound requests of every kind."""
    paths = [
        *(f"/sparql?query={quote(query.decode())}" for query in queries()[:20]),
        "/sparql",
        "/",
        "/en/index.html",
        "/id/system/tq-lgsp",
        "/data/system/tq-lgsp.ttl",
        "/.well-known/void",
        "/openapi.json",
        "/api/facts?article=tuyen-quang-2020&limit=5",
        "/api/show?name=LGSP%20Tuy%C3%AAn%20Quang",
        "/api/impact?name=tq:lgsp&direction=up",
        "/api/gaps?province=B%E1%BA%AFc%20K%E1%BA%A1n&as_of=2020-01-01",
        "/api/search?q=lgsp&limit=3",
        "/api/search?q=tinh&folder=unit",
        "/api/bind?question=systems-of-province&province=bac%20kan&lang=en",
        "/api/questions?lang=en",
    ]
    head = "Host: 127.0.0.1\r\nAccept: application/sparql-results+json, text/turtle;q=0.5, */*;q=0.1\r\n"
    end = "Connection: close\r\n\r\n"
    requests = [f"GET {path} HTTP/1.1\r\n{head}{end}".encode() for path in paths]
    for kind, body in (
        ("application/sparql-query", b"SELECT ?s { ?s ?p ?o } LIMIT 3"),
        ("application/x-www-form-urlencoded", b"query=ASK%20%7B%7D&default-graph-uri=urn%3Aa"),
        ("application/sparql-update", b"INSERT DATA { <urn:a> <urn:b> 1 }"),
    ):
        size = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        requests.append(f"POST /sparql HTTP/1.1\r\n{head}{size}{end}".encode() + body)
    return requests


def answered(place: tuple[str, int], data: bytes, patience: float = _PATIENCE) -> bytes:
    """Send bytes and read all that comes back; nothing if the service hangs up.

    Half a request keeps the service waiting for the rest; after a while we hang up too.
    """
    parts = []
    with socket.create_connection(place, timeout=_SECONDS) as link, suppress(ConnectionError):
        link.sendall(data)
        link.settimeout(patience)
        with suppress(TimeoutError):
            parts.append(link.recv(65_536))
            while part := link.recv(65_536):
                parts.append(part)
    return b"".join(parts)


@contextmanager
def service_target() -> Iterator[Target]:
    """Serve the five articles for the length of a block; in the end it must still answer."""
    with tempfile.TemporaryDirectory() as folder:
        build([FIVE], Path(folder))
        with background(Path(folder), "--workers", "2") as running:
            parts = urlsplit(running.url)
            place = (str(parts.hostname), int(parts.port or 80))

            def take(data: bytes) -> bool:
                answer = answered(place, data)
                statuses = [int(status) for status in _STATUS.findall(answer[:20])]
                hold(bool(statuses) or not answer, answer[:200])
                hold(not statuses or statuses[0] < 500 or statuses[0] in _TRUE_FAULTS, answer[:500])
                return bool(statuses) and statuses[0] < 400

            yield Target(NAME, requests, take)
            good = answered(place, requests()[-3], _SECONDS)
            hold(good.startswith(b"HTTP/1.1 200 "), good[:200])
