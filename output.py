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
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "str | int | Decimal | bool | date | Sequence[Value] | Mapping[str, Value] | None"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    text = words(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def words(value: Value) -> str:
    """Write a value for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, date)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "items"):
        return "; ".join(f"{key}={words(inner)}" for key, inner in value.items())
    return ", ".join(words(inner) for inner in value)


def as_table(grid: Grid) -> str:
    """Draw a table as wide as the terminal; unlimited where the output is no terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in grid.headings:
        table.add_column(heading, overflow="fold")
    for row in grid.rows:
        table.add_row(*(_literal(words(value)) for value in row))
    tty = sys.stdout.isatty()
    console = Console(
        file=io.StringIO(), width=None if tty else 160, color_system=None, highlight=False, markup=False
    )
    console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO given above
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def _literal(text: str) -> str:
    return text


def deliver(text: str, target: str | None) -> None:
    """Print a result, or write it to a file wholly or not at all.

    :param target: a file; ``None`` or ``-`` for standard output
    :raises InputError: KG099 if the file cannot be written
    """
    if target in {None, "-"}:
        sys.stdout.write(text)
        return
    from .loaders.formatting import write_whole

    path = Path(str(target))
    write_whole(path, text.encode(), str(path))
