"""Statements as records for the page; each sentence is stored once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import FigureKind, Polarity
from .entity_records import language_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from ...queries.picture.picture import Picture, Statement
    from ...words import Texts
    from .columnar import Record

__all__ = ["ARTICLE_MARK", "EvidenceRecords"]

ARTICLE_MARK = "\x1f"  # stands in an id for the article of its statement, which the page puts back
_QUALIFIERS = (
    "as_of",
    "due_by",
    "period",
    "baseline",
    "extent",
    "scope",
    "level",
    "about",
    "responsible",
    "said_by",
    "note",
    "certainty",
    "denominator",
)


class EvidenceRecords:
    """The statements and sentences of a picture as records.

    :ivar statements: one record a statement; `edge` is the number of its relation from 1, or 0
    :ivar sentences: one record a sentence, in the order in which statements first name them
    """

    def __init__(self, picture: Picture) -> None:
        self._articles = {article.id: index for index, article in enumerate(picture.articles)}
        self._edges = _edge_numbers(picture)
        self._denied, self._target = Polarity.DENIED.code.written, FigureKind.TARGET.code.written
        self._sentences: dict[tuple[int, tuple[tuple[str, str], ...]], int] = {}
        self.statements = [
            self._statement(position, statement) for position, statement in enumerate(picture.statements)
        ]
        self.sentences: list[Record] = [
            {"article": article, **language_columns("text", dict(texts))}
            for article, texts in self._sentences
        ]

    def _statement(self, position: int, statement: Statement) -> Record:
        fact, edge = statement.fact, self._edges.get(position, 0)
        return {
            "id": _without_article(fact.id, fact),
            "line": fact.line,
            "edge": edge,
            "subject": None if edge else fact.subject,
            "relation": None if edge else fact.predicate,
            "object": _without_article(fact.object, fact) if fact.object and not edge else None,
            **language_columns("text", statement.text),
            "value": None if fact.value is None else f"{fact.value:f}",
            "comparator": fact.comparator,
            "unit": fact.unit,
            "status": fact.status,
            "denied": fact.polarity == self._denied or None,
            "from": fact.valid_from,
            "to": fact.valid_to,
            "basis": fact.as_of_basis,
            "stated": fact.stated_on.isoformat(),
            "sentence": self._sentence(fact.article, statement.sentence),
            "target": fact.qualifiers.get("kind") == self._target or None,
            "of": None if statement.population else _plain(fact.qualifiers.get("of")),
            **language_columns("ofText", statement.population),
            "partOf": _without_article(str(fact.qualifiers.get("part_of", "")), fact) or None,
            **{name: _plain(fact.qualifiers.get(name)) for name in _QUALIFIERS},
        }

    def _sentence(self, article: str, texts: Texts) -> int:
        """Return the position of a sentence in the list; add the sentence if it is new."""
        key = (self._articles.get(article, -1), tuple(texts.items()))
        return self._sentences.setdefault(key, len(self._sentences))


def _edge_numbers(picture: Picture) -> Mapping[int, int]:
    """Map the position of each statement to the number of its relation, from 1."""
    return {position: number for number, edge in enumerate(picture.edges, 1) for position in edge.statements}


def _without_article(identifier: str, fact: Fact) -> str:
    return identifier.replace(f"/{fact.article}/", ARTICLE_MARK, 1)


def _plain(value: object) -> Json:
    if value is None or isinstance(value, str):
        return value
    return [str(member) for member in value] if isinstance(value, tuple) else str(value)
