"""Clients that mean harm before and behind the workers: each meets a limit, and the others go on."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import pytest
from egovkg.graph.publish import Version
from egovkg.service.contract.messages import Job, Reply
from egovkg.service.contract.refusals import ServiceError
from egovkg.service.contract.reply_cache import ReplyCache
from egovkg.service.contract.settings import MIB, Limits, Settings
from egovkg.service.http.clients import normalised_base_url
from egovkg.service.http.connections import Connections
from egovkg.service.http.delivery import Sending, UnsentBodies
from egovkg.service.workers.client_turns import ClientTurns
from egovkg.service.workers.endings import Ending
from egovkg.service.workers.pool import Pool
from egovkg.service.workers.supervisor import Supervisor
from egovkg.service.workers.ticket import Ticket
from egovkg.tests.service.raw_client import ASK, POST, publish_quads, said, serving, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.service.workers.worker_link import WorkerLink

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address on loopback")
FORM = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
ALL = b"SELECT * { ?s ?p ?o }"
SLOW = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
OTHER = "127.0.0.2"


async def dripped(host: str, port: int, data: bytes) -> bytes:
    """Send something byte by byte until there is an answer; give all that comes."""
    reader, writer = await asyncio.open_connection(host, port)
    answer = asyncio.ensure_future(reader.read())
    for byte in data:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.005)
        if answer.done():
            break
    got = await asyncio.wait_for(answer, 10)
    writer.close()
    return got


def post(body: bytes, head: bytes = POST) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


# -- heads and bodies

HEADS = {
    "101 fields": (b"X: 1\r\n" * 101, b"431"),
    "40 KB of fields": (b"X: %b\r\n" % (b"a" * 4_000) * 10, b"431"),
    "a long Accept": (b"Accept: " + b"a/b;q=0.1," * 500 + b"\r\n", b"431"),
    "many Accept": (b"Accept: a/b\r\n" * 99 + b"Accept: " + b"c" * 4_000 + b"\r\n", b"431"),
    "a long field": (b"Cookie: " + b"a" * 9_000 + b"\r\n", b"431"),
    "two hosts": (b"Host: localhost\r\n", b"400"),
    "another host": (b"", b"421"),
    "no host name": (b"", b"400"),
    "a user name": (b"", b"400"),
}
HOSTS = {"another host": b"example.org", "no host name": b"a/b", "a user name": b"a@localhost"}


def test_heads_are_bounded(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for what, (fields, status) in HEADS.items():
            start = b"GET /health HTTP/1.1\r\nHost: %b\r\n" % HOSTS.get(what, b"localhost")
            got, _ = await said(host, port, start + fields + b"Connection: close\r\n\r\n")
            assert got.startswith(b"HTTP/1.1 %b " % status), (what, got)
        fields = b"X: 1\r\n" * 90 + b"Accept: " + b"text/csv;q=0.1," * 200 + b"\r\n"
        got, _ = await said(host, port, ASK + fields + b"Connection: close\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 200 "), got

    serving(home, work, Limits(workers=1))


CODINGS = {
    b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n": b"501",
    b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nASK{}": b"415",
    b"Content-Encoding: identity\r\nContent-Length: 5\r\nConnection: close\r\n\r\nASK{}": b"200",
}


def test_codings_that_are_not_understood_are_refused(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for rest, status in CODINGS.items():
            got, _ = await said(host, port, POST + rest)
            assert got.startswith(b"HTTP/1.1 %b " % status), got

    serving(home, work, Limits(workers=1))


REQUEST_LINES = {
    b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n": b"501",
    b"get /health HTTP/1.1\r\nHost: localhost\r\n\r\n": b"501",
    ASK + b"\r\nBREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n": b"501",
    ASK + b"\r\nPROPFIND / HTTP/1.1\r\n\r\n": b"400",  # it has no Host
    b"GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n": b"505",
    b"GET /health HTTP/3.7\r\nHost: localhost\r\n\r\n": b"505",
    b"GET /health HTTP/0.9\r\n\r\n": b"505",
    b"GET /health RTSP/1.0\r\nHost: localhost\r\n\r\n": b"505",
    ASK + b"\r\nPOST /sparql RTSP/1.1\r\nHost: localhost\r\n\r\n": b"505",
    b"SOURCE /health ICE/1.0\r\nHost: localhost\r\n\r\n": b"505",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n": b"505",
    ASK + b"\r\nGET /health HTTP/2.0\r\nHost: localhost\r\n\r\n": b"505",
    b"garbage\r\n\r\n": b"400",
    b"GET /health HTTX/1.1\r\n\r\n": b"400",
    b"\x16\x03\x01\x02\x00\x01 / HTTP/1.1\r\n\r\n": b"400",
}


def test_unknown_methods_and_versions_are_told(home: Path) -> None:
    """In one piece or byte by byte, alone or behind a good request."""

    async def work(host: str, port: int) -> None:
        for data, status in REQUEST_LINES.items():
            got, _ = await said(host, port, data)
            assert statuses(got) == ([b"200", status] if data.startswith(ASK) else [status]), (data, got)
            assert b"retry-after" not in got  # it would be refused again
        for start, status in ((b"BREW / HTTP/1.1\r\n", b"501"), (b"GET / HTTP/3.7\r\n", b"505")):
            got = await dripped(host, port, start)
            assert got.startswith(b"HTTP/1.1 %b " % status), got

    serving(home, work, Limits(workers=1))


def test_bodies_of_every_size_over_one_connection(home: Path) -> None:
    """A body and the head after it may come in one piece."""
    sizes = [250_000, 262_000, 262_140, 262_144, 300_000, 524_288, 700_008, 1_040_000]

    async def work(host: str, port: int) -> None:
        requests = [post(b"query=ASK%7B%7D&x=" + b"%20" * (size // 3), FORM) for size in sizes]
        last = post(b"query=ASK%7B%7D", FORM + b"Connection: close\r\n")
        got, _ = await said(host, port, b"".join([*requests, last]), 20)
        assert got.count(b"HTTP/1.1 200 ") == len(sizes) + 1, got[:300]

    serving(home, work, Limits(workers=2))


def test_large_forms_leave_the_event_loop_to_others(home: Path) -> None:
    form = post(b"query=ASK%7B%7D%23" + b"%20" * 87_000, FORM + b"Connection: close\r\n")

    async def work(host: str, port: int) -> None:
        large = [asyncio.ensure_future(said(host, port, form, 30)) for _ in range(16)]
        small = [await said(host, port, ASK + b"Connection: close\r\n\r\n", source=OTHER) for _ in range(10)]
        assert all(got.startswith(b"HTTP/1.1 200 ") for got, _ in [*small, *await asyncio.gather(*large)])

    serving(home, work, Limits(workers=2))


# -- connections


def test_what_follows_a_good_request_does_not_lose_its_answer(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for rest, status in ((b"\x16\x03\x01 garbage\r\n\r\n", b"400"), (b"GET / HTTP/1.1\r\n\r\n", b"400")):
            got, _ = await said(host, port, ASK + b"\r\n" + rest)
            assert got.startswith(b"HTTP/1.1 200 "), got
            assert got.count(b"HTTP/1.1 ") == 2
            assert b"HTTP/1.1 %b " % status in got

    serving(home, work, Limits(workers=1))


@pytest.mark.parametrize("count", [1, 3])
def test_a_client_that_sends_no_more_gets_its_answers(home: Path, count: int) -> None:
    async def work(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write((ASK + b"\r\n") * count)
        writer.write_eof()
        got = await asyncio.wait_for(reader.read(), 10)
        assert got.count(b"HTTP/1.1 200 ") == count
        writer.close()

    serving(home, work, Limits(workers=1))


def test_few_requests_are_held_ahead_of_their_answers(home: Path) -> None:
    """A connection that sends thousands at once gets the first answers, then a refusal."""

    async def work(host: str, port: int) -> None:
        got, _ = await said(host, port, (ASK + b"\r\n") * 5_000, 30)
        *answered, last = statuses(got)
        assert (last, {*answered}, len(answered) < 20) == (b"429", {b"200"}, True)

    serving(home, work, Limits(workers=1))


def test_the_query_of_a_client_that_left_is_ended(home: Path) -> None:
    """A closed connection looks at first as one on which the client only stopped to send."""

    async def work(host: str, port: int) -> None:
        _, writer = await asyncio.open_connection(host, port)
        writer.write(post(SLOW))
        await asyncio.sleep(1)
        writer.close()
        await asyncio.sleep(1)
        got, _ = await said(host, port, post(b"ASK {}", POST + b"Connection: close\r\n"), 2)
        assert got.startswith(b"HTTP/1.1 200 ")

    serving(home, work, Limits(workers=1, slow_slots=1, seconds=60))


def test_one_address_cannot_hold_all_connections(home: Path) -> None:
    """Its share is limited; when all are taken, it gives up an idle one for another address."""

    async def work(host: str, port: int) -> None:
        links = [await asyncio.open_connection(host, port) for _ in range(21)]
        refused = await asyncio.wait_for(links[-1][0].read(), 5)
        assert refused.startswith(b"HTTP/1.1 429 ")
        more = [await asyncio.open_connection(host, port, local_addr=("127.0.0.3", 0)) for _ in range(4)]
        got, _ = await said(host, port, ASK + b"Connection: close\r\n\r\n", source=OTHER)
        assert got.startswith(b"HTTP/1.1 200 ")
        for _, writer in [*links, *more]:
            writer.close()

    serving(home, work, Limits(workers=1, connections=24, client_connections=20))


class Line:
    """A connection that is only counted."""

    waits_for_client = True
    is_closed = False

    def close_waiting(self) -> None:
        self.is_closed = True


def test_a_proxy_on_this_machine_has_no_share() -> None:
    limits = Limits(connections=10, client_connections=2)
    counted, proxied = Connections(limits), Connections(limits, behind_proxy=True)
    assert [counted.enter(Line(), "127.0.0.1") for _ in range(3)] == ["", "", "connections-of-client"]
    assert [proxied.enter(Line(), "127.0.0.1") for _ in range(3)] == ["", "", ""]
    assert [proxied.enter(Line(), "192.0.2.1") for _ in range(3)] == ["", "", "connections-of-client"]


def test_who_has_no_more_than_the_newcomer_keeps_its_connection() -> None:
    connections = Connections(Limits(connections=2))
    lines = [Line(), Line(), Line()]
    assert [connections.enter(line, f"192.0.2.{at}") for at, line in enumerate(lines)] == [
        "",
        "",
        "connections",
    ]
    assert not any(line.is_closed for line in lines)


# -- answers that nobody reads


@contextmanager
def unread(host: str, port: int, source: str = "127.0.0.1") -> Iterator[None]:
    """Ask for a large answer, and read nothing of it."""
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.bind((source, 0))
        link.connect((host, port))
        link.sendall(post(ALL))
        yield


def test_answers_that_nobody_reads_are_bounded(tmp_path: Path) -> None:
    """One address gets as much as its share; another gets its answer, and the first loses one for it."""
    line = f'<urn:s> <urn:p> "%d{"x" * 60_000}" <urn:g> .'
    publish_quads(tmp_path, "\n".join(line % at for at in range(100)).encode())
    limits = Limits(workers=2, unsent_bytes=15_000_000, client_unsent_bytes=15_000_000, seconds=30)

    async def work(host: str, port: int) -> None:
        large = post(ALL, POST + b"Connection: close\r\n")
        size = len((await said(host, port, large, 30))[0])
        assert 6_000_000 < size < 6_100_000
        with unread(host, port), unread(host, port):
            await asyncio.sleep(4)
            refused, _ = await said(host, port, large, 30)
            assert refused.startswith(b"HTTP/1.1 503 ")
            assert b'"error": "busy"' in refused
            got, _ = await said(host, port, large, 30, source=OTHER)
            assert len(got) == size

    serving(tmp_path, work, limits)


def sending(client: str, body: bytes, cut: list[str]) -> Sending:
    return Sending(client, body, lambda: cut.append(client))


def test_one_body_counts_once() -> None:
    bodies, body = UnsentBodies(Limits(unsent_bytes=100, client_unsent_bytes=60)), b"x" * 50
    for client in ("a", "a", "b"):
        bodies.add(sending(client, body, []))
    assert (bodies.size(), bodies.size("a"), bodies.size("c")) == (50, 50, 0)
    with pytest.raises(ServiceError):
        bodies.add(sending("a", b"y" * 20, []))


def test_the_largest_holder_gives_way() -> None:
    cut: list[str] = []
    bodies = UnsentBodies(Limits(unsent_bytes=100, client_unsent_bytes=80))
    for client, size in (("a", 40), ("a", 30), ("b", 20)):
        bodies.add(sending(client, bytes(size), cut))
    bodies.add(sending("c", bytes(30), cut))
    assert (cut, bodies.size(), bodies.size("a")) == (["a"], 80, 30)
    with pytest.raises(ServiceError):
        bodies.add(sending("c", bytes(45), cut))


# -- turns and caches


def test_clients_take_turns() -> None:
    async def run() -> list[str]:
        turns: ClientTurns[None] = ClientTurns()
        for client in "aaabbc":
            turns.add(client)
        order = []
        while (popped := turns.pop()) is not None:
            order.append(popped[0])
        return order

    assert asyncio.run(run()) == ["a", "b", "c", "a", "b", "a"]


class Link:
    """A worker that is only handed on."""

    is_closed = False
    version = "v1"


def test_who_holds_fewest_workers_is_next(tmp_path: Path) -> None:
    """An address whose requests take long does not make others wait behind all that it has sent."""

    async def run() -> list[str]:
        supervisor = Supervisor(Settings(tmp_path, limits=Limits(workers=2)))
        supervisor.version = Version(tmp_path / "v1")
        links = [cast("WorkerLink", Link()) for _ in range(2)]
        supervisor._workers.update(links)
        for link in links:
            supervisor.release(link)
        end, order = asyncio.get_running_loop().time() + 5, []

        async def take(client: str) -> WorkerLink:
            link = await supervisor.take(client, end)
            order.append(client)
            return link

        first = [await take("busy"), await take("other")]
        waiting = [asyncio.ensure_future(take(client)) for client in ("busy", "busy", "quick")]
        await asyncio.sleep(0)
        supervisor.release(first[1])
        link = await waiting[2]
        supervisor.release(link)
        await waiting[0]
        waiting[1].cancel()
        return order

    assert asyncio.run(run()) == ["busy", "other", "quick", "busy"]


def test_the_last_idle_workers_are_for_those_who_use_little(tmp_path: Path) -> None:
    """However many workers an address uses up, another does not wait for them to end."""

    async def run() -> list[bool]:
        supervisor = Supervisor(Settings(tmp_path, limits=Limits(workers=4)))
        supervisor.version = Version(tmp_path / "v1")
        links = [cast("WorkerLink", Link()) for _ in range(4)]
        supervisor._workers.update(links)
        for link in links:
            supervisor.release(link)
        supervisor.use.add("quick", 0.001)
        supervisor.use.add("busy", 1.0)
        end = asyncio.get_running_loop().time() + 5
        waiting = [asyncio.ensure_future(supervisor.take("busy", end)) for _ in range(4)]
        await asyncio.sleep(0)
        quick = asyncio.ensure_future(supervisor.take("quick", end))
        await asyncio.sleep(0)
        got = [take.done() for take in (*waiting, quick)]
        supervisor.release(await quick)
        supervisor.release(await waiting[0])
        await waiting[3]
        return got

    assert asyncio.run(run()) == [True, True, True, False, True]


def test_who_used_much_leaves_the_last_idle_worker(tmp_path: Path) -> None:
    async def run() -> list[bool]:
        supervisor = Supervisor(Settings(tmp_path, limits=Limits(workers=3)))
        supervisor._idle.append(cast("WorkerLink", Link()))
        for client, seconds in (("busy", 1.0), ("quick", 0.1)):
            supervisor.use.add(client, seconds)
        return [supervisor._may_take(client) for client in ("busy", "quick")]

    assert asyncio.run(run()) == [False, True]


def test_who_used_least_lately_is_next(tmp_path: Path) -> None:
    async def run() -> list[str]:
        supervisor = Supervisor(Settings(tmp_path, limits=Limits(workers=1)))
        supervisor.version = Version(tmp_path / "v1")
        link = cast("WorkerLink", Link())
        supervisor._workers.add(link)
        for client, seconds in (("busy", 1.0), ("usual", 0.3), ("quick", 0.002)):
            supervisor.use.add(client, seconds)
        end, order = asyncio.get_running_loop().time() + 5, []

        async def take(client: str) -> None:
            taken = await supervisor.take(client, end)
            order.append(client)
            supervisor.release(taken)

        takes = [asyncio.ensure_future(take(client)) for client in ("busy", "usual", "quick")]
        await asyncio.sleep(0)
        supervisor.release(link)
        await asyncio.gather(*takes)
        return order

    assert asyncio.run(run()) == ["quick", "usual", "busy"]


def test_a_long_list_after_in_is_told(tmp_path: Path) -> None:
    """The engine compares each row with each value; VALUES looks them up, in a thousandth of the time."""
    pool = Pool(Settings(tmp_path))

    def reason(query: str) -> tuple[str, bool]:
        ticket = Ticket(Job("sparql", query=query), "client", 0.0)
        refusal = pool._refusal_of_query(ticket, Ending.TIME)
        return refusal.code, "VALUES" in refusal.text("en")

    values = ", ".join(f'"v{n}"' for n in range(4_800))
    assert reason(f"SELECT * {{ ?s ?p ?o FILTER(?o in ({values})) }}") == ("time", True)
    assert reason("SELECT * { ?s ?p ?o FILTER(?o IN (1, 2)) }") == ("time", False)


def test_a_newcomer_takes_the_place_of_the_greediest() -> None:
    async def run() -> tuple[bool, bool, int]:
        turns: ClientTurns[None] = ClientTurns()
        waiting = [turns.add("a") for _ in range(2)]
        made = turns.make_room("b")
        return made, waiting[1].cancelled() and not turns.make_room("b"), len(turns)

    assert asyncio.run(run()) == (True, True, 1)


def test_a_cached_reply_leaves_when_there_is_no_room() -> None:
    cache = ReplyCache(limit=10)
    for key in "abc":
        cache.add(key, Reply(200, "", b"12345"))
    cache.add("c", Reply(200, "", b"1234567"))
    assert [key for key in "abc" if cache.get(key)] == ["c"]
    cache.add("d", Reply(200, "", b"123"))
    assert [key for key in "cd" if cache.get(key)] == ["c", "d"]


@pytest.mark.parametrize("url", ["http://a:b@x/", "http://x:99999/", "http://a@x/", "ftp://x/"])
def test_a_public_address_has_no_password_and_a_port(url: str) -> None:
    with pytest.raises(ValueError, match="x"):
        normalised_base_url(url)


# -- a store that is damaged while it is served


QUADS = b"".join(b'<urn:s%d> <urn:p> "%d" <urn:g> .\n' % (at, at) for at in range(20_000))
COUNT = post(b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", POST + b"Connection: close\r\n")
POINT = post(b"SELECT ?o { <urn:s9> ?p ?o }", POST + b"Connection: close\r\n")
HEALTH = b"GET /health HTTP/1.0\r\n\r\n"


@pytest.mark.parametrize("query", [COUNT, POINT], ids=["count", "point"])
def test_a_damaged_store_is_not_called_a_fault_of_the_query(
    tmp_path: Path, query: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    """The engine answers a damaged file by an error, or by taking all its memory or time.

    Once the damage is known, every request is told; a build of the same graph mends it.
    """
    publish_quads(tmp_path, QUADS)

    async def work(host: str, port: int) -> None:
        for table in tmp_path.glob("versions/*/store/*.sst"):
            data = bytearray(table.read_bytes())
            for at in range(100, len(data), 500):
                data[at] ^= 1
            table.write_bytes(data)
        for request in (query, ASK + b"Connection: close\r\n\r\n"):
            got, _ = await said(host, port, request, 30)
            assert got.startswith(b"HTTP/1.1 503 "), got
            assert b'"error": "store"' in got
        got, _ = await said(host, port, HEALTH)
        assert got.startswith(b"HTTP/1.1 503 ")
        assert b"damaged 0123456789abcdef" in got
        publish_quads(tmp_path, QUADS)
        while b"ok 0123456789abcdef" not in (await said(host, port, HEALTH))[0]:
            await asyncio.sleep(0.05)
        got, _ = await said(host, port, COUNT, 30)
        assert b'"20000"' in got
        assert capfd.readouterr().err.count("\n") < 5

    serving(tmp_path, work, Limits(workers=1, seconds=3, memory_bytes=256 * MIB))
