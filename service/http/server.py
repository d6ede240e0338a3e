"""HTTP with deadlines: clients that send or read too slowly, or send too much, are disconnected.

It extends the protocol class of uvicorn, whose attributes are not public: docs/decisions/22-http-deadlines.md
gives the reasons, tests/service/test_uvicorn.py lists every attribute used, and `pyproject.toml` sets an
upper bound on the version.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING

from httptools import HttpParserUpgrade
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ...words import DEFAULT_LANGUAGE
from ..contract.messages import refusal_reply
from ..contract.refusals import RETRY_SECONDS, ServiceError
from ..contract.settings import Limits
from .connections import Connections
from .delivery import ABORT
from .head_and_body import HeadAndBodyTransport
from .languages import preferred_language
from .malformed import is_other_protocol, plain_head, reason_of_fault, refusal_of_head
from .origins import is_shared

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
    from uvicorn.server import ServerState

    from ..contract.settings import Settings

_URL_BYTES = 65_535
_FIELDS, _FIELDS_BYTES = 100, 32_768  # number and size of the header fields of a request
_HEAD_BYTES = _URL_BYTES + _FIELDS_BYTES  # of a head of which the end has not come yet
_READ_BYTES = 32_768  # read and parsed in one turn of the event loop; the system holds the rest
_CHUNKS = 4_096  # of a body, with the empty last one; the parser calls back for each, which takes long
_PIPELINED = 16  # requests of one connection that wait for the answer to another; one takes some 5 kB
_LINGER_SECONDS = 2.0  # how long a refused client may go on sending
_LINGER_BYTES = 4 << 20  # which it may send meanwhile
_WRITE_BUFFER_BYTES = 32_768  # of an answer that a client does not read, beside one piece
_PROBE_SECONDS = 0.25  # between two looks whether a client that sends no more is still there
_INTERIM_RESPONSE = b"HTTP/1.1 100 Continue\r\n\r\n"


def protocol_class(settings: Settings) -> type[HttpToolsProtocol]:
    """Return the protocol class of a service; its instances share a count of connections."""

    class LimitedProtocol(DeadlineProtocol):
        """The class that uvicorn instantiates for each connection."""

        service_limits = settings.limits
        connections_of_service = Connections(settings.limits, settings.behind_proxy)
        is_shared = is_shared(settings)

    return LimitedProtocol


class DeadlineProtocol(HttpToolsProtocol, asyncio.BufferedProtocol):
    """The protocol of one connection: that of uvicorn with a timer per direction and size limits."""

    read_buffer = memoryview(bytearray(_READ_BYTES))  # of all connections: what is read is parsed at once
    service_limits = Limits()
    connections_of_service = Connections(service_limits)
    is_shared = False

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._address = ""  # of the other side
        self._piece = b""  # of the received data, which is being parsed
        self._head_size = 0  # bytes of the head that is being received, without its first read
        self._fields_size = 0
        self._body_size = self._chunks = 0  # of the body that is being received; framing counts, as in pieces
        self._is_receiving_head = self._is_receiving_body = self._is_refused = self._is_half_closed = False
        self._plain_head = b""  # of a request that offers another protocol, without the offer
        self._unanswered: deque[RequestResponseCycle] = deque()  # in their order, the last is `cycle`
        self._discarded_size = 0  # bytes that came after a refusal
        self._refusal_at_end: ServiceError | None = None  # sent after the answers that are on their way
        self._receive_timer: asyncio.TimerHandle | None = None
        self._send_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, and start the timer for its first request."""
        assert isinstance(transport, asyncio.Transport)
        transport.set_write_buffer_limits(high=_WRITE_BUFFER_BYTES)
        super().connection_made(HeadAndBodyTransport(transport))  # type: ignore[arg-type]  # same methods
        self._address = self.client[0] if self.client else ""
        reason = self.connections_of_service.enter(self, self._address)
        if reason:
            self._send_refusal(ServiceError(reason, limit=self.service_limits.client_connections))
            self.transport.close()
            return
        self._start_receive_timer()

    @property
    def is_between_requests(self) -> bool:
        """Whether no request of the connection is being answered."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def waits_for_client(self) -> bool:
        """Whether the connection has no complete request: nothing is worked on."""
        is_incomplete = self._is_receiving_body and not self.pipeline
        return is_incomplete or self.is_between_requests

    def close_waiting(self) -> None:
        """Close the connection, which has no complete request, to make room for another."""
        self._stop_receive_timer()
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Refuse data that the parser does not understand, or an address too long for it."""
        is_url_too_long = len(self.url or b"") > _URL_BYTES
        reason = "address-too-long" if is_url_too_long else reason_of_fault(sys.exc_info()[1], self._piece)
        self._refuse_request(ServiceError(reason))

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers, and the work on every request."""
        self.connections_of_service.leave(self, self._address)
        self._stop_receive_timer()
        self._abandon_requests()
        self.resume_writing()
        super().connection_lost(exc)

    def _abandon_requests(self) -> None:
        """Tell the application that nobody waits for its answers; the base class only tells the last one."""
        for cycle in self._unanswered:
            cycle.disconnected, cycle.waiting_for_100_continue = True, False
            cycle.message_event.set()

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio asks for the value
        """Answer the requests of a client that sends no more; without one, close the connection.

        A client that has left looks the same: it is tried with interim responses until the answer begins.
        """
        self._stop_receive_timer()
        if self._is_receiving_body or self.is_between_requests:
            return False
        self._is_half_closed = True
        self._probe()
        return True

    def _probe(self) -> None:
        is_waiting = not self.is_between_requests and not self.cycle.response_started
        if is_waiting and not self.transport.is_closing():
            if self.cycle.scope["http_version"] == "1.1":
                self.transport.write(_INTERIM_RESPONSE)
            self.loop.call_later(_PROBE_SECONDS, self._probe)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where the transport puts what it reads."""
        return self.read_buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take what the transport has read."""
        self.data_received(bytes(self.read_buffer[:nbytes]))

    def data_received(self, data: bytes) -> None:
        """Parse received data, as long as the request stays within its limits."""
        if self._is_refused:
            self._discard(data)
        if self.transport.is_closing() or self._is_refused:
            return
        if not self._is_receiving_body and self._receive_timer is None:
            self._start_receive_timer()
        self._parse(data)

    def _discard(self, data: bytes) -> None:
        self._discarded_size += len(data)
        if self._discarded_size > _LINGER_BYTES:
            self.transport.abort()

    def _parse(self, data: bytes) -> None:
        """Parse a piece; if it lies within a head or a body, count it."""
        is_inside_head, self._piece = self._is_receiving_head, data
        body_of = self._is_receiving_body and self.cycle
        super().data_received(data)
        self._piece = b""
        if self._is_receiving_head and is_inside_head:
            self._head_size += len(data)
            if self._head_size > _HEAD_BYTES:
                self._refuse_request(ServiceError("head-too-large"))
        if self._is_receiving_body and body_of is self.cycle:
            self._body_size += len(data)
            if self._body_size > self.service_limits.body_bytes:
                self._refuse_request(ServiceError("body-too-large", limit=self.service_limits.body_bytes))

    def on_message_begin(self) -> None:
        """Start to count a head."""
        self._is_receiving_head, self._head_size, self._fields_size = True, 0, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Receive a header field, unless the head is beyond a limit; then the request is refused at once."""
        if self._is_refused:
            return
        self._fields_size += len(name) + len(value)
        super().on_header(name, value)
        if len(self.headers) > _FIELDS or self._fields_size > _FIELDS_BYTES:
            self._refuse_request(ServiceError("head-too-large"))

    def on_headers_complete(self) -> None:
        """Refuse a request whose head already violates a limit; otherwise receive the body."""
        self._is_receiving_head = False
        if self._is_refused:
            return
        refusal = self._refusal_of_head()
        if refusal is not None:
            self._refuse_request(refusal)
            return
        if self.parser.should_upgrade():
            self._plain_head = plain_head(self.parser, self.url, self.headers)
            return
        self._resolve_target()
        self.scope["extensions"] = {ABORT: {"now": self.transport.abort}}
        self.expect_100_continue &= self.parser.get_http_version() == "1.1"
        super().on_headers_complete()
        self._unanswered.append(self.cycle)
        self._is_receiving_body, self._body_size, self._chunks = True, 0, 0
        if self.pipeline:  # the body is not read before the answer to another request
            self._stop_receive_timer()

    def _unsupported_upgrade_warning(self) -> None:
        """Parse a request that offers another protocol again, without the offer, and what follows.

        The parser would skip its body: clients that offer HTTP/2 with every request would lose their queries.
        """
        error = sys.exc_info()[1]
        head, self._plain_head = self._plain_head, b""
        if head and isinstance(error, HttpParserUpgrade):
            self._parse(head + self._piece[error.args[0] :])

    def _resolve_target(self) -> None:
        """Reduce a target in absolute form to its path; its host counts, not the field (RFC 9112, 3.2.2)."""
        _, separator, rest = self.url.partition(b"://")
        if self.url.startswith(b"/") or not separator:
            return
        authority = re.split(rb"[/?#]", rest, maxsplit=1)[0]
        path = rest[len(authority) :]
        is_whole_service = not path and self.parser.get_method() == b"OPTIONS"
        self.url = b"*" if is_whole_service else path if path.startswith(b"/") else b"/" + path
        self.headers[:] = [*(field for field in self.headers if field[0] != b"host"), (b"host", authority)]

    def _refusal_of_head(self) -> ServiceError | None:
        """Return why a request cannot be answered, as its head shows."""
        if len(self.pipeline) >= _PIPELINED:
            return ServiceError("pipelined", limit=_PIPELINED)
        if is_other_protocol(self.parser, self.url, self._piece):
            return ServiceError("http-version")
        return refusal_of_head(self.parser, self.headers, self.service_limits.body_bytes)

    def _refuse_request(self, refusal: ServiceError) -> None:
        """Refuse a request, after the answers to those before it; of several reasons the first counts."""
        if self._is_refused:
            return
        self._is_refused = True
        if self._is_receiving_body and self.pipeline:  # its answer would be the next but one
            self.pipeline.popleft()
            self._unanswered.pop()
            self.cycle, self._is_receiving_body = self._unanswered[-1], False
        if self.is_between_requests or self._is_receiving_body:
            self._refuse_and_close(refusal)
        else:
            self._stop_receive_timer()
            self._refusal_at_end = refusal

    def on_chunk_header(self) -> None:
        """Count the chunks of a body."""
        self._chunks += 1
        if self._chunks > _CHUNKS and not self._is_refused:
            self._refuse_request(ServiceError("too-many-chunks", limit=_CHUNKS))

    def on_body(self, body: bytes) -> None:
        """Receive a part of the body, unless the request has been refused."""
        if not self._is_refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the timer, because the request is complete."""
        if self._is_refused or self._plain_head:
            return
        self._is_receiving_body = False
        self._stop_receive_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send the held head of a response without body."""
        assert isinstance(self.transport, HeadAndBodyTransport)
        self.transport.flush()
        self._unanswered.popleft()
        super().on_response_complete()
        if self._is_receiving_body and self._receive_timer is None:
            self._start_receive_timer()  # what was held back comes now
        if not self.is_between_requests:  # a pipelined request is still to be answered
            return
        if self._refusal_at_end is not None:
            self._refuse_and_close(self._refusal_at_end)
        elif self._is_half_closed:
            self.transport.close()

    def pause_writing(self) -> None:
        """Start the timer for a client that does not read its response."""
        super().pause_writing()
        if self._send_timer is None:
            self._send_timer = self.loop.call_later(self.service_limits.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the timer, because the client reads again."""
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None
        super().resume_writing()

    def _start_receive_timer(self) -> None:
        self._receive_timer = self.loop.call_later(self.service_limits.receive_seconds, self._time_out)

    def _stop_receive_timer(self) -> None:
        if self._receive_timer is not None:
            self._receive_timer.cancel()
            self._receive_timer = None

    def _time_out(self) -> None:
        self._receive_timer = None
        self._refuse_request(ServiceError("request-timeout"))

    def _refuse_and_close(self, refusal: ServiceError) -> None:
        """Send a refusal and close; after a response to the same request, only close.

        The client may go on sending for a while: a connection that is closed with unread data is reset, and
        the client may lose the answer (RFC 9112, 9.6). What it sends is counted, and not parsed.
        """
        self._stop_receive_timer()
        if self.transport.is_closing():
            return
        is_begun = self._is_receiving_body and self.cycle.response_started
        if is_begun and not self.cycle.response_complete:
            self.transport.close()
            return
        self._is_refused = True
        self._abandon_requests()
        if not is_begun:
            self._send_refusal(refusal)
        self.transport.resume_reading()
        self.transport.write_eof()
        self.loop.call_later(0 if self._is_half_closed else _LINGER_SECONDS, self.transport.close)

    def _send_refusal(self, refusal: ServiceError) -> None:
        self.transport.write(_refusal_bytes(refusal, self._message_language(), self.is_shared))

    def _message_language(self) -> str:
        """Choose the language from the part of the request head received so far."""
        accept_language = dict(self.headers or []).get(b"accept-language")
        return preferred_language(accept_language.decode("latin-1")) if accept_language else DEFAULT_LANGUAGE


def _refusal_bytes(refusal: ServiceError, lang: str, is_shared: bool) -> bytes:
    """Return a complete HTTP response that refuses a request and closes the connection."""
    reply = refusal_reply(refusal, lang)
    retry = f"retry-after: {RETRY_SECONDS[reply.status]}\r\n" if reply.status in RETRY_SECONDS else ""
    origins = "access-control-allow-origin: *\r\n" if is_shared else ""
    head = (
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\ncontent-type: {reply.media_type}\r\n"
        f"content-length: {len(reply.body)}\r\n"
        f"{retry}{origins}x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + reply.body
