"""Speaking HTTP with an endpoint: kept connections, deadlines, retries, credentials, and typed errors.

One :class:`Transport` keeps its connections open between calls. Only what can do no harm twice is tried
again: an endpoint that says it is busy (429, 503), and a connection that was refused or reset.
Whole answers only: a body that breaks off is an error, never a shorter answer.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    IncompleteRead,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    TimeoutError,  # noqa: A004  what urllib3 calls it
)

from ... import __version__
from ...errors import (
    BusyError,
    EndpointError,
    TimeLimitError,
    TooLargeError,
    TruncatedError,
    UnreachableError,
)
from .credentials import Credentials, digest, without_credentials
from .refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AGENT = f"egovkg/{__version__} (+https://w3id.org/egovkg)"
BUSY = frozenset({429, 503})
_MOVED = frozenset({301, 302, 303, 307, 308})
_MOVES = 5
_CHUNK = 1 << 16


@dataclass(frozen=True)
class RequestLimits:
    """How long to wait, how often to try, how much to take.

    :param seconds: for one answer, from sending to the last byte; retries have their own
    :param connect: seconds to reach the endpoint
    :param attempts: how often one request is sent at most
    :param patience: the longest wait, in seconds, that an endpoint may ask for by Retry-After
    :param largest: bytes of an answer, after decompression
    """

    seconds: float = 60
    connect: float = 10
    attempts: int = 4
    patience: float = 60
    largest: int = 256 << 20


@dataclass(frozen=True)
class EndpointRequest:
    """One request.

    :param url: whole, without credentials
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def place(self) -> str:
        """The address as messages show it: without the query."""
        return self.url.partition("?")[0]


@dataclass(frozen=True)
class EndpointReply:
    """A whole answer.

    :param kind: its media type without parameters, in lower case; empty when the endpoint named none
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def kind(self) -> str:
        """Its media type."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def read(self) -> bytes:
        """Give the body, as file-like answers do."""
        return self.body


class Transport:
    """Sends requests to one endpoint; safe to share between threads.

    :param url: of the endpoint; credentials in it are taken out, and go to its host alone
    :param environment: where credentials are looked up; the process's own by default
    :param pause: waits between tries; a test gives its own
    :raises EndpointError: if the address is none
    """

    def __init__(
        self,
        url: str,
        limits: RequestLimits | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = without_credentials(url)
        self.limits = limits or RequestLimits()
        self.credentials = Credentials.of(url, environment)
        self.pause = pause
        self._lock = Lock()
        self._challenge, self._count = "", 0  # of the digest scheme, and how often it was answered

    @cached_property
    def pool(self) -> urllib3.PoolManager:
        """The open connections; the system's proxy is used where there is one."""
        parts = urlsplit(self.url)
        proxy = getproxies().get(parts.scheme)
        if proxy and not proxy_bypass(parts.hostname or ""):
            return urllib3.ProxyManager(proxy, num_pools=4, maxsize=8)
        return urllib3.PoolManager(num_pools=4, maxsize=8)

    def send(self, request: EndpointRequest) -> EndpointReply:
        """Send a request and read the whole answer.

        :returns: an answer with a good status
        :raises EndpointError: one of its kinds, or :class:`QueryError` for a text that the endpoint refuses
        """
        reply = self._tried(request)
        moves = 0
        while reply.status in _MOVED and "location" in reply.headers:
            moves += 1
            request = self._moved(request, reply, moves)
            reply = self._tried(request)
        if not 200 <= reply.status < 300:
            refuse(reply.status, reply.headers, reply.body, request.place)
        return reply

    def _tried(self, request: EndpointRequest) -> EndpointReply:
        for attempt in range(1, self.limits.attempts + 1):
            last = attempt == self.limits.attempts
            try:
                reply = self._authorised(request)
            except (NewConnectionError, ProtocolError, NameResolutionError) as error:
                if last or isinstance(error, NameResolutionError):
                    raise UnreachableError(request.place, _reason(error)) from error
                self.pause(_backoff(attempt))
                continue
            if reply.status not in BUSY or last:
                return reply
            self.pause(self._wait(reply, attempt))
        raise AssertionError  # the last attempt returns or raises

    def _wait(self, reply: EndpointReply, attempt: int) -> float:
        asked = reply.headers.get("retry-after", "")
        if not asked.isdigit():
            return _backoff(attempt)
        if int(asked) > self.limits.patience:
            raise BusyError(reply.url, f"it asks to come back in {asked} s")
        return max(int(asked), 0.05)

    def _authorised(self, request: EndpointRequest) -> EndpointReply:
        """Send by the scheme that the endpoint wants: basic, or digest once it asked for that.

        Virtuoso names its scheme only to a request without credentials.
        """
        pair = self.credentials.pair(request.url)
        if pair is None:
            return self._once(request, {})
        more = self._digest(request, *pair) or self.credentials.basic(request.url)
        reply = self._once(request, more)
        if reply.status != 401:
            return reply
        if not _wants_digest(reply):
            reply = self._once(request, {})
        if not _wants_digest(reply):
            return reply
        with self._lock:
            self._challenge, self._count = reply.headers["www-authenticate"], 0
        return self._once(request, self._digest(request, *pair))

    def _digest(self, request: EndpointRequest, user: str, password: str) -> dict[str, str]:
        with self._lock:
            if not self._challenge:
                return {}
            self._count += 1
            challenge, count = self._challenge, self._count
        return {"Authorization": digest(challenge, request.method, request.url, user, password, count=count)}

    def _once(self, request: EndpointRequest, more: Mapping[str, str]) -> EndpointReply:
        limits = self.limits
        deadline = time.monotonic() + limits.seconds
        headers = {"Accept-Encoding": "gzip, deflate", **request.headers, **more, "User-Agent": AGENT}
        try:
            response = self.pool.urlopen(
                request.method,
                request.url,
                body=request.body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=limits.connect, read=limits.seconds),
            )
        except (NewConnectionError, NameResolutionError):
            raise
        except ReadTimeoutError as error:
            raise TimeLimitError(request.place, limits.seconds) from error
        except TimeoutError as error:
            raise UnreachableError(request.place, f"no connection in {limits.connect:g} s") from error
        except ProtocolError:
            raise
        except HTTPError as error:  # as of TLS, or of a proxy
            raise UnreachableError(request.place, _reason(error)) from error
        try:
            body = self._body(response, request.place, deadline)
        except BaseException:
            response.close()  # a half-read connection is of no use to the next request
            raise
        response.release_conn()
        return EndpointReply(
            response.status, {k.lower(): v for k, v in response.headers.items()}, body, request.url
        )

    def _body(self, response: urllib3.BaseHTTPResponse, url: str, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            while chunk := response.read1(_CHUNK):
                _hurry(response, deadline)
                parts.append(chunk)
                size += len(chunk)
                if size > self.limits.largest:
                    raise TooLargeError(url, f"more than {self.limits.largest} bytes")
                if time.monotonic() > deadline:
                    raise TimeLimitError(url, self.limits.seconds)
        except ReadTimeoutError as error:
            raise TimeLimitError(url, self.limits.seconds) from error
        except (IncompleteRead, ProtocolError, DecodeError) as error:
            raise TruncatedError(url, f"after {size} bytes") from error
        except HTTPError as error:
            raise UnreachableError(url, _reason(error)) from error
        if response.length_remaining not in {0, None}:
            raise TruncatedError(url, f"after {size} bytes; {response.length_remaining} are missing")
        return b"".join(parts)

    def _moved(self, request: EndpointRequest, reply: EndpointReply, moves: int) -> EndpointRequest:
        """Follow a redirect: credentials stay with the host, and never leave HTTPS."""
        try:
            target = urljoin(request.url, reply.headers["location"])
            old, new = urlsplit(request.url), urlsplit(target)
        except ValueError:
            raise EndpointError(request.place, "it redirects to no web address — check the address") from None
        if moves > _MOVES:
            raise EndpointError(request.place, f"more than {_MOVES} redirects — check the address")
        if new.scheme not in {"http", "https"} or (old.scheme, new.scheme) == ("https", "http"):
            what = f"it redirects to {new.scheme or 'nowhere'}: — give the address that it should be"
            raise EndpointError(request.place, what)
        keeps = reply.status in {307, 308} or request.method == "GET"
        is_query = "sparql-query" in request.headers.get("Content-Type", "") or (
            request.body or b""
        ).startswith(b"query=")
        if not keeps and not is_query:
            raise EndpointError(
                request.place, f"it redirects a write to {without_credentials(target)} — give that address"
            )
        return EndpointRequest(request.method, without_credentials(target), request.headers, request.body)


def _wants_digest(reply: EndpointReply) -> bool:
    return reply.status == 401 and reply.headers.get("www-authenticate", "").lower().startswith("digest")


def _hurry(response: urllib3.BaseHTTPResponse, deadline: float) -> None:
    """Let the next piece take no longer than what is left."""
    sock = getattr(response.connection, "sock", None)
    if sock is not None:
        sock.settimeout(max(deadline - time.monotonic(), 0.01))


def _backoff(attempt: int) -> float:
    return min(0.25 * 2.0 ** (attempt - 1), 8.0)


def _reason(error: BaseException) -> str:
    """Word the innermost cause in one line."""
    inner: BaseException = error
    while inner.__cause__ is not None or inner.__context__ is not None:
        inner = inner.__cause__ or inner.__context__ or inner
    said = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join(str(said).split())[:200]
