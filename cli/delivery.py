"""Output of an answer: in the chosen form, to standard output or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .language import text
from .options import form_of, grouped, language_option, output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..queries.facts.values import Json
    from ..viz.tables import Grid
    from .options import Decorator

_ENDINGS = {
    "": "table",
    "txt": "table",
    "md": "table",
    "csv": "csv",
    "json": "json",
    "html": "html",
    "htm": "html",
    "xlsx": "xlsx",
    "ttl": "turtle",
}
_PAGES = frozenset({"html", "turtle"})


@dataclass(frozen=True, slots=True)
class Output:
    """Where and in which format a verb writes its answer.

    :param form: the chosen format; `None` to derive it from the file extension
    :param target: a file; `None` or `-` for standard output
    """

    form: str | None
    target: str | None
    lang: str

    @property
    def chosen_form(self) -> str:
        """The chosen format, else the one of the file extension, else a table.

        :raises UsageError: if no format has that extension
        """
        if self.form is not None:
            return self.form
        ending = Path(self.target).suffix.removeprefix(".") if self.target else ""
        if ending not in _ENDINGS:
            raise click.UsageError(text("error.no_form", ending=ending))
        return _ENDINGS[ending]

    def write_text(self, content: str) -> None:
        """Write a text to the target."""
        from ..viz.tables import deliver

        deliver(content, self.target)

    def write_bytes(self, content: bytes) -> None:
        """Write binary content to the file, atomically.

        :raises UsageError: if no file is specified
        """
        from ..files import write_atomically

        if self.target is None or self.target == "-":
            raise click.UsageError(text("error.needs_file"))
        write_atomically(Path(self.target), content, self.target)

    def write_grid(self, grid: Grid, objects: Sequence[Mapping[str, Json]] | None = None) -> None:
        """Write rows as table, CSV, JSON or spreadsheet.

        :param objects: what JSON contains instead of the rows
        :raises UsageError: if the format does not suit rows
        """
        from ..files import json_text
        from ..viz.tables import render

        chosen = self.chosen_form
        if chosen in _PAGES:
            raise click.UsageError(text("error.form_not_here", form=chosen))
        if chosen == "xlsx":
            self.write_workbook({"egovkg": grid})
        elif chosen == "json" and objects is not None:
            self.write_text(json_text(objects))
        else:
            self.write_text(render(grid, chosen))

    def write_workbook(self, grids: Mapping[str, Grid]) -> None:
        """Write a spreadsheet with one sheet per grid."""
        from ..viz.tables import grid_sheet, workbook

        self.write_bytes(workbook([grid_sheet(name, grid) for name, grid in grids.items()]))


def output_in(*forms: str) -> Decorator:
    """Add `--format`, `--output` and `--lang` to a verb, which receives them as an :class:`Output`.

    :param forms: the formats that the verb can write, the default first
    """
    return grouped("output", Output, form_of(*forms), output, language_option)


def output_by_ending(*forms: str) -> Decorator:
    """Add the same options; without `--format`, the file extension determines the format."""
    by_ending = click.option("--format", "form", type=click.Choice(forms))
    return grouped("output", Output, by_ending, output, language_option)
