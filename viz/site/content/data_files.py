"""Data twins: the content of a page as JSON, and as CSV where it is a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .csv_files import as_csv
from .model import File, Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def as_json(content: object) -> bytes:
    r"""Write what JSON can hold, readable by people as well.

    >>> as_json({"a": "ế"}).decode()
    '{\n "a": "ế"\n}\n'
    """
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def table_files(stem: str, keys: Sequence[str], rows: Iterable[Sequence[object]]) -> tuple[File, File]:
    """Write a table twice: JSON with an object a row, and CSV; :func:`table_twins` names them.

    :param stem: address of the page without its ending

    >>> [file.path for file in table_files("tours", ["name"], [["a"]])]
    ['tours.json', 'tours.csv']
    """
    held = list(rows)
    objects = [dict(zip(keys, row, strict=True)) for row in held]
    lines = ([_joined(value) for value in row] for row in held)
    return File(f"{stem}.json", as_json(objects)), File(f"{stem}.csv", as_csv(keys, lines))


def table_twins(stem: str) -> tuple[Twin, Twin]:
    """Name the two files of a table.

    >>> [twin.form for twin in table_twins("tours")]
    ['JSON', 'CSV']
    """
    return Twin(f"{stem}.json", "JSON"), Twin(f"{stem}.csv", "CSV")


def _joined(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
