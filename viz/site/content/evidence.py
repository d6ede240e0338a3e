"""Statements grouped by the sentence that states them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from ....ontology.codes import code_list
from ....queries.facts.statement_bounds import reservations
from ...shared.marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ....queries.facts.facts import Fact
    from ....queries.facts.worded_facts import WordedFact
    from .statements import Quote, StatementView, StatementWording

__all__ = ["QuotedStatements", "VerdictDoubts", "fact_quotes", "quoted_statements", "verdict_doubts"]

VerdictDoubts: TypeAlias = tuple[tuple[str, str], ...]  # symbol and words of each reservation


@dataclass(frozen=True)
class QuotedStatements:
    """One sentence with the statements that it makes, at least one."""

    statements: tuple[StatementView, ...]
    quote: Quote


def quoted_statements(statements: Iterable[StatementView]) -> Iterator[QuotedStatements]:
    """Group statements by sentence, in order of articles and lines."""
    ordered = sorted(statements, key=lambda statement: (statement.quote.article, statement.quote.line))
    for _, group in groupby(ordered, key=lambda statement: (statement.quote.article, statement.quote.text)):
        of_sentence = tuple(group)
        yield QuotedStatements(of_sentence, of_sentence[0].quote)


def fact_quotes(wording: StatementWording, facts: Iterable[Fact]) -> list[QuotedStatements]:
    """Quote the facts returned by a query, each sentence once; facts that the site lacks are left out."""
    position_of_fact = wording.snapshot.position_of_fact
    positions = dict.fromkeys(position_of_fact[fact.id] for fact in facts if fact.id in position_of_fact)
    return list(quoted_statements(wording.statements(list(positions))))


def verdict_doubts(facts: Iterable[WordedFact], lang: str) -> VerdictDoubts:
    """Return the reservations about a verdict: those of the deciding statement that has fewest."""
    return min((_doubts(fact.in_language(lang), lang) for fact in facts), key=len, default=())


def _doubts(fact: Fact, lang: str) -> VerdictDoubts:
    """Return the reservations about a statement, each with its mark."""
    extents = {extent.label(lang) for extent in code_list("Extent")}
    texts = reservations(fact, lang)
    return tuple((MARKS["partly" if text in extents else "unsure"], text) for text in texts)
