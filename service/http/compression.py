"""Compression of answers for clients that accept gzip, outside the event loop."""

from __future__ import annotations

import asyncio
import gzip
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from ..contract.media_types import quality_value
from ..contract.messages import Reply
from ..contract.reply_cache import ReplyCache

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MIN_BYTES = 1_024  # below, a compressed answer saves no packet
_LEVEL = 5
_TEXT_TYPES = ("text/", "application/", "image/svg+xml")
GZIP_MARK = "-gzip"  # ends the ETag of a compressed answer


class Compression:
    """An application whose answers are compressed for clients that accept gzip.

    Compressed answers are cached by their ETag, so that one that many clients get is compressed once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.cache = ReplyCache()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and accepts_gzip(Headers(scope=scope).get("accept-encoding", "")):
            send = _CompressingSend(send, self.cache)
        await self.app(scope, receive, send)


class _CompressingSend:
    """Holds the head of an answer back until its body is there, since both change."""

    def __init__(self, send: Send, cache: ReplyCache) -> None:
        self.send, self.cache = send, cache
        self.head: Message = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.head = message
            return
        body = message.get("body", b"")
        if self._is_compressible(body) and not message.get("more_body"):
            headers = MutableHeaders(raw=self.head["headers"])
            body = await self._compressed(body, headers.get("etag", ""))
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(body))
            if "etag" in headers:
                headers["etag"] = headers["etag"].removesuffix('"') + f'{GZIP_MARK}"'
        await self.send(self.head)
        await self.send({**message, "body": body})

    async def _compressed(self, body: bytes, tag: str) -> bytes:
        cached = self.cache.get(tag) if tag else None
        if cached is not None:
            return cached.body
        compressed = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        if tag:
            self.cache.add(tag, Reply(self.head["status"], "", compressed))
        return compressed

    def _is_compressible(self, body: bytes) -> bool:
        media_type = Headers(raw=self.head["headers"]).get("content-type", "")
        return len(body) >= _MIN_BYTES and media_type.startswith(_TEXT_TYPES)


def accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether an Accept-Encoding header accepts gzip.

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip("*"), accepts_gzip("")
    (True, False, True, False)
    """
    qualities = {}
    for part in accept_encoding.lower().split(","):
        coding, _, parameter = part.partition(";")
        quality = parameter.partition("=")[2].strip()
        qualities[coding.strip()] = quality_value(quality) if quality else 1.0
    return qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0))) > 0
