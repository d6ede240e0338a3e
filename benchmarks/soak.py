"""The service under load: ordinary clients, then hostile and slow ones, and attempts to call other servers.

    make soak SOAK_SECONDS=330     one minute by default; everything on loopback

Answers to ordinary clients are compared byte by byte with those of the engine in this process. The exit
status is 1 if one is wrong or missing, if a hostile request is not answered with a typed error in time, if
the service opens an outgoing connection, or if processes, descriptors or memory grow. Only times with a goal
are judged.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from egovkg.benchmarks.soak_shapes import CALLS, KINDS, PLACES, hostile_queries
from egovkg.graph.publish import Version, published
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import shipped_folder
from egovkg.queries.questions.named import questions
from egovkg.service.background import BackgroundService, background

JSON = "application/sparql-results+json"
LIMIT = 2.0  # seconds a query may take here
GRACE = 0.5
MEMORY = 256  # MiB that a query may take here
TYPED = frozenset((400, 405, 406, 413, 414, 415, 429, 503, 504, 507))
QUICK = 0.05  # seconds; a question that takes longer is no quick one
HALF_OPEN = 500


@dataclass
class Tally:
    """The results of the requests of one kind."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: int = 0
    failed: int = 0
    late: int = 0
    untyped: int = 0

    def quantile(self, share: float) -> float:
        """Return the time in milliseconds that a share of the requests does not exceed."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True)
class Usage:
    """Resources used by the processes of the service."""

    processes: int
    zombies: int
    descriptors: int
    resident: int

    @classmethod
    def of(cls, pid: int) -> Usage:
        """Measure a process and its descendants."""
        states, parents = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(") ")[2].split()
                except OSError:
                    continue
                states[int(entry.name)], parents[int(entry.name)] = fields[0], int(fields[1])
        tree, todo = {pid}, [pid]
        while todo:
            below = [child for child, parent in parents.items() if parent == todo[-1]]
            todo.pop()
            todo += below
            tree |= {*below}
        zombies = sum(states.get(process) == "Z" for process in tree)
        return cls(len(tree), zombies, _descriptors(pid), sum(map(_resident, tree)))


def _descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208  a count


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    except (OSError, ProcessLookupError):
        return 0


class Client:
    """A persistent connection that is reopened when it is lost."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self.host, self.port = str(place.hostname), int(place.port or 80)
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and receive the complete answer."""
        if self.writer is None or self.writer.is_closing() or self.reader is None or self.reader.at_eof():
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self.reader.readexactly(int(length or 0))
        if b"connection: close" in head:
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


def request(query: str) -> bytes:
    """Return a POST request with a query."""
    body = query.encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: {JSON}, text/turtle\r\n"
    return (
        f"{head}Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def good_queries(version: Version) -> list[tuple[bytes, bytes]]:
    """Return valid requests with the expected answers, computed by the engine in this process."""
    engine = version.open().engine
    names = (
        "SELECT ?thing { ?thing <https://w3id.org/egovkg/ontology#curie> ?curie } ORDER BY ?thing LIMIT 150"
    )
    found_things = engine.query(names, use_default_graph_as_union=True)
    assert isinstance(found_things, ox.QuerySolutions)
    things = [str(row[0]) for row in found_things]
    texts = [f"SELECT ?p ?o {{ {thing} ?p ?o }}" for thing in things]
    texts += [f"SELECT ?s ?p {{ ?s ?p {thing} }}" for thing in things]
    texts += [f"ASK {{ {thing} ?p ?o }}" for thing in things[:20]]
    texts += [question.text for question in questions()]
    queries = []
    for text in texts:
        start = time.perf_counter()
        result = engine.query(text, use_default_graph_as_union=True)
        assert not isinstance(result, ox.QueryTriples)
        answer = result.serialize(format=ox.QueryResultsFormat.JSON)
        if time.perf_counter() - start < QUICK:
            queries.append((request(text), answer or b""))
    return queries


async def leaks(url: str) -> tuple[int, int]:
    """Try every way to make the service call a server; return the number of attempts and of connections."""
    came = 0

    async def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came
        came += 1
        writer.close()

    listener = await asyncio.start_server(count, "127.0.0.1", 0)
    port = str(listener.sockets[0].getsockname()[1])
    client, sent = Client(url), 0
    for call, place, kind in product(CALLS, PLACES, KINDS):
        body = call.replace("URL", place.replace("PORT", port)).encode()
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        await client.ask(head.encode() + body)
        sent += 1
    for place in PLACES:
        address = quote(place.replace("PORT", port), safe="")
        for name in ("default-graph-uri", "named-graph-uri"):
            await client.ask(
                f"GET /sparql?query=ASK%7B%7D&{name}={address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            sent += 1
    client.close()
    listener.close()
    return sent, came


async def be_good(
    url: str, requests: Sequence[tuple[bytes, bytes]], tally: Tally, until: float, seed: int
) -> None:
    """Send valid requests repeatedly and check each answer."""
    client, dice = Client(url), random.Random(seed)
    while time.perf_counter() < until:
        sent, right = dice.choice(requests)
        start = time.perf_counter()
        try:
            status, body = await client.ask(sent)
        except (OSError, asyncio.IncompleteReadError):
            tally.failed += 1
            client.close()
            continue
        tally.times.append(time.perf_counter() - start)
        tally.statuses[status] += 1
        tally.failed += status != 200
        tally.wrong += status == 200 and body != right
    client.close()


async def be_hostile(
    url: str, shapes: Sequence[str], tally: Tally, until: float, first: int, vary: bool
) -> None:
    """Send hostile requests one after the other without a pause."""
    client = Client(url)
    for shape in cycle([*shapes[first:], *shapes[:first]]):
        if time.perf_counter() >= until:
            break
        start = time.perf_counter()
        try:
            status, body = await client.ask(request(f"{shape} # {time.monotonic_ns()}" if vary else shape))
        except (OSError, asyncio.IncompleteReadError):
            tally.failed += 1
            client.close()
            continue
        tally.times.append(time.perf_counter() - start)
        tally.statuses[status] += 1
        tally.late += tally.times[-1] > LIMIT + GRACE
        tally.untyped += status != 200 and not (status in TYPED and b'"error"' in body)
    client.close()


async def be_slow(url: str, number: int, seconds: float) -> int:
    """Open connections, send half a request on each, and return how many the service closed in time."""
    place = urlsplit(url)

    async def one(at: int) -> bool:
        reader, writer = await asyncio.open_connection(str(place.hostname), place.port)
        half = b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n" if at % 2 else request("ASK { ?s ?p ?o }")[:-5]
        writer.write(half)
        try:
            await asyncio.wait_for(reader.read(), seconds)
        except (TimeoutError, OSError):
            return False
        finally:
            writer.close()
        return True

    return sum(await asyncio.gather(*(one(at) for at in range(number))))


async def watch(pid: int, seen: list[Usage]) -> None:
    """Record the resource usage of the processes twice a second."""
    while True:
        seen.append(Usage.of(pid))
        await asyncio.sleep(0.5)


@dataclass(frozen=True)
class Options:
    """Durations and numbers of clients of a run."""

    seconds: float
    good: int
    hostile: int
    vary: bool


async def soak(service: BackgroundService, version: Version, options: Options) -> bool:
    """Run all phases, print the figures, and return whether all goals are met."""
    requests, shapes = good_queries(version), hostile_queries()
    print(service.summary)
    print(f"{len(requests)} good queries, {len(shapes)} hostile shapes, {os.cpu_count()} CPUs")
    sent, came = await leaks(service.url)
    print(f"calls of other servers: {sent} variants, {came} connections")
    before = Usage.of(service.pid)
    calm = Tally()
    until = time.perf_counter() + options.seconds / 3
    await asyncio.gather(*(be_good(service.url, requests, calm, until, n) for n in range(options.good)))
    report(f"{options.good} good clients", calm)
    good, hostile = Tally(), Tally()
    seen: list[Usage] = []
    watching = asyncio.ensure_future(watch(service.pid, seen))
    slow = asyncio.ensure_future(be_slow(service.url, HALF_OPEN, 15))
    until = time.perf_counter() + 2 * options.seconds / 3
    work = [be_good(service.url, requests, good, until, n) for n in range(options.good)]
    step = max(1, len(shapes) // options.hostile)
    work += [
        be_hostile(service.url, shapes, hostile, until, n * step, options.vary)
        for n in range(options.hostile)
    ]
    await asyncio.gather(*work)
    closed = await slow
    watching.cancel()
    report(f"the same beside {options.hostile} hostile ones and {HALF_OPEN} half-open connections", good)
    report("hostile requests", hostile)
    print(f"  late (> {LIMIT + GRACE} s): {hostile.late}, without a typed error: {hostile.untyped}")
    print(f"half-open connections closed in time: {closed} of {HALF_OPEN}")
    await asyncio.sleep(3)
    after = Usage.of(service.pid)
    largest = max(seen, key=lambda usage: usage.resident)
    print(
        f"processes {before.processes} -> {after.processes}, zombies {after.zombies}, "
        f"descriptors {before.descriptors} -> {after.descriptors}, "
        f"memory {before.resident >> 20} -> {after.resident >> 20} MiB, at most {largest.resident >> 20} MiB"
    )
    goals = {
        "no good answer wrong": calm.wrong + good.wrong == 0,
        "no good request failed": calm.failed + good.failed == 0,
        "p99 of good requests at most 500 ms": good.quantile(0.99) <= 500,
        "every hostile request answered in time": hostile.late + hostile.failed == 0,
        "every refusal typed": hostile.untyped == 0,
        "no connection went out": came == 0,
        "half-open connections closed": closed == HALF_OPEN,
        "no zombie": after.zombies == 0,
        "processes and descriptors flat": after.processes <= before.processes + 1
        and after.descriptors <= before.descriptors + 4,
        "memory bounded": largest.resident <= (200 + MEMORY * largest.processes) << 20,
    }
    for goal, reached in goals.items():
        print(f"{'ok  ' if reached else 'MISS'} {goal}")
    return all(goals.values())


def report(heading: str, tally: Tally) -> None:
    """Print one row of figures."""
    statuses = ", ".join(f"{status}: {number}" for status, number in sorted(tally.statuses.items()))
    times = f"p50 {tally.quantile(0.5):.1f}, p99 {tally.quantile(0.99):.1f}, most {tally.quantile(1):.1f} ms"
    print(
        f"{heading}: {len(tally.times)} answers, {tally.wrong} wrong, {tally.failed} failed; "
        f"{times}; {statuses}"
    )


def main() -> None:
    """Build the shipped corpus, serve it, and put the service under load."""
    parser = argparse.ArgumentParser(description="The service under load.")
    parser.add_argument("--seconds", type=float, default=60, help="of load, altogether")
    parser.add_argument("--good", type=int, default=32, help="clients with good queries")
    parser.add_argument("--hostile", type=int, default=16, help="clients with hostile ones")
    parser.add_argument("--vary", action="store_true", help="no two hostile queries are the same text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build([shipped_folder()], Path(folder))
        version = published(Path(folder))
        assert version is not None
        switches = ("--no-pages", "--seconds", str(LIMIT), "--memory", str(MEMORY))
        with background(Path(folder), *switches) as service:
            well = asyncio.run(soak(service, version, Options(**vars(options))))
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
