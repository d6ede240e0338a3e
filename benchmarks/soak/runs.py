"""The log of runs: each adds a line to a table in the docs, and its last line adds them up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

COLUMNS = (
    "good requests",
    "wrong",
    "failed",
    "untruly",
    "hostile requests",
    "untyped",
    "fuzzed inputs",
    "faults",
    "publishes",
    "killed builds",
)
_HEADING = "| run |"
_TOTAL = "| all |"


def add_run(page: Path, command: str, counts: Mapping[str, int]) -> None:
    """Add a line for a run to the table of a page, and add all lines up.

    :param counts: a number for some of the columns; the others count nothing
    :raises ValueError: if the page has no such table
    """
    lines = page.read_text(encoding="utf-8").splitlines()
    start = next((at for at, line in enumerate(lines) if line.startswith(_HEADING)), None)
    if start is None:
        raise ValueError(f"{page}: no table of runs")
    end = start + 2
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    rows = [line for line in lines[start + 2 : end] if not line.startswith(_TOTAL)]
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()}"
    rows.append(_line(moment, command, load, *(f"{counts.get(name, 0)}" for name in COLUMNS)))
    lines[start + 2 : end] = [*rows, _totals(rows)]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _totals(rows: list[str]) -> str:
    numbers = [[int(cell) for cell in row.strip("| ").split(" | ")[3:]] for row in rows]
    return _line("all", "", "", *(f"{sum(column)}" for column in zip(*numbers, strict=True)))


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
