"""Where a planner's answer goes: the form that is asked for, to standard output or into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..queries.facts.values import Json
    from ..viz.tables import Grid


def chosen_form(form: str | None, target: str | None) -> str:
    """Choose the form: what is asked for, else what the ending of the file says, else a table."""
    if form is not None:
        return form
    ending = Path(target).suffix.removeprefix(".") if target else ""
    known = {"": "table", "txt": "table", "md": "table", "ttl": "turtle", "htm": "html"}
    known |= {each: each for each in ("csv", "json", "html", "xlsx")}
    if ending not in known:
        raise click.UsageError(
            f'no form for ".{ending}" — end the file in .csv, .json, .html, .xlsx, .ttl or .txt'
        )
    return known[ending]


def deliver_out(grid: Grid, objects: Sequence[Mapping[str, Json]], form: str, target: str | None) -> None:
    """Write rows, or objects as JSON."""
    from ..files import json_text
    from ..viz.tables import deliver, render

    if form in {"html", "turtle"}:
        raise click.UsageError(f"this verb writes no {form} — take table, csv, json or xlsx")
    if form == "xlsx":
        deliver_book_out({"egovkg": grid}, target)
    else:
        deliver(json_text(objects) if form == "json" else render(grid, form), target)


def deliver_book_out(grids: Mapping[str, Grid], target: str | None) -> None:
    """Write a spreadsheet, a sheet for each grid."""
    from ..viz.tables import grid_sheet, workbook

    write_out(workbook([grid_sheet(name, grid) for name, grid in grids.items()]), target)


def write_out(data: bytes, target: str | None) -> None:
    """Write a file wholly or not at all."""
    from ..files import write_atomically

    if target is None or target == "-":
        raise click.UsageError("a page or spreadsheet goes to a file — add -o FILE")
    write_atomically(Path(target), data, target)
