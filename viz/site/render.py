"""Rendering of pages to HTML: shared templates, escaped values, no external resources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import Markup, escape

from ...words import DEFAULT_LANGUAGE, label, languages, written_number
from ..shared.html import FILES_POLICY, embedded_json, template_environment
from ..shared.places import short_territory_name
from ..shared.script_modules import joined_script, script_text
from .content.forms import shown_date, with_shown_days
from .content.paths import anchor, explorer_address, in_language, relative
from .content.texts import capital, page_texts
from .navigation import navigation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment
    from jinja2.runtime import Context

    from .content.model import Page, PageLink
    from .sections import SiteSection

__all__ = ["STATIC_FILES", "Translation", "render_page", "static_files"]

SEARCH = "search.js"  # a module: what it imports is joined to it, as pages opened as files load no modules
STATIC_FILES = ("site.css", "theme.js", "site.js", SEARCH, "reader.js", "sort.js", "grid.js")
_SCRIPTS = "site/static"
_SEARCH_WORDS = ("hint", "count", "none", "statements")
EXPLORER = "explorer.html"
_DAY_OF_LABEL = re.compile(r"(?<= )\d{4}-\d{2}-\d{2}(?=\))")  # as in `Tỉnh Cà Mau (từ 2025-07-01)`
_SAME_IN_ALL_LANGUAGES = (EXPLORER, "data/")


def static_files() -> dict[str, bytes]:
    """Read the style sheet and the scripts of the pages, by name."""
    return {
        name: (_search_script() if name == SEARCH else script_text(_SCRIPTS, name)).encode()
        for name in STATIC_FILES
    }


def _search_script() -> str:
    """Return the script that makes the search box of every page, behind its words in every language."""
    words = {lang: {"folder": in_language("", lang), **_search_words(lang)} for lang in languages()}
    return f"window.egovkgWords = {embedded_json(words)};\n{joined_script(_SCRIPTS, SEARCH)}"


def _search_words(lang: str) -> dict[str, str]:
    texts = page_texts(lang)
    return {
        "label": texts["search"],
        "locale": texts["language.locale"],
        **{key: texts[f"search.{key}"] for key in _SEARCH_WORDS},
    }


@dataclass(frozen=True)
class Translation:
    """A link to the same page in another language.

    :param name: name of the language in that language
    :param description: description of the link in that language
    """

    lang: str
    path: str
    name: str
    description: str


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = template_environment(__package__)
    environment.globals.update(
        anchor=anchor,
        default_language=DEFAULT_LANGUAGE,
        explorer=explorer_address,
        policy=FILES_POLICY,
    )
    environment.finalize = _finalized
    environment.filters.update(
        cap=capital,
        day=shown_date,
        days=with_shown_days,
        in_language=label,
        number=written_number,
        short_name=short_territory_name,
    )
    return environment


@pass_context
def _finalized(context: Context, value: object) -> object:
    """Format the days in labels of units for readers, wherever a template writes a label."""
    if isinstance(value, Markup) or not isinstance(value, str) or "-" not in value:
        return value
    return _DAY_OF_LABEL.sub(lambda match: shown_date(match[0], context["lang"]), value)


def render_page(page: Page, lang: str, entries: Sequence[SiteSection], version: str) -> str:
    """Return a page in a language as HTML.

    :param entries: the sections listed in the navigation
    :param version: name of the published graph; empty if unknown
    """
    address = in_language(page.path, lang)
    link, asset = partial(_link, address, lang), partial(_relative_to, address)
    context = {
        "lang": lang,
        "translations": [_translation(page, address, code) for code in languages() if code != lang],
        "w": page_texts(lang),
        "page": page,
        "title": with_shown_days(label(page.title, lang), lang),
        "link": link,
        "go": _link_writer(lang, link),
        "asset": asset,
        "alternates": [
            (link(file.path) if file.per_language else asset(file.path), file.format_name)
            for file in page.alternates
        ],
        "navigation": navigation(page, lang, entries, link),
        "version": version,
    }
    template = _environment().get_template(page.template)
    return template.render({**context, **page.context(lang)})


def _relative_to(address: str, path: str) -> str:
    """Return the relative link to a file shared by all languages."""
    return relative(path, address)


def _link(address: str, lang: str, path: str) -> str:
    """Return the relative link to a page in the same language."""
    if path == EXPLORER:
        path = explorer_address(lang=lang)
    is_shared = path.startswith(_SAME_IN_ALL_LANGUAGES)
    return relative(path if is_shared else in_language(path, lang), address)


def _link_writer(lang: str, link: Callable[[str], str]) -> Callable[..., Markup]:
    """Return the function by which templates write a link, or its text where it leads nowhere.

    :param link: returns the relative link to a page
    """

    def go(target: PageLink, css_class: str = "") -> Markup:
        attributes = f' class="{css_class}"' if css_class else ""
        if target.lang != lang:
            attributes += f' lang="{target.lang}"'
        if css_class == "mention" and target.path:
            attributes += f' data-entity="{escape(target.curie)}"'
        text = escape(with_shown_days(target.text, lang))
        if target.path:
            return Markup(f'<a href="{escape(link(target.path))}"{attributes}>{text}</a>')
        return Markup(f"<span{attributes}>{text}</span>") if attributes else text

    return go


def _translation(page: Page, address: str, lang: str) -> Translation:
    texts = page_texts(lang)
    path = relative(in_language(page.path, lang), address)
    return Translation(lang, path, texts["language.name"], texts["language.read"])
