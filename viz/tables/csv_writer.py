"""CSV for spreadsheets: the only CSV writer of the package; it prevents formula injection."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .grid import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .grid import CellValue

__all__ = ["csv_text", "is_formula"]

_SIGN = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*([=+\-@])")  # blanks and zero-width marks may stand before it
# What a formula needs to reach anything: a call, another sheet, a program, or a cell.
_REACH = re.compile(r"\w\(|[|!]|(?<![^\W_])\$?[A-Za-z]{1,3}\$?\d+(?![^\W_])")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def csv_text(keys: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> str:
    r"""Return rows as CSV with LF line ends.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; every other value stays.

    :param keys: names of the columns, written as the first line

    >>> csv_text(["name"], [["=1+1"], ["="], ["-5"], [-1]])
    "name\n'=1+1\n=\n-5\n-1\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(_safe_cell, keys))
    writer.writerows(map(_safe_cell, row) for row in rows)
    return out.getvalue()


def _safe_cell(value: CellValue) -> str:
    text = cell_text(value).replace("\r\n", "\n").replace("\r", "\n")  # the writer does not quote a lone CR
    is_number_or_date = isinstance(value, (int, float, Decimal, date))
    return f"'{text}" if not is_number_or_date and is_formula(text) else text


def is_formula(text: str) -> bool:
    r"""Tell whether a spreadsheet program would evaluate a text in a CSV file as a formula.

    A text that starts with an equals sign is always evaluated. One that starts with plus, minus or at is
    harmless if it is a number, a telephone number, a list item or a name; it is dangerous if it calls a
    function, or names a cell, a sheet or a program. Source: OWASP, CSV Injection.

    >>> [is_formula(text) for text in ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t-A1+1")]
    [True, True, True, True]
    >>> [is_formula(text) for text in ("=", "-5", "+84 24 3943 6131", "- máy chủ (2 bộ)", "@egov", "a=b")]
    [False, False, False, False, False, False]
    """
    if text[:1].isalnum():
        return False  # most cells; no letter or digit stands for a sign
    text = unicodedata.normalize("NFKC", text)  # wide signs count as well
    sign = _SIGN.match(text)
    if sign is None:
        return False
    needed = _LETTER_OR_DIGIT if sign[1] == "=" else _REACH
    return needed.search(text, sign.end()) is not None
