"""The pages of the site, live: read once for a version, each page written when it is asked for."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...errors import ServiceError
from ...files import packaged_text
from ...graph.names import PREFIXES
from ...viz.site.build import make_sections
from ...viz.site.content.model import File, Page
from ...viz.site.content.paths import in_language
from ...viz.site.content.site import read_site
from ...viz.site.render import STATIC_FILES, render_page
from ...viz.site.search_index import search_index
from ...viz.site.sections import SECTIONS, SiteSection
from ...words import languages
from ..contract.messages import JSON, Reply
from ..contract.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ..contract.messages import Job

CONTENTS = "\0"  # no path of a page: asks for the keys of the sections
HTML = "text/html; charset=utf-8"
KINDS = {
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
QUERY = SiteSection("query", "query", {"vi": "SPARQL", "en": "SPARQL"}, lambda site: ())
_SCRIPTS = ("graph.js", "fields.js", "query.js")  # of that page, each after what it uses
_DATA = re.compile(r"(en/)?data/([a-z]+/.+\.html)")
# Scripts of our own origin only; the page talks to this service and to nobody else.
QUERY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


def kind_of(path: str) -> str:
    """Tell the media type of a file by its name.

    >>> kind_of("site.css")
    'text/css; charset=utf-8'
    """
    return KINDS.get(path.rpartition(".")[2], "application/octet-stream")


class Pages:
    """All pages of one version. Takes seconds to make; memory linear in the files beside the pages."""

    def __init__(self, store: OxigraphStore, version: str) -> None:
        site, _ = read_site(store, version=version)
        contents = [content for content in make_sections(site) if not content.is_empty]
        self.version = version
        self.sections = [content.section for content in contents]
        self.pages: dict[str, tuple[Page, str]] = {}
        self.files: dict[str, bytes] = {}
        for content in contents:
            for page in content.pages:
                self._keep(page)
            for file in content.files:
                self._keep(file)
        self._keep(search_index(site))

    def _keep(self, part: Page | File) -> None:
        if isinstance(part, File):
            self.files[part.path] = part.data
        else:
            for lang in languages():
                self.pages[in_language(part.path, lang)] = (part, lang)

    def answer(self, job: Job) -> Reply:
        """Write one page or file.

        :raises ServiceError: 404 for a path that the site does not have
        """
        path = str(job.about["path"])
        if path == CONTENTS:
            return Reply(200, JSON, json.dumps([one.key for one in self.sections]).encode())
        if (match := _DATA.fullmatch(path)) is not None and path not in self.pages:
            path = f"{match[1] or ''}id/{match[2]}"  # as deep in the tree: the links within stay right
        if path in self.files:
            return Reply(200, kind_of(path), self.files[path])
        if path not in self.pages:
            raise ServiceError(404, "no-page", f"there is no page /{path}")
        page, lang = self.pages[path]
        html = render_page(page, lang, navigation(self.sections), self.version)
        return Reply(200, HTML, html.encode("utf-8", "replace"))


def navigation(sections: Sequence[SiteSection]) -> tuple[SiteSection, ...]:
    """Put the page for queries behind that of the questions."""
    kept = list(sections)
    at = next((at + 1 for at, one in enumerate(kept) if one.key == "questions"), len(kept))
    return (*kept[:at], QUERY, *kept[at:])


def query_page(lang: str, version: str, sections: Sequence[str] = (), rows: int = Limits.rows) -> bytes:
    """Write the page with the editor; it needs no graph.

    :param sections: keys of those that the site has
    :param rows: of an answer at most, which the page tells
    """
    title = {"vi": "Truy vấn SPARQL", "en": "SPARQL queries"}
    words = query_words(lang)
    most = f"{rows:,}" if lang == "en" else f"{rows:,}".replace(",", ".")
    told = {
        key: text.replace("{rows}", most) if key.startswith("help.") else text for key, text in words.items()
    }
    shown = {"policy": QUERY_POLICY, "q": told, "prefixes": dict(PREFIXES)}
    page = Page("query", f"{__package__}:query.html.j2", title, lambda _: shown, "query", scripts=_SCRIPTS)
    html = render_page(page, lang, navigation([one for one in SECTIONS if one.key in sections]), version)
    return html.encode("utf-8")


@lru_cache(maxsize=2)
def query_words(lang: str) -> Mapping[str, str]:
    """Read the words of that page.

    >>> query_words("en")["result"]
    'Result'
    """
    entries = yaml.safe_load(packaged_text(__package__, "words.yaml"))
    position = languages().index(lang)
    return {key: str(pair[position]) for key, pair in entries.items()}


def static_files() -> dict[str, bytes]:
    """Read what all pages share, by path."""
    shared = {name: packaged_text("egovkg.viz.site", f"static/{name}").encode() for name in STATIC_FILES}
    own = {name: packaged_text(__package__, f"static/{name}").encode() for name in (*_SCRIPTS, "query.css")}
    return shared | own
