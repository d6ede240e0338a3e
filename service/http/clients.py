"""A service on the internet: whose request it is behind a proxy, and a line about each."""

from __future__ import annotations

import ipaddress
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from .reply import header

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOUSEHOLD = 64  # bits of an IPv6 address that one customer has as a rule


def base_of(url: str) -> str:
    """Check the address that a service is known by, and end it with a slash.

    :raises ValueError: for what is no address of the web

    >>> base_of("https://kg.example.org/egov")
    'https://kg.example.org/egov/'
    """
    parts = urlsplit(url)
    wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment
    if wrong or not url.isascii() or any(letter in url for letter in ' <>"{}|\\^`'):
        raise ValueError("write it whole: https://host/")
    return url.rstrip("/") + "/"


def address_of_client(scope: Scope, behind_proxy: bool) -> str:
    """Tell who asks; behind a proxy on this machine the last address that it names, which it wrote itself."""
    peer = str(scope["client"][0]) if scope.get("client") else ""
    named = header(scope, b"x-forwarded-for").rpartition(",")[2].strip()
    if not behind_proxy or not _is_loopback(peer):
        return peer
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return peer


def share_of(address: str) -> str:
    """Tell what a share is counted by: an IPv4 address, or the network of an IPv6 address.

    >>> share_of("192.0.2.1"), share_of("2001:db8::1"), share_of("::ffff:192.0.2.1")
    ('192.0.2.1', '2001:db8::/64', '192.0.2.1')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _HOUSEHOLD), strict=False))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class Logged:
    """An application that writes a line about each request: no query, no name, no body of it."""

    def __init__(self, app: ASGIApp, behind_proxy: bool) -> None:
        self.app, self.behind_proxy = app, behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; when its answer is out, write the line."""
        status, size, start = 0, 0, time.monotonic()

        async def noted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            when = datetime.now(UTC).isoformat(timespec="milliseconds")
            client, took = address_of_client(scope, self.behind_proxy) or "-", time.monotonic() - start
            line = (
                f"{when} {client} {scope['method']} {quote(scope['path'])} {status} {took * 1000:.0f} {size}"
            )
            print(line, file=sys.stderr, flush=True)
