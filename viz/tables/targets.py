"""Comparison of provinces with numeric targets as a table, including the calculations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Comparator
from ...words import catalogue, label, written_number
from .columns import grid_of_columns, judged_columns, stated_cell, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...queries.planning.cells.framework import LegalTarget
    from ...queries.planning.duties import Duty
    from ...queries.planning.targets import TargetStanding
    from .grid import CellValue, Grid

__all__ = ["document_text", "targets_grid", "targets_table"]

_PER_CENT = "%"
_COLUMNS = {
    "province": "province",
    "source_unit": "source_unit",
    "target": "target",
    "document": "document",
    "asked": "asked",
    "period": "period",
    "verdict": "verdict",
}
_FURTHER_COLUMNS = {
    "arithmetic": "arithmetic",
    "distance": "distance",
    "needed_per_quarter": "needed_per_quarter",
    "figure_period": "figure_period",
    "why": "why",
}
_TABLE_COLUMNS = {**_COLUMNS, "value": "value", **_FURTHER_COLUMNS}
_GRID_COLUMNS = {
    **_COLUMNS,
    "comparator": "comparator",
    "value": "value",
    "unit": "unit",
    **_FURTHER_COLUMNS,
}


def targets_table(standings: Iterable[TargetStanding], lang: str) -> Grid:
    """Build the table that compares provinces with targets for readers, with figures as text."""
    rows: list[list[CellValue]] = []
    for standing in standings:
        differences = [
            "" if number is None else written_number(number, lang)
            for number in (standing.distance, standing.needed_per_quarter)
        ]
        rows.append(
            [*_subject(standing, lang), _figure_text(standing, lang), *_reasons(standing, differences, lang)]
        )
    return grid_of_columns(_TABLE_COLUMNS, rows, lang)


def targets_grid(standings: Iterable[TargetStanding], lang: str) -> Grid:
    """Build the grid for programs: figures as numbers, with comparator and unit in separate columns."""
    rows: list[list[CellValue]] = []
    for standing in standings:
        has_value = standing.value is not None
        comparator, unit = (standing.comparator, _unit(standing, lang)) if has_value else (None, None)
        figure: list[CellValue] = [comparator, standing.value, unit]
        differences: list[CellValue] = [standing.distance, standing.needed_per_quarter]
        rows.append([*_subject(standing, lang), *figure, *_reasons(standing, differences, lang)])
    return grid_of_columns(_GRID_COLUMNS, rows, lang)


def _subject(standing: TargetStanding, lang: str) -> list[CellValue]:
    """Return the first cells of a row: province, target and verdict."""
    target = standing.target
    return [
        *judged_columns(standing.judged, lang),
        label(target.labels, lang),
        document_text(target, lang),
        target.words(lang),
        target.period,
        verdict_text(standing.verdict, lang),
    ]


def document_text(rule: LegalTarget | Duty, lang: str) -> str:
    """Return the document that sets a target or a duty, with the clause where it was read."""
    document = label(rule.document_labels, lang)
    if rule.clause is None:
        return document
    return catalogue(__package__, lang)("document_clause", document=document, clause=rule.clause)


def _reasons(standing: TargetStanding, differences: Iterable[CellValue], lang: str) -> list[CellValue]:
    """Return the cells after the figure: calculation, distance and need a quarter, reason for the verdict."""
    return [
        standing.quotient.words(lang) if standing.quotient else "",
        *differences,
        stated_cell(standing.stated_period or "", lang),
        " ".join(filter(None, [standing.remark(lang), *standing.sentences(lang)])),
    ]


def _figure_text(standing: TargetStanding, lang: str) -> str:
    """Return the figure with its comparator and unit, or the verdict on the component; empty without both."""
    if standing.gap is not None:
        return verdict_text(standing.gap.verdict, lang)
    if standing.value is None:
        return ""
    is_equal = standing.comparator in {None, Comparator.EQUAL.code.written}
    number = f"{'' if is_equal else standing.comparator}{written_number(standing.value, lang)}"
    unit = _unit(standing, lang)
    return number + unit if unit == _PER_CENT else f"{number} {unit}"


def _unit(standing: TargetStanding, lang: str) -> str:
    if standing.quotient or not standing.facts:
        return _PER_CENT
    return standing.facts[0].in_language(lang).unit or ""
