"""The clients of a service: their addresses behind a proxy, and a log line for each of their requests."""

from __future__ import annotations

import ipaddress
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection

from ..workers.operator_log import write_line

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_IPV6_CUSTOMER_BITS = 64  # of an address; a customer usually has the whole network below them


def normalised_base_url(url: str) -> str:
    """Validate the public address of a service, and append a slash.

    :raises ValueError: if the text is no web address

    >>> normalised_base_url("https://kg.example.org/egov")
    'https://kg.example.org/egov/'
    """
    parts = urlsplit(url)
    is_web_address = parts.scheme in {"http", "https"} and bool(host_name(parts.netloc))
    has_extras = bool(parts.query or parts.fragment) or any(sign in url for sign in ' <>"{}|\\^`')
    if not is_web_address or has_extras or not url.isascii():
        raise ValueError(url)
    return url.rstrip("/") + "/"


def client_address(connection: HTTPConnection, behind_proxy: bool) -> str:
    """Return the address of the client; behind a local proxy, the last one in X-Forwarded-For."""
    peer = connection.client.host if connection.client else ""
    if not behind_proxy or not is_loopback(peer):
        return peer
    forwarded = ", ".join(connection.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(forwarded))
    except ValueError:
        return peer


def share_key(address: str) -> str:
    """Return the key by which requests of a client are counted: its IPv4 address or IPv6 /64 network.

    >>> share_key("192.0.2.1"), share_key("2001:db8::1"), share_key("::ffff:192.0.2.1")
    ('192.0.2.1', '2001:db8::/64', '192.0.2.1')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), _IPV6_CUSTOMER_BITS), strict=False))


def is_loopback(address: str) -> bool:
    """Tell whether an IP address is one of this machine's own.

    >>> is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("192.0.2.1"), is_loopback("localhost")
    (True, True, False, False)
    >>> is_loopback("::ffff:127.0.0.1")  # as a socket for both versions of IP names it
    True
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback


def host_name(host: str) -> str | None:
    """Return the name in a Host header, without its port; ``None`` if it is not valid.

    >>> host_name("Localhost:8000"), host_name("[::1]:80"), host_name("a@b"), host_name("")
    ('localhost', '::1', None, '')
    """
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    is_plain = parts.netloc == host and "@" not in host and not parts.path
    return (parts.hostname or "") if is_plain else None


class BasePath:
    """An application below a path: a proxy may pass the path on, or cut it off.

    :param path: of the public address, such as `/kg`
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app, self.path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as if it were for the root."""
        path = scope.get("path", "")
        if path == self.path or path.startswith(self.path + "/"):
            scope = {**scope, "path": path.removeprefix(self.path) or "/"}
        await self.app(scope, receive, send)


class RequestLog:
    """ASGI middleware that logs a line for each request, without its query, headers or body.

    It wraps the application, because the size of a body is known only from the messages sent.
    """

    def __init__(self, app: ASGIApp, behind_proxy: bool) -> None:
        self.app, self.behind_proxy = app, behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request to the application; log it once it is answered."""
        status, size, start = 0, 0, time.monotonic()

        async def count_and_send(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, count_and_send)
        finally:
            milliseconds = (time.monotonic() - start) * 1000
            client = client_address(HTTPConnection(scope), self.behind_proxy) or "-"
            moment = datetime.now(UTC).isoformat(timespec="milliseconds")
            request = f"{scope['method']} {quote(scope['path'])}"
            write_line(f"{moment} {client} {request} {status} {milliseconds:.0f} {size}")
