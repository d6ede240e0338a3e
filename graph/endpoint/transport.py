"""HTTP client of an endpoint: persistent connections, deadlines, retries, credentials, and typed errors.

A :class:`Transport` keeps its connections open between requests. It retries only if the endpoint is busy
(429, 503), or the connection is refused or reset. An incomplete body is an error and never treated as a
shorter answer.
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
from ...files import system_reason
from ...words import Message, message
from .credentials import Credentials, digest, without_credentials
from .deadlines import with_deadlines
from .refusals import raise_for_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .credentials import UserPassword

AGENT = f"egovkg/{__version__} (+https://w3id.org/egovkg)"
BUSY = frozenset({429, 503})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_CHUNK = 1 << 16


@dataclass(frozen=True)
class RequestLimits:
    """The limits of one request.

    :param seconds: time for one response, from sending to the last byte; each retry starts anew
    :param connect: time to open a connection, in seconds
    :param attempts: the largest number of times that a request is sent
    :param patience: the longest wait in seconds that is accepted from a Retry-After header
    :param largest: size of an answer in bytes, after decompression
    """

    seconds: float = 60
    connect: float = 10
    attempts: int = 4
    patience: float = 60
    largest: int = 256 << 20


@dataclass(frozen=True)
class EndpointRequest:
    """An HTTP request to an endpoint.

    :param url: address including the query, without credentials
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def address(self) -> str:
        """The address without the query, for messages."""
        return self.url.partition("?")[0]


@dataclass(frozen=True)
class EndpointReply:
    """A complete answer from an endpoint.

    :param headers: headers by name in lower case
    :param url: the address without the query, for messages
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def kind(self) -> str:
        """The media type in lower case without parameters; empty if the endpoint names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Transport:
    """Sends requests to one endpoint; can be shared between threads.

    :param url: address of the endpoint; credentials in it are removed, and sent only to its host
    :param environment: environment variables that may contain credentials; by default those of the process
    :param pause: function that waits a number of seconds between attempts
    :raises EndpointError: if the address is no web address
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
        """The open connections, through the system's proxy if one is set."""
        parts = urlsplit(self.url)
        proxy = getproxies().get(parts.scheme)
        if proxy and not proxy_bypass(parts.hostname or ""):
            return with_deadlines(urllib3.ProxyManager(proxy, num_pools=4, maxsize=8))
        return with_deadlines(urllib3.PoolManager(num_pools=4, maxsize=8))

    def send(self, request: EndpointRequest) -> EndpointReply:
        """Send a request, follow redirects, and read the complete answer.

        :returns: an answer with a status of 200 to 299
        :raises EndpointError: a subclass for the cause
        :raises QueryError: if the endpoint rejects the query
        """
        reply = self.exchange(request)
        redirects = 0
        while reply.status in _REDIRECTS and "location" in reply.headers:
            redirects += 1
            request = _redirected(request, reply, redirects)
            reply = self.exchange(request)
        if not 200 <= reply.status < 300:
            raise_for_status(reply.status, reply.headers, reply.body, request.address)
        return reply

    def exchange(self, request: EndpointRequest) -> EndpointReply:
        """Send a request, and read the complete answer, whatever its status; redirects are not followed.

        :raises EndpointError: if there is no complete answer
        """
        for attempt in range(1, self.limits.attempts + 1):
            is_last = attempt == self.limits.attempts
            try:
                reply = self._send_authorised(request)
            except (NewConnectionError, ProtocolError, NameResolutionError) as error:
                if is_last or isinstance(error, NameResolutionError):
                    raise UnreachableError(request.address, _reason(error)) from error
                self.pause(_backoff(attempt))
                continue
            if reply.status not in BUSY or is_last:
                return reply
            self.pause(self._wait(reply, attempt))
        raise AssertionError  # the last attempt returns or raises

    def _wait(self, reply: EndpointReply, attempt: int) -> float:
        """Return the seconds until the next attempt: as in Retry-After, else increasing."""
        requested = reply.headers.get("retry-after", "")
        if not requested.isdigit():
            return _backoff(attempt)
        if int(requested) > self.limits.patience:
            raise BusyError(reply.url, message(__package__, "retry_after", seconds=requested))
        return max(int(requested), 0.05)

    def _send_authorised(self, request: EndpointRequest) -> EndpointReply:
        """Send with credentials: by the basic scheme, or by digest once the endpoint required that.

        Virtuoso names its scheme only to a request without credentials.
        """
        user_password = self.credentials.user_password_for(request.url)
        if user_password is None:
            return self._send_once(request, {})
        authorisation = self._digest(request, user_password) or self.credentials.basic(request.url)
        reply = self._send_once(request, authorisation)
        if reply.status != 401:
            return reply
        if not _requires_digest(reply):
            reply = self._send_once(request, {})
        if not _requires_digest(reply):
            return reply
        with self._lock:
            self._challenge, self._count = reply.headers["www-authenticate"], 0
        return self._send_once(request, self._digest(request, user_password))

    def _digest(self, request: EndpointRequest, user_password: UserPassword) -> dict[str, str]:
        with self._lock:
            if not self._challenge:
                return {}
            self._count += 1
            challenge, count = self._challenge, self._count
        target = (request.method, request.url)
        return {"Authorization": digest(challenge, target, user_password, count=count)}

    def _send_once(self, request: EndpointRequest, authorisation: Mapping[str, str]) -> EndpointReply:
        deadline = time.monotonic() + self.limits.seconds
        response = self._open(request, authorisation)
        try:
            body = self._body(response, request.address, deadline)
        except BaseException:
            response.close()  # a half-read connection is of no use to the next request
            raise
        response.release_conn()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return EndpointReply(response.status, headers, body, request.address)

    def _open(self, request: EndpointRequest, authorisation: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        """Send a request and read status and headers.

        :raises NewConnectionError, NameResolutionError, ProtocolError: for the caller to retry
        """
        limits = self.limits
        encodings = {"Accept-Encoding": "gzip, deflate"}
        try:
            return self.pool.urlopen(
                request.method,
                request.url,
                body=request.body,
                headers={**encodings, **request.headers, **authorisation, "User-Agent": AGENT},
                retries=False,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=limits.connect, read=limits.seconds),
            )
        except (NewConnectionError, NameResolutionError, ProtocolError):
            raise
        except ReadTimeoutError as error:
            raise TimeLimitError(request.address, limits.seconds) from error
        except TimeoutError as error:
            reason = message(__package__, "no_connection", seconds=limits.connect)
            raise UnreachableError(request.address, reason) from error
        except HTTPError as error:  # as of TLS, or of a proxy
            raise UnreachableError(request.address, _reason(error)) from error

    def _body(self, response: urllib3.BaseHTTPResponse, url: str, deadline: float) -> bytes:
        """Read the complete body within the limits of time and size."""
        body = bytearray()
        try:
            while chunk := response.read1(_CHUNK):
                _limit_read(response, deadline)
                body += chunk
                self._check_limits(url, len(body), deadline)
        except ReadTimeoutError as error:
            raise TimeLimitError(url, self.limits.seconds) from error
        except (IncompleteRead, ProtocolError, DecodeError) as error:
            raise TruncatedError(url, message(__package__, "after_bytes", bytes=len(body))) from error
        except HTTPError as error:
            raise UnreachableError(url, _reason(error)) from error
        if missing := response.length_remaining:
            reason = message(__package__, "missing_bytes", bytes=len(body), missing=missing)
            raise TruncatedError(url, reason)
        return bytes(body)

    def _check_limits(self, url: str, size: int, deadline: float) -> None:
        if size > self.limits.largest:
            raise TooLargeError(url, message(__package__, "more_bytes", limit=self.limits.largest))
        if time.monotonic() > deadline:
            raise TimeLimitError(url, self.limits.seconds)


def _redirected(request: EndpointRequest, reply: EndpointReply, redirects: int) -> EndpointRequest:
    """Build the request that follows a redirect; never from HTTPS to HTTP, and no write to another host."""
    try:
        target = urljoin(request.url, reply.headers["location"])
        old_scheme, new_scheme = urlsplit(request.url).scheme, urlsplit(target).scheme
    except ValueError:
        raise EndpointError(request.address, message(__package__, "redirect_nowhere")) from None
    if redirects > _MAX_REDIRECTS:
        raise EndpointError(request.address, message(__package__, "many_redirects", limit=_MAX_REDIRECTS))
    if new_scheme not in {"http", "https"} or (old_scheme, new_scheme) == ("https", "http"):
        raise EndpointError(request.address, message(__package__, "redirect_scheme", scheme=new_scheme))
    keeps_method = reply.status in {307, 308} or request.method == "GET"
    if not keeps_method and not _is_query(request):
        reason = message(__package__, "redirected_write", url=without_credentials(target))
        raise EndpointError(request.address, reason)
    return EndpointRequest(request.method, without_credentials(target), request.headers, request.body)


def _is_query(request: EndpointRequest) -> bool:
    is_direct = "sparql-query" in request.headers.get("Content-Type", "")
    return is_direct or (request.body or b"").startswith(b"query=")


def _requires_digest(reply: EndpointReply) -> bool:
    return reply.status == 401 and reply.headers.get("www-authenticate", "").lower().startswith("digest")


def _limit_read(response: urllib3.BaseHTTPResponse, deadline: float) -> None:
    """Set the socket's timeout to the time that remains until the deadline."""
    sock = getattr(response.connection, "sock", None)
    if sock is not None:
        sock.settimeout(max(deadline - time.monotonic(), 0.01))


def _backoff(attempt: int) -> float:
    return min(0.25 * 2.0 ** (attempt - 1), 8.0)


def _reason(error: BaseException) -> Message | str:
    """Describe the innermost cause of an error in one line."""
    inner: BaseException = error
    while inner.__cause__ is not None or inner.__context__ is not None:
        inner = inner.__cause__ or inner.__context__ or inner
    if isinstance(inner, OSError) and isinstance(reason := system_reason(inner), Message):
        return reason
    text = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join(str(text).split())[:200]
