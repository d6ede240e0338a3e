"""Output of an answer: the one rule by which each verb chooses its form, and the writing of every form.

The ending of the file of `-o` chooses the form, `--format` wins over it, and without either a verb writes
its first form. What a verb cannot write is refused before it does any work.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..viz.shared.forms import CSV, JSON, TABLE, XLSX, ending_of, form_by_ending
from .language import say, text
from .options import format_option, language_option, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..viz.shared.forms import Form
    from ..viz.tables import Grid, Sheet
    from .options import Decorator

STANDARD_OUTPUT = "-"
_excel = click.option("--excel", "has_mark", is_flag=True)


@dataclass(frozen=True, slots=True)
class Output:
    """Where and in which format a verb writes its answer.

    :param target: a file; `None` or `-` for standard output
    :param has_mark: whether CSV begins with the byte order mark by which Excel knows UTF-8
    """

    form: Form
    target: str | None
    lang: str
    has_mark: bool = False

    @property
    def is_table(self) -> bool:
        """Whether people read the answer in a terminal."""
        return self.form is TABLE

    @property
    def mark(self) -> str:
        """What CSV begins with: the byte order mark, or nothing."""
        return "\ufeff" if self.has_mark else ""

    def require(self, forms: Sequence[Form]) -> None:
        """Refuse a form that this answer of a verb cannot have.

        :raises UsageError: if the form is none of those
        """
        if self.form not in forms:
            names = ", ".join(form.name for form in forms)
            raise click.UsageError(text("error.form_not_here", form=self.form.name, forms=names))

    def write_text(self, content: str) -> None:
        """Write a text to the target."""
        from ..viz.tables import deliver

        deliver(content, self.target)

    def write_bytes(self, content: bytes) -> None:
        """Write a file, whole or not at all; a text may go to standard output."""
        from ..files import write_atomically

        if self.target is None or self.target == STANDARD_OUTPUT:
            self.write_text(content.decode())
        else:
            write_atomically(Path(self.target), content, self.target)

    def write_rows(self, grid: Grid, objects: object = None, remarks: Iterable[str] = ()) -> None:
        """Write rows as table, CSV, JSON or spreadsheet; without rows there is no table.

        :param objects: what JSON holds in place of the rows
        :param remarks: how the answer is to be read: a sheet of the workbook, else lines on standard error
        """
        from ..files import json_text
        from ..viz.tables import grid_sheet, render

        lines = list(remarks)
        for line in lines:
            say(line)
        if self.form is XLSX:
            self.write_sheets([grid_sheet(text("sheet.answer"), grid), *_remark_sheets(lines)])
        elif self.form is JSON and objects is not None:
            self.write_text(json_text(objects))
        elif grid.rows or not self.is_table:
            self.write_text(self.mark + render(grid, self.form.name))
        else:
            self.write_text("")

    def write_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Write a spreadsheet."""
        from ..viz.tables import workbook

        self.write_bytes(workbook(sheets))


def _remark_sheets(lines: Sequence[str]) -> list[Sheet]:
    """Lay remarks out as a sheet; none without any."""
    from ..viz.tables import Sheet

    name = text("sheet.remarks")
    return [Sheet(name, [name], [[line] for line in lines], widths=(120,))] if lines else []


def output_in(*forms: Form, names_file: bool = False) -> Decorator:
    """Add `--format`, `--output`, `--lang` and, for CSV, `--excel` to a verb, which receives an
    :class:`Output`.

    :param forms: that the verb writes, the default first
    :param names_file: whether the verb chooses a file name if the user gives none
    """
    options = [format_option(forms), output, *([_excel] if CSV in forms else []), language_option]

    def decorate(verb: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(verb)
        def with_output(
            *, form: str | None, target: str | None, lang: str, has_mark: bool = False, **values: object
        ) -> object:
            chosen = chosen_form(forms, form, target)
            if not names_file or target == STANDARD_OUTPUT:
                _require_file(chosen, target)
            _require_renderer(chosen)
            if has_mark and chosen is not CSV:
                raise click.UsageError(text("error.mark_is_for_csv", form=chosen.name))
            return verb(output=Output(chosen, target, lang, has_mark), **values)

        decorated: Callable[..., Any] = with_output
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def chosen_form(forms: Sequence[Form], name: str | None, target: str | None) -> Form:
    """Choose a form: the one that is named, else that of the ending of the file, else the first.

    :raises UsageError: if no form has that ending
    """
    if name is not None:
        return next(form for form in forms if form.name == name)
    ending = ending_of(target) if target else ""
    if not target or not ending:
        return forms[0]
    form = form_by_ending(target, forms)
    if form is None:
        endings = ", ".join(f".{ending}" for form in forms for ending in form.endings)
        raise click.UsageError(text("error.no_form", file=target, ending=ending, endings=endings))
    return form


def _require_file(form: Form, target: str | None) -> None:
    if form.is_binary and target in {None, STANDARD_OUTPUT}:
        raise click.UsageError(text("error.needs_file", form=form.name, ending=form.endings[0]))


def _require_renderer(form: Form) -> None:
    from ..viz.pictures import has_renderer

    if form.needs_renderer and not has_renderer():
        raise click.UsageError(text("error.no_renderer", form=form.name))
