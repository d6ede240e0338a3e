"""The content of a page as data files: JSON, and CSV for tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....files import compact_json
from ...tables import csv_text
from .model import Alternate, File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ....queries.facts.values import Json
    from ...tables import CellValue

__all__ = ["csv_bytes", "json_bytes", "record_files", "table_alternates", "table_files"]


def json_bytes(content: object) -> bytes:
    r"""Return JSON in UTF-8: the members of a list, and those of an object and its lists, one a line.

    Lone surrogates, which UTF-8 cannot encode, become question marks.

    >>> json_bytes([{"a": "ế", "b": []}, {}]).decode()
    '[\n{"a":"ế","b":[]},\n{}\n]\n'
    """
    if isinstance(content, dict):
        members = (f"{compact_json(key)}:{_lines(value)}" for key, value in content.items())
        return ("{" + ",\n".join(members) + "}\n").encode("utf-8", "replace")
    return f"{_lines(content)}\n".encode("utf-8", "replace")


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(compact_json, value)) + "\n]"
    return compact_json(value)


def csv_bytes(keys: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> bytes:
    r"""Return rows as CSV in UTF-8; the members of a list are joined by semicolons.

    >>> csv_bytes(["name"], [["=1+1"], [["a", "b"]]])
    b"name\n'=1+1\na; b\n"
    """
    return csv_text(keys, (list(map(_joined, row)) for row in rows)).encode("utf-8", "replace")


def _joined(value: CellValue) -> CellValue:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def table_files(stem: str, keys: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> tuple[File, File]:
    """Return a table as two files: JSON with one object per row, and CSV.

    :param stem: address of the page without its extension

    >>> [file.path for file in table_files("tours", ["name"], [["a"]])]
    ['tours.json', 'tours.csv']
    """
    rows = list(rows)
    objects = [dict(zip(keys, row, strict=True)) for row in rows]
    return File(f"{stem}.json", json_bytes(objects)), File(f"{stem}.csv", csv_bytes(keys, rows))


def record_files(stem: str, keys: Sequence[str], records: Sequence[Mapping[str, Json]]) -> tuple[File, File]:
    """Return records as two files: all of each as JSON, and the values of some keys as CSV.

    :param stem: address of the page without its extension

    >>> [file.path for file in record_files("law", ["duty"], [{"duty": "a", "sentences": []}])]
    ['law.json', 'law.csv']
    """
    rows = ([record[key] for key in keys] for record in records)
    return File(f"{stem}.json", json_bytes(records)), File(f"{stem}.csv", csv_bytes(keys, rows))


def table_alternates(stem: str) -> tuple[Alternate, Alternate]:
    """Return the links to the two files made by :func:`table_files`.

    >>> [alternate.format_name for alternate in table_alternates("tours")]
    ['JSON', 'CSV']
    """
    return Alternate(f"{stem}.json", "JSON"), Alternate(f"{stem}.csv", "CSV")
