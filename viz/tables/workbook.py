"""Grids as a spreadsheet: one sheet each, the same bytes for the same grids, no cell a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

from .grid import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .grid import Grid

_WIDEST = 60  # characters
_LONGEST = 32767  # characters a cell may hold


def workbook(grids: Mapping[str, Grid]) -> bytes:
    """Write grids as XLSX.

    :param grids: sheet name -> grid
    :returns: the file; numbers are numbers, all else is text, so that nothing is taken for a formula

    >>> from egovkg.viz.tables.grid import Grid
    >>> workbook({"a": Grid(["x"], ["x"], [["=1+1"]])})[:2]
    b'PK'
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, grid in grids.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        cells = [[_cell(value) for value in row] for row in grid.rows]
        for column, heading in enumerate(grid.headings):
            sheet.write_string(0, column, str(heading), bold)
            lengths = [len(str(row[column])) for row in cells]
            sheet.set_column(column, column, min(_WIDEST, max([len(str(heading)), *lengths]) + 2))
        for number, row in enumerate(cells, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value, wrapped)
                else:
                    sheet.write_number(number, column, value, wrapped)
        if cells:
            sheet.autofilter(0, 0, len(cells), len(grid.headings) - 1)
    book.close()
    return out.getvalue()


def _cell(value: object) -> str | float:
    if isinstance(value, bool) or value is None:
        return words(value)
    if isinstance(value, (int, float, Decimal)):
        return float(value)
    return words(value)[:_LONGEST]  # type: ignore[arg-type]  # whatever a grid may hold
