"""The verb that compares two graphs by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ....viz.shared.forms import DOCX, HTML, RDF_PATCH, ROWS
from ...app import verb
from ...delivery import Output, output_in
from ...options import Day, grouped, pairs, working_graph
from .difference_output import write_difference
from .sides import compared_graphs

if TYPE_CHECKING:
    from ....queries.differences.ask import DifferenceQuestion
    from ....queries.differences.graphs import ComparedGraph

_PARTS = ("gap", "target", "source", "dependency", "entity", "claim", "figure")


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
    from ....queries.differences.ask import ask_difference

    with compared_graphs(before, after, home) as graphs:
        if output.form is RDF_PATCH:
            output.write_text(_patch(*graphs))
        else:
            report = ask_difference(*graphs, _question(options, output.lang))
            write_difference(report, output, options.most, options.page)


def _patch(before: ComparedGraph, after: ComparedGraph) -> str:
    from ....graph.patch import store_patch, version_patch

    if before.version and after.version:
        return version_patch(before.version, after.version)
    return store_patch(before.store, after.store)


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
