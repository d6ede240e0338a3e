"""The report on an entity as text for the terminal: each statement with its sentence and source."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from ...queries.facts.readings import readings_text
from ...queries.facts.sources import published_text
from ...queries.facts.statement_bounds import statement_bounds
from ..language import words as words_in

if TYPE_CHECKING:
    from ...queries.facts.entity_report import EntityReport, EntityStatement

_WIDTH = 100  # characters per line of a sentence


def entity_text(report: EntityReport, lang: str) -> str:
    """Return the report on an entity as text.

    :param lang: one of :func:`egovkg.words.languages`
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
            lines += ["", *_statement_lines(statement, lang)]
    return "\n".join(lines) + "\n"


def _statement_lines(statement: EntityStatement, lang: str) -> list[str]:
    """Return a statement as lines: subject and object with qualifiers, sentence, source."""
    fact, source, words = statement.fact, statement.source, words_in(lang)
    arrow = "←" if statement.role == "object" else "→"
    bounds = " · ".join(statement_bounds(statement, lang))
    head = f"{statement.relation} {arrow} {statement.other_side}" + (f"   [{bounds}]" if bounds else "")
    digest = textwrap.wrap(fact.evidence, width=_WIDTH, initial_indent="    ", subsequent_indent="    ")
    basis = words[f"entity.time_basis.{fact.as_of_basis}"]
    place = "; ".join(filter(None, (basis, f"{fact.article}:{fact.line}", source.remark)))
    published = published_text(source.published, lang)
    return [head, *digest, f"    {source.title} — {source.publisher}, {published} ({place})"]
