"""The pages of the site, live: the graph is read once for a version, a page is written when requested."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ...files import packaged_text
from ...viz.site.build import SECTIONS, read_site
from ...viz.site.content.model import LANGUAGES, File, Page
from ...viz.site.content.paths import in_language
from ...viz.site.render import STATIC, render_page
from ...viz.site.search_index import search_index
from ..contract.media_types import HTML, JSON
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .query_page import QUERY_FILES, navigation

if TYPE_CHECKING:
    from ...graph.store import OxigraphStore
    from ..contract.messages import Job

SECTION_KEYS = "\0"  # not the path of any page: asks for the keys of the sections
_SITE_PACKAGE = "egovkg.viz.site"
_MEDIA_TYPES = {
    "html": HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_RESOURCE_PAGE = re.compile(r"(en/)?data/([a-z]+/.+\.html)")


def media_type_of(path: str) -> str:
    """Return the media type of a file by the ending of its name.

    >>> media_type_of("site.css")
    'text/css; charset=utf-8'
    """
    return _MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


class Pages:
    """All pages of one version. Takes seconds to make; memory linear in the files beside the pages."""

    def __init__(self, store: OxigraphStore, version: str) -> None:
        site, _ = read_site(store, version=version)
        parts_by_section = [(section, list(section.make(site))) for section in SECTIONS]
        self.version = version
        self.sections = [section for section, parts in parts_by_section if parts]
        self.pages: dict[str, tuple[Page, str]] = {}  # path -> page and language
        self.files: dict[str, bytes] = {}
        for _, parts in parts_by_section:
            for part in parts:
                self._add(part)
        self._add(search_index(site))

    def _add(self, part: Page | File) -> None:
        if isinstance(part, File):
            self.files[part.path] = part.data
        else:
            for lang in LANGUAGES:
                self.pages[in_language(part.path, lang)] = (part, lang)

    def answer(self, job: Job) -> Reply:
        """Write one page or file.

        :raises ServiceError: 404 for a path that the site does not have
        """
        path = str(job.parameters["path"])
        if path == SECTION_KEYS:
            return Reply(200, JSON, json.dumps([section.key for section in self.sections]).encode())
        if (match := _RESOURCE_PAGE.fullmatch(path)) is not None and path not in self.pages:
            path = f"{match[1] or ''}id/{match[2]}"  # as deep in the tree: relative links stay right
        if path in self.files:
            return Reply(200, media_type_of(path), self.files[path])
        if path not in self.pages:
            raise ServiceError("no-page", path=f"/{path}")
        page, lang = self.pages[path]
        html = render_page(page, lang, navigation(self.sections), self.version)
        return Reply(200, HTML, html.encode("utf-8", "replace"))


def static_files() -> dict[str, bytes]:
    """Read the style sheets and scripts of the pages, by path."""
    shared = {name: packaged_text(_SITE_PACKAGE, f"static/{name}").encode() for name in STATIC}
    return shared | {name: packaged_text(__package__, f"static/{name}").encode() for name in QUERY_FILES}
