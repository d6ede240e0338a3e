"""A grid: rows under headings, independent of the output format, and the text of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CellValue", "Grid", "cell_text"]

CellValue: TypeAlias = (
    "str | int | float | Decimal | bool | date | Sequence[CellValue] | Mapping[str, CellValue] | None"
)


@dataclass(frozen=True)
class Grid:
    """Rows under headings.

    :param headings: headings of the columns, for readers
    :param keys: names of the columns in JSON and CSV
    :param rows: one sequence of cells per row, in the order of the columns
    """

    headings: Sequence[str]
    keys: Sequence[str]
    rows: Sequence[Sequence[CellValue]]

    def objects(self) -> list[dict[str, CellValue]]:
        """Return each row as an object whose keys are the names of the columns.

        >>> Grid(["System"], ["system"], [["LGSP"]]).objects()
        [{'system': 'LGSP'}]
        """
        return [dict(zip(self.keys, row, strict=True)) for row in self.rows]


def cell_text(value: CellValue) -> str:
    """Return a cell as text: exact numbers without exponent, lists joined by commas.

    >>> cell_text(Decimal("1E+3")), cell_text(["a", 1]), cell_text({"level": 4}), cell_text(None)
    ('1000', 'a, 1', 'level=4', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float, date)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "items"):
        return "; ".join(f"{key}={cell_text(member)}" for key, member in value.items())
    return ", ".join(cell_text(member) for member in value)
