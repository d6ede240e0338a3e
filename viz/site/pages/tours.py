"""The pages of guided tours: each step with its text, what it rests on, and a question to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ....queries.questions.named import question
from ..content.answers import Sheet, answers, needs, sheet
from ..content.data_files import as_json, table_files, table_twins
from ..content.model import File, Page, Twin
from ..content.paths import anchor, article_path, question_path, tour_path
from ..content.statements import Link, Teller
from ..content.tour_checks import LINK, Checker
from ..content.words import words
from .entities import Bundle, bundles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..content.model import Context, Site
    from ..content.tours import Show, Step, Tour

_KEYS = ("name", "title_vi", "title_en", "minutes", "steps", "page")
ROWS = 8  # of an answer inside a step


@dataclass(frozen=True)
class Shown:
    """What a step shows.

    :param link: the page it comes from
    :param node: CURIE of an entity, for the explorer
    """

    kind: str
    link: Link
    bundles: tuple[Bundle, ...] = ()
    sheet: Sheet | None = None
    quote: Link | None = None
    node: str = ""


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of tours, and of each a page and its source; nothing without tours."""
    if not site.tours:
        return
    title = {lang: words(lang)["tours.title"] for lang in ("vi", "en")}
    own = table_twins("tours")
    yield Page("tours.html", "tours.html.j2", title, lambda lang: _list(site, lang), "tours", own)
    yield from table_files("tours", _KEYS, map(_row, site.tours))
    for tour in site.tours:
        path = tour_path(tour.name)
        stem = path.removesuffix(".html")
        twins = (Twin(f"{stem}.json", "JSON"), Twin(f"{stem}.yaml", "YAML"))
        yield Page(path, "tour.html.j2", tour.title, _shower(site, tour), "tours", twins)
        yield File(f"{stem}.json", as_json(_content(site, tour)))
        yield File(f"{stem}.yaml", tour.source)


def _row(tour: Tour) -> tuple[object, ...]:
    return tour.name, tour.title["vi"], tour.title["en"], tour.minutes, len(tour.steps), tour_path(tour.name)


def _content(site: Site, tour: Tour) -> dict[str, object]:
    """Give a tour with the statements that its steps rest on, resolved."""
    statements = site.known.statements
    steps = [
        {
            "title": dict(step.title),
            "text": dict(step.text),
            "shows": [
                {
                    "kind": show.kind,
                    "name": show.name,
                    "of": show.of,
                    "statements": [statements[position].fact.as_dict() for position in show.statements],
                }
                for show in step.shows
            ],
            "check": {key: dict(texts) for key, texts in step.check.items()},
        }
        for step in tour.steps
    ]
    return {
        "tour": tour.name,
        "title": dict(tour.title),
        "about": dict(tour.about),
        "minutes": tour.minutes,
        "steps": steps,
    }


def _list(site: Site, lang: str) -> Context:
    rows = [(Link(tour.title[lang], tour_path(tour.name), lang), tour) for tour in site.tours]
    return {"rows": rows}


def _shower(site: Site, tour: Tour) -> Callable[[str], Context]:
    return lambda lang: _tour(site, tour, lang)


def _tour(site: Site, tour: Tour, lang: str) -> Context:
    steps = [
        {
            "anchor": f"step-{number}",
            "title": step.title[lang],
            "paragraphs": _paragraphs(site, step, lang),
            "shows": _shows(site, step, lang),
            "check": {key: texts[lang] for key, texts in step.check.items()},
        }
        for number, step in enumerate(tour.steps, 1)
    ]
    others = [Link(each.title[lang], tour_path(each.name), lang) for each in site.tours if each is not tour]
    return {"tour": tour, "steps": steps, "others": others}


def _paragraphs(site: Site, step: Step, lang: str) -> list[list[Link]]:
    """Cut a text into paragraphs, and those at their links."""
    checker = Checker(site, "")
    return [
        list(_pieces(checker, " ".join(part.split()), lang))
        for part in re.split(r"\n\s*\n", step.text[lang])
        if part.strip()
    ]


def _pieces(checker: Checker, text: str, lang: str) -> Iterator[Link]:
    at = 0
    for match in LINK.finditer(text):
        yield Link(text[at : match.start()], lang=lang)
        yield Link(match[1], checker.path(match[2]), lang)
        at = match.end()
    yield Link(text[at:], lang=lang)


def _shows(site: Site, step: Step, lang: str) -> list[Shown]:
    """Show what a step rests on; statements that follow one another are told together, each sentence once."""
    shown: list[Shown] = []
    for stated, held in groupby(step.shows, key=lambda show: bool(show.statements)):
        if stated:
            positions = dict.fromkeys(position for show in held for position in show.statements)
            shown.append(_statements(Teller(site.known, lang), tuple(positions)))
        else:
            shown += [_shown(site, show, lang) for show in held]
    return shown


def _shown(site: Site, show: Show, lang: str) -> Shown:
    known, teller = site.known, Teller(site.known, lang)
    if show.kind == "entity":
        return Shown("entity", teller.thing(show.name), node=show.name)
    if show.kind == "question":
        asked = question(show.name)
        needed = needs(asked)
        answer = answers(known, asked, lang, [show.of] if needed else None)[0][1]
        place = f"#{anchor(show.of)}" if needed else ""
        of = f" — {teller.thing(show.of).text}" if needed else ""
        link = Link(asked.asks[lang] + of, question_path(show.name) + place, lang)
        return Shown("question", link, sheet=sheet(known, answer, ROWS))
    paragraph = known.paragraphs[show.name]
    own = lang if lang in paragraph.text else "vi"
    page = f"{article_path(paragraph.article)}#{anchor(paragraph.id)}"
    title = known.articles[paragraph.article].title
    source = Link(title.get(lang) or title["vi"], page, lang)
    return Shown("paragraph", source, quote=Link(paragraph.text[own], lang=own))


def _statements(teller: Teller, positions: Sequence[int]) -> Shown:
    told = teller.all(positions)
    return Shown("claim", told[0].subject, bundles=tuple(bundles(told)))
