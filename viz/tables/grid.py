"""Answers for people and for programs: a table on the terminal, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "str | int | float | Decimal | bool | date | Sequence[Value] | Mapping[str, Value] | None"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")  # a terminal would obey them


@dataclass(frozen=True)
class Grid:
    """Rows under headings.

    :param headings: words shown above the columns
    :param keys: names of the columns in JSON and CSV
    :param rows: one tuple a row, in the order of the columns
    """

    headings: Sequence[str]
    keys: Sequence[str]
    rows: Sequence[Sequence[Value]]


def render(grid: Grid, form: str) -> str:
    """Write a grid as `table`, `csv`, `json` or `jsonl`.

    >>> print(render(Grid(["System"], ["system"], [["LGSP"]]), "csv"), end="")
    system
    LGSP
    """
    if form == "json":
        return (
            json.dumps(
                [as_object(grid, row) for row in grid.rows], ensure_ascii=False, indent=1, default=plain
            )
            + "\n"
        )
    if form == "jsonl":
        lines = (json.dumps(as_object(grid, row), ensure_ascii=False, default=plain) for row in grid.rows)
        return "".join(line + "\n" for line in lines)
    return as_csv(grid) if form == "csv" else as_table(grid)


def to_json(value: object) -> str:
    """Write a value as readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=plain) + "\n"


def as_object(grid: Grid, row: Sequence[Value]) -> dict[str, Value]:
    """Pair a row with its keys."""
    return dict(zip(grid.keys, row, strict=True))


def plain(value: object) -> object:
    """Give JSON what it has no type for: exact numbers as numbers, dates as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def as_csv(grid: Grid) -> str:
    """Write CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(grid.keys)
    for row in grid.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Value) -> str:
    text = words(value).replace("\r\n", "\n").replace("\r", "\n")  # the writer would not quote a lone one
    is_number = isinstance(value, (int, float, Decimal, date))
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def words(value: Value) -> str:
    """Write a value for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float, date)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "items"):
        return "; ".join(f"{key}={words(inner)}" for key, inner in value.items())
    return ", ".join(words(inner) for inner in value)


def as_table(grid: Grid, width: int | None = None) -> str:
    """Draw a table for people: short cells in columns, long ones (sentences) on lines of their own below.

    :param width: characters a line may take; the terminal's, or 120 where the output is no terminal
    """
    from rich.cells import cell_len

    width = width or (get_terminal_size().columns if sys.stdout.isatty() else 120)
    cells = [[words(value).translate(_CONTROL) for value in row] for row in grid.rows]
    headed = [list(map(str, grid.headings)), *cells]
    widths = [max(cell_len(row[i]) for row in headed) for i in range(len(grid.headings))]
    long = _below(widths, width)
    short = [i for i in range(len(widths)) if i not in long]
    lines = (
        [_line(headed[0], short, widths), _line(["─" * w for w in widths], short, widths)] if short else []
    )
    for row in cells:
        lines += [_line(row, short, widths)] if short else []
        for i in sorted(long):
            text = f"{grid.headings[i]}: {row[i]}"
            lines += wrap(text, width, initial_indent="    ", subsequent_indent="      ") if row[i] else []
    return "".join(line.rstrip() + "\n" for line in lines)


_WIDEST = 48  # characters; a wider column is no column any more


def _below(widths: Sequence[int], width: int) -> set[int]:
    """Choose the columns that go below the row: those too wide, then the widest until the rest fits."""
    long = {i for i, each in enumerate(widths) if each > _WIDEST}
    rest = sorted((each, i) for i, each in enumerate(widths) if i not in long)
    while len(rest) > 1 and sum(each + 2 for each, _ in rest) > width:
        long.add(rest.pop()[1])
    return long


def _line(row: Sequence[str], columns: Sequence[int], widths: Sequence[int]) -> str:
    from rich.cells import cell_len

    return "  ".join(row[i] + " " * (widths[i] - cell_len(row[i])) for i in columns)


def deliver(text: str, target: str | None) -> None:
    """Print a result, or write it to a file wholly or not at all.

    :param target: a file; ``None`` or ``-`` for standard output
    :raises WriteError: KG099 if the file cannot be written
    """
    if target in {None, "-"}:
        sys.stdout.write(text)
        return
    from ...files import write_whole

    path = Path(str(target))
    write_whole(path, text.encode(), str(path))
