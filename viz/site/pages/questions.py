"""Questions with their answers: every named question, answered from this graph, with its query text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....queries.questions.header import GROUPS
from ....queries.questions.named import questions
from ..content.answers import answers, sheet
from ..content.csv_files import as_csv
from ..content.data_files import as_json, table_files, table_twins
from ..content.model import File, Page, Twin
from ..content.paths import anchor, in_language, question_path
from ..content.statements import Link, Teller
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.facts.values import Json
    from ....queries.questions.header import Question
    from ..content.answers import Answers
    from ..content.model import Context, Site

LIMIT = 300  # rows of an answer on a page; the twins hold all
_LIST = "questions.html"

_KEYS = ("name", "vi", "en", "for", "asked_of", "page")


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of questions, and of each a page with CSV, JSON and query text."""
    title = {lang: words(lang)["questions.title"] for lang in ("vi", "en")}
    yield Page(_LIST, "questions.html.j2", title, _list, "questions", table_twins("questions"))
    yield from table_files("questions", _KEYS, map(_row, questions()))
    for asked in questions():
        yield from _question(site, asked)


def _question(site: Site, asked: Question) -> Iterator[Page | File]:
    subjects = site.asked_of(asked.name)
    held = {"vi": site.answers[asked.name], "en": answers(site.known, asked, "en", subjects)}
    path = question_path(asked.name)
    stem = path.removesuffix(".html")
    twins = (
        Twin(f"{stem}.csv", "CSV", True),
        Twin(f"{stem}.json", "JSON", True),
        Twin(f"{stem}.rq", "SPARQL"),
    )

    def context(lang: str) -> Context:
        return _context(site, asked, held[lang], lang)

    yield Page(path, "question.html.j2", asked.asks, context, "questions", twins, ("sort.js",))
    yield File(f"{stem}.rq", asked.text.encode("utf-8"))
    for lang, told in held.items():
        yield File(in_language(f"{stem}.csv", lang), _csv(asked, told))
        content: list[Json] = [{"of": subject, **answer.as_dict()} for subject, answer in told]
        yield File(in_language(f"{stem}.json", lang), as_json(content))


def _csv(asked: Question, told: Answers) -> bytes:
    columns = [column.name for column in asked.columns]
    of = any(subject for subject, _ in told)
    rows = ([subject, *row] if of else list(row) for subject, answer in told for row in answer.rows)
    return as_csv(["of", *columns] if of else columns, rows)


def _context(site: Site, asked: Question, told: Answers, lang: str) -> Context:
    teller = Teller(site.known, lang)
    parts = []
    for subject, answer in told:
        of = teller.thing(subject) if ":" in subject else Link(subject, lang=lang)
        parts.append(
            (
                anchor(subject) if subject else "answer",
                of if subject else None,
                sheet(site.known, answer, LIMIT),
            )
        )
    return {
        "question": asked,
        "parts": parts,
        "groups": [words(lang)[f"group.{group}"] for group in asked.groups],
        "command": _command(asked),
        "limit": LIMIT,
        "none": (asked.none or {}).get(lang) or words(lang)["notstated"],
    }


def _command(asked: Question) -> str:
    given = "".join(f" -p {each.name}=…" for each in asked.parameters if each.default is None)
    return f"egovkg ask {asked.name}{given}"


def _list(lang: str) -> Context:
    grouped = [
        (group, words(lang)[f"group.{group}"], words(lang)[f"group.{group}.for"], _links(group, lang))
        for group in GROUPS
    ]
    return {"groups": grouped, "total": len(questions())}


def _row(one: Question) -> tuple[object, ...]:
    asked_of = [parameter.name for parameter in one.parameters]
    return one.name, one.asks["vi"], one.asks["en"], list(one.groups), asked_of, question_path(one.name)


def _links(group: str, lang: str) -> list[Link]:
    return [Link(one.asks[lang], question_path(one.name), lang) for one in questions() if group in one.groups]
