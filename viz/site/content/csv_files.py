"""CSV for spreadsheets: a cell that would be taken for a formula gets an apostrophe before it."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(keys: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""Write rows as CSV in UTF-8.

    >>> as_csv(["name"], [["=1+1"], [-1]])
    b"name\n'=1+1\n-1\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
