"""The cells of a sheet, and the text and time that a cell states."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ...problems import FaultError
from ..faults.messages import fault
from ..text.numbers import plain
from ..text.reading import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

RawValue: TypeAlias = "str | float | bool | date | datetime | object"
Address: TypeAlias = tuple[int, int]  # row and column, both 1-based

_YEARS = range(1900, 2200)
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
_LAST_DAY_NUMBER = 110_000  # in the year 2201
_DECIMAL_MARK = ","
_PARTS = ";"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell with its place.

    :param sheet: name of the sheet as in the file; empty for a file that is one table
    :param row: 1-based
    :param column: 1-based
    :param text: its value as text: NFC with single blanks, a number in Vietnamese notation, a day in ISO form
    """

    sheet: str
    row: int
    column: int
    value: RawValue
    text: str

    @property
    def parts(self) -> list[str]:
        """The values of a cell that may hold several, parted by semicolons."""
        return [part.strip() for part in self.text.split(_PARTS) if part.strip()]

    def time(self) -> str:
        """Return the time that the cell states, as articles write it.

        :raises FaultError: KG113 if it holds the number of a day, for a spreadsheet that lost its format
        """
        value = self.value
        if not isinstance(value, float) or not value.is_integer() or int(value) in _YEARS:
            return self.text
        if not _YEARS.stop <= value < _LAST_DAY_NUMBER:
            return self.text
        day = _EPOCH + timedelta(days=int(value))
        raise FaultError(fault("KG113.day-number", number=int(value), day=day.isoformat()))


@dataclass(frozen=True)
class SheetCells:
    """One sheet as read.

    :param rows: values of all cells from A1 on; empty cells hold an empty text
    :param merged: first and last cell of each merged range
    :param hidden_rows: 1-based numbers of hidden rows
    :param formulas: cells whose value a formula gave when the file was saved
    :param failed: cells that show an error, such as `#REF!`
    """

    name: str
    rows: Sequence[Sequence[RawValue]]
    merged: tuple[tuple[Address, Address], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    formulas: frozenset[Address] = frozenset()
    failed: frozenset[Address] = frozenset()
    is_hidden: bool = False


def cell_text(value: RawValue) -> str:
    """Return a value as text.

    >>> cell_text(75005.0), cell_text(6.5), cell_text(date(2021, 3, 1)), cell_text(" a  b ")
    ('75005', '6,5', '2021-03-01', 'a b')
    """
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value.translate(INVISIBLE)).split())
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return plain(Decimal(repr(value))).replace(".", _DECIMAL_MARK)
    return str(value)


def column_letters(column: int) -> str:
    """Return the letters of a column.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
