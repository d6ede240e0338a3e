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
from ..contract.refusals import ServiceError
from ..contract.settings import Limits
from .connections import Connections
from .delivery import ABORT
from .head_and_body import HeadAndBodyTransport
from .languages import preferred_language
from .malformed import VERSIONS, plain_head, reason_of_fault
from .origins import is_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from uvicorn.config import Config
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
    from uvicorn.server import ServerState

    from ..contract.settings import Settings

_URL_BYTES = 65_535
_FIELDS, _FIELD_BYTES = 100, 8_192  # header fields of a request
_FIELDS_BYTES = 32_768  # of all of them
_HEAD_BYTES = _URL_BYTES + _FIELDS_BYTES  # of a head of which the end has not come yet
_PARSED_AT_ONCE = 32_768  # of what was received; a refused request is parsed no further
_PIPELINED = 16  # requests of one connection that wait for the answer to another; one takes some 5 kB
_PARSED_BYTES = 4_096  # of a field that is parsed in the event loop
_PARSED_FIELDS = frozenset((b"accept", b"accept-language", b"accept-encoding", b"if-none-match"))
_LENGTH_DIGITS = 20  # a longer number is too large, and costs time to read
_LINGER_SECONDS, _LINGER_BYTES = (
    2.0,
    4 << 20,
)  # what a refused client may still send until the connection closes
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


class DeadlineProtocol(HttpToolsProtocol):
    """The protocol of one connection: that of uvicorn with a timer per direction and size limits."""

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

    def data_received(self, data: bytes) -> None:
        """Parse received data piece by piece, as long as the head of the request stays within its limit."""
        if self._is_refused:
            self._discard(data)
        if self.transport.is_closing() or self._is_refused:
            return
        if not self._is_receiving_body and self._receive_timer is None:
            self._start_receive_timer()
        for start in range(0, len(data), _PARSED_AT_ONCE):
            if self.transport.is_closing() or self._is_refused:
                return  # the rest is not worth the time of the event loop
            self._parse(data[start : start + _PARSED_AT_ONCE])

    def _discard(self, data: bytes) -> None:
        self._discarded_size += len(data)
        if self._discarded_size > _LINGER_BYTES:
            self.transport.abort()

    def _parse(self, data: bytes) -> None:
        was_receiving_head, self._piece = self._is_receiving_head, data
        super().data_received(data)
        if self._is_receiving_head and was_receiving_head:
            self._head_size += len(data)
            if self._head_size > _HEAD_BYTES:
                self._refuse_request(ServiceError("head-too-large"))

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
        self._is_receiving_body = True
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
        if self.parser.get_http_version() not in VERSIONS:
            return ServiceError("http-version")
        if self.parser.get_method() == b"CONNECT":
            return ServiceError("method-unknown")
        fields = _joined_fields(self.headers)
        if any(len(name) + len(value) > _longest_field(name) for name, value in fields.items()):
            return ServiceError("head-too-large")
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) != 1 and (hosts or self.parser.get_http_version() == "1.1"):
            return ServiceError("host-twice" if hosts else "host-missing")
        return self._refusal_of_body(fields)

    def _refusal_of_body(self, fields: Mapping[bytes, bytes]) -> ServiceError | None:
        if fields.get(b"transfer-encoding", b"chunked").strip().lower() != b"chunked":
            return ServiceError("transfer-encoding")
        if fields.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            return ServiceError("content-encoding")
        if self._is_too_long(fields.get(b"content-length", b"")):
            return ServiceError("body-too-large", limit=self.service_limits.body_bytes)
        return None

    def _is_too_long(self, length: bytes) -> bool:
        if not length.isdigit():
            return False
        return len(length) > _LENGTH_DIGITS or int(length) > self.service_limits.body_bytes

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
        """Send a refusal and close; if a response has begun already, only close.

        The client may go on sending for a while: a connection that is closed with unread data is reset, and
        the client may lose the refusal (RFC 9112, 9.6).
        """
        self._stop_receive_timer()
        if self.transport.is_closing():
            return
        if self._is_receiving_body and self.cycle is not None and self.cycle.response_started:
            self.transport.close()
            return
        self._is_refused = True
        self._abandon_requests()
        self._send_refusal(refusal)
        self.transport.write_eof()
        self.loop.call_later(0 if self._is_half_closed else _LINGER_SECONDS, self.transport.close)

    def _send_refusal(self, refusal: ServiceError) -> None:
        self.transport.write(_refusal_bytes(refusal, self._message_language(), self.is_shared))

    def _message_language(self) -> str:
        """Choose the language from the part of the request head received so far."""
        accept_language = dict(self.headers or []).get(b"accept-language")
        return preferred_language(accept_language.decode("latin-1")) if accept_language else DEFAULT_LANGUAGE


def _joined_fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return header fields by name; the values of one that occurs repeatedly are joined by commas."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields[name] = fields[name] + b", " + value if name in fields else value
    return fields


def _longest_field(name: bytes) -> int:
    return _PARSED_BYTES if name in _PARSED_FIELDS else _FIELD_BYTES


def _refusal_bytes(refusal: ServiceError, lang: str, is_shared: bool) -> bytes:
    """Return a complete HTTP response that refuses a request and closes the connection."""
    reply = refusal_reply(refusal, lang)
    origins = "access-control-allow-origin: *\r\n" if is_shared else ""
    head = (
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\ncontent-type: {reply.media_type}\r\n"
        f"content-length: {len(reply.body)}\r\nretry-after: 1\r\n"
        f"{origins}x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + reply.body
