"""What strangers send: other protocols, too much, half requests; who asks well is still answered."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from egovkg.service import run
from egovkg.service.contract.settings import Limits, Settings
from egovkg.service.http.connections import Connections
from egovkg.tests.service.raw_client import ASK, POST, said, serving, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address on loopback")
UPGRADES = (
    b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n",
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhl\r\n",
)
LAST = ASK + b"Connection: close\r\n\r\n"
SLOW = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
HELD = 200  # connections


# -- other protocols


@pytest.mark.parametrize("upgrade", UPGRADES)
def test_an_offer_of_another_protocol_is_ignored(home: Path, upgrade: bytes) -> None:
    """The HTTP client of Java offers HTTP/2 with each request; the parser would skip its body."""
    length = POST + upgrade + b"Content-Length: 5\r\n\r\n"
    chunked = POST + upgrade + b"Transfer-Encoding: chunked\r\n\r\n"
    requests = length + b"ASK{}" + chunked + b"5\r\nASK{}\r\n0\r\n\r\n" + ASK + upgrade + b"\r\n"

    async def work(host: str, port: int) -> None:
        got, _ = await said(host, port, requests + LAST)
        assert (statuses(got), got.count(b"true")) == ([b"200"] * 4, 4), got
        reader, writer = await asyncio.open_connection(host, port)
        for piece in (length[:60], length[60:], b"AS", b"K{}", LAST):
            writer.write(piece)
            await asyncio.sleep(0.05)
        got = await asyncio.wait_for(reader.read(), 10)
        assert (statuses(got), got.count(b"true")) == ([b"200"] * 2, 2), got
        writer.close()
        got, _ = await said(host, port, (ASK + upgrade + b"\r\n") * 2_000, 30)
        assert statuses(got)[-1] == b"429"

    serving(home, work, Limits(workers=1))


def test_a_tunnel_is_refused(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for target in (b"localhost:80", b"/"):
            got, _ = await said(host, port, b"CONNECT %b HTTP/1.1\r\nHost: localhost\r\n\r\n" % target)
            assert statuses(got) == [b"501"], got

    serving(home, work, Limits(workers=1))


def test_a_client_of_http_1_0_gets_no_interim_response(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        rest = b"Expect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\nASK{}"
        assert statuses((await said(host, port, POST.replace(b"1.1", b"1.0") + rest))[0]) == [b"200"]

    serving(home, work, Limits(workers=1))


def test_no_redirect_names_the_host_of_the_request(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for path in (b"/data/system/%0A/", b"/en/%0A/", b"/api/show/?entity=tq:lgsp", b"/health/"):
            head = b"GET %b HTTP/1.1\r\nHost: localhost:99\r\nConnection: close\r\n\r\n" % path
            got, _ = await said(host, port, head)
            assert b"http://localhost:99" not in got
            assert statuses(got) == [b"404"], got

    serving(home, work, Limits(workers=1))


# -- too much


def test_a_refusal_reaches_a_client_that_still_sends(home: Path) -> None:
    """A connection that is closed with unread data is reset, which may take the answer from the client."""
    requests = {
        ASK + b"X: %b\r\n\r\n" % (b"a" * 1_000_000): b"431",
        POST + b"Content-Length: 2000000\r\n\r\n" + b" " * 2_000_000: b"413",
        b"BREW / HTTP/1.1\r\n\r\n" + b" " * 1_000_000: b"501",
    }

    async def work(host: str, port: int) -> None:
        for data, status in requests.items():
            for _ in range(5):
                got, _ = await said(host, port, data)
                assert statuses(got) == [status], (data[:20], status)
                assert got.endswith(b"}")

    serving(home, work, Limits(workers=1))


def test_a_request_is_refused_once(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The parser objects to a head too that the service has refused already."""

    async def work(host: str, port: int) -> None:
        for coding in (b"gzip", b"identity", b"xchunked"):
            got, _ = await said(host, port, POST + b"Transfer-Encoding: %b\r\n\r\nASK{}" % coding)
            assert statuses(got) == [b"501"], got
        assert not [record for record in caplog.records if record.name == "asyncio"]

    serving(home, work, Limits(workers=1))


def test_who_sends_on_after_a_refusal_is_cut_off(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"BREW / HTTP/1.1\r\n\r\n")
        assert statuses(await reader.read()) == [b"501"]
        with pytest.raises(ConnectionError):
            await send_much(writer)
        writer.close()

    serving(home, work, Limits(workers=1))


async def send_much(writer: asyncio.StreamWriter) -> None:
    for _ in range(1_000):
        writer.write(b" " * 65_536)
        await asyncio.wait_for(writer.drain(), 5)


def test_a_long_name_of_a_field_is_refused(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        got, _ = await said(host, port, ASK + b"A" * 9_000 + b": b\r\n\r\n")
        assert statuses(got) == [b"431"], got

    serving(home, work, Limits(workers=1))


# -- behind a good request


def test_a_refused_body_does_not_answer_the_request_before_it(home: Path) -> None:
    query = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    good = POST + b"Content-Length: %d\r\n\r\n" % len(query) + query
    bad = POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nASK{}XX\r\n"

    async def work(host: str, port: int) -> None:
        for rest in (bad, POST + b"Content-Length: 5\r\n\r\nASK"):  # of the second the end does not come
            got, _ = await said(host, port, good + rest)
            assert statuses(got) == [b"200", b"400" if rest is bad else b"408"], got

    serving(home, work, Limits(workers=1, receive_seconds=1.0))


def test_every_query_of_a_client_that_left_is_ended(home: Path) -> None:
    """Also that before the last one, which was in work."""

    async def work(host: str, port: int) -> None:
        for count in (1, 3):
            _, writer = await asyncio.open_connection(host, port)
            writer.write((POST + b"Content-Length: %d\r\n\r\n" % len(SLOW) + SLOW) * count)
            await slow_workers_are(expected=True)
            writer.transport.abort()
            await slow_workers_are(expected=False)

    serving(home, work, Limits(workers=1, seconds=60, slow_slots=1))


async def slow_workers_are(*, expected: bool, seconds: float = 8.0) -> None:
    """Wait until some process runs a slow query, or none does."""
    until = asyncio.get_running_loop().time() + seconds
    while bool(slow_workers()) is not expected:
        assert asyncio.get_running_loop().time() < until, slow_workers()
        await asyncio.sleep(0.1)


def slow_workers() -> list[str]:
    """List the processes below this one that run a query at low priority."""
    command = ["ps", "-A", "-o", "ni=,stat=,pid=,ppid=,args="]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    parents = {fields[2]: fields[3] for fields in map(str.split, lines)}
    slow = [line for line in lines if line.split()[0] == "15" and "R" in line.split()[1]]
    return [line for line in slow if str(os.getpid()) in ancestors(line.split()[2], parents)]


def ancestors(pid: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the process that made one, and those before it."""
    while pid in parents:
        pid = parents[pid]
        yield pid


# -- connections and descriptors


class HalfRequest:
    """A connection of which the request never comes to its end."""

    closed = 0

    def __init__(self, *, waits_for_client: bool = True) -> None:
        self.waits_for_client = waits_for_client

    def close_waiting(self) -> None:
        HalfRequest.closed += 1


def test_a_newcomer_finds_room_though_the_largest_client_is_busy() -> None:
    connections = Connections(Limits(connections=5, client_connections=3))
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2"):
        is_busy = address == "192.0.2.1"
        assert connections.enter(HalfRequest(waits_for_client=not is_busy), address) == ""
    assert connections.enter(HalfRequest(), "192.0.2.3") == ""
    assert HalfRequest.closed == 1
    busy = Connections(Limits(connections=1, client_connections=3))
    busy.enter(HalfRequest(waits_for_client=False), "192.0.2.1")
    assert busy.enter(HalfRequest(), "192.0.2.3") == "connections"


@pytest.mark.parametrize("half", [b"", b"GET / HT", POST + b"Content-Length: 5\r\n\r\nA"])
def test_half_requests_of_many_addresses_leave_room(home: Path, half: bytes) -> None:
    async def work(host: str, port: int) -> None:
        writers = []
        for number in range(40):
            address = f"127.0.0.{11 + number % 4}"
            _, writer = await asyncio.open_connection(host, port, local_addr=(address, 0))
            writer.write(half)
            writers.append(writer)
        await asyncio.sleep(0.3)
        for _ in range(5):
            got, _ = await said(host, port, LAST, source="127.0.0.2")
            assert statuses(got) == [b"200"], got
        for writer in writers:
            writer.close()

    serving(home, work, Limits(workers=1, connections=30, client_connections=10))


@contextmanager
def served_with_descriptors(home: Path, count: int) -> Iterator[tuple[int, list[str]]]:
    """Serve with a limit of open files; give the port and the lines before the first answer."""
    script = 'ulimit -n "$0"; exec "$@"'
    command = [sys.executable, "-m", "egovkg", "serve", "--no-pages", "--port", "0", "--workers", "2"]
    whole = ["sh", "-c", script, str(count), *command, "--graph", str(home)]
    with subprocess.Popen(whole, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(2)]
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", lines[1])
        try:
            assert match is not None, lines
            yield int(match[1]), lines
        finally:
            process.kill()  # its workers end with it


def test_a_service_with_few_descriptors_stays(home: Path) -> None:
    """Connections beyond the descriptors of the process made the event loop fail for ever."""
    with served_with_descriptors(home, 110) as (port, lines):
        assert "at most 30 connections" in lines[0]
        held = []
        for number in range(HELD):
            client = socket.socket()
            client.bind((f"127.0.0.{11 + number % 8}", 0))
            client.connect(("127.0.0.1", port))
            client.sendall(b"GET / HT")
            held.append(client)
        for _ in range(3):
            got, seconds = asyncio.run(said("127.0.0.1", port, LAST, source="127.0.0.2"))
            assert (statuses(got), seconds < 5) == ([b"200"], True)
        for client in held:
            client.close()


def test_the_limit_of_open_files_is_raised_as_far_as_needed(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    settings = Settings(tmp_path, limits=Limits(workers=4, connections=100))
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (128, before[1]))
        assert run.fitted_to_descriptors(settings) is settings
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (188, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
