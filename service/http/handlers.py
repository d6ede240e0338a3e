"""The handlers of queries, of the JSON interface and of pages: from a request to a response.

Handlers have no access to the graph; workers compute all answers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..answers.json_endpoints import endpoint_named
from ..answers.pages import media_type_of, static_files
from ..answers.parameters import LANG
from ..answers.query_page import QUERY_POLICY, query_page
from ..contract.media_types import CSV, GRAPH_FORMATS, HTML, JSON, chosen_media_type
from ..contract.messages import Job, Reply
from ..contract.refusals import ServiceError
from .languages import message_language, path_language
from .large_bodies import parsed
from .notices import starting_page
from .openapi import description
from .responses import (
    PAGE_HEADERS,
    VARY_LANGUAGE,
    accepts_html,
    etag,
    header,
    is_cached_by_client,
    json_response,
    page_headers,
    page_response,
    redirect,
    response,
    unchanged,
)
from .sparql_request import (
    check_parameters,
    named_form,
    parameter_pairs,
    read_request,
    requested_media_type,
    sparql_job,
)

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ...queries.facts.values import Json
    from ..workers.live_site import LiveSite
    from .dispatch import Dispatcher

_PLAIN_TEXT = "text/plain; charset=utf-8"
_BARE_HTML = "text/html"
_HOME = "index.html"  # the page at the root


class QueryHandlers:
    """Handlers for SPARQL, for the descriptions of service and data, and for the JSON interface."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.dispatcher = dispatcher
        self.limits = dispatcher.settings.limits

    async def health(self, request: Request) -> Response:
        """Report that the service runs and which version it serves; 503 if that is known to be damaged."""
        pool = self.dispatcher.pool
        damage = pool.supervisor.damage
        status, state = (200, "ok") if damage is None else (503, "damaged")
        return response(Reply(status, _PLAIN_TEXT, f"{state} {pool.version_name}\n".encode()))

    async def sparql(self, request: Request) -> Response:
        """Answer a query; without one, send programs the service description and browsers the editor."""
        async with self.dispatcher.large_bodies.turn(request, self.dispatcher.client(request)):
            sparql_request = await read_request(request, self.limits)
        accept = header(request, "accept")
        if sparql_request.query is None:
            offered = [*GRAPH_FORMATS, _BARE_HTML]
            if chosen_media_type(sparql_request.form, accept, offered) == _BARE_HTML:
                return redirect("../query" if request.scope["path"].endswith("/") else "query")
            return await self._description(request, "service")
        arguments = (sparql_request, accept, message_language(request), self.limits)
        prepared = await parsed(len(sparql_request.query), sparql_job, *arguments)
        if prepared.is_volatile:
            return await self.dispatcher.answer(request, prepared.job, ())
        graphs = (*sparql_request.default_graphs, "\0", *sparql_request.named_graphs)
        name_parts = (sparql_request.query, prepared.media_type, *graphs)
        return await self.dispatcher.answer(request, prepared.job, name_parts)

    async def void(self, request: Request) -> Response:
        """Send the description of the data set."""
        check_parameters(request, "format", LANG.name)
        return await self._description(request, "void")

    async def _description(self, request: Request, task: str) -> Response:
        media_type = requested_media_type(request, list(GRAPH_FORMATS))
        root = self.dispatcher.root_url(request)
        job = Job(
            task,
            {"media_type": media_type, "root": root},
            lang=message_language(request),
        )
        return await self.dispatcher.answer(request, job, (task, media_type, root))

    async def openapi(self, request: Request) -> Response:
        """Send the OpenAPI description of the JSON interface."""
        check_parameters(request, LANG.name)
        root = self.dispatcher.root_url(request)
        return json_response(description(root, message_language(request)), VARY_LANGUAGE)

    async def api(self, request: Request) -> Response:
        """Answer a request to the JSON interface."""
        endpoint = endpoint_named(request.path_params["name"])
        pairs = parameter_pairs(request.scope["query_string"])
        root = urlsplit(self.dispatcher.root_url(request)).path
        offered = [JSON, CSV] if endpoint.paged_key else [JSON]
        form = named_form(pairs)
        media_type = chosen_media_type(form, "", offered) if form else JSON
        pairs = [pair for pair in pairs if pair[0] != "format"]
        parameters: dict[str, Json] = {
            "name": endpoint.name,
            "pairs": [[name, value] for name, value in pairs],
            "root": root,
            "media_type": media_type,
        }
        job = Job("api", parameters, lang=message_language(request))
        today = date.today().isoformat()  # some answers are about today when no day is given
        sorted_texts = (text for pair in sorted(pairs) for text in pair)
        return await self.dispatcher.answer(
            request, job, ("api", endpoint.name, media_type, today, *sorted_texts)
        )


class PageHandlers:
    """Handlers for the pages of the site, the query page, and the files they load."""

    def __init__(self, dispatcher: Dispatcher, site: LiveSite) -> None:
        self.dispatcher, self.site = dispatcher, site
        self.static_files = static_files()

    async def query(self, request: Request) -> Response:
        """Send the page with the SPARQL editor."""
        pool = self.dispatcher.pool
        lang = path_language(request.scope["path"])
        body = query_page(lang, pool.version_name, self.site.sections, pool.limits.rows)
        return response(Reply(200, HTML, body), page_headers(QUERY_POLICY))

    async def page(self, request: Request) -> Response:
        """Send a page or file of the site; the root address shows the first page of the site."""
        path = request.scope["path"][1:] or _HOME
        if path == _HOME and not self.site.is_enabled:
            return redirect("query")
        if path in self.static_files:
            return page_response(Reply(200, media_type_of(path), self.static_files[path]))
        try:
            reply, version = await self.site.page(path)
        except ServiceError as refusal:
            if refusal.code == "starting" and accepts_html(request):
                return response(starting_page(), PAGE_HEADERS)
            raise
        if reply.status == 404:
            raise ServiceError("no-page", path=f"/{path}")
        return self._named_page(request, reply, version)

    async def site_page(self, request: Request) -> Response | None:
        """Return a page of the site as response; ``None`` if the pages are not ready."""
        try:
            reply, version = await self.site.page(request.scope["path"][1:])
        except ServiceError:
            return None
        return self._named_page(request, reply, version) if reply.status == 200 else None

    def _named_page(self, request: Request, reply: Reply, version: str) -> Response:
        if reply.status != 200:
            return page_response(reply, version)
        tag = etag(version, request.scope["path"])
        if is_cached_by_client(request, tag):
            return unchanged(tag, PAGE_HEADERS)
        return page_response(reply, version, tag)
