"""What the XML of a workbook says beyond the values: hidden rows, formulas, and cells that show an error."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as XmlTree

from ...problems import FaultError
from ..faults.messages import fault

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from .cells import Address

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SHEET_FOLDER = "xl/worksheets/"
_HIDDEN_IN_ODS = {"collapse", "filter"}
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>\s*(<(?:\w+:)?f\b)?")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'\bt="e"')


@dataclass(frozen=True)
class SheetMarkup:
    """What the XML of one sheet says; rows and columns are 1-based.

    :param extent: the last row and the last column that hold something
    """

    hidden_rows: frozenset[int] = frozenset()
    formulas: frozenset[Address] = frozenset()
    failed: frozenset[Address] = frozenset()
    extent: Address = (0, 0)


def sheet_markup(archive: zipfile.ZipFile) -> dict[str, SheetMarkup]:
    """Read the markup of all sheets of an XLSX or ODS file.

    :returns: name of the sheet → its markup; for a member that no sheet names, its own name
    :raises FaultError: KG110 if the XML is malformed
    """
    names = set(archive.namelist())
    try:
        if "content.xml" in names:
            return dict(_ods_markup(archive))
        parts = {part: name for name, part in _parts(archive)}
        members = [name for name in names if name in parts or name.startswith(_SHEET_FOLDER)]
        return {parts.get(name, name): _xlsx_markup(archive.read(name)) for name in members}
    except (XmlTree.ParseError, zlib.error, UnicodeDecodeError) as error:
        raise FaultError(fault("KG110.damaged", reason=str(error))) from error


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet of an XLSX file with the member that holds it."""
    links = XmlTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): (link.get("Target") or "").lstrip("/") for link in links}
    for sheet in XmlTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        yield sheet.get("name") or "", target if target.startswith("xl/") else f"xl/{target}"


def _xlsx_markup(xml: bytes) -> SheetMarkup:
    """Search the XML of one sheet; by patterns, since parsing it would take longer than all else."""
    hidden, last_row, last_column = set(), 0, 0
    for row in _ROW.finditer(xml):
        if number := _ROW_NUMBER.search(row[1]):
            hidden |= {int(number[1])} if _HIDDEN.search(row[1]) else set()
            last_row = max(last_row, 0 if row[1].endswith(b"/") else int(number[1]))
    formulas: set[Address] = set()
    failed: set[Address] = set()
    for cell in _CELL.finditer(xml):
        if place := _PLACE.search(cell[1]):
            address = int(place[2]), _column_number(place[1])
            last_row, last_column = max(last_row, address[0]), max(last_column, address[1])
            if cell[2] or _ERROR.search(cell[1]):
                (failed if _ERROR.search(cell[1]) else formulas).add(address)
    extent = (last_row, last_column)
    return SheetMarkup(frozenset(hidden), frozenset(formulas), frozenset(failed), extent)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _ods_markup(archive: zipfile.ZipFile) -> Iterator[tuple[str, SheetMarkup]]:
    for table in XmlTree.fromstring(archive.read("content.xml")).iter(f"{_TABLE}table"):
        hidden: set[int] = set()
        formulas: set[Address] = set()
        number, last_row, last_column = 1, 0, 0
        for row in table.iter(f"{_TABLE}table-row"):
            times = int(row.get(f"{_TABLE}number-rows-repeated") or 1)
            if row.get(f"{_TABLE}visibility") in _HIDDEN_IN_ODS and len(row):
                hidden.update(range(number, number + min(times, 1000)))
            formulas.update((number, column) for column in _formula_columns(row))
            width = _filled_width(row)
            last_column = max(last_column, width)
            last_row = number + times - 1 if width else last_row
            number += times
        extent = (last_row, last_column)
        yield (
            table.get(f"{_TABLE}name") or "",
            SheetMarkup(frozenset(hidden), frozenset(formulas), extent=extent),
        )


def _filled_width(row: XmlTree.Element) -> int:
    """Return the number of the last column of a row that holds something; 0 for an empty row."""
    column = width = 0
    for cell in row:
        column += int(cell.get(f"{_TABLE}number-columns-repeated") or 1)
        width = column if len(cell) or cell.get(f"{_TABLE}formula") else width
    return width


def _formula_columns(row: XmlTree.Element) -> Iterator[int]:
    column = 1
    for cell in row:
        if cell.get(f"{_TABLE}formula"):
            yield column
        column += int(cell.get(f"{_TABLE}number-columns-repeated") or 1)
