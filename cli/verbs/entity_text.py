"""The report on an entity as text for the terminal: each statement with its sentence and source."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from ...ontology.vocabulary import load_vocabulary
from ...queries.facts.readings import readings_text
from ...queries.facts.sources import published_text
from ..language import words as words_in

if TYPE_CHECKING:
    from ...queries.facts.entity_report import EntityReport, EntityStatement
    from ...queries.facts.facts import Fact
    from ...words import Catalogue

_TIMES = ("as_of", "due_by", "period")


def entity_text(report: EntityReport, lang: str, *, width: int = 100) -> str:
    """Return the report on an entity as text.

    :param lang: one of :func:`egovkg.words.languages`
    :param width: characters per line of a sentence
    """
    words = words_in(lang)
    lines = [f"{report.label}  ({report.curie})", " · ".join(filter(None, [report.kind, *report.territory]))]
    if report.aliases:
        lines.append(f"{words['entity.aliases']}: {', '.join(report.aliases)}")
    lines += [f"{words['entity.change']}: {change}" for change in report.changes]
    if report.readings is not None:
        lines.append(readings_text(report.readings, lang))
    if not report.statements:
        lines += ["", words["entity.nothing_stated"]]
    for role, statements in groupby(report.statements, attrgetter("role")):
        lines += ["", f"── {words[f'entity.role.{role}']}"]
        for statement in statements:
            lines += ["", *_statement_lines(statement, lang, width)]
    return "\n".join(lines) + "\n"


def _statement_lines(statement: EntityStatement, lang: str, width: int) -> list[str]:
    """Return a statement as lines: subject and object with qualifiers, sentence, source."""
    fact, source, words = statement.fact, statement.source, words_in(lang)
    arrow = "←" if statement.role == "object" else "→"
    bounds = " · ".join(_bounds(statement, words))
    head = f"{statement.relation} {arrow} {statement.other_side}" + (f"   [{bounds}]" if bounds else "")
    digest = textwrap.wrap(fact.evidence, width=width, initial_indent="    ", subsequent_indent="    ")
    basis = words[f"entity.time_basis.{fact.as_of_basis}"]
    place = "; ".join(filter(None, (basis, f"{fact.article}:{fact.line}", source.remark)))
    published = published_text(source.published, lang)
    return [head, *digest, f"    {source.title} — {source.publisher}, {published} ({place})"]


def _bounds(statement: EntityStatement, words: Catalogue) -> list[str]:
    """List the qualifiers of a statement: status unless it is the default, denial, times, whom it covers."""
    fact = statement.fact
    bounds = [statement.status] if load_vocabulary().is_informative(fact.status, fact.predicate) else []
    if fact.polarity == "no":
        bounds.append(words["entity.denied"])
    if times := _stated_times(fact, words):
        bounds.append(", ".join(times))
    coverage = {
        "levels": ", ".join(statement.levels),
        "of": statement.population,
        "part_of": statement.total,
        "said_by": ", ".join(statement.speakers),
    }
    return bounds + [f"{words[f'entity.{name}']} {text}" for name, text in coverage.items() if text]


def _stated_times(fact: Fact, words: Catalogue) -> list[str]:
    """List the stated times, each with a word for its role."""
    times = {"from": fact.valid_from, "to": fact.valid_to}
    times |= {name: str(fact.qualifiers[name]) for name in _TIMES if fact.qualifiers.get(name)}
    return [f"{words[f'entity.time.{name}']} {time}" for name, time in times.items() if time]
