"""Evaluation of a named question on a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...words import DEFAULT_LANGUAGE, catalogue, label
from ..facts.entities import name_remarks
from ..facts.values import Json, TermValue, json_value, value_of
from .binding import ADDRESS, query_text, terms_of
from .named import question as find_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import Row, Store
    from .binding import TermsByParameter
    from .header import AnswerColumn, Question

SEPARATOR = "; "  # between the values of a list


@dataclass(frozen=True)
class NamedQuestion:
    """A question by its name, with values for its parameters.

    :param name: name of the question, as listed by `egovkg ask`
    :param parameters: parameter → text of the user; a parameter with a default may be missing
    :param lang: language of labels and sentences
    """

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    lang: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Answer:
    """The answer to a named question.

    :param rows: plain values in column order; empty when no article states an answer
    :param query: the complete SPARQL text that was run
    :param lang: language of labels and sentences
    :param remarks: how names were understood, in the language of the answer
    """

    question: Question
    rows: tuple[tuple[TermValue, ...], ...]
    query: str
    lang: str = DEFAULT_LANGUAGE
    remarks: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[AnswerColumn, ...]:
        """The columns, in the order of the rows."""
        return self.question.columns

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns' labels in the language of the answer."""
        return tuple(column.label(self.lang) for column in self.columns)

    @property
    def stated(self) -> bool:
        """Whether any article states an answer; ``False`` never means that there is none in reality."""
        return bool(self.rows)

    @property
    def message(self) -> str:
        """The meaning of an empty answer; empty if there are rows."""
        if self.rows:
            return ""
        return label(self.question.none, self.lang) or not_stated(self.lang)

    def as_dict(self) -> dict[str, Json]:
        """Return the answer as a JSON-compatible record."""
        names = [column.name for column in self.columns]
        columns: list[Json] = [
            {"name": name, "label": text} for name, text in zip(names, self.labels, strict=True)
        ]
        rows: list[Json] = [dict(zip(names, map(json_value, row), strict=True)) for row in self.rows]
        return {
            "question": self.question.name,
            "asks": self.question.wording(self.lang),
            "columns": columns,
            "rows": rows,
            "stated": self.stated,
            "message": self.message,
            "remarks": list(self.remarks),
        }


def ask_question(store: Store, question: NamedQuestion) -> Answer:
    """Evaluate a named question on a store.

    :returns: an answer without rows when no article states one
    :raises QuestionError: if the question, a parameter or the language is unknown, a parameter is missing, or
        a value is not a date or number as required
    :raises EntityError: if a name matches no entity, or more than one
    """
    definition = find_question(question.name)
    terms = terms_of(store, definition, question.parameters, question.lang)
    query = query_text(definition, terms, question.lang)
    rows = tuple(_row(row, definition.columns) for row in store.select(query).rows)
    remarks = tuple(_remarks(store, question, terms))
    return Answer(definition, rows, query, question.lang, remarks)


def _remarks(store: Store, question: NamedQuestion, terms: TermsByParameter) -> Iterator[str]:
    """State which entities the names in the question were taken for, unless given as label or identifier."""
    for name, words in question.parameters.items():
        if addresses := ADDRESS.findall(terms[name]):
            for remark in name_remarks(store, words, addresses, question.lang):
                yield remark.message().text(question.lang)


def not_stated(lang: str) -> str:
    """Return the text shown for an empty answer: no article states it."""
    return catalogue(__package__, lang)["not-stated"]


def _row(row: Row, columns: Sequence[AnswerColumn]) -> tuple[TermValue, ...]:
    return tuple(_cell(value_of(term), column) for term, column in zip(row, columns, strict=True))


def _cell(value: TermValue, column: AnswerColumn) -> TermValue:
    """Sort the members of a list cell; return any other value unchanged."""
    if not column.several or not isinstance(value, str):
        return value
    return SEPARATOR.join(sorted(filter(None, value.split(SEPARATOR)))) or None
