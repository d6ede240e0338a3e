"""Workbooks for tests: written from rows, as XLSX by openpyxl and as ODS by hand."""

from __future__ import annotations

import csv
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Rows = Sequence[Sequence[object]]

SOURCES: Rows = (
    ("Mã", "Tên nguồn", "Cơ quan giữ bảng", "Ngày số liệu", "Phạm vi"),
    ("kiem-ke", "Bảng kiểm kê thử", "tq:so-tttt", "2020-06-30", "vn:tuyen-quang"),
)
_ODS = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"
)
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'


def xlsx(path: Path, sheets: Mapping[str, Rows], *, sources: Rows = SOURCES) -> Path:
    """Write sheets, those of sources before them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {**({"Nguồn": sources} if sources else {}), **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets of texts."""
    tables = (
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", _ODS % "".join(tables))
    return path


def _ods_row(row: Sequence[object]) -> str:
    cells = "".join(_ODS_CELL % escape(str(value)) for value in row)
    return f"<table:table-row>{cells}</table:table-row>"


def rows_of(path: Path) -> Rows:
    """Read the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
