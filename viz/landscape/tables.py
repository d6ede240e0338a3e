"""The tables of the landscape of a province: systems, connections, figures, gaps, sources."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ...ontology.layers import find_layer
from ...ontology.statuses import default_status, find_status
from ...queries.facts.sources import published_text
from ...queries.facts.statement_bounds import reservations, statement_bounds
from ...queries.facts.terms import term_label
from ...queries.planning.texts import due_text
from ...words import catalogue, label
from ..documents.footnotes import footnote_reference
from ..documents.model import Heading, Span, TextTable
from ..tables.columns import verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...queries.facts.entity_report import EntityStatement
    from ...queries.facts.sources import PublishedSource
    from ...queries.landscape.report import LandscapeReport, SystemEntry
    from ...queries.planning.gaps import Gap
    from ..documents.model import Block, CellLines, SpanLine

_SYSTEM_WIDTHS = {"system": 8, "class": 4, "state": 5, "parties": 6, "mentions": 3}
_CONNECTION_WIDTHS = {"subject": 7, "relation": 4, "object": 7, "bounds": 5, "sentences": 2}
_FIGURE_WIDTHS = {"about": 7, "measure": 6, "value": 4, "bounds": 6, "sentences": 2}
_OTHER_WIDTHS = {"about": 6, "relation": 4, "content": 9, "bounds": 4, "sentences": 2}
_GAP_WIDTHS = {"component": 7, "verdict": 4, "unit": 4, "remark": 6, "sentences": 3}
_SOURCE_WIDTHS = {"title": 8, "publisher": 5, "published": 3, "read": 4, "address": 7, "sentences": 3}


def system_blocks(report: LandscapeReport) -> Iterator[Block]:
    """Make a table of systems for each layer."""
    for layer, entries in groupby(report.systems, key=lambda entry: entry.system.layer):
        name = find_layer(layer).label(report.lang)
        yield Heading(name[:1].upper() + name[1:], level=2)
        yield _table(_SYSTEM_WIDTHS, [_system_row(report, entry) for entry in entries], report.lang)


def connection_table(report: LandscapeReport) -> TextTable:
    """Make the table of connections, denied and planned ones included."""
    return _statement_table(report, report.connections, _CONNECTION_WIDTHS)


def figure_table(report: LandscapeReport) -> TextTable:
    """Make the table of figures."""
    return _statement_table(report, report.figures, _FIGURE_WIDTHS)


def other_table(report: LandscapeReport) -> TextTable:
    """Make the table of all statements that stand in no other table."""
    return _statement_table(report, report.others, _OTHER_WIDTHS)


def _statement_table(
    report: LandscapeReport, statements: Iterable[EntityStatement], widths: Mapping[str, int]
) -> TextTable:
    """Make a table of statements; those that say the same are one row with all their sentences."""
    claims: dict[tuple[str, ...], list[str]] = {}
    for statement in statements:
        claims.setdefault(_statement_texts(statement, report.lang), []).append(statement.fact.id)
    rows = [
        [*((_line(text),) if text else () for text in texts), _references(report, ids)]
        for texts, ids in claims.items()
    ]
    return _table(widths, rows, report.lang).filled()


def gap_table(report: LandscapeReport, cells: Iterable[Gap]) -> TextTable:
    """Make the table of the components that sources speak of."""
    return _table(_GAP_WIDTHS, [_gap_row(report, cell) for cell in cells], report.lang).filled()


def source_table(report: LandscapeReport) -> TextTable:
    """Make the table of sources: title, publisher, day, what of it was read, address, sentences."""
    return _table(
        _SOURCE_WIDTHS, [_source_row(report, source) for source in report.sources], report.lang
    ).filled()


def _table(widths: Mapping[str, int], rows: Sequence[Sequence[CellLines]], lang: str) -> TextTable:
    words = catalogue(__package__, lang)
    return TextTable([words[f"column.{name}"] for name in widths], rows, [*widths.values()])


def _line(text: str, *, is_soft: bool = False) -> SpanLine:
    return (Span(text, is_soft=is_soft),)


def _references(report: LandscapeReport, claims: Iterable[str]) -> CellLines:
    """Return the numbers of the sentences that make statements as links, on one line."""
    return _linked(report.numbers_of(claims))


def _linked(numbers: Sequence[int]) -> CellLines:
    return (tuple(map(footnote_reference, numbers)),) if numbers else ()


def _stated(report: LandscapeReport, text: str, statement: EntityStatement) -> SpanLine:
    """Return a text, followed by the number of the sentence that states it."""
    return (Span(text), *map(footnote_reference, report.numbers_of([statement.fact.id])))


def _system_row(report: LandscapeReport, entry: SystemEntry) -> list[CellLines]:
    system, lang = entry.system, report.lang
    cited = {statement.fact.id for statement in (*entry.states, *entry.parties)}
    further = set(report.numbers_of(entry.mentions)) - set(report.numbers_of(cited))
    if entry.unit is None:
        unit = catalogue(__package__, lang)["national"]
    else:
        unit = "" if entry.unit == report.province else entry.unit.label(lang)
    name: CellLines = (_line(system.label(lang)), *([_line(unit, is_soft=True)] if unit else []))
    return [
        name,
        (_line(term_label(system.kind, lang)),),
        tuple(_stated(report, _state(entry, statement, lang), statement) for statement in entry.states),
        tuple(_stated(report, _party(statement, lang), statement) for statement in entry.parties),
        _linked(sorted(further)),
    ]


def _state(entry: SystemEntry, statement: EntityStatement, lang: str) -> str:
    """Word the state of a system, and where that is not its province, for which place it is stated."""
    state = ", ".join([*statement_bounds(statement, lang), *reservations(statement.fact, lang)])
    is_of_unit = entry.unit is not None and statement.fact.object == entry.unit.curie
    return state if is_of_unit else f"{state}: {statement.other_side}"


def _party(statement: EntityStatement, lang: str) -> str:
    bounds = [*_informative_bounds(statement, lang), *reservations(statement.fact, lang)]
    relation, gap, end = statement.relation.partition("…")
    text = f"{relation}{statement.other_side}{end}" if gap else f"{relation} {statement.other_side}"
    return f"{text} ({', '.join(bounds)})" if bounds else text


def _informative_bounds(statement: EntityStatement, lang: str) -> list[str]:
    """List the bounds of a statement, without the status that it has by default."""
    bounds = statement_bounds(statement, lang)
    return bounds[1:] if bounds[:1] == [find_status(default_status()).label(lang)] else bounds


def _statement_texts(statement: EntityStatement, lang: str) -> tuple[str, ...]:
    bounds = [*statement_bounds(statement, lang), *reservations(statement.fact, lang)]
    return statement.fact.subject_label, statement.relation, statement.other_side, ", ".join(bounds)


def _gap_row(report: LandscapeReport, cell: Gap) -> list[CellLines]:
    lang, unit = report.lang, cell.judged.source_unit
    due = due_text(cell, lang)
    claims = [weighed.id for weighed in cell.deciding_statements]
    layer = _line(cell.component.layer_label(lang), is_soft=True)
    return [
        (_line(cell.component.label(lang)), layer),
        (_line(verdict_text(cell.verdict, lang)), *([_line(due, is_soft=True)] if due else [])),
        (_line(unit.label(lang)),) if unit else (),
        (_line(remark),) if (remark := cell.remark(lang)) else (),
        _references(report, claims),
    ]


def _source_row(report: LandscapeReport, source: PublishedSource) -> list[CellLines]:
    lang = report.lang
    remark = source.version.remark(lang)
    address = Span(source.address, target=source.address)
    return [
        (_line(source.title(lang)), _line(source.id, is_soft=True)),
        (_line(label(source.publisher_labels, lang)),),
        (_line(published_text(source.published, lang)),),
        (_line(remark),) if remark else (),
        ((address,),) if source.address else (),
        _span_of_numbers(report.numbers_of_source(source.id)),
    ]


def _span_of_numbers(numbers: Sequence[int]) -> CellLines:
    """Return the first and the last number of the sentences of a source, which follow each other."""
    return _linked([*dict.fromkeys((numbers[0], numbers[-1]))])
