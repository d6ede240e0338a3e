"""The web application: the routes from addresses to handlers, and the responses to refused requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from ...viz.site.content.paths import in_language
from ...words import DEFAULT_LANGUAGE, languages
from ..contract.refusals import ServiceError
from .clients import BasePath, RequestLog
from .compression import Compression
from .delivery import Delivery
from .dispatch import Dispatcher, refusal_response
from .handlers import PageHandlers, QueryHandlers
from .linked_data import LinkedDataHandlers
from .origins import PrivateReading, SharedReading, is_shared
from .responses import SAFE_HEADERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from ..workers.live_site import LiveSite
    from ..workers.pool import Pool

    Handler = Callable[[Request], Awaitable[Response]]

_QUERY_PATHS = ("/sparql", "/sparql/")
_WHOLE_SERVICE = "*"  # the target of OPTIONS that asks about no address in particular
_PREFLIGHT_SECONDS = "86400"
_USUAL_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match"
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


def application(pool: Pool, site: LiveSite) -> ASGIApp:
    """Build the web application.

    :param pool: the workers that compute answers
    :param site: the source of the pages
    """
    dispatcher = Dispatcher(pool)
    queries, pages = QueryHandlers(dispatcher), PageHandlers(dispatcher, site)
    routes = [
        Route("/{path:path}", _preflight, methods=["OPTIONS"]),
        *(_route(path, queries.sparql) for path in _QUERY_PATHS),
        _route("/.well-known/void", queries.void),
        _route("/api/openapi.json", queries.openapi),
        _route("/api/{name}", queries.api),
        _route("/health", queries.health),
        *_localised_routes(pages, LinkedDataHandlers(dispatcher, pages)),
        _route("/{path:path}", pages.page),
    ]
    handlers = {ServiceError: _refuse, HTTPException: _refuse_unrouted, Exception: _refuse_internal}
    base_path = urlsplit(pool.settings.base_url).path.rstrip("/")
    starlette = Starlette(routes=routes, exception_handlers=handlers)
    starlette.router.redirect_slashes = False  # its redirects name the host of the request
    settings = pool.settings
    app: ASGIApp = Compression(BasePath(starlette, base_path) if base_path else starlette)
    app = SharedReading(app) if is_shared(settings) else PrivateReading(app, settings.host)
    app = Delivery(app, settings)
    return RequestLog(app, settings.behind_proxy) if settings.log else app


def _localised_routes(pages: PageHandlers, linked_data: LinkedDataHandlers) -> Iterator[Route]:
    """Return the routes that exist once, or once per language."""
    yield _route("/ontology", linked_data.graph)
    for folder in ("ontology", "graph"):
        yield _route(f"/{folder}/{{path:path}}", linked_data.graph)
    for lang in languages():
        root = "/" + in_language("", lang)
        if lang != DEFAULT_LANGUAGE:
            yield _route(root.rstrip("/"), linked_data.home)
            yield _route(root, linked_data.home)
        yield _route(f"{root}query", pages.query)
        for folder in ("id", "code"):
            yield _route(f"{root}{folder}/{{path:path}}", linked_data.resource)
        yield _route(f"{root}data/{{path:path}}", linked_data.description)


def _methods(path: str) -> list[str]:
    """List the methods that an address supports, except OPTIONS."""
    return ["GET", "HEAD", "POST"] if path in {*_QUERY_PATHS, _WHOLE_SERVICE} else ["GET", "HEAD"]


def _allowed(path: str) -> str:
    return ", ".join([*_methods(path), "OPTIONS"])


def _route(path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=_methods(path))


async def _preflight(request: Request) -> Response:
    """Answer OPTIONS; a browser that may read answers at all (see `SharedReading`) learns how to ask."""
    allowed = _allowed(request.scope["path"])
    headers = {
        **SAFE_HEADERS,
        "allow": allowed,
        "access-control-allow-methods": allowed,
        "access-control-allow-headers": _allowed_headers(request),
        "access-control-max-age": _PREFLIGHT_SECONDS,
        "vary": "access-control-request-headers",
    }
    return Response(None, 204, headers)


def _allowed_headers(request: Request) -> str:
    """Name the headers that a browser asks for: none of them does anything but choose the answer."""
    names = request.headers.get("access-control-request-headers", "").split(",")
    tokens = [name.strip() for name in names if _HEADER_NAME.fullmatch(name.strip())]
    return ", ".join(tokens) or _USUAL_HEADERS


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return refusal_response(request, error)


async def _refuse_unrouted(request: Request, error: Exception) -> Response:
    """Refuse an unsupported method, or an address without a route."""
    path = request.scope["path"]
    if path == _WHOLE_SERVICE and request.method == "OPTIONS":
        return await _preflight(request)
    if not isinstance(error, HTTPException) or error.status_code != 405:
        return refusal_response(request, ServiceError("no-page", path=path))
    allowed = _allowed(path)
    refused = refusal_response(request, ServiceError("method", method=request.method, allowed=allowed))
    refused.headers["allow"] = allowed
    return refused


async def _refuse_internal(request: Request, error: Exception) -> Response:
    return refusal_response(request, ServiceError("internal"))
