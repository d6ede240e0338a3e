"""A grid as a table for the terminal."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from .grid import cell_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .grid import CellValue, Grid

__all__ = ["table_text"]

WIDEST_COLUMN = 48  # characters; wider cells stand on lines of their own
FILE_WIDTH = 120  # characters of a line where the output is no terminal
_GAP = "  "
_COLUMNS, _CELL_LENGTH = 200, 10_000  # what is beyond is left out, and said so
_DIRECTION_SIGNS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
# A terminal obeys these, or shows what follows in another order.
_CONTROL_SIGNS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029, *_DIRECTION_SIGNS), " ")


def table_text(grid: Grid, width: int | None = None) -> str:
    """Return a table for the terminal: short cells in columns, long ones (sentences) below their row.

    The first column names the subject of a row: it always stays in the row and is wrapped if it is wide.

    :param width: characters per line; by default those of the terminal, or :data:`FILE_WIDTH`
    :returns: only the headings if there are no rows
    """
    width = width or _line_width()
    headings = _clean_cells(grid.headings, f"… +{len(grid.headings) - _COLUMNS}")
    rows = [_clean_cells(row, "…") for row in grid.rows]
    widths = _column_widths([headings, *rows])
    long_columns = _long_columns(widths, width)
    short_columns = [column for column in range(len(widths)) if column not in long_columns]
    widths[:1] = [min(size, WIDEST_COLUMN) for size in widths[:1]]
    lines = list(_heading_lines(headings, short_columns, widths))
    for row in rows:
        lines += _row_lines(row, short_columns, widths)
        lines += _lines_below(headings, row, long_columns, width)
    return "".join(line.rstrip() + "\n" for line in lines)


def _clean_cells(values: Sequence[CellValue], mark: str) -> list[str]:
    """Return the texts of a row without signs that a terminal obeys, within a size.

    :param mark: of columns that are left out
    """
    texts = [_clean_text(cell_text(value)) for value in values[:_COLUMNS]]
    return texts if len(values) <= _COLUMNS else [*texts, mark]


def _clean_text(text: str) -> str:
    r"""Return a text without signs that a terminal obeys; of a very long one its beginning.

    >>> _clean_text("a\x1b[2Jb"), _clean_text("x" * 10_003)[-5:]
    ('a [2Jb', 'x… +3')
    """
    rest = len(text) - _CELL_LENGTH
    return (text if rest <= 0 else f"{text[:_CELL_LENGTH]}… +{rest}").translate(_CONTROL_SIGNS)


def _line_width() -> int:
    return get_terminal_size().columns if sys.stdout.isatty() else FILE_WIDTH


def _column_widths(rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len  # imported here: it slows the start of every command

    return [max(map(cell_len, column)) for column in zip(*rows, strict=True)]


def _long_columns(widths: Sequence[int], width: int) -> set[int]:
    """Choose the columns printed below the row: those too wide, then the widest until the others fit."""
    long_columns = {column for column, size in enumerate(widths) if column and size > WIDEST_COLUMN}
    beside = sorted((size, column) for column, size in enumerate(widths) if column not in {0, *long_columns})
    first = min(widths[0], WIDEST_COLUMN) if widths else 0
    while beside and first + sum(size + len(_GAP) for size, _ in beside) > width:
        long_columns.add(beside.pop()[1])
    return long_columns


def _row_lines(row: Sequence[str], columns: Sequence[int], widths: Sequence[int]) -> Iterator[str]:
    """Return the lines of the cells printed in columns; a wide first cell is wrapped."""
    if not columns:
        return
    first, *further = wrap(row[0], widths[0]) or [""]
    yield _line([first, *row[1:]], columns, widths)
    yield from further


def _heading_lines(headings: Sequence[str], columns: Sequence[int], widths: Sequence[int]) -> Iterator[str]:
    if columns:
        yield _line(headings, columns, widths)
        yield _line(["─" * size for size in widths], columns, widths)


def _line(cells: Sequence[str], columns: Sequence[int], widths: Sequence[int]) -> str:
    from rich.cells import cell_len

    padded = (cells[column] + " " * (widths[column] - cell_len(cells[column])) for column in columns)
    return _GAP.join(padded)


def _lines_below(
    headings: Sequence[str], row: Sequence[str], columns: Collection[int], width: int
) -> Iterator[str]:
    for column in sorted(columns):
        if row[column]:
            text = f"{headings[column]}: {row[column]}"
            yield from wrap(text, width, initial_indent=" " * 4, subsequent_indent=" " * 6)
