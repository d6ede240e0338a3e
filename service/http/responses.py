"""The responses of the service: complete bodies, ETags, and security headers."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from starlette.responses import Response

from ...files import compact_json
from ..contract.media_types import HTML, JSON
from ..contract.messages import Reply
from ..contract.refusals import RETRY_SECONDS
from .compression import GZIP_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

Headers: TypeAlias = "Mapping[str, str]"

_POLICY = "content-security-policy"
_NO_FRAMES = "frame-ancestors 'none'"
SAFE_HEADERS: Headers = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
DATA_HEADERS: Headers = {
    **SAFE_HEADERS,
    _POLICY: f"default-src 'none'; {_NO_FRAMES}; sandbox",
}
PAGE_HEADERS: Headers = {**SAFE_HEADERS, _POLICY: _NO_FRAMES}  # a page states the rest of its policy itself
NOTICE_HEADERS: Headers = {  # of a page that loads nothing
    **SAFE_HEADERS,
    _POLICY: f"default-src 'none'; {_NO_FRAMES}; base-uri 'none'; form-action 'none'",
}
VARY_LANGUAGE = "accept, accept-language"
_REVALIDATED = {"vary": "accept, accept-encoding", "cache-control": "no-cache"}


def page_headers(policy: str) -> Headers:
    """Return the headers of a page with its own content security policy."""
    return {**SAFE_HEADERS, _POLICY: f"{policy}; {_NO_FRAMES}"}


def etag(version: str, *parts: str) -> str:
    """Return the ETag of an answer: the version of the graph, and a hash of request and media type.

    >>> etag("e416d6ab827c502e", "ASK {}", "text/csv") == etag("e416d6ab827c502e", "ASK {}", "text/csv")
    True
    """
    digest = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    return f'"{version}-{digest}"'


def is_cached_by_client(request: Request, tag: str) -> bool:
    """Tell whether the client already has the answer with this ETag."""
    return tag in _tags_of_client(request)


def is_unwanted(request: Request) -> bool:
    """Tell whether the client wants an answer only if there is none: `If-None-Match: *`."""
    return "*" in _tags_of_client(request)


def _tags_of_client(request: Request) -> set[str]:
    if request.method not in {"GET", "HEAD"}:
        return set()
    tags = header(request, "if-none-match").split(",")
    return {name.strip().removeprefix("W/").replace(f'{GZIP_MARK}"', '"') for name in tags}


def header(request: Request, name: str) -> str:
    """Return a header of the request: repeated headers are joined, a missing one is empty."""
    return ", ".join(request.headers.getlist(name))


def accepts_html(request: Request) -> bool:
    """Tell whether the client is a browser, that is, whether its Accept header names HTML."""
    return "text/html" in header(request, "accept")


def response(
    reply: Reply, headers: Headers = DATA_HEADERS, *, version: str = "", tag: str = "", vary: str = "accept"
) -> Response:
    """Build the HTTP response from the reply of a worker.

    :param version: name of the version from which the reply was computed
    :param tag: ETag of the answer; without one, caches must not store it
    """
    fields = {**headers, "vary": f"{vary}, accept-encoding"}
    if reply.status in RETRY_SECONDS:
        fields["retry-after"] = RETRY_SECONDS[reply.status]
    if version:
        fields["egovkg-version"] = version
    if tag:
        fields["etag"] = tag
    may_store = reply.status == 200 and tag
    fields["cache-control"] = (
        "no-cache" if may_store else "no-store"
    )  # "no-cache": stored, but checked each time
    return Response(reply.body, reply.status, fields, reply.media_type)


def page_response(reply: Reply, version: str = "", tag: str = "") -> Response:
    """Build the response with a page of the site, or with a data file."""
    headers = PAGE_HEADERS if reply.media_type == HTML else DATA_HEADERS
    return response(reply, headers, version=version, tag=tag)


def unchanged(tag: str, headers: Headers = DATA_HEADERS) -> Response:
    """Build the 304 response for a client that already has the answer."""
    return Response(None, 304, {**headers, "etag": tag, **_REVALIDATED})


def redirect(target: str) -> Response:
    """Build the 303 response that redirects the client to another address."""
    return Response(b"", 303, {**DATA_HEADERS, "location": target, "vary": VARY_LANGUAGE})


def json_response(content: Mapping[str, object], vary: str = "accept") -> Response:
    """Build a JSON response from content of the service itself."""
    return response(Reply(200, JSON, compact_json(content).encode()), vary=vary)
