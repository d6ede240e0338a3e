"""The verb that compares two graphs by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ....viz.shared.forms import CSV, DOCX, HTML, JSON, RDF_PATCH, ROWS
from ...app import verb
from ...delivery import Output, output_in
from ...options import Day, grouped, pairs, working_graph
from .sides import compared_graphs

if TYPE_CHECKING:
    from ....queries.differences.ask import DifferenceQuestion
    from ....queries.differences.graphs import ComparedGraph
    from ....queries.differences.report import DifferenceReport
    from ....viz.differences import DetailPage

_PARTS = ("gap", "target", "source", "dependency", "entity", "claim", "figure")
_ROWS_IN_TERMINAL, _ROWS_ON_PAGE = 20, 500


@dataclass(frozen=True, slots=True)
class DifferenceOptions:
    """What is compared, and which rows are listed.

    :param parts: names of parts; empty for all
    :param questions: names of questions whose answers are compared too
    :param values: parameters of the questions, as NAME=VALUE
    """

    parts: tuple[str, ...]
    questions: tuple[str, ...]
    values: tuple[str, ...]
    province: str
    as_of: date | None
    most: int | None
    page: int


difference_options = grouped(
    "options",
    DifferenceOptions,
    click.option("--part", "parts", multiple=True, type=click.Choice(_PARTS)),
    click.option("--question", "questions", multiple=True, metavar="NAME"),
    click.option("-p", "--param", "values", multiple=True, metavar="NAME=VALUE"),
    click.option("--province", metavar="NAME", default=""),
    click.option("--as-of", type=Day(), metavar="DATE"),
    click.option("--most", type=click.IntRange(1)),
    click.option("--page", type=click.IntRange(1), default=1, show_default=True),
)


@verb("diff", "egovkg diff previous current")
@click.argument("before", default="previous", metavar="[BEFORE]")
@click.argument("after", default="current", metavar="[AFTER]")
@difference_options
@output_in(*ROWS, HTML, DOCX, RDF_PATCH)
@working_graph
def diff_verb(before: str, after: str, options: DifferenceOptions, output: Output, home: Path) -> None:
    """Compare two graphs by what they say: what came, what went, what changed."""
    with compared_graphs(before, after, home) as graphs:
        if output.form is RDF_PATCH:
            output.write_text(_patch(*graphs))
        else:
            _write(graphs, options, output)


def _patch(before: ComparedGraph, after: ComparedGraph) -> str:
    from ....graph.patch import store_patch, version_patch

    if before.version and after.version:
        return version_patch(before.version, after.version)
    return store_patch(before.store, after.store)


def _write(graphs: tuple[ComparedGraph, ComparedGraph], options: DifferenceOptions, output: Output) -> None:
    from ....files import json_text
    from ....queries.differences.ask import ask_difference
    from ....viz.differences import DetailPage, changes_grid, difference_text
    from ....viz.tables import render

    report = ask_difference(*graphs, _question(options, output.lang))
    most = options.most or (_ROWS_IN_TERMINAL if output.is_table else _ROWS_ON_PAGE)
    if output.form in _FILES:
        output.write_bytes(_FILES[output.form](report, DetailPage(most, options.page), output.lang))
    elif output.form is JSON:
        output.write_text(json_text(report.as_dicts()))
    elif output.form is CSV:
        grid = changes_grid(report, report.changes, output.lang)
        output.write_text(output.mark + render(grid, CSV.name))
    elif output.is_table:
        output.write_text(difference_text(report, DetailPage(most, options.page), output.lang))
    else:
        _write_sheets(report, output)


def _question(options: DifferenceOptions, lang: str) -> DifferenceQuestion:
    from ....queries.differences.ask import DifferenceQuestion
    from ....queries.differences.changes import GraphPart
    from ....queries.questions.ask import NamedQuestion

    parts = tuple(map(GraphPart, options.parts)) or tuple(GraphPart)
    if options.questions and GraphPart.ANSWER not in parts:
        parts = (*parts, GraphPart.ANSWER)
    values = pairs(options.values)
    questions = tuple(NamedQuestion(name, values, lang) for name in options.questions)
    return DifferenceQuestion(parts, questions, options.province, options.as_of, lang)


def _write_sheets(report: DifferenceReport, output: Output) -> None:
    from ....viz.differences import difference_sheets
    from ....viz.tables import grid_sheet

    sheets = difference_sheets(report, output.lang)
    output.write_sheets([grid_sheet(name, grid) for name, grid in sheets.items()])


def _page(report: DifferenceReport, page: DetailPage, lang: str) -> bytes:
    from ....viz.differences import difference_document
    from ....viz.documents import document_page

    return document_page(difference_document(report, page, lang)).encode()


def _word_file(report: DifferenceReport, page: DetailPage, lang: str) -> bytes:
    from ....viz.differences import difference_document
    from ....viz.documents import word_document

    return word_document(difference_document(report, page, lang))


_FILES = {HTML: _page, DOCX: _word_file}
