"""From a page to HTML: one template set, escaping on, nothing fetched from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ...files import packaged_text
from .content.dates import shown_date
from .content.model import LANGUAGES
from .content.paths import anchor, explorer_place, in_language, relative
from .content.words import capital, short_place, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .content.model import Page, Section

STATIC = ("site.css", "theme.js", "site.js", "search.js", "reader.js", "sort.js", "grid.js")
# `file:` stands beside 'self' because some browsers take a page from a file as belonging to nobody; a page
# that was fetched over the network cannot load files, so there it allows nothing.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' data: file:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


def _template(name: str) -> str:
    package, _, file = name.rpartition(":")
    return packaged_text(package or __package__, f"templates/{file}")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Make the environment: templates of ours, every value escaped, no unknown name passed over."""
    made = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(policy=POLICY, explorer=explorer_place, anchor=anchor)
    made.filters.update(day=shown_date, cap=capital, short_place=short_place)
    return made


def render_page(page: Page, lang: str, sections: Sequence[Section], version: str) -> str:
    """Write a page in a language.

    :param sections: entries of the navigation
    """
    own = in_language(page.path, lang)

    def link(path: str) -> str:
        """Lead to a page in the same language."""
        neutral = path.startswith(("explorer.html", "data/"))
        return relative(path if neutral else in_language(path, lang), own)

    def asset(path: str) -> str:
        """Lead to what both languages share."""
        return relative(path, own)

    other = next(each for each in LANGUAGES if each != lang)
    context = {
        "lang": lang,
        "other": other,
        "other_page": relative(in_language(page.path, other), own),
        "w": words(lang),
        "page": page,
        "title": page.title[lang],
        "link": link,
        "asset": asset,
        "twins": [(link(twin.path) if twin.both else asset(twin.path), twin.form) for twin in page.twins],
        "root": asset("index.html").removesuffix("index.html"),
        "nav": [(link(each.path), each.label[lang], each.key == page.section) for each in sections],
        "version": version,
    }
    return environment().get_template(page.template).render({**context, **page.context(lang)})
