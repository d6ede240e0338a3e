"""Output of a result as text, to standard output or a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...files import json_line, json_text, write_atomically
from .csv_writer import csv_text
from .terminal import table_text

if TYPE_CHECKING:
    from .grid import Grid

__all__ = ["STANDARD_OUTPUT", "deliver", "render"]

STANDARD_OUTPUT = "-"


def render(grid: Grid, form: str) -> str:
    """Return a grid as text in a format.

    :param form: `csv`, `json` or `jsonl`; any other value gives a table for the terminal

    >>> from egovkg.viz.tables.grid import Grid
    >>> print(render(Grid(["System"], ["system"], [["LGSP"]]), "csv"), end="")
    system
    LGSP
    """
    if form == "json":
        return json_text(grid.objects())
    if form == "jsonl":
        return "".join(json_line(row) + "\n" for row in grid.objects())
    return csv_text(grid.keys, grid.rows) if form == "csv" else table_text(grid)


def deliver(text: str, target: str | None) -> None:
    """Print a result, or write it to a file atomically.

    :param target: a file; ``None`` or ``-`` for standard output
    :raises WriteError: KG099 if the file cannot be written
    """
    if target in {None, STANDARD_OUTPUT}:
        sys.stdout.write(text)
    else:
        path = Path(str(target))
        write_atomically(path, text.encode(), str(path))
