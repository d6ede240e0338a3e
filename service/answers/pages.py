"""Live pages of the site: the graph is read once per version, and each page is rendered on request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...files import json_line, packaged_text
from ...viz.site.build import make_sections
from ...viz.site.content.paths import in_language
from ...viz.site.content.site import read_site
from ...viz.site.render import render_page
from ...viz.site.render import static_files as site_files
from ...viz.site.search_index import search_index
from ...words import languages
from ..contract.media_types import HTML, JSON
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .query_page import QUERY_FILES, navigation

if TYPE_CHECKING:
    from ...graph.store import OxigraphStore
    from ..contract.messages import Job

PATH = "path"  # parameter of a job; a job without it asks for the keys of the sections
_MEDIA_TYPES = {
    "html": HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "owl": "application/rdf+xml",
    "ttl": "text/turtle; charset=utf-8",
    "xml": "application/xml",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LANGUAGE_FOLDERS = "|".join(re.escape(in_language("", lang)) for lang in languages())
_RESOURCE_PAGE = re.compile(rf"({_LANGUAGE_FOLDERS})data/([a-z]+/.+\.html)")


def media_type_of(path: str) -> str:
    """Return the media type of a file by its extension.

    >>> media_type_of("site.css")
    'text/css; charset=utf-8'
    """
    return _MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


class Pages:
    """All pages of one version; creation takes seconds, memory is linear in the data files."""

    def __init__(self, store: OxigraphStore, version: str) -> None:
        site, _ = read_site(store, version=version)
        contents = [content for content in make_sections(site) if not content.is_empty]
        self.version = version
        self.sections = [content.section for content in contents]
        pages = [page for content in contents for page in content.pages]
        files = [*(file for content in contents for file in content.files), search_index(site)]
        self.pages = {in_language(page.path, lang): (page, lang) for page in pages for lang in languages()}
        self.files = {file.path: file.data for file in files}

    def answer(self, job: Job) -> Reply:
        """Return one page or file.

        :raises ServiceError: 404 if the site does not have the path
        """
        if PATH not in job.parameters:
            return Reply(200, JSON, json_line([section.key for section in self.sections]).encode())
        path = str(job.parameters[PATH])
        if (match := _RESOURCE_PAGE.fullmatch(path)) is not None and path not in self.pages:
            path = f"{match[1]}id/{match[2]}"  # as deep in the tree: relative links stay right
        if path in self.files:
            return Reply(200, media_type_of(path), self.files[path])
        if path not in self.pages:
            raise ServiceError("no-page", path=f"/{path}")
        page, lang = self.pages[path]
        html = render_page(page, lang, navigation(self.sections), self.version)
        return Reply(200, HTML, html.encode("utf-8", "replace"))


def static_files() -> dict[str, bytes]:
    """Read the style sheets and scripts of the pages, by path."""
    return site_files() | {
        name: packaged_text(__package__, f"static/{name}").encode() for name in QUERY_FILES
    }
