"""The verbs of dependency analysis: impact, path, spof, matrix, critical, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..app import verb
from ..language import say, text
from ..options import form, graph, language_option, output
from .dependency_options import edges, explain_edges, say_remarks, scope, source_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...queries.dependencies.ask import NetworkQuestion, Source
    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.scope import Scope
    from ...viz.tables import Grid

TABLE, CSV, JSON, XLSX, HTML = "table", "csv", "json", "xlsx", "html"


@verb("impact", 'egovkg impact "Trung tâm dữ liệu tỉnh Tuyên Quang"')
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY...")
@click.option("--upstream", is_flag=True)
@edges
@scope
@form
@output
@language_option
@graph
def impact_verb(
    entities: tuple[str, ...],
    upstream: bool,
    choice: EdgeChoice,
    scope: Scope,
    form: str,
    target: str | None,
    home: Path,
) -> None:
    """Find what stops or suffers when ENTITY stops; several fail together."""
    from ...files import json_text
    from ...queries.dependencies.ask import ImpactQuestion, ask_impact
    from ...queries.dependencies.records import affected_record
    from ...viz.tables import deliver
    from .dependency_grids import impact_grid

    report = ask_impact(source_of(home), ImpactQuestion(entities, upstream, choice, scope))
    if form == TABLE:
        explain_edges(report.choice)
    say_remarks(report.remarks, choice.lang)
    if form == JSON:
        deliver(json_text([affected_record(row, choice.lang) for row in report.affected]), target)
    else:
        deliver(_rendered(impact_grid(report, is_table=form == TABLE), form), target)


def _rendered(grid: Grid, form: str) -> str:
    """Return a grid as text; an empty one gives only headings as CSV and nothing as table."""
    from ...viz.tables import render

    return render(grid, form) if grid.rows or form == CSV else ""


@verb("path", "egovkg path bp:qlvb nat:truc-van-ban")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--most", "max_paths", type=click.IntRange(1), default=20, show_default=True)
@click.option("--longest", "max_length", type=click.IntRange(1), default=8, show_default=True)
@edges
@form
@output
@language_option
@graph
def path_verb(
    start: str,
    end: str,
    max_paths: int,
    max_length: int,
    choice: EdgeChoice,
    form: str,
    target: str | None,
    home: Path,
) -> None:
    """List the paths along which FROM depends on TO, the shortest first; else those the other way round."""
    from ...files import json_text
    from ...queries.dependencies.ask import PathQuestion, ask_paths
    from ...queries.dependencies.paths import PathBounds
    from ...queries.dependencies.records import path_record
    from ...viz.tables import deliver
    from .dependency_grids import path_grid

    question = PathQuestion(start, end, choice, PathBounds(max_paths, max_length))
    report = ask_paths(source_of(home), question)
    if form == TABLE:
        explain_edges(report.choice)
    say_remarks(report.remarks, choice.lang)
    if form == JSON:
        records = [path_record(path, report.systems, choice.lang) for path in report.paths]
        deliver(json_text(records), target)
    else:
        deliver(_rendered(path_grid(report, is_table=form == TABLE), form), target)


@verb("spof", 'egovkg spof --province "Bắc Kạn"')
@click.option("--joins", is_flag=True)
@edges
@scope
@form
@output
@language_option
@graph
def spof_verb(
    joins: bool, choice: EdgeChoice, scope: Scope, form: str, target: str | None, home: Path
) -> None:
    """Find single points of failure: what fails with each, and who goes on with an alternative."""
    from ...files import json_text
    from ...queries.dependencies.ask import NetworkQuestion, ask_single_points
    from ...queries.dependencies.records import single_point_record
    from ...viz.tables import deliver
    from .dependency_grids import single_point_grid

    question = NetworkQuestion(choice, scope)
    if form == TABLE:
        explain_edges(choice)
    if joins:
        _deliver_joins(source_of(home), question, form, target)
        return
    report = ask_single_points(source_of(home), question)
    say_remarks(report.remarks, choice.lang)
    if form == JSON:
        deliver(json_text([single_point_record(point, choice.lang) for point in report.points]), target)
    else:
        deliver(_rendered(single_point_grid(report), form), target)


def _deliver_joins(source: Source, question: NetworkQuestion, form: str, target: str | None) -> None:
    from ...files import json_text
    from ...queries.dependencies.ask import ask_joins
    from ...queries.dependencies.records import join_record
    from ...viz.tables import deliver
    from .dependency_grids import join_grid

    report, lang = ask_joins(source, question), question.choice.lang
    say_remarks(report.remarks, lang)
    if form == JSON:
        deliver(json_text([join_record(join, lang) for join in report.joins]), target)
    else:
        deliver(_rendered(join_grid(report), form), target)


@verb("matrix", 'egovkg matrix --province "Tuyên Quang"')
@edges
@scope
@click.option("--most", "max_systems", type=click.IntRange(1), default=200, show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([TABLE, CSV, JSON, XLSX, HTML]),
)
@output
@language_option
@graph
def matrix_verb(
    max_systems: int, choice: EdgeChoice, scope: Scope, form: str | None, target: str | None, home: Path
) -> None:
    """Show who depends on whom as a matrix: rows depend on columns; layers and loops stand together."""
    from ...queries.dependencies.ask import MatrixQuestion, ask_matrix
    from ...queries.dependencies.network.remarks import DependencyLoop

    form = form or _form_by_suffix(target, (CSV, JSON, XLSX, HTML)) or TABLE
    if form == XLSX and target in {None, "-"}:
        raise click.BadParameter(text("error.workbook_needs_file"), param_hint="--format")
    report = ask_matrix(source_of(home), MatrixQuestion(choice, scope, max_systems))
    if form == TABLE:
        explain_edges(choice)
    loops = [DependencyLoop(systems) for systems in report.loop_systems()]
    say_remarks((*report.remarks, *loops), choice.lang)
    _deliver_matrix(report, form, target)


def _form_by_suffix(target: str | None, forms: Sequence[str]) -> str | None:
    suffix = Path(target).suffix.lstrip(".").lower() if target else ""
    return suffix if suffix in forms else None


def _deliver_matrix(report: MatrixReport, form: str, target: str | None) -> None:
    from ...files import json_text, write_atomically
    from ...queries.dependencies.records import matrix_record
    from ...viz.dependencies.matrix import matrix_grid, matrix_text
    from ...viz.dependencies.matrix_page import matrix_page
    from ...viz.dependencies.matrix_workbook import matrix_workbook
    from ...viz.tables import deliver, render

    if form == XLSX:
        write_atomically(Path(str(target)), matrix_workbook(report), str(target))
    elif form == CSV:
        deliver(render(matrix_grid(report), CSV), target)
    elif form == JSON:
        deliver(json_text(matrix_record(report, report.choice.lang)), target)
    else:
        deliver(matrix_page(report) if form == HTML else matrix_text(report), target)


@verb("critical", "egovkg critical --lang en")
@edges
@scope
@form
@output
@language_option
@graph
def critical_verb(choice: EdgeChoice, scope: Scope, form: str, target: str | None, home: Path) -> None:
    """Rank systems by what rests on them: links, reach, betweenness, PageRank, each explained."""
    from ...files import json_text
    from ...queries.dependencies.ask import NetworkQuestion, ask_criticality
    from ...queries.dependencies.records import criticality_record
    from ...viz.tables import deliver
    from .dependency_grids import criticality_grid

    report = ask_criticality(source_of(home), NetworkQuestion(choice, scope))
    if form == TABLE:
        explain_edges(choice)
        _explain_measures(choice.lang)
    say_remarks(report.remarks, choice.lang)
    if form == JSON:
        deliver(json_text([criticality_record(row, choice.lang) for row in report.ranking]), target)
    else:
        deliver(_rendered(criticality_grid(report), form), target)


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
@form
@output
@language_option
@graph
def compare_verb(
    first: str, second: str, choice: EdgeChoice, form: str, target: str | None, home: Path
) -> None:
    """Set the connections of two territories against each other, and list systems that stand there twice."""
    from ...files import json_text
    from ...queries.dependencies.ask import ComparisonQuestion, ask_comparison
    from ...queries.dependencies.records import comparison_record
    from ...queries.dependencies.text import duplicate_texts
    from ...viz.tables import deliver
    from .dependency_grids import comparison_grid

    report = ask_comparison(source_of(home), ComparisonQuestion(first, second, choice))
    if form == TABLE:
        explain_edges(choice)
    say_remarks(report.remarks, choice.lang)
    for duplicate in duplicate_texts(report, choice.lang):
        say(duplicate)
    if form == JSON:
        deliver(json_text(comparison_record(report, choice.lang)), target)
    else:
        deliver(_rendered(comparison_grid(report), form), target)
