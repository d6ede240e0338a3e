"""The handlers of linked data: redirects from IRIs to descriptions, and the descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ...ontology.document import DOCUMENT_NAME, ontology_document
from ...viz.site.content.paths import in_language
from ...words import DEFAULT_LANGUAGE
from ..answers.resources import FORMS, NAMESPACES
from ..contract.media_types import GRAPH_FORMATS
from ..contract.messages import Job, Reply
from ..contract.refusals import ServiceError
from .dispatch import error_response
from .languages import message_language, path_language, preferred_language
from .redirects import editor_target, page_target, relative_root, triples_target
from .responses import DATA_HEADERS, PAGE_HEADERS, etag, header, redirect, response
from .sparql_request import requested_media_type

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from .dispatch import Dispatcher
    from .handlers import PageHandlers

_HTML = "text/html"
_HTML_FORM = "html"
_ID, _CODE = "id", "code"
_FORM_OF_MEDIA_TYPE = {media_type: form for form, media_type in FORMS.items()}
_FILE_ENDINGS = (".html", ".ttl", ".jsonld", ".csv")  # of files of the site that lie below the same folders


_ONTOLOGY = "ontology"
_DOCUMENT = f"data/{_ONTOLOGY}/{DOCUMENT_NAME}."  # address of the whole ontology, before its ending
_ENDING_OF_MEDIA_TYPE = {**_FORM_OF_MEDIA_TYPE, FORMS["rdf"]: "owl"}
_MEDIA_TYPE_OF_ENDING = {ending: media_type for media_type, ending in _ENDING_OF_MEDIA_TYPE.items()}


class LinkedDataHandlers:
    """Handlers for the IRIs of entities, codes, graphs and the ontology."""

    def __init__(self, dispatcher: Dispatcher, pages: PageHandlers) -> None:
        self.dispatcher, self.pages = dispatcher, pages

    async def home(self, request: Request) -> Response:
        """Redirect to the home page in a language, or to the query page if the site has no pages."""
        path = request.scope["path"]
        page = "index.html" if self.pages.site.is_enabled else "query"
        return redirect(relative_root(path) + in_language(page, path_language(path.rstrip("/") + "/")))

    async def resource(self, request: Request) -> Response:
        """Redirect from the IRI of an entity to its description in the preferred format (303)."""
        path = request.path_params["path"]
        if path.endswith(_FILE_ENDINGS):
            return await self.pages.page(request)
        form = _FORM_OF_MEDIA_TYPE[requested_media_type(request, list(FORMS.values()))]
        if (refusal := await self._refusal_of_missing(request)) is not None:
            return refusal
        namespace = _namespace(request)
        folder = "" if namespace == _ID else f"{namespace}/"
        target = f"data/{folder}{quote(path)}.{form}"
        if form == _HTML_FORM:
            target = in_language(target, _reader_language(request))
        return redirect(relative_root(request.scope["path"]) + target)

    async def graph(self, request: Request) -> Response:
        """Redirect from the IRI of a graph or of the ontology to a page, or to its triples (303)."""
        if "path" in request.path_params and (refusal := await self._refusal_of_missing(request)) is not None:
            return refusal
        path, lang = request.scope["path"][1:], _reader_language(request)
        media_type = requested_media_type(request, [_HTML, *GRAPH_FORMATS])
        if media_type in GRAPH_FORMATS and path == _ONTOLOGY:
            return redirect(f"{_DOCUMENT}{_ENDING_OF_MEDIA_TYPE[media_type]}")
        if media_type != _HTML:
            target = triples_target(path)
            if request.scope["query_string"]:
                target += f"&format={quote(media_type, safe='')}"
        else:
            target = (page_target if self.pages.site.is_enabled else editor_target)(path, lang)
        return redirect(relative_root(request.scope["path"]) + target)

    async def description(self, request: Request) -> Response:
        """Send the description of an entity in the format given by the file extension."""
        path, dot, form = request.path_params["path"].rpartition(".")
        if f"data/{path}." == _DOCUMENT and (media_type := _MEDIA_TYPE_OF_ENDING.get(form)):
            version = self.dispatcher.pool.version_name
            reply = Reply(200, media_type, ontology_document(GRAPH_FORMATS[media_type]))
            return response(reply, version=version, tag=etag(version, _DOCUMENT, form))
        if "/" not in path or path.startswith("ontology/") or not dot:
            return await self.pages.page(request)
        if form not in FORMS:
            raise ServiceError("unknown-form", form=form, forms=", ".join(FORMS))
        if form == _HTML_FORM and (page := await self.pages.site_page(request)) is not None:
            return page
        lang, version = path_language(request.scope["path"]), self.dispatcher.pool.version_name
        is_code = path.startswith(f"{_CODE}/")
        parameters = {
            "namespace": _CODE if is_code else _ID,
            "path": path.removeprefix(f"{_CODE}/") if is_code else path,
            "form": form,
            "version": version,
        }
        headers = PAGE_HEADERS if form == _HTML_FORM else DATA_HEADERS
        job = Job("resource", parameters, lang=lang)
        return await self.dispatcher.answer(request, job, ("resource", path, form, lang), headers)

    async def _refusal_of_missing(self, request: Request) -> Response | None:
        """Return the refusal for an IRI without statements; ``None`` for all others."""
        parameters = {"namespace": _namespace(request), "path": request.path_params["path"]}
        job = Job("exists", parameters, lang=message_language(request))
        reply, _ = await self.dispatcher.reply(request, job)
        return None if reply.status == 204 else error_response(request, reply)


def _namespace(request: Request) -> str:
    path = request.scope["path"]
    lang = path_language(path)
    if lang != DEFAULT_LANGUAGE:
        path = path.removeprefix("/" + in_language("", lang).rstrip("/"))
    return next(namespace for namespace in NAMESPACES if path.startswith(f"/{namespace}/"))


def _reader_language(request: Request) -> str:
    """Choose the language of a page: from the path, else from the preference of the client."""
    from_path = path_language(request.scope["path"])
    if from_path != DEFAULT_LANGUAGE:
        return from_path
    return preferred_language(header(request, "accept-language"))
