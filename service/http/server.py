"""HTTP with deadlines: clients that send or read too slowly, or send too much, are disconnected.

It extends the protocol class of uvicorn, whose attributes are not public: docs/decisions/22-http-deadlines.md
gives the reasons, tests/service/test_uvicorn.py lists every attribute used, and `pyproject.toml` sets an
upper bound on the version.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ...words import DEFAULT_LANGUAGE
from ..contract.messages import refusal_reply
from ..contract.refusals import ServiceError
from ..contract.settings import Limits
from .head_and_body import HeadAndBodyTransport
from .languages import preferred_language

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.server import ServerState

_URL_BYTES = 65_535
_HEAD_BYTES = 4 * _URL_BYTES
_LENGTH_DIGITS = 20  # a longer number is too large, and costs time to read


def protocol_class(limits: Limits) -> type[HttpToolsProtocol]:
    """Return the protocol class of a service with limits; its instances share a count of connections."""

    class LimitedProtocol(DeadlineProtocol):
        """The class that uvicorn instantiates for each connection."""

        limits_of_service = limits
        open_connections = 0

    return LimitedProtocol


class DeadlineProtocol(HttpToolsProtocol):
    """The protocol of one connection: that of uvicorn with a timer per direction and size limits."""

    limits_of_service = Limits()
    open_connections = 0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_size = 0  # bytes of the head that is being received
        self._is_receiving_body = self._is_refused = False
        self._receive_timer: asyncio.TimerHandle | None = None
        self._send_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, and start the timer for its first request."""
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(HeadAndBodyTransport(transport))  # type: ignore[arg-type]  # same methods
        cls = type(self)
        cls.open_connections += 1
        if cls.open_connections > self.limits_of_service.connections:
            self._refuse_and_close(ServiceError("connections"))
            return
        self._start_receive_timer()

    def send_400_response(self, msg: str) -> None:
        """Refuse data that is not HTTP, or an address too long for the parser."""
        is_url_too_long = len(self.url or b"") > _URL_BYTES
        self._refuse_and_close(ServiceError("address-too-long" if is_url_too_long else "not-http"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        type(self).open_connections -= 1
        self._stop_receive_timer()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse received data, as long as the head of the request stays within its limit."""
        if self.transport.is_closing():
            return
        if not self._is_receiving_body:
            if self._receive_timer is None:
                self._start_receive_timer()
            self._head_size += len(data)
            if self._head_size > _HEAD_BYTES:
                self._refuse_and_close(ServiceError("head-too-large"))
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Refuse a request whose head already violates a limit; otherwise receive the body."""
        headers = dict(self.headers)
        length = headers.get(b"content-length", b"")
        if self.parser.get_http_version() == "1.1" and b"host" not in headers:
            self._refuse_request(ServiceError("host-missing"))
        elif self._is_too_long(length):
            self._refuse_request(ServiceError("body-too-large", limit=self.limits_of_service.body_bytes))
        else:
            super().on_headers_complete()
            self._is_receiving_body, self._head_size = True, 0

    def _is_too_long(self, length: bytes) -> bool:
        if not length.isdigit():
            return False
        return len(length) > _LENGTH_DIGITS or int(length) > self.limits_of_service.body_bytes

    def _refuse_request(self, refusal: ServiceError) -> None:
        self._is_refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_receive_timer()
            self.transport.close()  # the response to a request before this one is being sent
        else:
            self._refuse_and_close(refusal)

    def on_body(self, body: bytes) -> None:
        """Receive a part of the body, unless the request has been refused."""
        if not self._is_refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the timer, because the request is complete."""
        if self._is_refused:
            return
        self._is_receiving_body = False
        self._stop_receive_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send the held head of a response without body."""
        assert isinstance(self.transport, HeadAndBodyTransport)
        self.transport.flush()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Start the timer for a client that does not read its response."""
        super().pause_writing()
        if self._send_timer is None:
            self._send_timer = self.loop.call_later(self.limits_of_service.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the timer, because the client reads again."""
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None
        super().resume_writing()

    def _start_receive_timer(self) -> None:
        self._receive_timer = self.loop.call_later(self.limits_of_service.receive_seconds, self._time_out)

    def _stop_receive_timer(self) -> None:
        if self._receive_timer is not None:
            self._receive_timer.cancel()
            self._receive_timer = None

    def _time_out(self) -> None:
        self._receive_timer = None
        self._refuse_and_close(ServiceError("request-timeout"))

    def _refuse_and_close(self, refusal: ServiceError) -> None:
        """Send a refusal and close; if a response has begun already, only close."""
        self._stop_receive_timer()
        if self.transport.is_closing():
            return
        if not self._is_receiving_body or self.cycle is None or not self.cycle.response_started:
            self.transport.write(_refusal_bytes(refusal, self._message_language()))
        self.transport.close()

    def _message_language(self) -> str:
        """Choose the language from the part of the request head received so far."""
        accept_language = dict(self.headers or []).get(b"accept-language")
        return preferred_language(accept_language.decode("latin-1")) if accept_language else DEFAULT_LANGUAGE


def _refusal_bytes(refusal: ServiceError, lang: str) -> bytes:
    """Return a complete HTTP response that refuses a request and closes the connection."""
    reply = refusal_reply(refusal, lang)
    head = (
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\ncontent-type: {reply.media_type}\r\n"
        f"content-length: {len(reply.body)}\r\nretry-after: 1\r\n"
        "access-control-allow-origin: *\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + reply.body
