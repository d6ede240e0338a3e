"""The home page: what is known, how to read it, and a way in for each of three groups of users."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from ....files import packaged_text
from ....ontology.statuses import find_status
from ....queries.questions.header import GROUPS
from ....queries.questions.named import questions
from ..content.coverage import provinces
from ..content.data_files import as_json
from ..content.model import LANGUAGES, File, Page, Twin
from ..content.paths import anchor, article_path, impact_place, in_language, question_path, tour_path
from ..content.statements import Link, Teller, tone_of
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..content.model import Site

_ENTRIES = {  # pages that each group starts from: address, key of its words
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


def pages(site: Site) -> Iterator[Page | File]:
    """Make the home page and its data."""
    title = {lang: words(lang)["home.title"] for lang in ("vi", "en")}
    twins = (Twin("index.json", "JSON"),)
    yield Page("index.html", "home.html.j2", title, lambda lang: _home(site, lang), "home", twins)
    yield File("index.json", as_json({lang: _content(site, lang) for lang in LANGUAGES}))


@lru_cache(maxsize=1)
def examples() -> Sequence[Mapping[str, str]]:
    """Read the examples: `for`, `question` or `page`, `of` (a CURIE, or nothing), words in both languages."""
    entries: Sequence[Mapping[str, str]] = yaml.safe_load(
        packaged_text("egovkg.viz.site.content", "examples.yaml")
    )["examples"]
    return entries


def _home(site: Site, lang: str) -> dict[str, Any]:
    known = site.known
    facts = [statement.fact for statement in known.statements]
    groups = [
        (
            group,
            words(lang)[f"group.{group}"],
            words(lang)[f"group.{group}.for"],
            _examples(site, group, lang),
            [Link(words(lang)[key], path, lang) for path, key in _ENTRIES[group] if _stands(site, path)],
        )
        for group in GROUPS
    ]
    counts = (
        ("articles", len(known.articles), "articles.html"),
        ("statements", len(facts), "data.html"),
        ("figures", sum(fact.kind == "figure" for fact in facts), "question/figures-over-time.html"),
        ("entities", len(known.entities), "entities.html"),
        ("questions", len(questions()), "questions.html"),
    )
    return {
        "groups": groups,
        "counts": [(words(lang)[f"count.{key}"], number, path) for key, number, path in counts],
        "statuses": _statuses(site, lang),
        "provinces": provinces(known, lang),
        "sample": _sample(site, lang),
        "tours": [Link(tour.title[lang], tour_path(tour.name), lang) for tour in site.tours],
        "articles": _articles(site, lang),
    }


def _stands(site: Site, path: str) -> bool:
    """Tell whether this graph has what a page is made of."""
    needs = {"tours.html": site.tours, "impact.html": site.known.providers, "gaps.html": site.known.compared}
    return path not in needs or bool(needs[path])


def _content(site: Site, lang: str) -> dict[str, object]:
    """Give what the page tells: counts, statuses, and where its links lead, from the root of the site."""
    held = _home(site, lang)
    links = {key: held[key] for key in ("provinces", "tours")}
    return {
        "counts": {label: number for label, number, _ in held["counts"]},
        "statuses": [
            {"status": name, "meaning": meaning, "statements": number}
            for _, name, meaning, number in held["statuses"]
        ],
        "examples": {name: _plain(asked) for _, name, _, asked, _ in held["groups"]},
        "articles": _plain([link for link, _ in held["articles"]]),
        **{key: _plain(value) for key, value in links.items()},
    }


def _plain(links: Iterable[Link]) -> list[dict[str, str]]:
    return [{"text": link.text, "page": in_language(link.path, link.lang)} for link in links]


def _examples(site: Site, group: str, lang: str) -> list[Link]:
    """Link the example questions that this graph can answer."""
    links = []
    for example in examples():
        if example["for"] == group and (path := _answer_place(site, example)):
            links.append(Link(example[lang], path, lang))
    return links


def _answer_place(site: Site, example: Mapping[str, str]) -> str:
    """Find where an example is answered; nothing when this graph cannot answer it."""
    of = example.get("of", "")
    if example.get("page") == "impact":
        entity = site.known.by_curie.get(of)
        return impact_place(of) if entity and entity.iri in site.known.providers else ""
    name = example["question"]
    if not of:
        return question_path(name)
    return f"{question_path(name)}#{anchor(of)}" if of in site.asked_of(name) else ""


def _statuses(site: Site, lang: str) -> list[tuple[str, str, str, int]]:
    """Count statements by status: tone, word, meaning, number."""
    known = site.known
    rows = []
    for code in known.vocabulary.schemes["Status"]:
        number = sum(each.fact.status == code and each.fact.polarity == "yes" for each in known.statements)
        meaning = known.vocabulary.codes[code].definitions.get(lang, "")
        rows.append((tone_of(code), known.code_label(code, lang), meaning, number))
    return rows


def _sample(site: Site, lang: str) -> object:
    """Pick one statement to show how a fact is read: the first plan that joins two systems."""
    teller = Teller(site.known, lang)
    joined = (
        each
        for each in site.known.statements
        if each.fact.predicate == "connectsTo" and find_status(each.fact.status).is_intended
    )
    chosen = next(joined, next(iter(site.known.statements), None))
    return teller.tell(chosen) if chosen else None


def _articles(site: Site, lang: str) -> list[tuple[Link, str]]:
    held = sorted(site.known.picture.articles, key=lambda each: (each.published, each.id))
    return [
        (Link(each.title.get(lang) or each.title["vi"], article_path(each.id), lang), each.published)
        for each in held
    ]
