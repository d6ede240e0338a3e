"""The page with the SPARQL editor; it needs no graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.names import PREFIXES
from ...viz.site.content.model import Page
from ...viz.site.content.paths import in_language
from ...viz.site.render import render_page
from ...viz.site.sections import SECTIONS, SiteSection
from ...words import catalogue, in_all_languages, written_number
from ..contract.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATH = "query"
_SECTION_BEFORE = "questions"  # key of the section that the page stands behind in the navigation
# The style sheet of the page and its scripts: modules, of which `query.js` imports the others.
QUERY_FILES = (
    "query.css",
    "query.js",
    "query_text.js",
    "page.js",
    "fields.js",
    "suggestions.js",
    "results.js",
    "result_view.js",
    "entity_names.js",
    "graph.js",
    "graph_layout.js",
)
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


def query_section() -> SiteSection:
    """Return the navigation entry of the page."""
    return SiteSection(_PATH, _PATH, in_all_languages(__package__, "query.section"), lambda _: ())


def navigation(sections: Sequence[SiteSection]) -> tuple[SiteSection, ...]:
    """Insert the entry of this page after that of the questions, or at the end."""
    keys = [section.key for section in sections]
    position = keys.index(_SECTION_BEFORE) + 1 if _SECTION_BEFORE in keys else len(keys)
    return (*sections[:position], query_section(), *sections[position:])


def query_page(
    lang: str, version: str, section_keys: Sequence[str] = (), row_limit: int = Limits.rows
) -> bytes:
    """Return the page in a language.

    :param section_keys: keys of the sections for which the site has pages
    :param row_limit: the largest number of rows of an answer, stated in the help on the page
    """
    words = catalogue(__package__, lang)
    texts = words.below("query") | {
        "help-limit": words("query.help-limit", rows=written_number(row_limit, lang))
    }
    context = {
        "policy": QUERY_POLICY,
        "words": texts,
        "prefixes": dict(PREFIXES),
        "resource_folder": in_language("data/", lang),
    }
    title = in_all_languages(__package__, "query.title")
    template = f"{__package__}:query.html.j2"
    page = Page(_PATH, template, title, lambda _: context, _PATH)
    sections = [section for section in SECTIONS if section.key in section_keys]
    return render_page(page, lang, navigation(sections), version).encode("utf-8")
