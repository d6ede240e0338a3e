"""The search index: a script that contains only data and is loaded on the first search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.text import folding_table
from ...queries.questions.named import questions
from ...queries.questions.sentence_words import other_wordings
from ...words import DEFAULT_LANGUAGE, label, languages
from ..shared.html import embedded_json
from .content.forms import with_shown_days
from .content.model import File
from .content.paths import article_path, question_path, tour_path
from .content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...words import Texts
    from .content.site import Site

__all__ = ["INDEX_FILE", "SearchEntry", "search_index"]

INDEX_FILE = "search-index.js"


@dataclass(frozen=True)
class SearchEntry:
    """A page in the search index.

    :param kind: kind of its subject by language, such as the class of an entity
    :param labels: its names by language
    :param other_names: additional names by which it is found
    :param weight: number of statements; among equal matches the larger comes first
    """

    path: str
    kind: Texts
    labels: Texts
    other_names: tuple[str, ...]
    weight: int = 0


def search_index(site: Site) -> File:
    """Return the search index as a script.

    Each row holds the address, the position of the kind, the names in the order of the languages (empty if
    equal to that in the default language), other names, and the weight. The index also contains the table for
    removing accents, so that the script normalises names as Python does.
    """
    kinds: dict[tuple[str, ...], int] = {}
    rows: list[object] = []
    for entry in _entries(site):
        kind = tuple(label(entry.kind, lang) for lang in languages())
        position = kinds.setdefault(kind, len(kinds))
        rows.append([entry.path, position, _names(entry), list(entry.other_names), entry.weight])
    content = {
        "languages": list(languages()),
        "folding": folding_table(),
        "kinds": list(kinds),
        "rows": rows,
    }
    script = f'"use strict";\nwindow.egovkgIndex = {embedded_json(content)};\n'
    return File(INDEX_FILE, script.encode("utf-8", "replace"))


def _names(entry: SearchEntry) -> list[str]:
    """List the names in the order of the languages, the default language first."""
    names = [with_shown_days(label(entry.labels, lang), lang) for lang in languages()]
    default_name = names[0]
    return [default_name, *("" if name == default_name else name for name in names[1:])]


def _entries(site: Site) -> Iterator[SearchEntry]:
    yield from _entity_entries(site)
    for question in questions():
        path = question_path(question.name)
        yield SearchEntry(
            path, titles("search.kind.question"), question.asks, (question.name, *other_wordings(question))
        )
    for article in site.snapshot.picture.articles:
        path = article_path(article.id)
        yield SearchEntry(path, titles("search.kind.article"), article.title, (article.id,))
    for tour in site.tours:
        yield SearchEntry(tour_path(tour.name), titles("search.kind.tour"), tour.title, (tour.name,))


def _entity_entries(site: Site) -> Iterator[SearchEntry]:
    snapshot = site.snapshot
    for entity in snapshot.entities:
        name = entity.label(DEFAULT_LANGUAGE)
        aliases = [alias for alias in dict.fromkeys((entity.short, *entity.aliases)) if alias != name]
        yield SearchEntry(
            path=entity.path,
            kind={lang: snapshot.class_label(entity.kind, lang) for lang in languages()},
            labels={lang: entity.label(lang) for lang in languages()},
            other_names=(*aliases, entity.curie),
            weight=snapshot.statement_count(entity.curie),
        )
