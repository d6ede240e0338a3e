"""An answer as a table of a page: what is short in columns, the sentence below its row like a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ....errors import EntityError
from ....graph.names import ID
from ....ontology.qualifiers import Polarity
from ....queries.questions.named import ask
from .dates import shown_date
from .paths import article_path
from .statements import Link, tone_of
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ....queries.facts.values import Value
    from ....queries.questions.header import Column, Parameter, Question
    from ....queries.questions.named import Answer
    from .entities import Entity
    from .snapshot import Known

AS_OF = "2020-03-31"  # the day that questions about a day are asked of
MOST = 30  # entities that one question is asked of; those of most statements first
Answers: TypeAlias = "tuple[tuple[str, Answer], ...]"  # what the question was asked of, and the answer

_SENTENCES = ("sentence", "first_sentence", "second_sentence")
_ARTICLES = {"sentence": "article", "first_sentence": "first_article", "second_sentence": "second_article"}
_CLASSES = {
    "system": "TechnicalComponent",
    "document": "LegalDocument",
    "body": "Agent",
    "measure": "Measure",
}


@dataclass(frozen=True)
class Cell:
    """One cell.

    :param links: its words, several where the column holds a list
    :param number: whether it stands to the right
    :param tone: of a status; empty otherwise
    :param key: what it is sorted by where its words will not do: a number, an ISO day
    """

    links: tuple[Link, ...]
    number: bool = False
    tone: str = ""
    key: str = ""


@dataclass(frozen=True)
class Line:
    """A row with its sentences, each with the label of its column and its article."""

    cells: tuple[Cell, ...]
    sentences: tuple[tuple[str, str, Link], ...]


@dataclass(frozen=True)
class Sheet:
    """An answer.

    :param heads: columns that hold anything
    :param total: rows of the whole answer
    """

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    message: str


def answers(known: Known, asked: Question, lang: str, subjects: Iterable[str] | None = None) -> Answers:
    """Ask a question; one that needs to be told of what is asked of everything that fits.

    :param subjects: what it is asked of; when it is ``None``, what fits and has an answer
    :returns: subject and answer; the subject is empty when the question needs none
    """
    needed = needs(asked)
    if needed is None:
        return (("", ask(known.store, asked.name, None, lang)),)
    wanted = _candidates(known, needed) if subjects is None else subjects
    found = ((subject, _asked(known, asked, needed.name, subject, lang)) for subject in wanted)
    return tuple(
        (subject, answer) for subject, answer in found if answer and (subjects is not None or answer.rows)
    )


def _asked(known: Known, asked: Question, name: str, subject: str, lang: str) -> Answer | None:
    """Ask a question of a subject by its full address; ``None`` when the graph does not name it so."""
    entity = known.by_curie.get(subject)
    words_of = entity.iri if entity else ID + f"article/{subject}" if subject in known.articles else subject
    try:
        return ask(known.store, asked.name, {name: words_of}, lang)
    except EntityError:
        return None


def needs(asked: Question) -> Parameter | None:
    """Find the parameter without which a question cannot be asked."""
    return next((parameter for parameter in asked.parameters if parameter.default is None), None)


def _candidates(known: Known, parameter: Parameter) -> tuple[str, ...]:
    if parameter.kind in {"date", "number", "text"}:
        return (AS_OF,) if parameter.kind == "date" else ()
    if parameter.name == "article":
        return tuple(known.articles)
    fit = [entity for entity in known.entities if _fits(known, entity, parameter)]
    fit.sort(key=lambda entity: (-known.weight(entity.curie), entity.curie))
    return tuple(entity.curie for entity in fit[:MOST])


def _fits(known: Known, entity: Entity, parameter: Parameter) -> bool:
    if parameter.kind == "province":
        told = any(article.province == entity.curie for article in known.picture.articles)
        return told or entity.curie in _heirs(known)
    wanted = _CLASSES.get(parameter.name, entity.kind)
    return known.weight(entity.curie) > 0 and known.vocabulary.is_a(entity.kind, wanted)


def _heirs(known: Known) -> frozenset[str]:
    """List the units that succeed those that articles are about."""
    told = {article.province for article in known.picture.articles if article.province}
    details = (
        detail for curie in told if curie in known.by_curie for detail in known.by_curie[curie].details
    )
    return frozenset(
        detail.target for detail in details if detail.relation == "succeededBy" and detail.target
    )


def sheet(known: Known, answer: Answer, limit: int) -> Sheet:
    """Lay an answer out; a column without any value, or where all is asserted, is left out.

    :param limit: rows that are shown
    """
    names = [column.name for column in answer.columns]
    articles = {_ARTICLES[name] for name in names if name in _SENTENCES}
    usual = {
        None,
        known.code_label(Polarity.ASSERTED, answer.lang),
    }  # a column that says nothing else tells nothing
    held = [
        position
        for position, column in enumerate(answer.columns)
        if column.name not in (*_SENTENCES, *articles) and {row[position] for row in answer.rows} - usual
    ]
    lines = tuple(_line(known, answer, row, held) for row in answer.rows[:limit])
    heads = tuple(answer.labels[position] for position in held)
    return Sheet(heads, lines, len(answer.rows), answer.message)


def _line(known: Known, answer: Answer, row: Sequence[Value], held: Iterable[int]) -> Line:
    columns = answer.columns
    values: Mapping[str, Value] = {column.name: value for column, value in zip(columns, row, strict=True)}
    labels = {column.name: column.labels[answer.lang] for column in columns}
    sentences = tuple(
        (
            labels[name] if name != "sentence" else "",
            str(values[name]),
            _source(known, values, name, answer.lang),
        )
        for name in _SENTENCES
        if values.get(name)
    )
    return Line(tuple(_cell(known, columns[each], row[each], answer.lang) for each in held), sentences)


def _source(known: Known, values: Mapping[str, Value], name: str, lang: str) -> Link:
    return _article(known, str(values.get(_ARTICLES[name]) or ""), lang)


def _article(known: Known, named: str, lang: str) -> Link:
    for article in known.picture.articles:
        if named in {article.id, *article.title.values()}:
            return Link(article.title.get(lang) or article.title["vi"], article_path(article.id), lang)
    return Link(named, lang=lang)


def _cell(known: Known, column: Column, value: Value, lang: str) -> Cell:
    if value is None:
        return Cell(())
    if isinstance(value, (int, Decimal)):
        return Cell((Link(_digits(Decimal(value), lang), lang=lang),), number=True, key=f"{value:f}")
    if isinstance(value, date):
        return Cell((Link(shown_date(value.isoformat(), lang), lang=lang),), key=value.isoformat())
    if column.name in {"article", "articles"}:
        return Cell(tuple(_article(known, part, lang) for part in _parts(column, value)))
    if column.name == "certainty":
        return Cell((Link(words(lang).get(f"certainty.{value}", value), lang=lang),))
    tone = _tones(known, lang).get(value, "") if "status" in column.name else ""
    links = tuple(_named(known, part, lang) for part in _parts(column, value))
    return Cell(links, tone=tone, key=value if shown_date(value, lang) != value else "")


def _digits(value: Decimal, lang: str) -> str:
    text = f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _parts(column: Column, value: str) -> list[str]:
    return value.split("; ") if column.several else [value]


def _named(known: Known, text: str, lang: str) -> Link:
    """Link words that are the label of one entity, or its short address."""
    entity = known.by_label[lang].get(text) or known.by_curie.get(text)
    return (
        Link(text, entity.path if entity else "", lang) if entity else Link(shown_date(text, lang), lang=lang)
    )


def _tones(known: Known, lang: str) -> Mapping[str, str]:
    return {known.code_label(code, lang): tone_of(code) for code in known.vocabulary.schemes["Status"]}
