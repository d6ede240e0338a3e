"""The verb that compares two annotations of the same sources."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import CSV, JSON, TABLE
from ..app import verb
from ..delivery import output_in
from ..language import say, text
from ..options import existing

if TYPE_CHECKING:
    from pathlib import Path

    from ...loaders.agreement import Agreement, Measure
    from ...viz.tables import Grid
    from ..delivery import Output

_MEASURES = ("statements", "status", "time")
_KEYS = ("measure", "a", "b", "same", "agreement", "kappa")
_DISAGREEMENT_KEYS = ("kind", "statement", "line_a", "line_b", "a", "b")
_LEAST = 0.8


@verb("agree", "egovkg agree first.kg.md second.kg.md")
@click.argument("first", type=existing)
@click.argument("second", type=existing)
@click.option("--least", type=click.FloatRange(0, 1), default=_LEAST, show_default=True, metavar="RATIO")
@output_in(TABLE, CSV, JSON)
def agree_verb(first: Path, second: Path, least: float, output: Output) -> None:
    """Compare two annotations of the same sources: statements, status and time."""
    from ...loaders.agreement import agreement_of, read_pair

    pair = read_pair(first, second)
    agreement = agreement_of(pair.articles)
    _write(agreement, output)
    if pair.unpaired:
        say(text("agree.unpaired", articles=", ".join(pair.unpaired)))
    short = [name for name, measure in _measures(agreement) if measure.agreement < least]
    if short:
        say(
            text(
                "agree.short",
                measures=", ".join(text(f"agree.{name}") for name in short),
                least=f"{least:.2f}",
            )
        )
        sys.exit(1)


def _write(agreement: Agreement, output: Output) -> None:
    from ...files import json_text
    from ...viz.tables import render

    if output.form is JSON:
        output.write_text(json_text(asdict(agreement)))
    elif output.form is CSV:
        output.write_text(output.mark + render(_disagreement_grid(agreement), CSV.name))
    else:
        grids = [_measure_grid(agreement), _disagreement_grid(agreement)]
        output.write_text("\n".join(render(grid, TABLE.name) for grid in grids if grid.rows))


def _measures(agreement: Agreement) -> list[tuple[str, Measure]]:
    return [(name, getattr(agreement, name)) for name in _MEASURES]


def _measure_grid(agreement: Agreement) -> Grid:
    from ...viz.tables import Grid

    rows = [
        (
            text(f"agree.{name}"),
            measure.first,
            measure.second,
            measure.equal,
            f"{measure.agreement:.2f}",
            "" if measure.kappa is None else f"{measure.kappa:.2f}",
        )
        for name, measure in _measures(agreement)
    ]
    return Grid([text(f"agree.column.{key}") for key in _KEYS], _KEYS, rows)


def _disagreement_grid(agreement: Agreement) -> Grid:
    from ...viz.tables import Grid

    rows = [
        (
            text(f"agree.kind.{item.kind}"),
            item.statement,
            item.first_line,
            item.second_line,
            item.first,
            item.second,
        )
        for item in agreement.disagreements
    ]
    headings = [text(f"agree.column.{key}") for key in _DISAGREEMENT_KEYS]
    return Grid(headings, _DISAGREEMENT_KEYS, rows)
