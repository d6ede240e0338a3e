"""Delivery of answers: large bodies go out piece by piece, as fast as clients read them, within a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from ..contract.refusals import ServiceError
from .clients import client_address, share_key
from .dispatch import refusal_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..contract.settings import Limits, Settings

ABORT = "egovkg.abort"  # extension of the ASGI scope: `now` ends the connection at once
PIECE_BYTES = 65_536  # a connection holds about this much of an answer that its client does not read


@dataclass(eq=False, frozen=True)
class Sending:
    """A large body on its way to a client.

    :param abort: ends the connection
    """

    client: str
    body: bytes
    abort: Callable[[], None]


class UnsentBodies:
    """The large bodies on their way; one that several connections of a client receive counts once for it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._sendings: list[Sending] = []  # in the order of their start

    def size(self, client: str = "", *, new: bytes = b"") -> int:
        """Return the number of bytes held for a client, or for all.

        :param new: a body to count in addition, unless it is held already
        """
        bodies = [sent.body for sent in self._sendings if client in ("", sent.client)]
        return sum({id(body): len(body) for body in (*bodies, new)}.values())

    def add(self, sending: Sending) -> None:
        """Count a body that is about to be sent.

        :raises ServiceError: 503 if too much is being sent already to this client, or to others that hold
            no more than this one
        """
        own_size = self.size(sending.client, new=sending.body)
        if own_size > max(self.limits.client_unsent_bytes, len(sending.body)):
            raise ServiceError("answers-unread")
        while self.size(new=sending.body) > self.limits.unsent_bytes:
            self._cut_largest(own_size)
        self._sendings.append(sending)

    def remove(self, sending: Sending) -> None:
        """Count a body no more."""
        if sending in self._sendings:
            self._sendings.remove(sending)

    def _cut_largest(self, size: int) -> None:
        """End the oldest sending of the client that holds most, if that holds more than a size."""
        clients = {sent.client for sent in self._sendings}
        largest = max(clients, key=lambda client: (self.size(client), client), default="")
        if self.size(largest) <= size:
            raise ServiceError("answers-unread")
        oldest = next(sent for sent in self._sendings if sent.client == largest)
        self.remove(oldest)
        oldest.abort()


class Delivery:
    """An application whose large answers are held within a limit, for each client and in all."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.unsent = UnsentBodies(settings.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["method"] != "HEAD":
            send = _PacedSend(self, Request(scope, receive), send)
        await self.app(scope, receive, send)

    def sending(self, request: Request, body: bytes) -> Sending:
        """Describe a body on its way to the client of a request."""
        client = share_key(client_address(request, self.settings.behind_proxy))
        abort = request.scope.get("extensions", {}).get(ABORT, {}).get("now", lambda: None)
        return Sending(client, body, abort)


class _PacedSend:
    """Holds the head of an answer back until its body is there, then sends the body in pieces."""

    def __init__(self, delivery: Delivery, request: Request, send: Send) -> None:
        self.delivery, self.request, self.send = delivery, request, send
        self.head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.head = message
        elif len(message.get("body", b"")) <= PIECE_BYTES:
            await self._send_head()
            await self.send(message)
        else:
            await self._send_large(message)

    async def _send_large(self, message: Message) -> None:
        sending = self.delivery.sending(self.request, message["body"])
        try:
            self.delivery.unsent.add(sending)
        except ServiceError as refusal:
            refused = refusal_response(self.request, refusal)
            await refused(self.request.scope, self.request.receive, self.send)
            return
        try:
            await self._send_head()
            await self._send_pieces(message)
        finally:
            self.delivery.unsent.remove(sending)

    async def _send_head(self) -> None:
        if self.head is not None:
            await self.send(self.head)
            self.head = None

    async def _send_pieces(self, message: Message) -> None:
        body = message["body"]
        last = (len(body) - 1) // PIECE_BYTES * PIECE_BYTES
        for start in range(0, len(body), PIECE_BYTES):
            more_body = start < last or message.get("more_body", False)
            await self.send({**message, "body": body[start : start + PIECE_BYTES], "more_body": more_body})
