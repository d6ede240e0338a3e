"""Clients that send or take slowly, send too much, or are too many: each is cut off, the others go on."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from typing import TYPE_CHECKING

import pytest
from egovkg.service.contract.settings import Limits
from egovkg.tests.service.raw_client import ASK, POST, said, serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
LIMITS = Limits(workers=1, receive_seconds=1.0, idle_seconds=1, send_seconds=1.0, connections=60, rows=10**6)


SLOW = {
    "nothing": b"",
    "half a line": b"GET /spar",
    "half a head": ASK,
    "no body": POST + b"Content-Length: 10\r\n\r\n",
    "half a body": POST + b"Content-Length: 10\r\n\r\nASK",
    "half of the chunks": POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n",
}


def test_the_slow_are_cut_off(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        for what, (got, seconds) in zip(
            SLOW, await asyncio.gather(*(said(host, port, data) for data in SLOW.values())), strict=True
        ):
            assert 0.8 < seconds < 2.5, what
            assert got.startswith(b"HTTP/1.1 408 "), (what, got[:100])
            assert b'"error": "slow"' in got

    serving(home, work, LIMITS)


def test_letter_by_letter_is_slow_too(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        start = time.monotonic()
        head = asyncio.ensure_future(reader.readuntil(b"\r\n\r\n"))
        for letter in ASK * 3:
            writer.write(bytes([letter]))
            await asyncio.sleep(0.05)
            if head.done() or time.monotonic() - start > 3:
                break
        got = await asyncio.wait_for(head, 2)
        assert got.startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - start < 2.5
        writer.close()

    serving(home, work, LIMITS)


def test_others_go_on_beside_many_half_open(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        half = [asyncio.ensure_future(said(host, port, ASK)) for _ in range(50)]
        await asyncio.sleep(0.2)
        for _ in range(10):
            got, seconds = await said(host, port, ASK + b"Connection: close\r\n\r\n")
            assert got.startswith(b"HTTP/1.1 200 ")
            assert seconds < 0.7
        assert all(got.startswith(b"HTTP/1.1 408 ") for got, _ in await asyncio.gather(*half))

    serving(home, work, LIMITS)


def test_too_many_connections(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        links = [await asyncio.open_connection(host, port) for _ in range(LIMITS.connections)]
        await asyncio.sleep(0.1)
        got, _ = await said(host, port, ASK + b"\r\n")
        assert got.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after" in got
        for _, writer in links:
            writer.close()
        await asyncio.sleep(0.2)
        got, _ = await said(host, port, ASK + b"Connection: close\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 200 ")

    serving(home, work, LIMITS)


def test_an_idle_connection_is_closed(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        got, seconds = await said(host, port, ASK + b"\r\n")
        assert got.startswith(b"HTTP/1.1 200 ")
        assert got.count(b"HTTP/1.1") == 1
        assert 0.8 < seconds < 2.5

    serving(home, work, LIMITS)


def test_who_does_not_take_the_answer_is_cut_off(home: Path) -> None:
    """An answer of some megabytes, read by nobody: the service keeps it for a while and no longer."""

    async def work(host: str, port: int) -> None:
        query = b"SELECT * { ?s ?p ?o }"
        with socket.socket() as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect((host, port))
            link.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(query) + query)
            await asyncio.sleep(4)
            link.setblocking(False)
            size = 0
            for _ in range(100_000):
                try:
                    part = link.recv(1 << 16)
                except BlockingIOError:
                    await asyncio.sleep(0.01)
                    continue
                except ConnectionResetError:
                    break
                if not part:
                    break
                size += len(part)
            assert size < 3_000_000
        got, _ = await said(host, port, ASK + b"Connection: close\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 200 ")

    serving(home, work, LIMITS)


LARGE = {
    "a long address": (b"GET /sparql?query=" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: ::1\r\n\r\n", b"414"),
    "a large head": (b"GET / HTTP/1.1\r\n" + b"X: %b\r\n" % (b"a" * 4000) * 80, b"431"),
    "a large body": (POST + b"Content-Length: 2000000\r\n\r\n" + b"a" * 2_000_000, b"413"),
    "a large body that is only announced": (POST + b"Content-Length: 2000000\r\n\r\n", b"413"),
    "no Host": (b"GET /health HTTP/1.1\r\n\r\n", b"400"),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}}", b"400"),
}  # fmt: skip


def test_an_old_client_names_no_host(home: Path) -> None:
    async def work(host: str, port: int) -> None:
        got, _ = await said(host, port, b"GET /health HTTP/1.0\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 200 "), got

    serving(home, work, LIMITS)


@pytest.mark.parametrize("what", LARGE)
def test_too_much(home: Path, what: str) -> None:
    data, status = LARGE[what]

    async def work(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        start = time.monotonic()
        writer.write(data)
        got = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert got.startswith(b"HTTP/1.1 " + status), got
        assert time.monotonic() - start < 0.8, "not at once"
        writer.close()

    serving(home, work, LIMITS)
