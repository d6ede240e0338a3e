"""Chunked bodies: the parser calls back for each chunk, so that tiny ones cost the time of everybody."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest
import uvicorn
from egovkg.service.contract.settings import Limits, Settings
from egovkg.service.http.server import protocol_class
from egovkg.tests.service.raw_client import POST, said, serving, statuses
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send

    App = Callable[[Scope, Receive, Send], Awaitable[None]]

CHUNKED = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
TINY = b"1\r\n \r\n"
EXTENDED = b"1;" + b"x" * 8_000 + b"\r\n \r\n"
READ_BYTES = 32_768  # in one turn of the event loop
CHUNKS = 4_096
PARSED = 5_462  # chunks of a read, of which the one with the limit is the last that is parsed


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.9", 1), "sockname": ("127.0.0.1", 2)})
        self.written = b""
        self.is_ended = self.is_closed = False

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Ignore limits."""

    def pause_reading(self) -> None:
        """Ignore the wish: the test goes on to send."""

    def resume_reading(self) -> None:
        """Ignore the wish."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data

    def write_eof(self) -> None:
        self.is_ended = True

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    abort = close


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer without a look at the body."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def read_and_answer(scope: Scope, receive: Receive, send: Send) -> None:
    message: Message = {"more_body": True}
    while message.get("more_body"):
        message = await receive()
    if message["type"] == "http.request":
        await answer(scope, receive, send)


async def received(app: App, chunk: bytes, total: int) -> tuple[int, bytes, bool, bool]:
    """Send an endless body, as a transport would hand it over.

    :returns: how often the parser called back with a part of the body, what was written, and whether the
        sending side and the connection were closed
    """
    parts = 0

    class Protocol(protocol_class(Settings(home="", pages=False))):  # type: ignore[misc]
        def on_body(self, body: bytes) -> None:
            nonlocal parts
            parts += 1
            super().on_body(body)

    config = uvicorn.Config(app, http=Protocol, ws="none", lifespan="off", log_level="error")
    config.load()
    protocol, wire = Protocol(config, ServerState(), {}), Wire()
    protocol.connection_made(wire)
    protocol.data_received(CHUNKED)
    body = (chunk * (total // len(chunk) + 1))[:total]
    for start in range(0, total, READ_BYTES):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        protocol.data_received(body[start : start + READ_BYTES])
    got = parts, wire.written, wire.is_ended, wire.is_closed
    protocol.connection_lost(None)
    return got


def test_a_body_of_many_chunks_is_refused_and_parsed_no_more() -> None:
    parts, written, is_ended, is_closed = asyncio.run(received(read_and_answer, TINY, 1_000_000))
    assert (statuses(written), is_ended, is_closed) == ([b"413"], True, False)
    assert b'"too-large"' in written
    assert CHUNKS <= parts <= PARSED


def test_what_follows_a_complete_answer_is_parsed_no_more() -> None:
    """The answer stays whole and alone, and the client may still read it."""
    parts, written, is_ended, is_closed = asyncio.run(received(answer, TINY, 1_000_000))
    assert (statuses(written), written[-2:], is_ended, is_closed) == ([b"200"], b"ok", True, False)
    assert parts <= PARSED


def test_the_framing_of_a_body_counts() -> None:
    """Of these 4 MB the body is 500 bytes; the rest are extensions, which mean nothing to the service."""
    limit = Limits().body_bytes
    parts, written, *_ = asyncio.run(received(read_and_answer, EXTENDED, 4_000_000))
    assert statuses(written) == [b"413"]
    assert parts <= (limit + READ_BYTES) // len(EXTENDED) + 1


def test_who_sends_on_and_on_is_cut_off() -> None:
    *_, is_closed = asyncio.run(received(answer, TINY, 6 << 20))
    assert is_closed


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address on loopback")
def test_chunks_within_the_limits_are_answered(home: Path) -> None:
    """A connection goes on after them, and nothing more than a read is parsed in one turn."""
    body = b"ASK{}" + b" " * (CHUNKS - 6)
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)
    request = POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    last = POST + b"Connection: close\r\nContent-Length: 5\r\n\r\nASK{}"

    async def work(host: str, port: int) -> None:
        got, _ = await said(host, port, request * 3 + last)
        assert statuses(got) == [b"200"] * 4, got
        got, _ = await said(host, port, request.replace(b"\r\n0\r\n", b"\r\n1\r\n \r\n1\r\n \r\n0\r\n"))
        assert statuses(got) == [b"413"], got

    serving(home, work, Limits(workers=1))


def test_one_turn_reads_a_bounded_piece() -> None:
    protocol = protocol_class(Settings(home="", pages=False))  # type: ignore[arg-type]
    assert issubclass(protocol, asyncio.BufferedProtocol)
    assert len(protocol.read_buffer) == READ_BYTES  # type: ignore[attr-defined]
