"""Dispatch of requests: send a job to the pool, and turn its reply into a response or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..contract.messages import refusal_reply
from ..contract.refusals import ServiceError
from ..contract.reply_cache import ReplyCache
from ..workers.operator_log import log_event
from .clients import client_address, host_name, share_key
from .languages import message_language
from .large_bodies import LargeBodies
from .notices import missing_page
from .redirects import relative_root
from .responses import (
    DATA_HEADERS,
    NOTICE_HEADERS,
    VARY_LANGUAGE,
    accepts_html,
    etag,
    header,
    is_cached_by_client,
    is_unwanted,
    response,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from ..contract.messages import Job, Reply
    from ..workers.pool import Pool
    from .responses import Headers


_CACHED_TASKS = frozenset(("api", "void", "service"))  # others ask the graph anew


class Dispatcher:
    """Sends jobs to the pool on behalf of requests."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.settings = pool, pool.settings
        self.large_bodies = LargeBodies()
        self._answers = ReplyCache()  # by ETag, which names the version

    def client(self, request: Request) -> str:
        """Return the key by which requests of a client are counted."""
        return share_key(client_address(request, self.settings.behind_proxy))

    def root_url(self, request: Request) -> str:
        """Return the address of the service: the configured one, else the one used by the request.

        :raises ServiceError: 400 if the Host header is not valid
        """
        if self.settings.base_url:
            return self.settings.base_url
        scope = request.scope
        host = header(request, "host") or "localhost"
        if host_name(host) is None:
            raise ServiceError("bad-host")
        return f"{scope['scheme']}://{host}{scope.get('root_path', '')}/"

    async def reply(self, request: Request, job: Job) -> tuple[Reply, str]:
        """Send a job to the pool and return its reply.

        :returns: the reply, and the name of the version from which it was computed
        :raises ServiceError: 429, 503, 504 or 507
        """

        async def wait_for_disconnect() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass

        return await self.pool.answer(job, self.client(request), wait_for_disconnect)

    async def answer(
        self, request: Request, job: Job, name_parts: Sequence[str], headers: Headers = DATA_HEADERS
    ) -> Response:
        """Send a job to the pool and build the response; 304 if the client already has the answer.

        :param name_parts: what identifies the answer in addition to the version; empty for a volatile answer
        """
        if name_parts and (cached := self._cached(request, name_parts, headers)) is not None:
            return cached
        reply, version = await self.reply(request, job)
        if reply.status == 500:
            fault = reply.body.decode("utf-8", "replace")
            log_event("worker-fault", fault=fault)
            reply = refusal_reply(ServiceError("internal"), job.lang)
        if reply.status != 200:
            return error_response(request, reply, version)
        tag = etag(version, *name_parts) if name_parts else ""
        if tag and job.task in _CACHED_TASKS:
            self._answers.add(tag, reply)
        if tag and is_unwanted(request):
            return unchanged(tag, headers)
        return response(reply, headers, version=version, tag=tag)

    def _cached(self, request: Request, name_parts: Sequence[str], headers: Headers) -> Response | None:
        """Return the response to a request whose answer the client or this service has already."""
        version = self.pool.version_name
        tag = etag(version, *name_parts)
        reply = self._answers.get(tag)
        if is_cached_by_client(request, tag) or (reply is not None and is_unwanted(request)):
            return unchanged(tag, headers)
        return None if reply is None else response(reply, headers, version=version, tag=tag)


def error_response(request: Request, reply: Reply, version: str = "") -> Response:
    """Build the response to an error; a browser that requests an unknown address gets a page."""
    if reply.status == 404 and accepts_html(request):
        path = request.scope["path"]
        return response(missing_page(path, relative_root(path)), NOTICE_HEADERS)
    return response(reply, version=version, vary=VARY_LANGUAGE)


def refusal_response(request: Request, refusal: ServiceError) -> Response:
    """Build the response to a refused request, in the language of the request."""
    return error_response(request, refusal_reply(refusal, message_language(request)))
