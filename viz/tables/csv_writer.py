"""CSV for spreadsheets: the only CSV writer of the package; it prevents formula injection."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .grid import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .grid import Value

__all__ = ["csv_text"]

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(keys: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    r"""Return rows as CSV with LF line ends.

    A text that a spreadsheet would interpret as a formula is prefixed with an apostrophe; numbers and dates
    are unchanged.

    :param keys: names of the columns, written as the first line

    >>> csv_text(["name"], [["=1+1"], [-1]])
    "name\n'=1+1\n-1\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows(map(_safe_cell, row) for row in rows)
    return out.getvalue()


def _safe_cell(value: Value) -> str:
    text = cell_text(value).replace("\r\n", "\n").replace("\r", "\n")  # the writer does not quote a lone CR
    is_number_or_date = isinstance(value, (int, float, Decimal, date))
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not is_number_or_date else text
