"""The glossary: words of Vietnamese e-government, in Vietnamese and English; a data file holds them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ....files import packaged_text
from ..content.data_files import table_files, table_twins
from ..content.model import File, Page
from ..content.paths import anchor
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..content.model import Context, Site

_KEYS = ("vi", "short", "en", "what_vi", "what_en")


@lru_cache(maxsize=1)
def glossary() -> Sequence[tuple[Mapping[str, str], Sequence[Mapping[str, str]]]]:
    """Read the glossary: sections with their title and terms."""
    sections = yaml.safe_load(packaged_text("egovkg.viz.site.content", "glossary.yaml"))["sections"]
    return [
        (section["title"], [{key: term.get(key, "") for key in _KEYS} for term in section["terms"]])
        for section in sections
    ]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page and its CSV."""
    title = {lang: words(lang)["glossary.title"] for lang in ("vi", "en")}
    twins = table_twins("glossary")
    yield Page(
        "glossary.html", "glossary.html.j2", title, lambda lang: _glossary(site, lang), "glossary", twins
    )
    rows = ([term[key] for key in _KEYS] for _, terms in glossary() for term in terms)
    yield from table_files("glossary", _KEYS, rows)


def _glossary(site: Site, lang: str) -> Context:
    sections = [
        (title[lang], [(term, anchor(term["short"] or term["vi"]), term[f"what_{lang}"]) for term in terms])
        for title, terms in glossary()
    ]
    return {"sections": sections}
