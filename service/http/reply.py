"""Sending an answer: in one piece, named by version and content, with the headers that keep it harmless."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ...files import compact_json
from ..contract.messages import JSON, Reply, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.types import Scope, Send

    from ...errors import ServiceError

Headers = tuple[tuple[bytes, bytes], ...]

SAFE: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
DATA: Headers = (
    *SAFE,
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Egovkg-Version, Retry-After"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
)
_RETRY = {429: b"1", 503: b"2"}
_TEXT = frozenset(("text/csv", "text/tab-separated-values", "text/turtle"))


def etag(version: str, *parts: str) -> str:
    """Name an answer: the version of the graph, and a hash of what was asked in which form.

    >>> etag("e416d6ab827c502e", "ASK {}", "text/csv") == etag("e416d6ab827c502e", "ASK {}", "text/csv")
    True
    """
    mark = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    return f'"{version}-{mark}"'


def matches(scope: Scope, tag: str) -> bool:
    """Tell whether the client holds the answer already."""
    if scope["method"] not in {"GET", "HEAD"}:
        return False
    given = header(scope, b"if-none-match")
    held = {one.strip().removeprefix("W/").removesuffix('-gzip"') for one in given.split(",")}
    return tag in held


def header(scope: Scope, name: bytes) -> str:
    """Give a header of the request, joined if it came several times; empty when it did not."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def send_reply(
    send: Send,
    reply: Reply,
    headers: Iterable[tuple[bytes, bytes]] = DATA,
    *,
    version: str = "",
    tag: str = "",
    vary: bytes = b"accept",
) -> None:
    """Send an answer, its length before it."""
    kind = f"{reply.kind}; charset=utf-8" if reply.kind in _TEXT else reply.kind
    sent = [(b"content-type", kind.encode()), (b"content-length", str(len(reply.body)).encode()), *headers]
    if reply.status in _RETRY:
        sent.append((b"retry-after", _RETRY[reply.status]))
    if version:
        sent.append((b"egovkg-version", version.encode()))
    keep = b"no-cache" if reply.status == 200 and tag else b"no-store"  # kept, but asked about each time
    sent += [(b"cache-control", keep), (b"vary", vary)]
    if tag:
        sent.append((b"etag", tag.encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": sent})
    await send({"type": "http.response.body", "body": reply.body})


async def send_unchanged(send: Send, tag: str, headers: Iterable[tuple[bytes, bytes]] = DATA) -> None:
    """Tell the client that what it holds is what it would get."""
    sent = [(b"etag", tag.encode()), (b"vary", b"accept"), (b"cache-control", b"no-cache"), *headers]
    await send({"type": "http.response.start", "status": 304, "headers": sent})
    await send({"type": "http.response.body", "body": b""})


async def send_see(send: Send, target: str, vary: bytes = b"accept, accept-language") -> None:
    """Send the client elsewhere (303)."""
    sent = [(b"location", target.encode("ascii")), (b"vary", vary), (b"content-length", b"0"), *DATA]
    await send({"type": "http.response.start", "status": 303, "headers": sent})
    await send({"type": "http.response.body", "body": b""})


async def send_refusal(send: Send, error: ServiceError, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Send a typed error."""
    details = {
        key: value if isinstance(value, (int, str)) else [*value] for key, value in error.details.items()
    }
    reply = problem(error.status, error.code, str(error), details)  # type: ignore[arg-type]
    await send_reply(send, reply, (*DATA, *more))


def as_json(content: Mapping[str, object]) -> Reply:
    """Write content of our own."""
    return Reply(200, JSON, compact_json(content).encode())
