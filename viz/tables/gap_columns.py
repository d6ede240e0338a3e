"""Gaps against several frameworks as tables: a column per framework, the cells of all, and the mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...queries.planning.columns import basis_label
from ...queries.planning.texts import cell_symbol
from ...words import catalogue
from ..shared.places import distinct_names
from .columns import column_heading
from .gaps import cell_matrix_text, cells_grid, counts_grid, verdict_legend
from .grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...queries.planning.cells.framework import ReferenceFramework
    from ...queries.planning.columns import CorrespondingComponents, GapColumns
    from ...queries.planning.gaps import Gap
    from .grid import CellValue

__all__ = [
    "all_cells_grid",
    "column_sheets",
    "columns_grid",
    "columns_legend",
    "mapping_grid",
    "stacked",
]

_LONGEST_LABEL = 44  # characters of a component on the terminal
_NO_COMPONENT = "–"  # the framework has no such component


def columns_legend(lang: str) -> str:
    """Explain the symbols of the table of several frameworks on one line."""
    return verdict_legend(lang, [f"{_NO_COMPONENT} {catalogue(__package__, lang)['legend_no_component']}"])


def columns_grid(columns: GapColumns, lang: str) -> Grid:
    """Build the table for a terminal: one symbol per province and framework.

    Rows that no province builds are left out; a dash stands where a framework has no such component.
    """
    rows = [row for row in columns.rows if _is_built(columns, row)]
    lines = [
        [
            columns.layer_label(row, lang),
            _shortened(row.leading.label(lang)),
            *_texts(columns, row, cell_symbol),
        ]
        for row in rows
    ]
    headings = [column_heading("layer", lang), column_heading("component", lang)]
    return Grid([*headings, *_names(columns, lang)], ["layer", "component", *_keys(columns)], lines)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1].rstrip() + "…"


def _is_built(columns: GapColumns, row: CorrespondingComponents) -> bool:
    cells = (cell for part in _by_column(columns, row) for cell in part)
    return any(cell.is_applicable for cell in cells)


def _by_column(columns: GapColumns, row: CorrespondingComponents) -> list[tuple[Gap, ...]]:
    """List the cells of a row: province by province, within it framework by framework."""
    places = range(len(columns.frameworks))
    return [columns.cells_of(row, place, unit) for unit in columns.provinces for place in places]


def _texts(
    columns: GapColumns, row: CorrespondingComponents, worded: Callable[[Gap], str]
) -> list[CellValue]:
    parts = _by_column(columns, row)
    return [" ".join(worded(cell) for cell in cells) or _NO_COMPONENT for cells in parts]


def _names(columns: GapColumns, lang: str) -> list[str]:
    """Name each column: the framework alone where there is one province."""
    frameworks = [framework.short_name for framework in columns.frameworks]
    if len(columns.provinces) == 1:
        return frameworks
    units = distinct_names((province.label(lang) for province in columns.provinces), lang)
    return [f"{unit} {framework}" for unit in units for framework in frameworks]


def _keys(columns: GapColumns) -> list[str]:
    frameworks = [framework.name for framework in columns.frameworks]
    return [f"{unit.curie} {framework}" for unit in columns.provinces for framework in frameworks]


def all_cells_grid(columns: GapColumns, lang: str) -> Grid:
    """Build the table of all cells of all frameworks, the framework and what corresponds beside each."""
    tables = [cells_grid(report.cells, lang) for report in columns.reports]
    others = {
        (record["reference"], record["province_id"], record["component"]): record["corresponds"]
        for record in columns.as_dicts(lang)
    }
    rows: list[list[CellValue]] = []
    for report, table in zip(columns.reports, tables, strict=True):
        name = report.framework.name
        for cell, row in zip(report.cells, table.rows, strict=True):
            key = name, cell.judged.province.curie, cell.component.code
            rows.append([report.framework.short_name, *row, _listed(others[key])])
    headings = [column_heading("framework", lang), *tables[0].headings, column_heading("corresponds", lang)]
    return Grid(headings, ["framework", *tables[0].keys, "corresponds"], rows)


def _listed(counterparts: object) -> str:
    """Word the components that correspond to one: framework and code."""
    listed = counterparts if isinstance(counterparts, list) else []
    return "; ".join(f"{part['reference']} {part['component']}" for part in listed)


def mapping_grid(columns: GapColumns, lang: str) -> Grid:
    """Build the table of what corresponds: the components of each framework in a row, and why."""
    names = [framework.short_name for framework in columns.frameworks]
    rows: list[list[CellValue]] = []
    for row in columns.rows:
        codes = [", ".join(part.code for part in parts) or _NO_COMPONENT for parts in row.components]
        bases = dict.fromkeys(basis_label(slug, lang) for slug in row.bases if slug)
        rows.append([columns.layer_label(row, lang), row.leading.label(lang), *codes, "; ".join(bases)])
    headings = [column_heading("layer", lang), column_heading("component", lang)]
    keys = ["layer", "component", *(framework.name for framework in columns.frameworks), "mapping"]
    return Grid([*headings, *names, column_heading("mapping", lang)], keys, rows)


def column_sheets(columns: GapColumns, basis: Iterable[str], lang: str) -> dict[str, Grid]:
    """Build the sheets of a workbook: basis, matrix, counts, cells and mapping.

    :param basis: remarks on the basis of the verdicts, one per line
    :returns: name of the sheet → grid
    """
    names = catalogue(__package__, lang).below("sheet")
    return {
        names["basis"]: Grid(["egovkg"], ["about"], [[line] for line in basis]),
        names["matrix"]: _matrix_grid(columns, lang),
        names["counts"]: _counts_grid(columns, lang),
        names["cells"]: all_cells_grid(columns, lang),
        names["mapping"]: mapping_grid(columns, lang),
    }


def _matrix_grid(columns: GapColumns, lang: str) -> Grid:
    rows: list[Sequence[CellValue]] = [
        [
            columns.layer_label(row, lang),
            row.leading.code,
            row.leading.label(lang),
            *_texts(columns, row, lambda cell: cell_matrix_text(cell, lang)),
        ]
        for row in columns.rows
    ]
    headings = [column_heading(name, lang) for name in ("layer", "code", "component")]
    keys = ["layer", "component", "component_label", *_keys(columns)]
    units = [province.label(lang) for province in columns.provinces]
    frameworks = [framework.short_name for framework in columns.frameworks]
    return Grid([*headings, *(f"{unit} – {name}" for unit in units for name in frameworks)], keys, rows)


def _counts_grid(columns: GapColumns, lang: str) -> Grid:
    tables = [counts_grid(report, lang) for report in columns.reports]
    rows = [
        [report.framework.short_name, *row]
        for report, table in zip(columns.reports, tables, strict=True)
        for row in table.rows
    ]
    headings = [column_heading("framework", lang), *tables[0].headings]
    return Grid(headings, ["framework", *tables[0].keys], rows)


def stacked(grids: Sequence[tuple[ReferenceFramework, Grid]], lang: str) -> Grid:
    """Put grids with the same columns below each other; several frameworks get a column of their names."""
    if len(grids) == 1:
        return grids[0][1]
    rows = [[framework.short_name, *row] for framework, grid in grids for row in grid.rows]
    first = grids[0][1]
    return Grid([column_heading("framework", lang), *first.headings], ["framework", *first.keys], rows)
