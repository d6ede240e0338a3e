"""Who may read: pages of other origins only what a public service answers; others, only this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from ..contract.refusals import ServiceError
from .clients import host_name, is_loopback
from .dispatch import refusal_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..contract.settings import Settings

_SHARED_HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Egovkg-Version, Retry-After",
}


def is_shared(settings: Settings) -> bool:
    """Tell whether a service is meant for others than the users of this machine."""
    return settings.public or bool(settings.base_url) or settings.behind_proxy


class SharedReading:
    """An application of which pages of every origin may read the answers (CORS), without credentials."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_SHARED_HEADERS)
            await send(message)

        await self.app(scope, receive, send_shared)


class PrivateReading:
    """An application that only answers requests for a name of this machine.

    Otherwise a page on the Internet whose name leads to 127.0.0.1 (DNS rebinding) could read a private graph.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app, self.host = app, host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with 421."""
        request = Request(scope, receive)
        name = host_name(request.headers.get("host", ""))
        if name in {"localhost", self.host, ""} or is_loopback(name or ""):
            await self.app(scope, receive, send)
            return
        refusal = ServiceError("bad-host") if name is None else ServiceError("foreign-host", host=name)
        refused = refusal_response(request, refusal)
        await refused(scope, receive, send)
