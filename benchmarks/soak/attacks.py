"""Attacks by clients, each as long as its row; from four addresses, unless it says otherwise."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, cycle, product
from pathlib import Path
from urllib.parse import quote, urlsplit

from egovkg.benchmarks.soak.clients import (
    HOSTILE_ADDRESSES,
    LOST,
    Client,
    GoodRequest,
    connected,
    get,
    post,
    read_answer,
)
from egovkg.benchmarks.soak.measures import Findings, Usage
from egovkg.benchmarks.soak.shapes import CALLS, FORM, KINDS, ODD, PLACES, SIZES, hostile_queries

LIMIT = 2.0  # seconds that a query may take here
GRACE = 0.5
MEMORY = 256  # MiB that a query may take here
HALF_OPEN = 480
_DEADLINE = 15.0  # seconds; half a request is given up after ten
_UNREAD = 120  # connections of each address on which nobody reads
_LARGE = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 9900 # "


@dataclass(frozen=True)
class Scene:
    """The service that is attacked, and for how long.

    :param home: folder of the graph that it serves
    :param good: the requests of good clients; those of a row may take other ones
    :param until: end of the attack by the performance counter
    """

    url: str
    pid: int
    home: Path
    good: list[GoodRequest]
    until: float
    findings: Findings = field(default_factory=Findings)

    @property
    def is_over(self) -> bool:
        """Whether the attack should end."""
        return time.perf_counter() >= self.until


Attack = Callable[[Scene], Awaitable[None]]


async def wait_until(
    scene: Scene, is_reached: Callable[[Usage], bool], goal: str, seconds: float = 10.0
) -> None:
    """Wait a while until the processes of the service are as they should be, and record whether they are."""
    end = time.perf_counter() + seconds
    while not (reached := is_reached(Usage.of(scene.pid))) and time.perf_counter() < end:
        await asyncio.sleep(0.2)
    scene.findings.goals[goal] = reached


async def send_all(scene: Scene, source: str, requests: Iterable[bytes], limit: float = 60.0) -> None:
    """Send requests one after the other without a pause; each answer is typed and comes in time."""
    client, tally = Client(scene.url, source), scene.findings.hostile
    for data in requests:
        if scene.is_over:
            break
        start = time.perf_counter()
        try:
            answer = await client.ask(data)
        except LOST:
            tally.outcomes["closed"] += 1
            client.close()
            continue
        tally.times.append(time.perf_counter() - start)
        tally.outcomes[answer.outcome] += 1
        tally.late += tally.times[-1] > limit
        tally.untyped += not answer.is_typed
    client.close()


async def _from_all(
    scene: Scene, clients: int, requests: Callable[[int], Iterator[bytes]], limit: float
) -> None:
    sources = (HOSTILE_ADDRESSES[n % 4] for n in range(clients))
    await asyncio.gather(*(send_all(scene, source, requests(n), limit) for n, source in enumerate(sources)))


def repeating(clients: int, *requests: bytes, limit: float = 60.0) -> Attack:
    """Return an attack of clients that send the same requests again and again."""

    async def attack(scene: Scene) -> None:
        await _from_all(scene, clients, lambda n: cycle(requests[n:] + requests[:n]), limit)

    return attack


async def queries(scene: Scene) -> None:
    """Sixteen clients send expensive, deep and forbidden queries."""
    shapes = hostile_queries()
    step = max(1, len(shapes) // 16)

    def requests(number: int) -> Iterator[bytes]:
        first = number * step % len(shapes)
        for at, shape in enumerate(cycle([*shapes[first:], *shapes[:first]])):
            yield post((f"{shape} # {at}" if at // len(shapes) % 2 else shape).encode())

    await _from_all(scene, 16, requests, LIMIT + GRACE)


async def facts(scene: Scene) -> None:
    """Sixty clients ask for a thousand facts each, so that the quick workers have no rest."""
    await _from_all(
        scene,
        60,
        lambda n: (get(f"/api/facts?limit=1000&offset={n + 60 * at}") for at in count()),
        LIMIT + GRACE,
    )


async def outgoing_calls(scene: Scene) -> None:
    """Try every way to make the service call a server."""
    connections = 0

    async def count_connection(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        writer.close()

    listener = await asyncio.start_server(count_connection, "127.0.0.1", 0)
    port = str(listener.sockets[0].getsockname()[1])
    places = [place.replace("PORT", port) for place in PLACES]
    requests = [
        post(call.replace("URL", place).encode(), kind) for call, place, kind in product(CALLS, places, KINDS)
    ]
    names = ("default-graph-uri", "named-graph-uri")
    requests += [
        get(f"/sparql?query=ASK%7B%7D&{name}={quote(place, safe='')}")
        for name, place in product(names, places)
    ]
    await asyncio.gather(*(send_all(scene, source, requests) for source in HOSTILE_ADDRESSES))
    listener.close()
    scene.findings.goals[f"{len(requests)} variants of calls, no connection out"] = connections == 0


async def half_open(scene: Scene) -> None:
    """Send half a request on many connections, and a byte now and then; the service closes each."""

    async def is_closed(number: int) -> bool:
        reader, writer = await connected(scene.url, HOSTILE_ADDRESSES[number % 4])
        whole = post(b"ASK { ?s ?p ?o }")
        writer.write(whole[:-5] if number % 2 else whole[:60])
        try:
            await asyncio.wait_for(reader.read(), _DEADLINE)
        except TimeoutError:
            return False
        except OSError:
            return True
        finally:
            writer.close()
        return True

    closed = await asyncio.gather(*map(is_closed, range(HALF_OPEN)))
    scene.findings.hostile.outcomes["closed"] += sum(closed)
    scene.findings.goals[f"{HALF_OPEN} half requests closed in time"] = all(closed)


def _unread_connection(scene: Scene, source: str, data: bytes) -> socket.socket | None:
    """Ask for something large with a small receive buffer, and read nothing; ``None`` if refused."""
    place = urlsplit(scene.url)
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    try:
        link.bind((source, 0))
        link.settimeout(1)
        link.connect((str(place.hostname), int(place.port or 80)))
        link.sendall(data)
    except OSError:
        link.close()
        return None
    scene.findings.hostile.outcomes["unread"] += 1
    return link


def unread(request: Callable[[int], bytes]) -> Attack:
    """Return an attack of connections that read none of the answers that they ask for."""

    async def attack(scene: Scene) -> None:
        links: list[socket.socket] = []
        for number in count():
            if scene.is_over:
                break
            if len(links) >= _UNREAD * 4:
                links.pop(0).close()
            link = await asyncio.to_thread(
                _unread_connection, scene, HOSTILE_ADDRESSES[number % 4], request(number)
            )
            links += [] if link is None else [link]
            await asyncio.sleep(0.002)
        for link in links:
            link.close()

    return attack


async def one_address(scene: Scene) -> None:
    """One address opens more connections than the service has, and opens each again when it is closed."""

    async def hold() -> None:
        while not scene.is_over:
            with suppress(*LOST, TimeoutError):
                reader, writer = await connected(scene.url, HOSTILE_ADDRESSES[0])
                scene.findings.hostile.outcomes["connection"] += 1
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(), max(0.1, scene.until - time.perf_counter()))
                writer.close()
            await asyncio.sleep(1)

    await asyncio.gather(*(hold() for _ in range(1_030)))


async def kept_bodies(scene: Scene) -> None:
    """Valid forms of all sizes over kept connections: every one must be answered."""
    requests = [post(b"query=ASK%7B%7D&x=" + b"%20" * (size // 3), FORM) for size in SIZES]
    await repeating(8, *requests)(scene)
    scene.findings.goals["every valid form answered"] = scene.findings.hostile.failed() == 0


async def half_closed(scene: Scene) -> None:
    """Clients that shut down their sending side after the request still get the answer."""
    tally = scene.findings.hostile

    async def ask(source: str) -> None:
        while not scene.is_over:
            try:
                reader, writer = await connected(scene.url, source)
                writer.write(scene.good[0].data)
                writer.write_eof()
                answer = await read_answer(reader)
                tally.outcomes[answer.outcome] += 1
                tally.wrong += not scene.good[0].is_right(answer)
                writer.close()
            except LOST:
                tally.outcomes["closed"] += 1

    await asyncio.gather(*map(ask, HOSTILE_ADDRESSES))
    scene.findings.goals["every half-closed client answered rightly"] = tally.failed() + tally.wrong == 0


async def odd_requests(scene: Scene) -> None:
    """Requests that break rules of HTTP: each is answered or refused with a typed error, or closed."""
    tally = scene.findings.hostile

    async def ask(source: str) -> None:
        for data in cycle(ODD.values()):
            if scene.is_over:
                return
            with suppress(*LOST):
                reader, writer = await connected(scene.url, source)
                writer.write(data)
                with suppress(*LOST, TimeoutError):
                    answer = await asyncio.wait_for(read_answer(reader), 3)
                    tally.outcomes[answer.outcome] += 1
                    tally.untyped += not answer.is_typed
                writer.close()

    await asyncio.gather(*map(ask, HOSTILE_ADDRESSES))


async def pipelined(scene: Scene) -> None:
    """Send thousands of requests over each connection at once, and read nothing for a while."""

    async def flood(source: str) -> None:
        while not scene.is_over:
            with suppress(*LOST, TimeoutError):
                reader, writer = await connected(scene.url, source)
                writer.write(get("/api/facts?limit=50") * 2_000)
                scene.findings.hostile.outcomes["pipelined"] += 2_000
                await asyncio.sleep(min(2.0, max(0.0, scene.until - time.perf_counter())))
                await asyncio.wait_for(reader.read(100_000), 2)
                writer.close()

    await asyncio.gather(*map(flood, HOSTILE_ADDRESSES * 4))


def large_query(number: int) -> bytes:
    """Return a request for an answer of some megabytes, which no other request shares."""
    return post((_LARGE + str(number)).encode())


ATTACKS: Mapping[str, Attack] = {
    "hostile queries": queries,
    "calls of other servers": outgoing_calls,
    "half requests": half_open,
    "answers that nobody reads": unread(large_query),
    "one answer that nobody reads": unread(lambda _: get("/api/facts?limit=1000")),
    "wide heads": repeating(
        16,
        get("/sparql?query=ASK%7B%7D", "Accept: " + "a/b;q=0.1," * 24_000 + "\r\n"),
        get("/sparql?query=ASK%7B%7D", "Accept: a/b\r\n" * 22_000),
        get("/sparql?query=ASK%7B%7D", "X: 1\r\n" * 50_000),
    ),
    "large forms": repeating(
        16,
        post(b"query=ASK%7B%7D&x=" + b"%20" * 340_000, FORM),
        post(b"query=ASK%7B%7D%23" + b"%20" * 87_000, FORM),
        post(b"ASK {} #" + b"x" * 262_000),
    ),
    "kept connections": kept_bodies,
    "large lists of facts": facts,
    "one address against all": one_address,
    "half-closed connections": half_closed,
    "odd requests": odd_requests,
    "pipelined requests": pipelined,
}  # fmt: skip
