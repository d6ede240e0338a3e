"""The web application: which address answers what. It holds no graph and evaluates nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from ...errors import ServiceError
from ..answers.json_endpoints import ENDPOINTS
from ..answers.pages import HTML, QUERY_POLICY, kind_of, query_page, static_files
from ..answers.resource import FORMS, SPACES
from ..contract.media_types import GRAPHS, chosen
from ..contract.messages import Job, Reply, problem
from .clients import Logged, address_of_client, share_of
from .openapi import description
from .redirects import BARE, missing, target, up
from .reply import (
    DATA,
    SAFE,
    as_json,
    etag,
    header,
    matches,
    send_refusal,
    send_reply,
    send_see,
    send_unchanged,
)
from .sparql_request import fields, read_request, ready

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from ..workers.live_pages import LiveSite
    from ..workers.pool import Pool
    from .reply import Headers

    Answer = Callable[[Scope, Receive, Send], Awaitable[None]]

_WAIT = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>egovkg</title></head><body><h1>Đang dựng trang …</h1><p>Trang sẽ tự mở lại sau vài giây.</p>
<p lang="en">The pages are being made; this one opens again by itself.</p></body></html>"""
_FRAMES = (b"content-security-policy", b"frame-ancestors 'none'")  # besides what the page says itself
_ALLOW = (b"allow", b"GET, HEAD, OPTIONS")


class Face:
    """What the service answers, an address each."""

    def __init__(self, pool: Pool, site: LiveSite) -> None:
        self.pool, self.site, self.settings = pool, site, pool.settings
        self.static = static_files()

    def application(self) -> ASGIApp:
        """Make the application."""
        reading = (
            ("/sparql", self.sparql),
            ("/sparql/", self.sparql),
            ("/.well-known/void", self.void),
            ("/api/openapi.json", self.openapi),
            ("/api/{name}", self.api),
            ("/health", self.health),
            ("/en", self.english),
            ("/en/", self.english),
            ("/ontology", self.lead),
            ("/ontology/{path:path}", self.lead),
            ("/graph/{path:path}", self.lead),
            ("/id/{path:path}", self.thing),
            ("/code/{path:path}", self.thing),
            ("/en/id/{path:path}", self.thing),
            ("/en/code/{path:path}", self.thing),
            ("/data/{path:path}", self.data),
            ("/en/data/{path:path}", self.data),
            ("/query", self.query),
            ("/en/query", self.query),
            ("/{path:path}", self.page),
        )
        routes = [Route(path, _Typed(answer, path.startswith("/sparql"))) for path, answer in reading]
        faults = {HTTPException: _unknown, Exception: _internal}
        application = Starlette(routes=routes, exception_handlers=faults)
        return Logged(application, self.settings.behind_proxy) if self.settings.log else application

    async def health(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell that the service answers, and from which version; it costs no worker."""
        await send_reply(
            send, Reply(200, "text/plain; charset=utf-8", f"ok {self.pool_version()}\n".encode())
        )

    async def sparql(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query; without one, describe the service."""
        asked = await read_request(scope, receive, self.pool.limits)
        accept = header(scope, b"accept")
        if asked.query is None:
            await self._described(scope, receive, send, "service")
            return
        wanted = ready(asked, accept, self.pool.limits)
        parts = (asked.query, wanted.kind, *asked.default, "\0", *asked.named)
        await self._answered(scope, receive, send, wanted.job, () if wanted.changing else parts)

    async def void(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Describe the data."""
        await self._described(scope, receive, send, "void")

    async def _described(self, scope: Scope, receive: Receive, send: Send, what: str) -> None:
        accept = header(scope, b"accept")
        if what == "service" and chosen(accept, [*GRAPHS, "text/html"]) == "text/html":
            await send_see(send, "../query" if scope["path"].endswith("/") else "query")
            return
        kind, root = chosen(accept, list(GRAPHS)), self._root(scope)
        await self._answered(
            scope, receive, send, Job(what, {"kind": kind, "root": root}), (what, kind, root)
        )

    async def openapi(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Describe the JSON interface."""
        await send_reply(send, as_json(description(self._root(scope))))

    async def api(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one name of the JSON interface."""
        name = scope["path_params"]["name"]
        if name not in ENDPOINTS:
            raise ServiceError(404, "unknown-name", f"known here: {', '.join(ENDPOINTS)}")
        given = [list(pair) for pair in fields(scope["query_string"])]
        today = date.today().isoformat()  # what some answers are about, when no day is given
        parts = ("api", name, today, *(part for pair in sorted(given) for part in pair))
        await self._answered(scope, receive, send, Job("api", {"name": name, "given": given}), parts)  # type: ignore[dict-item]

    async def thing(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send who asks for a thing to what is said of it, in the form that fits (303)."""
        space, path = _space(scope), scope["path_params"]["path"]
        asked_in_english = scope["path"].startswith("/en/")
        if path.endswith(".html") or scope["path"].endswith((".ttl", ".jsonld", ".csv")):
            await self.page(scope, receive, send)
            return
        kind = chosen(header(scope, b"accept"), list(FORMS.values()))
        form = next(form for form, name in FORMS.items() if name == kind)
        reply, _ = await self._done(scope, receive, Job("known", {"space": space, "path": path}))
        if reply.status != 204:
            await self._refused(scope, send, reply)
            return
        wanted = "en" if asked_in_english else _language(scope)
        english = "en/" if form == "html" and wanted == "en" else ""
        inner = path if space == "id" else f"{space}/{path}"
        up = "../" * scope["path"].count("/", 1)
        await send_see(send, f"{up}{english}data/{quote(inner)}.{form}")

    async def english(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead to the first English page."""
        await send_see(send, f"{up(scope['path'])}en/{'index.html' if self.site.wanted else 'query'}")

    async def lead(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead from the address of a graph or of the ontology to what describes it (303)."""
        if (path := scope["path_params"].get("path")) is not None:
            reply, _ = await self._done(scope, receive, Job("known", {"space": _space(scope), "path": path}))
            if reply.status != 204:
                await self._refused(scope, send, reply)
                return
        html = chosen(header(scope, b"accept"), ["text/html", *GRAPHS]) == "text/html"
        found = target(scope["path"][1:], _language(scope), html=html, pages=self.site.wanted)
        await send_see(send, up(scope["path"]) + found)

    async def data(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give what is said of a thing."""
        path, sign, form = scope["path_params"]["path"].rpartition(".")
        if "/" not in path or path.startswith("ontology/") or not sign:
            await self.page(scope, receive, send)
            return
        if form not in FORMS:
            raise ServiceError(404, "unknown-form", f"known here: {', '.join(FORMS)}")
        if form == "html" and await self._shown(scope, send):
            return
        space, inner = ("code", path[5:]) if path.startswith("code/") else ("id", path)
        lang = "en" if scope["path"].startswith("/en/") else "vi"
        about = {"space": space, "path": inner, "form": form, "lang": lang, "version": self.pool_version()}
        headers = (*SAFE, _FRAMES) if form == "html" else DATA  # a page says its own policy, and has a sheet
        await self._answered(scope, receive, send, Job("thing", about), ("thing", path, form, lang), headers)

    async def _shown(self, scope: Scope, send: Send) -> bool:
        """Send the page that the site has of a thing, if it has one already."""
        try:
            reply, version = await self.site.page(scope["path"][1:])
        except ServiceError:
            return False
        if reply.status == 200:
            await self._sent_page(scope, send, reply, version)
        return reply.status == 200

    async def query(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the page with the editor."""
        lang = "en" if scope["path"].startswith("/en/") else "vi"
        policy = (b"content-security-policy", f"{QUERY_POLICY}; frame-ancestors 'none'".encode())
        body = query_page(lang, self.pool_version(), self.site.sections, self.pool.limits.rows)
        await send_reply(send, Reply(200, HTML, body), (*SAFE, policy))

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give a page of the site: the explorer at the root."""
        path = scope["path"][1:] or "explorer.html"
        if path in self.static:
            await self._sent_page(scope, send, Reply(200, kind_of(path), self.static[path]), "static")
            return
        try:
            reply, version = await self.site.page(path)
        except ServiceError as error:
            if error.code == "starting" and "text/html" in header(scope, b"accept"):
                await send_reply(send, Reply(503, HTML, _WAIT.encode()), (*SAFE, _FRAMES))
                return
            raise
        await self._sent_page(scope, send, reply, version)

    async def _sent_page(self, scope: Scope, send: Send, reply: Reply, version: str) -> None:
        tag = etag(version, scope["path"]) if reply.status == 200 and version != "static" else ""
        if tag and matches(scope, tag):
            await send_unchanged(send, tag, SAFE)
            return
        more = (*SAFE, _FRAMES) if reply.kind == HTML else DATA
        await send_reply(send, reply, more, version=version, tag=tag)

    def _root(self, scope: Scope) -> str:
        return self.settings.base_url or _root(scope)

    def pool_version(self) -> str:
        """Give the name of the version that answers at the moment."""
        return self.pool.version.name if self.pool.version else ""

    async def _answered(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        job: Job,
        parts: tuple[str, ...],
        headers: Headers = DATA,
    ) -> None:
        """Have a job done and send what came of it.

        :param parts: what the answer depends on besides the version; empty if it changes from time to time
        """
        if parts and matches(scope, tag := etag(self.pool_version(), *parts)):
            await send_unchanged(send, tag, headers)
            return
        reply, version = await self._done(scope, receive, job)
        if reply.status == 500:
            _log(reply)
            reply = problem(500, "internal", "something is wrong with the service; it was written down")
        named = etag(version, *parts) if parts and reply.status == 200 else ""
        if reply.status == 404:
            await self._refused(scope, send, reply)
            return
        await send_reply(send, reply, headers, version=version, tag=named)

    @staticmethod
    async def _refused(scope: Scope, send: Send, reply: Reply) -> None:
        """Send a refusal of a worker; who asked for a page gets one of what there is not."""
        page = missing(scope) if reply.status == 404 else None
        await send_reply(send, page or reply, (*SAFE, BARE) if page else DATA)

    async def _done(self, scope: Scope, receive: Receive, job: Job) -> tuple[Reply, str]:
        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        client = share_of(address_of_client(scope, self.settings.behind_proxy))
        return await self.pool.answer(job, client, gone)


class _Typed:
    """An answer as an application: methods checked, errors typed."""

    def __init__(self, answer: Answer, takes_post: bool) -> None:
        self.answer = answer
        self.allow = (b"allow", b"GET, HEAD, POST, OPTIONS") if takes_post else _ALLOW

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        try:
            if method == "OPTIONS":
                await self._options(send)
                return
            if method.encode() not in self.allow[1].split(b", "):
                raise ServiceError(405, "method", f"{method} is not for this address")
            await self.answer(scope, receive, send)
        except ServiceError as error:
            if error.status == 404 and (page := missing(scope)) is not None:
                await send_reply(send, page, (*SAFE, BARE))
                return
            await send_refusal(send, error, [self.allow] if error.status == 405 else [])

    async def _options(self, send: Send) -> None:
        headers = [
            self.allow,
            (b"access-control-allow-origin", b"*"),
            (b"access-control-allow-methods", self.allow[1]),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
        ]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _space(scope: Scope) -> str:
    path = scope["path"].removeprefix("/en")
    return next(space for space in SPACES if path.startswith(f"/{space}/"))


def _language(scope: Scope) -> str:
    """Choose Vietnamese, unless the client wants English more."""
    order = [
        part.partition(";")[0].strip().lower()[:2] for part in header(scope, b"accept-language").split(",")
    ]
    wanted = [one for one in order if one in {"vi", "en"}]
    return wanted[0] if wanted else "vi"


def _root(scope: Scope) -> str:
    host = header(scope, b"host") or "localhost"
    return f"{scope['scheme']}://{host}{scope.get('root_path', '')}/"


async def _unknown(request: Request, error: Exception) -> Response:
    from starlette.responses import JSONResponse

    status = error.status_code if isinstance(error, HTTPException) else 404
    return JSONResponse(
        {"error": "no-page", "status": status, "message": f"there is no {request.url.path}"}, status
    )


async def _internal(request: Request, error: Exception) -> Response:
    from starlette.responses import JSONResponse

    message = "something is wrong with the service; it was written down"
    return JSONResponse({"error": "internal", "status": 500, "message": message}, 500)


def _log(reply: Reply) -> None:
    from ..workers.supervisor import tell

    tell(f"internal error of a worker: {reply.body.decode('utf-8', 'replace')}")
