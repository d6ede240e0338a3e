"""A matrix of dependencies as an XLSX workbook of four sheets: matrix, edges, loops, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.network.expectations import RULE, rules_of
from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import relation_text, remark_texts
from ...queries.facts.terms import term_label
from ...words import catalogue
from ..tables import Sheet, workbook
from ..tables.workbook import HEADING
from .boxes import ArrowStyle
from .matrix import edge_headings, edge_rows, loop_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...queries.dependencies.matrix import MatrixReport
    from ..tables import CellValue
    from ..tables.workbook import CellFormat

__all__ = ["matrix_workbook"]

_LABEL_COLUMNS = 3  # number, system and layer stand before the cells
_CELL = {"align": "center", "border": 1}
_CELL_FORMATS: Mapping[str, CellFormat] = {  # basis of an edge -> format
    ArrowStyle.STATED: {**_CELL, "bg_color": "#CFE3F5"},
    ArrowStyle.REFERENCE: {**_CELL, "bg_color": "#EADCF3", "pattern": 14, "fg_color": "#B58CCB"},
    ArrowStyle.DUTY: {**_CELL, "bg_color": "#EADCF3", "pattern": 14, "fg_color": "#B58CCB"},
}
_DIAGONAL: CellFormat = {**_CELL, "bg_color": "#5A6672", "font_color": "#5A6672"}
_EMPTY: CellFormat = {"border": 4, "border_color": "#C8CFD6"}
_UPRIGHT_HEADING: CellFormat = {
    "bold": True,
    "rotation": 90,
    "bg_color": "#E8EDF2",
    "border": 1,
    "valign": "bottom",
}


def matrix_workbook(report: MatrixReport) -> bytes:
    """Return the workbook as bytes; equal reports give equal bytes."""
    texts = catalogue(__package__, report.choice.lang)
    loops = loop_texts(report) or [texts["matrix.no_loops"]]
    sheets = [
        _matrix_sheet(report),
        Sheet(
            name=texts["matrix.edges"],
            headings=edge_headings(report.choice.lang),
            rows=list(edge_rows(report)),
            widths=(34, 26, 34, 14, 16, 80, 20),
        ),
        Sheet(texts["matrix.loops"], [texts["matrix.loops"]], [[loop] for loop in loops], widths=(100,)),
        _legend_sheet(report),
    ]
    return workbook(sheets, texts["matrix.title"])


def _matrix_sheet(report: MatrixReport) -> Sheet:
    lang, systems = report.choice.lang, report.systems
    texts = catalogue(__package__, lang).below("matrix")
    rows: list[list[CellValue]] = []
    for index, system in enumerate(systems):
        marks = [report.mark(index, column) for column in range(len(systems))]
        rows.append([index + 1, system.label(lang), term_label(system.layer, lang), *marks])
    numbered = [f"{index + 1} {system.label(lang)}" for index, system in enumerate(systems)]
    return Sheet(
        name=texts["title"],
        headings=["", texts["column.system"], texts["column.layer"], *numbered],
        rows=rows,
        widths=(5, 48, 16, *(4 for _ in systems)),
        formats=_formats(report),
        heading_height=190,
        fixed_columns=_LABEL_COLUMNS,
    )


def _formats(report: MatrixReport) -> dict[tuple[int, int], CellFormat]:
    """Choose the format of each cell of the matrix sheet; row 0 holds the headings."""
    formats: dict[tuple[int, int], CellFormat] = {}
    size = range(len(report.systems))
    for index in size:
        formats[0, index + _LABEL_COLUMNS] = _UPRIGHT_HEADING
        formats |= {(index + 1, column): HEADING for column in range(_LABEL_COLUMNS)}
        for column in size:
            edge = report.cells.get((index, column))
            cell_format = _CELL_FORMATS[edge.basis] if edge else _EMPTY
            formats[index + 1, column + _LABEL_COLUMNS] = _DIAGONAL if index == column else cell_format
    return formats


def _legend_sheet(report: MatrixReport) -> Sheet:
    lang = report.choice.lang
    texts = catalogue(__package__, lang).below("matrix")
    rows = [
        *([letter, relation_text(name, lang)] for letter, name in report.legend().items()),
        ["(…)", texts["marks"]],
        ["", DIRECTION.text(lang)],
        ["", rules_of((edge.basis for edge in report.cells.values()), lang) or RULE.text(lang)],
        *(["!", note] for note in remark_texts(report.remarks, lang)),
    ]
    return Sheet(texts["legend"], ["", texts["legend"]], rows, widths=(8, 120))
