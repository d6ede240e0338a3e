"""The verbs of dependency analysis: impact, path, spof, matrix, critical, compare."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import DRAWINGS, ROWS, XLSX
from ..app import verb
from ..delivery import Output, output_in
from ..language import say, text
from ..options import graph
from .changes.what_if import ImpactChoice, WhatIfOptions, what_if_options, write_what_if
from .dependency_options import edges, explain_edges, remark_lines, scope, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...queries.dependencies.ask import NetworkQuestion, Source
    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.scope import Scope
    from ...queries.facts.units import Remark
    from ...queries.facts.values import Json
    from ...viz.dependencies import Drawing
    from ...viz.tables import Grid


@dataclass(frozen=True, slots=True)
class DependencyAnswer:
    """The faces of an answer: rows for people and spreadsheets, records for programs, a drawing.

    :param drawing: `None` for an answer that is no network
    """

    choice: EdgeChoice
    remarks: Sequence[Remark]
    grid: Callable[[], Grid]
    records: Callable[[], Json]
    drawing: Callable[[], Drawing] | None = None


def _write(answer: DependencyAnswer, output: Output) -> None:
    """Write an answer; notes on edges and limits go to standard error."""
    if output.is_table:
        remarks = explain_edges(answer.choice, answer.remarks)
    else:
        remarks = remark_lines(answer.remarks, output.lang)
    if output.form in ROWS:
        output.write_rows(answer.grid(), answer.records(), remarks)
        return
    from ...viz.dependencies.forms import drawing_bytes

    for remark in remarks:
        say(remark)
    assert answer.drawing  # the verb offers no form of a drawing without one
    output.write_bytes(drawing_bytes(answer.drawing(), output.form))


@verb("impact", 'egovkg impact "Trung tâm dữ liệu tỉnh Tuyên Quang"')
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("--upstream", is_flag=True)
@what_if_options
@edges
@scope
@output_in(*ROWS, *DRAWINGS)
@graph
def impact_verb(
    entities: tuple[str, ...],
    upstream: bool,
    what_if: WhatIfOptions,
    choice: EdgeChoice,
    scope: Scope,
    output: Output,
    home: Path,
) -> None:
    """Find what stops or is impaired when ENTITY fails; several entities fail together."""
    from ...queries.dependencies.ask import ImpactQuestion, ask_impact
    from ...queries.dependencies.records import affected_record
    from ...viz.dependencies import of_impact
    from .dependency_grids import impact_grid

    if what_if.is_asked:
        if upstream:
            raise click.UsageError(text("error.what_if_downstream"))
        write_what_if(what_if, ImpactChoice(entities, choice, scope), output, home)
        return
    if not entities:
        raise click.MissingParameter(param_hint="'ENTITY...'", param_type="argument")
    report = ask_impact(source_of(home), ImpactQuestion(entities, upstream, choice, scope))
    answer = DependencyAnswer(
        report.choice,
        report.remarks,
        grid=lambda: impact_grid(report, is_table=output.is_table),
        records=lambda: [affected_record(row, choice.lang) for row in report.affected],
        drawing=lambda: of_impact(report),
    )
    _write(answer, output)


@verb("path", "egovkg path bp:qlvb nat:truc-van-ban")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--most", "max_paths", type=click.IntRange(1), default=20, show_default=True)
@click.option("--longest", "max_length", type=click.IntRange(1), default=8, show_default=True)
@edges
@output_in(*ROWS, *DRAWINGS)
@graph
def path_verb(
    start: str, end: str, max_paths: int, max_length: int, choice: EdgeChoice, output: Output, home: Path
) -> None:
    """List the paths along which FROM depends on TO, shortest first; without any, the reverse paths."""
    from ...queries.dependencies.ask import PathQuestion, ask_paths
    from ...queries.dependencies.paths import PathBounds
    from ...queries.dependencies.records import path_record
    from ...viz.dependencies import of_routes
    from .dependency_grids import path_grid

    question = PathQuestion(start, end, choice, PathBounds(max_paths, max_length))
    report = ask_paths(source_of(home), question)
    answer = DependencyAnswer(
        report.choice,
        report.remarks,
        grid=lambda: path_grid(report, is_table=output.is_table),
        records=lambda: [path_record(path, report.systems, choice.lang) for path in report.paths],
        drawing=lambda: of_routes(report),
    )
    _write(answer, output)


@verb("spof", 'egovkg spof --province "Bắc Kạn"')
@click.option("--joins", is_flag=True)
@edges
@scope
@output_in(*ROWS, *DRAWINGS)
@graph
def spof_verb(joins: bool, choice: EdgeChoice, scope: Scope, output: Output, home: Path) -> None:
    """Find single points of failure: what fails with each, and what an alternative keeps running."""
    from ...queries.dependencies.ask import NetworkQuestion

    if joins:
        output.require(ROWS)
    answer_of = _joins if joins else _single_points
    _write(answer_of(source_of(home), NetworkQuestion(choice, scope)), output)


def _single_points(source: Source, question: NetworkQuestion) -> DependencyAnswer:
    from ...queries.dependencies.ask import ask_single_points
    from ...queries.dependencies.records import single_point_record
    from ...viz.dependencies import of_points
    from .dependency_grids import single_point_grid

    report, lang = ask_single_points(source, question), question.choice.lang
    return DependencyAnswer(
        question.choice,
        report.remarks,
        grid=lambda: single_point_grid(report),
        records=lambda: [single_point_record(point, lang) for point in report.points],
        drawing=lambda: of_points(report, network_title("single-points", question)),
    )


def _joins(source: Source, question: NetworkQuestion) -> DependencyAnswer:
    from ...queries.dependencies.ask import ask_joins
    from ...queries.dependencies.records import join_record
    from .dependency_grids import join_grid

    report, lang = ask_joins(source, question), question.choice.lang
    return DependencyAnswer(
        question.choice,
        report.remarks,
        grid=lambda: join_grid(report),
        records=lambda: [join_record(join, lang) for join in report.joins],
    )


def network_title(key: str, question: NetworkQuestion) -> str:
    """Return the title of a drawing of a network: its subject and its territory."""
    from ...queries.dependencies.text import words_in

    title, province = words_in(question.choice.lang)[f"title.{key}"], question.scope.province
    return f"{title}: {province}" if province else title


@verb("matrix", 'egovkg matrix --province "Tuyên Quang"')
@edges
@scope
@click.option("--most", "max_systems", type=click.IntRange(1), default=200, show_default=True)
@output_in(*ROWS, *DRAWINGS)
@graph
def matrix_verb(max_systems: int, choice: EdgeChoice, scope: Scope, output: Output, home: Path) -> None:
    """Show which systems depend on which as a matrix: rows depend on columns."""
    from ...queries.dependencies.ask import MatrixQuestion, ask_matrix
    from ...queries.dependencies.network.remarks import DependencyLoop
    from ...viz.dependencies.matrix import matrix_text

    report = ask_matrix(source_of(home), MatrixQuestion(choice, scope, max_systems))
    loops = [DependencyLoop(systems) for systems in report.loop_systems()]
    remarks = (*report.remarks, *loops)
    if output.is_table:
        for line in explain_edges(choice, remarks):
            say(line)
        output.write_text(matrix_text(report))
    else:
        _write_matrix(report, remark_lines(remarks, choice.lang), scope, output)


def _write_matrix(report: MatrixReport, remarks: Sequence[str], scope: Scope, output: Output) -> None:
    """Write a matrix in a form that is no table for the terminal."""
    from ...queries.dependencies.records import matrix_record
    from ...viz.dependencies.matrix import matrix_grid

    if output.form in ROWS and output.form is not XLSX:
        output.write_rows(matrix_grid(report), matrix_record(report, output.lang), remarks)
        return
    from ...viz.dependencies.forms import matrix_bytes

    for remark in remarks:
        say(remark)
    output.write_bytes(matrix_bytes(report, output.form, scope.province))


@verb("critical", "egovkg critical --lang en")
@edges
@scope
@output_in(*ROWS)
@graph
def critical_verb(choice: EdgeChoice, scope: Scope, output: Output, home: Path) -> None:
    """Rank systems by how many systems depend on them, with each measure explained."""
    from ...queries.dependencies.ask import NetworkQuestion, ask_criticality
    from ...queries.dependencies.records import criticality_record
    from .dependency_grids import criticality_grid

    report = ask_criticality(source_of(home), NetworkQuestion(choice, scope))
    if output.is_table:
        _explain_measures(choice.lang)
    answer = DependencyAnswer(
        choice,
        report.remarks,
        grid=lambda: criticality_grid(report),
        records=lambda: [criticality_record(row, choice.lang) for row in report.ranking],
    )
    _write(answer, output)


def _explain_measures(lang: str) -> None:
    from ...queries.dependencies.text import measure_texts
    from .dependency_grids import column_headings

    measures = measure_texts(lang)
    headings = column_headings([*measures], lang)
    for measure, meaning in measures.items():
        say(f"{headings[measure]}: {meaning}")


@verb("compare", 'egovkg compare "Tuyên Quang" "Bình Phước"')
@click.argument("first")
@click.argument("second")
@edges
@output_in(*ROWS, *DRAWINGS)
@graph
def compare_verb(first: str, second: str, choice: EdgeChoice, output: Output, home: Path) -> None:
    """Compare the connections of two territories, and list duplicate systems of each."""
    from ...queries.dependencies.ask import ComparisonQuestion, ask_comparison
    from ...queries.dependencies.records import comparison_record
    from ...queries.dependencies.text import duplicate_texts
    from ...viz.dependencies import of_comparison
    from .dependency_grids import comparison_grid

    report = ask_comparison(source_of(home), ComparisonQuestion(first, second, choice))
    answer = DependencyAnswer(
        choice,
        report.remarks,
        grid=lambda: comparison_grid(report),
        records=lambda: comparison_record(report, choice.lang),
        drawing=lambda: of_comparison(report),
    )
    _write(answer, output)
    for duplicate in duplicate_texts(report, choice.lang):
        say(duplicate)
