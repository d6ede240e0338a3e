"""Reading of workbooks: XLSX and ODS by calamine, CSV by Python. Only values are read.

Macros, external links and embedded objects are never opened. What calamine does not tell (hidden rows,
formulas) is looked up in the XML of the file by :mod:`.markup`.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from ...errors import InputError
from ...problems import FaultError, Problem
from ..faults.messages import fault, message
from ..text.file_kinds import foreign_kind
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from .cells import SheetCells, column_letters
from .markup import SheetMarkup, sheet_markup

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 20 << 20  # bytes of a file
LARGEST_UNPACKED = 100 << 20  # bytes of its members together
MOST_ROWS = 100_000  # of a sheet
MOST_CELLS = 5_000_000  # of the rectangle that holds the cells of a sheet, 32 bytes each
_WORKBOOKS = {"xlsx", "ods"}  # kinds of files by their first bytes
_LISTS = {"csv", "tsv"}
_DELIMITERS = ",;\t|"
_DOCTYPE = b"<!DOCTYPE"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, KeyError, ValueError)
_OPENING = 1024  # bytes of a member in which a document type would stand


def read_sheets(path: Path, file: str) -> tuple[SheetCells, ...]:
    """Read all sheets of a workbook, or the one table of a CSV file.

    :param file: name of the file in messages
    :raises InputError: KG008 if it cannot be read, KG110 if it is no workbook, is damaged or is too large
    """
    data = input_bytes(path, file)
    try:
        return _sheets(data, file)
    except FaultError as error:
        raise InputError([Problem(file, 1, 1, error.fault)]) from error


def _sheets(data: bytes, file: str) -> tuple[SheetCells, ...]:
    """Read the sheets of a file by its kind.

    :raises FaultError: if it is no workbook
    """
    if len(data) > LARGEST:
        raise FaultError(fault("KG110.too-large", megabytes=LARGEST >> 20))
    if not data.strip():
        raise FaultError(fault("KG110.empty-file"))
    kind = foreign_kind(data, file)
    if kind and kind.name in _WORKBOOKS:
        return _of_workbook(data)
    if kind and kind.name not in _LISTS:
        key = "locked" if kind.name == "old-office" else "no-workbook"
        raise FaultError(fault(f"KG110.{key}", kind=kind.label))
    return (_of_list(data, file),)


def _of_workbook(data: bytes) -> tuple[SheetCells, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    markup = _markup(data)
    for name, sheet_xml in markup.items():
        _require_extent(name, *sheet_xml.extent)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(entry, book.get_sheet_by_name(entry.name)) for entry in book.sheets_metadata]
        return tuple(
            SheetCells(
                sheet.name,
                sheet.to_python(skip_empty_area=False),
                tuple((_address(first), _address(last)) for first, last in sheet.merged_cell_ranges or ()),
                markup.get(sheet.name, SheetMarkup()).hidden_rows,
                markup.get(sheet.name, SheetMarkup()).formulas,
                markup.get(sheet.name, SheetMarkup()).failed,
                entry.visible != SheetVisibleEnum.Visible,
            )
            for entry, sheet in sheets
        )
    except PasswordError as error:
        raise FaultError(fault("KG110.locked", kind=message("file-kind.xlsx"))) from error
    except (CalamineError, OSError, ValueError) as error:
        raise FaultError(fault("KG110.damaged", reason=str(error))) from error


def _require_extent(sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose cells reach too far, before calamine takes memory for all of its rectangle.

    :raises FaultError: if there are too many rows, or cells
    """
    if rows > MOST_ROWS:
        raise FaultError(fault("KG110.too-many-rows", sheet=sheet, most=MOST_ROWS))
    if rows * columns > MOST_CELLS:
        cell = f"{column_letters(columns)}{rows}"
        raise FaultError(fault("KG110.too-many-cells", sheet=sheet, cell=cell))


def _address(corner: tuple[int, int]) -> tuple[int, int]:
    return corner[0] + 1, corner[1] + 1


def _markup(data: bytes) -> dict[str, SheetMarkup]:
    """Check the members of a file, and read what its XML says on rows and formulas.

    :raises FaultError: if the file is damaged, or its members are too large or have a document type
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                raise FaultError(fault("KG110.too-large-unpacked", megabytes=LARGEST_UNPACKED >> 20))
            for member in archive.infolist():
                if member.filename.endswith(".xml") and _DOCTYPE in archive.open(member).read(_OPENING):
                    raise FaultError(fault("KG110.document-type", member=member.filename))
            return sheet_markup(archive)
    except _BROKEN as error:
        raise FaultError(fault("KG110.damaged", reason=str(error))) from error


def _of_list(data: bytes, file: str) -> SheetCells:
    """Read a table of text; its delimiter is the most frequent of the usual ones in the first line.

    :raises FaultError: if it is not UTF-8
    """
    decoded = read_bytes(data, file)
    if decoded.text is None:
        raise FaultError(decoded.problems[0].fault)
    first_line = decoded.text.lstrip("\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FaultError(fault("KG110.damaged", reason=str(error))) from error
    if len(rows) > MOST_ROWS:
        raise FaultError(fault("KG110.too-many-rows", sheet=file, most=MOST_ROWS))
    width = max(map(len, rows), default=0)
    return SheetCells("", [[*row, *[""] * (width - len(row))] for row in rows])
