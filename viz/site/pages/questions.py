"""The pages of the named questions: each with its answers from this graph and its query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from shlex import quote
from typing import TYPE_CHECKING

from ....queries.facts.values import json_value
from ....queries.questions.header import GROUPS
from ....queries.questions.named import questions
from ....words import DEFAULT_LANGUAGE, label, languages
from ..content.answer_tables import AnswerTable, answer_table
from ..content.data_files import csv_bytes, json_bytes, table_alternates, table_files
from ..content.forms import shown_date
from ..content.model import Alternate, File, Page, PageLink
from ..content.paths import anchor, article_path, in_language, question_path
from ..content.question_answers import most_subjects, required_parameter
from ..content.statements import StatementWording
from ..content.texts import page_texts, text_and_language, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ....queries.facts.values import Json
    from ....queries.questions.header import Question
    from ...tables import CellValue
    from ..content.model import Context
    from ..content.question_answers import SubjectAnswers
    from ..content.site import Site

__all__ = ["AnswerPart", "pages"]

ROW_LIMIT = 80  # rows of the only answer on a page; the files hold all
ROWS_OF_SUBJECT = 10  # rows of each answer on a page with answers for several subjects
_LIST = "questions.html"
_SUBJECT_COLUMN = "of"
_KEYS = ("name", *languages(), "for", "asked_of", "page")


@dataclass(frozen=True)
class AnswerPart:
    """The answer to a question for one subject.

    :param subject: ``None`` for a question without a required parameter
    """

    anchor: str
    subject: PageLink | None
    table: AnswerTable


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of questions, and a page with CSV in each language, JSON and query for each question."""
    alternates = table_alternates("questions")
    yield Page(_LIST, "questions.html.j2", titles("questions.title"), _list_context, "questions", alternates)
    yield from table_files("questions", _KEYS, map(_table_row, questions()))
    for question in questions():
        yield from _question_pages(site, question)


def _question_pages(site: Site, question: Question) -> Iterator[Page | File]:
    answers = {lang: site.answers_in(question, lang) for lang in languages()}
    path = question_path(question.name)
    stem = path.removesuffix(".html")
    yield Page(
        path=path,
        template="question.html.j2",
        title=question.asks,
        context=partial(_context, site, question, answers),
        section="questions",
        alternates=(
            Alternate(f"{stem}.csv", "CSV", per_language=True),
            Alternate(f"{stem}.json", "JSON"),
            Alternate(f"{stem}.rq", "SPARQL"),
        ),
        scripts=("sort.js",),
    )
    yield File(f"{stem}.rq", question.text.encode("utf-8"))
    yield File(f"{stem}.json", json_bytes(_content(answers[DEFAULT_LANGUAGE])))
    for lang, of_subjects in answers.items():
        yield File(in_language(f"{stem}.csv", lang), _csv(question, of_subjects))


def _content(answers: SubjectAnswers) -> list[Json]:
    """Return the answers as data, each row as a list of values in the order of the columns."""
    content: list[Json] = []
    for subject, answer in answers:
        rows: list[Json] = [list(map(json_value, row)) for row in answer.rows]
        content.append({_SUBJECT_COLUMN: subject, **answer.as_dict(), "rows": rows})
    return content


def _csv(question: Question, answers: SubjectAnswers) -> bytes:
    keys = [column.name for column in question.columns]
    if any(subject for subject, _ in answers):
        rows: Iterator[list[CellValue]] = (
            [subject, *row] for subject, answer in answers for row in answer.rows
        )
        return csv_bytes([_SUBJECT_COLUMN, *keys], rows)
    return csv_bytes(keys, (list(row) for _, answer in answers for row in answer.rows))


def _context(site: Site, question: Question, answers: Mapping[str, SubjectAnswers], lang: str) -> Context:
    texts = page_texts(lang)
    wording = StatementWording(site.snapshot, lang)
    parts, required = [], required_parameter(question)
    row_limit = ROW_LIMIT if len(answers[lang]) == 1 else ROWS_OF_SUBJECT
    for subject, answer in answers[lang]:
        link = _subject_link(wording, subject)
        table = answer_table(site.snapshot, answer, row_limit)
        part = AnswerPart(anchor(subject), link, table) if subject else AnswerPart("answer", None, table)
        parts.append(part)
    return {
        "question": question,
        "parts": parts,
        "groups": [texts[f"group.{group}"] for group in question.groups],
        "command": _command(question, answers[lang]),
        "is_cut": required is not None and len(parts) == most_subjects(required),
        "no_answer": (question.none or {}).get(lang) or texts["notstated"],
    }


def _subject_link(wording: StatementWording, subject: str) -> PageLink:
    """Link an entity or an article by its name; a day is formatted for readers."""
    article = wording.snapshot.articles.get(subject)
    if article is not None:
        title, title_lang = text_and_language(article.title, wording.lang)
        return PageLink(title, article_path(subject), title_lang)
    return wording.entity(subject, shown_date(subject, wording.lang))


def _command(question: Question, answers: SubjectAnswers) -> str:
    """Return the command that asks a question again, of the first subject on the page if it needs one."""
    parts = ["egovkg", "ask", question.name]
    if required := required_parameter(question):
        parts.append(f"{required.name}={answers[0][0] if answers else '…'}")
    return " ".join(quote(part) if " " in part else part for part in parts)


def _list_context(lang: str) -> Context:
    texts = page_texts(lang)
    groups = [
        (group, texts[f"group.{group}"], texts[f"group.{group}.for"], _group_links(group, lang))
        for group in GROUPS
    ]
    return {"groups": groups, "total": len(questions())}


def _group_links(group: str, lang: str) -> list[PageLink]:
    return [
        PageLink(label(question.asks, lang), question_path(question.name), lang)
        for question in questions()
        if group in question.groups
    ]


def _table_row(question: Question) -> tuple[CellValue, ...]:
    return (
        question.name,
        *(label(question.asks, lang) for lang in languages()),
        list(question.groups),
        [parameter.name for parameter in question.parameters],
        question_path(question.name),
    )
