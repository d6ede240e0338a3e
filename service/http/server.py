"""HTTP with deadlines: who sends or takes too slowly, or sends too much, is cut off."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ..contract.messages import problem
from ..contract.settings import Limits

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.server import ServerState

_LONGEST_URL = 65_535  # bytes
_LONGEST_HEAD = 4 * _LONGEST_URL
_LONG = 20  # digits of a length
_SMALL = 65_536  # bytes; a longer body costs more to copy than a packet
_HEAD, _INTERIM = b"HTTP/1.1 ", b"HTTP/1.1 100 "
_REASONS = {
    400: "Bad Request",
    414: "URI Too Long",
    408: "Request Timeout",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


def protocol(limits: Limits) -> type[HttpToolsProtocol]:
    """Make the protocol class of a service with these limits; its instances share a count of connections."""

    class Deadlined(_Deadlined):
        """The class that uvicorn makes an instance of for each connection."""

        bounds = limits
        open_now = 0

    return Deadlined


class Joined:
    r"""A transport that sends the head of an answer together with its body: one call, one packet the less.

    >>> sent = []
    >>> class Transport:
    ...     write = sent.append
    >>> joined = Joined(Transport())
    >>> joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    >>> joined.write(b"body")
    >>> sent
    [b'HTTP/1.1 200 OK\r\n\r\nbody']
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send data, a held head before it; hold a head that comes alone."""
        if self._head:
            head, self._head = self._head, b""
            if len(data) <= _SMALL:
                data = head + data
            else:
                self._transport.write(head)
        elif data.startswith(_HEAD) and data.endswith(b"\r\n\r\n") and not data.startswith(_INTERIM):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send a held head."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Send what is held, then close."""
        self.flush()
        self._transport.close()


class _Deadlined(HttpToolsProtocol):
    bounds = Limits()
    open_now = 0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_bytes = 0  # of the request that is being read; none between requests
        self._reading = self._refused = False
        self._late: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, and start the clock for its first request."""
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(Joined(transport))  # type: ignore[arg-type]  # it is one in all that is used
        cls = type(self)
        cls.open_now += 1
        if cls.open_now > self.bounds.connections:
            self._cut(503, "busy", "too many connections are open")
            return
        self._start_clock()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or has an address longer than the parser takes."""
        if len(self.url or b"") > _LONGEST_URL:
            self._cut(414, "too-large", "the address is too long — POST the query")
        else:
            self._cut(400, "http", msg)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        type(self).open_now -= 1
        self._stop_clock()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, while the head of the request stays below its limit."""
        if self.transport.is_closing():
            return
        if not self._reading:
            if self._late is None:
                self._start_clock()
            self._head_bytes += len(data)
            if self._head_bytes > _LONGEST_HEAD:
                self._cut(431, "too-large", "the head of the request is too large")
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Turn to the body; refuse a request by its head where that is enough."""
        given = dict(self.headers)
        length = given.get(b"content-length", b"")
        if self.parser.get_http_version() == "1.1" and b"host" not in given:
            self._refuse(400, "http", "the request names no Host")
        elif length.isdigit() and (len(length) > _LONG or int(length) > 4 * self.bounds.query_bytes):
            most = 4 * self.bounds.query_bytes
            self._refuse(413, "too-large", f"the body of the request has more than {most} bytes")
        else:
            super().on_headers_complete()
            self._reading, self._head_bytes = True, 0

    def _refuse(self, status: int, code: str, message: str) -> None:
        self._refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_clock()
            self.transport.close()  # an answer to a request before this one is on its way
        else:
            self._cut(status, code, message)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, unless the request is refused."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the clock: the request is here."""
        if self._refused:
            return
        self._reading = False
        self._stop_clock()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send a head that no body follows."""
        assert isinstance(self.transport, Joined)
        self.transport.flush()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Start the clock for a client that does not take its answer."""
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(self.bounds.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop it: everything was taken."""
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def _start_clock(self) -> None:
        self._late = self.loop.call_later(self.bounds.receive_seconds, self._too_late)

    def _stop_clock(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _too_late(self) -> None:
        self._late = None
        self._cut(408, "slow", "the request did not arrive in time")

    def _cut(self, status: int, code: str, message: str) -> None:
        """Answer in one piece and close; only close where an answer went out already."""
        body = problem(status, code, message).body
        head = (
            f"HTTP/1.1 {status} {_REASONS[status]}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nretry-after: 1\r\nconnection: close\r\n\r\n"
        )
        self._stop_clock()
        if not self.transport.is_closing():
            if not self._reading or self.cycle is None or not self.cycle.response_started:
                self.transport.write(head.encode("ascii") + body)
            self.transport.close()
