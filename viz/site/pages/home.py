"""The home page: the contents of the graph, how to read it, and starting points for each group of users."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import yaml

from ....files import packaged_text
from ....ontology.statuses import statuses
from ....queries.facts.statement_bounds import is_denied
from ....queries.questions.header import GROUPS
from ....queries.questions.named import questions
from ....words import catalogue, label, languages, written_number
from ..content.coverage import province_links
from ..content.data_files import json_bytes
from ..content.forms import shown_date
from ..content.model import Alternate, File, Page, PageLink
from ..content.paths import (
    anchor,
    article_path,
    impact_address,
    in_language,
    province_path,
    question_path,
    tour_path,
)
from ..content.statements import StatementWording
from ..content.texts import page_texts, titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ....ontology.tones import Tone
    from ..content.model import Context
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot
    from ..content.statements import StatementView

__all__ = ["CountLink", "Example", "StartCard", "StatusRow", "examples", "pages"]

FIRST = "first"  # group of the questions that open the page
NEWEST = 10  # articles listed on the page; the list of articles has them all

_START_PAGES = {  # group of users -> address and key of the text of each page that it starts from
    "architect": (
        ("explorer.html", "start.explorer"),
        ("impact.html", "start.impact"),
        ("ontology.html", "start.ontology"),
    ),
    "planner": (
        ("gaps.html", "start.gaps"),
        ("questions.html#planner", "start.questions"),
        ("about.html#coverage", "start.coverage"),
    ),
    "student": (("tours.html", "start.tours"), ("glossary.html", "start.glossary")),
}


@dataclass(frozen=True)
class Example:
    """An example question on the home page.

    :param group: the group of users that it is meant for
    :param key: key of its text in the catalogue, below `example`
    :param question: name of the named question; empty where a page answers it
    :param subject: CURIE for the required parameter of the question; empty if it has none
    :param page: the page that answers it: `impact`, `province`, `new` or `evidence`
    """

    group: str
    key: str
    question: str = ""
    subject: str = ""
    page: str = ""


@dataclass(frozen=True)
class StartCard:
    """The starting points for a group of users."""

    key: str
    name: str
    description: str
    examples: tuple[PageLink, ...]
    start_pages: tuple[PageLink, ...]


@dataclass(frozen=True)
class CountLink:
    """A count of the graph, linked to the page that lists the counted items."""

    label: str
    count: int
    path: str
    note: str = ""


@dataclass(frozen=True)
class StatusRow:
    """A status and the number of asserted statements with it."""

    tone: Tone
    label: str
    meaning: str
    count: int


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Read the example questions."""
    entries = yaml.safe_load(packaged_text(__package__, "examples.yaml"))["examples"]
    return tuple(Example(**entry) for entry in entries)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the home page and its data."""
    alternates = (Alternate("index.json", "JSON"),)
    yield Page(
        "index.html", "home.html.j2", titles("home.title"), partial(_context, site), "home", alternates
    )
    yield File("index.json", json_bytes({lang: _content(site, lang) for lang in languages()}))


def _context(site: Site, lang: str) -> Context:
    return {
        "first_questions": list(_example_links(site, FIRST, lang)),
        "cards": [_card(site, group, lang) for group in GROUPS],
        "counts": _counts(site, lang),
        "statuses": _status_rows(site, lang),
        "has_provinces": _has_provinces(site.snapshot),
        "sample": _sample_statement(site, lang),
        "tours": _tour_links(site, lang),
        "articles": _article_links(site, lang)[-NEWEST:][::-1],
    }


def _content(site: Site, lang: str) -> dict[str, object]:
    """Return the page as data: counts, statuses, and the targets of its links from the root of the site."""
    cards = [_card(site, group, lang) for group in GROUPS]
    return {
        "counts": {entry.label: entry.count for entry in _counts(site, lang)},
        "statuses": [
            {"status": row.label, "meaning": row.meaning, "statements": row.count}
            for row in _status_rows(site, lang)
        ],
        "first_questions": _link_contents(_example_links(site, FIRST, lang)),
        "examples": {card.name: _link_contents(card.examples) for card in cards},
        "articles": _link_contents(link for link, _ in _article_links(site, lang)),
        "provinces": _link_contents(province_links(site.snapshot, lang)),
        "tours": _link_contents(_tour_links(site, lang)),
    }


def _link_contents(links: Iterable[PageLink]) -> list[dict[str, str]]:
    return [{"text": link.text, "page": in_language(link.path, link.lang)} for link in links]


def _card(site: Site, group: str, lang: str) -> StartCard:
    texts = page_texts(lang)
    start_pages = (
        PageLink(texts[key], path, lang) for path, key in _START_PAGES.get(group, ()) if _exists(site, path)
    )
    return StartCard(
        key=group,
        name=texts[f"group.{group}"],
        description=texts[f"group.{group}.for"],
        examples=tuple(_example_links(site, group, lang)),
        start_pages=tuple(start_pages),
    )


def _exists(site: Site, path: str) -> bool:
    """Tell whether the graph has the data for a page."""
    content = {
        "tours.html": site.tours,
        "impact.html": site.snapshot.providers,
        "gaps.html": site.snapshot.compared_provinces,
    }
    return path not in content or bool(content[path])


def _example_links(site: Site, group: str, lang: str) -> Iterator[PageLink]:
    """Link the example questions that the graph can answer."""
    texts = catalogue(__package__, lang)
    for example in examples():
        if example.group == group and (address := _answer_address(site, example)):
            yield PageLink(texts[f"example.{example.key}"], address, lang)


def _answer_address(site: Site, example: Example) -> str:
    """Return the page that answers an example question; empty if the graph cannot answer it."""
    if example.page:
        return _page_address(site.snapshot, example)
    path = question_path(example.question)
    if not example.subject:
        return path
    is_answered = example.subject in site.subjects(example.question)
    return f"{path}#{anchor(example.subject)}" if is_answered else ""


def _page_address(snapshot: GraphSnapshot, example: Example) -> str:
    """Return the place on a page that answers an example question; empty if the graph cannot answer it."""
    entity = snapshot.by_curie.get(example.subject)
    has_dependents = entity is not None and entity.iri in snapshot.providers
    has_provinces = _has_provinces(snapshot)
    answers = {
        "impact": impact_address(example.subject) if has_dependents else "",
        "province": province_path(example.subject) if has_provinces and entity else "",
        "new": "provinces.html#new" if has_provinces else "",
        "evidence": "index.html#read" if snapshot.statements else "",
    }
    return answers[example.page]


def _has_provinces(snapshot: GraphSnapshot) -> bool:
    """Tell whether there are pages of the provinces of today."""
    return bool(snapshot.compared_provinces) and snapshot.as_of is not None


def _counts(site: Site, lang: str) -> list[CountLink]:
    texts, snapshot = page_texts(lang), site.snapshot
    figures = sum(statement.fact.kind == "figure" for statement in snapshot.statements)
    counts = (
        ("articles", len(snapshot.articles), "articles.html"),
        ("statements", len(snapshot.statements), "data.html"),
        ("figures", figures, "question/figures-over-time.html"),
        ("entities", len(snapshot.entities), "entities.html"),
        ("questions", len(questions()), "questions.html"),
    )
    drawn = texts("count.drawn", count=written_number(len(snapshot.drawn), lang))
    notes = {"entities": drawn if len(snapshot.drawn) < len(snapshot.entities) else ""}
    return [CountLink(texts[f"count.{key}"], count, path, notes.get(key, "")) for key, count, path in counts]


def _status_rows(site: Site, lang: str) -> list[StatusRow]:
    """Count the asserted statements by status."""
    facts = [statement.fact for statement in site.snapshot.statements]
    asserted = [fact.status for fact in facts if not is_denied(fact)]
    return [
        StatusRow(status.tone, status.label(lang), label(status.code.definitions, lang), asserted.count(slug))
        for slug, status in statuses().items()
    ]


def _sample_statement(site: Site, lang: str) -> StatementView | None:
    """Choose the statement that shows how to read a fact: the first planned connection of two systems."""
    statements = site.snapshot.statements
    plans = (
        statement
        for statement in statements
        if statement.fact.predicate == "connectsTo" and statuses()[statement.fact.status].is_intended
    )
    sample = next(plans, next(iter(statements), None))
    return StatementWording(site.snapshot, lang).statement(sample) if sample else None


def _tour_links(site: Site, lang: str) -> list[PageLink]:
    return [PageLink(label(tour.title, lang), tour_path(tour.name), lang) for tour in site.tours]


def _article_links(site: Site, lang: str) -> list[tuple[PageLink, str]]:
    """Link the articles with their days, the earliest first."""
    articles = sorted(site.snapshot.picture.articles, key=lambda article: (article.published, article.id))
    return [
        (
            PageLink(label(article.title, lang), article_path(article.id), lang),
            shown_date(article.published, lang),
        )
        for article in articles
    ]
