"""XLSX workbooks: the only XLSX writer of the package. Output is reproducible, and no cell is a formula."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from .grid import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from .grid import CellValue, Grid

__all__ = ["Sheet", "grid_sheet", "workbook"]

WorkbookValue: TypeAlias = "str | float | bool | date"
CellFormat: TypeAlias = "Mapping[str, object]"  # properties as xlsxwriter names them

_CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # a fixed day, so that the bytes stay the same
_DAY = "yyyy-mm-dd"
_FIRST_INEXACT = 10**15  # from here on a spreadsheet loses digits before the point
_FIRST_YEAR = 1900  # that spreadsheets can hold as a date
_WIDEST_COLUMN = 60  # characters
_LONGEST_CELL = 32767  # characters that a cell of a spreadsheet may hold
_LONGEST_NAME = 31  # characters that the name of a sheet may have
_LISTS = "_lists"  # the hidden sheet
_LAST_OFFERED_ROW = 10_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
HEADING: CellFormat = {"bold": True, "bg_color": "#E8EDF2", "border": 1, "text_wrap": True, "valign": "top"}
TEXT: CellFormat = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; its first row holds the headings and stays visible when scrolling.

    :param widths: widths of the columns in characters; further columns are as wide as their cells
    :param formats: (row, column) → format, if not the default one; row 0 holds the headings
    :param heading_height: height of the headings in points; by default that of the text
    :param fixed_columns: number of columns on the left that stay visible when scrolling
    :param has_filter: whether the headings offer filters for the rows
    :param choices: column → values that a list offers for its cells; other values are accepted with a warning
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[CellValue]]
    widths: Sequence[int] = ()
    formats: Mapping[tuple[int, int], CellFormat] = field(default_factory=dict)
    heading_height: int | None = None
    fixed_columns: int = 0
    has_filter: bool = False
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def grid_sheet(name: str, grid: Grid) -> Sheet:
    """Make a sheet from a grid, with filters on its columns."""
    return Sheet(name, list(map(str, grid.headings)), grid.rows, has_filter=True)


def workbook(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """Return a workbook of sheets as XLSX.

    :returns: the file; numbers are numbers, dates are dates, all else is text, so that nothing is a formula

    >>> workbook([Sheet("a", ["x"], [["=1+1"]])])[:2]
    b'PK'
    """
    from xlsxwriter.workbook import Workbook  # imported here: it slows the start of every command

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    formats = _Formats(book)
    worksheets = [book.add_worksheet(sheet.name[:_LONGEST_NAME]) for sheet in sheets]
    for worksheet, sheet in zip(worksheets, sheets, strict=True):
        _write_sheet(worksheet, sheet, formats)
    _offer_choices(book, worksheets, sheets)
    book.close()
    return out.getvalue()


def _offer_choices(book: Workbook, worksheets: Sequence[Worksheet], sheets: Sequence[Sheet]) -> None:
    """Give cells their lists, whose values stand in the columns of a hidden sheet, each list once."""
    lists = dict.fromkeys(tuple(values) for sheet in sheets for values in sheet.choices.values())
    if not lists:
        return
    from xlsxwriter.utility import xl_col_to_name

    hidden = book.add_worksheet(_LISTS)
    hidden.hide()
    for number, values in enumerate(lists):
        for row, value in enumerate(values):
            hidden.write_string(row, number, value)
    numbers = {values: number for number, values in enumerate(lists)}
    for worksheet, sheet in zip(worksheets, sheets, strict=True):
        for column, offered in sheet.choices.items():
            letters = xl_col_to_name(numbers[tuple(offered)], col_abs=True)
            source = f"={_LISTS}!{letters}$1:{letters}${len(offered)}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            worksheet.data_validation(1, column, _LAST_OFFERED_ROW, column, rule)


class _Formats:
    """The formats of one workbook; equal formats are added once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._added: dict[str, Format] = {}

    def __getitem__(self, properties: CellFormat) -> Format:
        key = repr(sorted(properties.items()))
        if key not in self._added:
            self._added[key] = self._book.add_format(dict(properties))
        return self._added[key]


def _write_sheet(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    cells: list[list[WorkbookValue]] = [list(sheet.headings)]
    cells += (list(map(_cell, row)) for row in sheet.rows)
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            properties = sheet.formats.get((row, column), TEXT if row else HEADING)
            _write_cell(worksheet, (row, column), value, (formats, properties))
    for column, width in enumerate(_widths(cells, sheet.widths)):
        worksheet.set_column(column, column, width)
    if sheet.heading_height:
        worksheet.set_row(0, sheet.heading_height)
    worksheet.freeze_panes(1, sheet.fixed_columns)
    if sheet.has_filter and sheet.rows:
        worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def _write_cell(
    worksheet: Worksheet, place: tuple[int, int], value: WorkbookValue, look: tuple[_Formats, CellFormat]
) -> None:
    """Write a cell by its type: dates are dates, numbers are numbers, and no text is a formula."""
    formats, properties = look
    if not value and isinstance(value, str):
        worksheet.write_blank(*place, None, formats[properties])
    elif isinstance(value, str):
        worksheet.write_string(*place, value, formats[properties])
    elif isinstance(value, date):
        worksheet.write_datetime(*place, value, formats[{**properties, "num_format": _DAY}])
    elif isinstance(value, bool):
        worksheet.write_boolean(*place, value, formats[properties])
    else:
        worksheet.write_number(*place, value, formats[properties])


def _widths(cells: Sequence[Sequence[WorkbookValue]], widths: Sequence[int]) -> list[int]:
    """Complete the widths by those of the longest cells."""
    measured = [min(_WIDEST_COLUMN, _longest_text(column) + 2) for column in zip(*cells, strict=True)]
    return [*widths, *measured[len(widths) :]]


def _longest_text(values: Sequence[WorkbookValue]) -> int:
    return max(len(str(value)) for value in values)


def _cell(value: CellValue) -> WorkbookValue:
    """Turn a value into what a cell can hold; a number too large for its 15 digits stays text."""
    if isinstance(value, bool) or (isinstance(value, date) and value.year >= _FIRST_YEAR):
        return value
    if isinstance(value, (int, float, Decimal)) and -_FIRST_INEXACT < value < _FIRST_INEXACT:
        return float(value)
    text = cell_text(value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
