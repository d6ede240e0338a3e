"""The clients of the load test: good ones that check each answer, and the connection that all of them use."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from egovkg.benchmarks.soak.measures import Tally
from egovkg.graph.publish import Version
from egovkg.queries.questions.named import questions

JSON = "application/sparql-results+json"
GOOD_ADDRESSES = tuple(f"127.0.0.{n}" for n in range(2, 6))
HOSTILE_ADDRESSES = tuple(f"127.0.0.{n}" for n in range(11, 15))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LOST = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
TYPED = frozenset((400, 404, 405, 406, 408, 413, 414, 415, 421, 429, 431, 501, 503, 504, 507))
_ATTEMPTS = 10  # to get an answer before the load
_QUICK = 0.05  # seconds; a query that takes the engine longer is no quick one
_THINGS = "SELECT ?s { ?s <https://w3id.org/egovkg/ontology#curie> ?curie } ORDER BY ?s LIMIT 150"
_PATHS = (
    "/api/show?entity=tq:lgsp",
    "/api/impact?entity=tq:lgsp&basis=both&limit=20",
    "/api/facts?limit=5",
    "/api/search?q=lgsp&limit=3",
    "/.well-known/void",
)


@dataclass(frozen=True)
class Answer:
    """A response: status, head in lower case, body."""

    status: int
    head: bytes
    body: bytes

    def field(self, name: bytes) -> bytes:
        """Return the value of a header; empty if there is none."""
        return self.head.partition(b"\r\n%b: " % name)[2].partition(b"\r\n")[0]

    @property
    def outcome(self) -> str:
        """The status, and the code of the error if there is one."""
        if self.status == 200:
            return "200"
        try:
            return f"{self.status} {json.loads(self.body)['error']}"
        except (ValueError, KeyError, TypeError):
            return f"{self.status} untyped"

    @property
    def is_typed(self) -> bool:
        """Whether it is an answer, or a refusal that a program understands."""
        return self.status < 400 or (self.status in TYPED and not self.outcome.endswith("untyped"))


@dataclass(frozen=True)
class GoodRequest:
    """A request, and how to tell whether an answer to it is right."""

    data: bytes
    is_right: Callable[[Answer], bool]


class Client:
    """A persistent connection that is reopened when it is lost.

    :param source: address from which it connects
    """

    def __init__(self, url: str, source: str = "127.0.0.1") -> None:
        self.url, self.source = url, source
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, data: bytes) -> Answer:
        """Send a request and receive the complete answer."""
        if self.writer is None or self.writer.is_closing() or self.reader is None or self.reader.at_eof():
            self.reader, self.writer = await connected(self.url, self.source)
        self.writer.write(data)
        answer = await read_answer(self.reader)
        if b"connection: close" in answer.head:
            self.close()
        return answer

    def close(self) -> None:
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def connected(url: str, source: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection to the service from an address of this machine."""
    place = urlsplit(url)
    return await asyncio.open_connection(
        str(place.hostname), int(place.port or 80), limit=1 << 20, local_addr=(source, 0)
    )


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Read one response, after interim ones; its length must be stated."""
    head = b"http/1.1 100 "
    while head.startswith(b"http/1.1 100 "):
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    return Answer(int(head[9:12]), head, await reader.readexactly(int(length or 0)))


def get(path: str, fields: str = "") -> bytes:
    """Return a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode()


def post(body: bytes, kind: str = "application/sparql-query") -> bytes:
    """Return a POST request to the endpoint."""
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: {JSON}, text/turtle\r\nContent-Type: {kind}\r\n"
    )
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def evaluated(version: Version, texts: Sequence[str]) -> list[GoodRequest]:
    """Return requests for those queries that are quick, with the answers of the engine in this process."""
    engine, requests = version.open().engine, []
    for text in texts:
        start = time.perf_counter()
        result = engine.query(text, use_default_graph_as_union=True)
        assert not isinstance(result, ox.QueryTriples)
        right = result.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if time.perf_counter() - start < _QUICK:
            requests.append(GoodRequest(post(text.encode()), _equals(right)))
    return requests


def _equals(right: bytes) -> Callable[[Answer], bool]:
    return lambda answer: answer.body == right


def point_queries(version: Version) -> list[str]:
    """Return queries about single things of the graph."""
    things = version.open().engine.query(_THINGS, use_default_graph_as_union=True)
    assert isinstance(things, ox.QuerySolutions)
    names = [str(row[0]) for row in things]
    texts = [f"SELECT ?p ?o {{ {name} ?p ?o }}" for name in names]
    texts += [f"SELECT ?s ?p {{ ?s ?p {name} }}" for name in names]
    return texts + [f"ASK {{ {name} ?p ?o }}" for name in names[:20]]


async def good_requests(version: Version, url: str) -> list[GoodRequest]:
    """Return requests of every kind: queries, named questions, and JSON as it was answered without load."""
    texts = [*point_queries(version), *(question.text for question in questions()), COUNT]
    requests, client = evaluated(version, texts), Client(url)
    for path in _PATHS:
        data = get(quote(path, safe="/?=&:"))
        for _ in range(_ATTEMPTS):  # a new worker on a busy machine may need more than the time of a query
            right = await client.ask(data)
            if right.status == 200:
                break
        assert right.status == 200, (path, right)
        requests += [GoodRequest(data, _equals(right.body))] * 10
    client.close()
    return requests


async def be_good(
    url: str, requests: Sequence[GoodRequest], tally: Tally, until: float, number: int, pause: float
) -> None:
    """Send valid requests repeatedly and check each answer."""
    client, dice = Client(url, GOOD_ADDRESSES[number % 4]), random.Random(number)
    while time.perf_counter() < until:
        request = dice.choice(requests)
        start = time.perf_counter()
        try:
            answer = await client.ask(request.data)
        except LOST:
            tally.outcomes["closed"] += 1
            client.close()
            continue
        tally.times.append(time.perf_counter() - start)
        tally.outcomes[answer.outcome] += 1
        tally.untyped += not answer.is_typed
        tally.wrong += answer.status == 200 and not request.is_right(answer)
        await asyncio.sleep(pause)
    client.close()
