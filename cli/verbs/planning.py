"""The verbs for planners: gaps against a framework, numeric targets, and the order of what to build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from ...viz.shared.forms import HTML, PICTURES, ROWS, TURTLE, XLSX
from ..app import verb
from ..delivery import Output, output_in
from ..language import say, text, words
from ..opening import opened
from ..options import Day, existing, graph, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...graph.store import Store
    from ...queries.planning.ask import GapQuestion
    from ...queries.planning.columns import GapColumns
    from ...queries.planning.remarks import Remark
    from ...viz.shared.forms import Form


@dataclass(frozen=True, slots=True)
class PlanningOptions:
    """The options common to all verbs for planners.

    :param named: names or CURIEs of provinces
    :param reference: a file with the user's own framework or targets
    """

    named: tuple[str, ...]
    reference: Path | None
    as_of: date | None
    known_by: date | None


class _Conditions(TypedDict):
    """The fields common to all planning questions."""

    provinces: tuple[str, ...]
    as_of: date | None
    known_by: date | None
    reference: Store | None
    languages: tuple[str, ...]


planning_options = grouped(
    "planning",
    PlanningOptions,
    click.option("--province", "named", multiple=True, metavar="NAME"),
    click.option("--reference", metavar="FILE", type=existing),
    click.option("--as-of", type=Day(), metavar="DATE"),
    click.option("--known-by", type=Day(), metavar="DATE"),
)
frameworks_option = click.option("--framework", "frameworks", multiple=True, metavar="NAME")
unverified_option = click.option("--unverified", is_flag=True)


@verb("gaps", 'egovkg gaps --province "Bắc Kạn"')
@planning_options
@frameworks_option
@click.option("--compare", metavar="DATE|NAME")
@click.option("--merged", is_flag=True)
@unverified_option
@click.option("--layers", type=click.Choice(["own", "later"]), default="own", show_default=True)
@output_in(*ROWS, *PICTURES, TURTLE)
@graph
def gaps_verb(
    planning: PlanningOptions,
    frameworks: tuple[str, ...],
    compare: str | None,
    merged: bool,
    unverified: bool,
    layers: str,
    output: Output,
    home: Path,
) -> None:
    """Compare provinces with architecture frameworks, a column each."""
    from ...queries.planning.ask import GapQuestion, ask_gap_columns

    if compare is not None and merged:
        raise click.UsageError(text("error.merged_alone"))
    if compare is not None or merged:
        output.require(ROWS)
    store = opened(home)
    question = GapQuestion(
        **_conditions(store, planning, output),
        frameworks=frameworks,
        unverified=unverified,
        by_later_layers=layers == "later",
    )
    if merged:
        _write_roll_up(store, question, output)
    elif compare is None:
        _write_gaps(ask_gap_columns(store, question), output)
    else:
        _write_difference(store, question, compare, output)


@verb("targets", 'egovkg targets --province "Tuyên Quang"')
@planning_options
@click.option("--ended", is_flag=True)
@unverified_option
@output_in(*ROWS)
@graph
def targets_verb(
    planning: PlanningOptions, ended: bool, unverified: bool, output: Output, home: Path
) -> None:
    """Compare provinces with numeric targets."""
    from ...queries.planning.ask import TargetQuestion, ask_targets
    from ...viz.tables.targets import targets_grid, targets_table

    store = opened(home)
    question = TargetQuestion(**_conditions(store, planning, output), unverified=unverified, ended=ended)
    report = ask_targets(store, question)
    remarks = _remark_lines((*report.remarks, *report.scope))
    if output.is_table:
        stated = [standing for standing in report.standings if standing.is_stated]
        output.write_rows(targets_table(stated or report.standings, output.lang), remarks=remarks)
    else:
        grid = targets_grid(report.standings, output.lang)
        output.write_rows(grid, report.as_dicts(output.lang), remarks)


@verb("roadmap", 'egovkg roadmap --province "Tuyên Quang"')
@planning_options
@frameworks_option
@unverified_option
@output_in(*ROWS)
@graph
def roadmap_verb(
    planning: PlanningOptions, frameworks: tuple[str, ...], unverified: bool, output: Output, home: Path
) -> None:
    """Order the missing components of provinces so that needed components come first."""
    from ...queries.planning.ask import GapQuestion, ask_roadmap, framework_questions
    from ...viz.tables.gap_columns import stacked
    from ...viz.tables.roadmap import roadmap_grid

    store = opened(home)
    question = GapQuestion(
        **_conditions(store, planning, output), frameworks=frameworks, unverified=unverified
    )
    reports = [ask_roadmap(store, single) for single in framework_questions(store, question)]
    remarks = dict.fromkeys(
        line for report in reports for line in _remark_lines((*report.remarks, *report.scope))
    )
    grids = [(report.gaps.framework, roadmap_grid(report.steps, output.lang)) for report in reports]
    rows = [row for report in reports for row in report.as_dicts(output.lang)]
    output.write_rows(stacked(grids, output.lang), rows, [*remarks])


@verb("duties", 'egovkg duties --province "Tuyên Quang"')
@planning_options
@unverified_option
@output_in(*ROWS)
@graph
def duties_verb(planning: PlanningOptions, unverified: bool, output: Output, home: Path) -> None:
    """List the links that the law asks of provinces: done, planned, denied, or not spoken of."""
    from ...queries.planning.ask import DutyQuestion, ask_duties
    from ...viz.tables.duties import duties_grid

    store = opened(home)
    question = DutyQuestion(**_conditions(store, planning, output), unverified=unverified)
    report = ask_duties(store, question)
    remarks = _remark_lines((*report.remarks, *report.scope))
    stated = tuple(standing for standing in report.standings if standing.is_stated)
    is_short = output.is_table and stated and not planning.named  # what is not stated is counted above
    shown = replace(report, standings=stated) if is_short else report
    output.write_rows(duties_grid(shown, output.lang), report.as_dicts(output.lang), remarks)


def _conditions(store: Store, planning: PlanningOptions, output: Output) -> _Conditions:
    return {
        "provinces": planning.named,
        "as_of": planning.as_of,
        "known_by": planning.known_by,
        "reference": _own_reference(store, planning.reference),
        "languages": (output.lang,),
    }


def _own_reference(store: Store, path: Path | None) -> Store | None:
    if path is None:
        return None
    from ...loaders.pipeline.reference_file import read_reference_file
    from ...queries.planning.target_reading import measure_names

    return read_reference_file(path, measure_names(store))


def _remark_lines(remarks: Iterable[Remark]) -> list[str]:
    return [remark_line(remark) for remark in remarks]


def remark_line(remark: Remark) -> str:
    """Return the text of a remark, with the option that changes the answer, if there is one."""
    from ...queries.planning.remarks import remark_text
    from ..language import language

    line = remark_text(remark, language())
    key = f"hint.{remark.message().key.rpartition('.')[2]}"
    return f"{line} ({text(key)})" if key in words() else line


def _write_gaps(columns: GapColumns, output: Output) -> None:
    from ...viz.tables.gap_columns import all_cells_grid, columns_grid, columns_legend, stacked
    from ...viz.tables.gaps import (
        cells_grid,
        component_counts_grid,
        overview_grid,
        province_grid,
        verdict_legend,
    )

    lang, remarks = output.lang, _column_remarks(columns)
    report, is_single = columns.reports[0], len(columns.reports) == 1
    if output.form not in ROWS or output.form is XLSX:
        for remark in remarks:
            say(remark)
        output.write_bytes(_gap_file(columns, output.form, lang))
    elif not output.is_table:
        grid = cells_grid(report.cells, lang) if is_single else all_cells_grid(columns, lang)
        rows = report.as_dicts(lang) if is_single else columns.as_dicts(lang)
        output.write_rows(grid, rows, remarks)
    elif is_single and len(report.judged) == 1:
        output.write_rows(province_grid(report.cells, lang), remarks=remarks)
    elif report.is_many:
        counts = [(found.framework, component_counts_grid(found, lang)) for found in columns.reports]
        output.write_rows(stacked(counts, lang), remarks=[*remarks, verdict_legend(lang)])
    else:
        grid = overview_grid(report, lang) if is_single else columns_grid(columns, lang)
        legend = verdict_legend(lang) if is_single else columns_legend(lang)
        output.write_rows(grid, remarks=[*remarks, legend])


def _gap_file(columns: GapColumns, form: Form, lang: str) -> bytes:
    if form in _GAP_FILES:
        return _GAP_FILES[form](columns, lang)
    from ...viz.gaps.picture import gap_svg
    from ...viz.pictures import picture_bytes

    return picture_bytes(gap_svg(columns, lang), form.name)


def _column_remarks(columns: GapColumns) -> list[str]:
    """Word the remarks of one report, or of several side by side."""
    report = columns.reports[0]
    return _remark_lines((*report.remarks, *report.scope) if len(columns.reports) == 1 else columns.remarks)


def _gap_page(columns: GapColumns, lang: str) -> bytes:
    from ...viz.gaps.page import gap_page

    return gap_page(columns, lang).encode()


def _gap_workbook(columns: GapColumns, lang: str) -> bytes:
    from ...viz.tables import grid_sheet, workbook
    from ...viz.tables.gap_columns import column_sheets
    from ...viz.tables.gaps import gap_sheets

    remarks = _column_remarks(columns)
    is_single = len(columns.reports) == 1
    grids = (
        gap_sheets(columns.reports[0], remarks, lang) if is_single else column_sheets(columns, remarks, lang)
    )
    return workbook([grid_sheet(name, grid) for name, grid in grids.items()])


def _assessment(columns: GapColumns, lang: str) -> bytes:
    from ...queries.planning.assessment import assessments_turtle

    return assessments_turtle(columns.reports).encode()


_GAP_FILES = {
    HTML: _gap_page,
    XLSX: _gap_workbook,
    TURTLE: _assessment,
}


def _write_roll_up(store: Store, question: GapQuestion, output: Output) -> None:
    from ...queries.planning.ask import ask_roll_up, framework_questions
    from ...viz.tables.gap_columns import stacked
    from ...viz.tables.gaps import roll_up_grid

    results = [ask_roll_up(store, single) for single in framework_questions(store, question)]
    grids = [(found.report.framework, roll_up_grid(found, output.lang)) for found in results]
    rows = [row for rolled_up in results for row in rolled_up.as_dicts(output.lang)]
    remarks = [remark for found in results for remark in found.remarks]
    output.write_rows(stacked(grids, output.lang), rows, [*dict.fromkeys(_remark_lines(remarks))])


def _write_difference(store: Store, question: GapQuestion, compare: str, output: Output) -> None:
    from ...queries.planning.ask import GapComparison, ask_gap_difference, framework_questions
    from ...viz.tables.gap_columns import stacked
    from ...viz.tables.gaps import differences_grid

    day = _as_day(compare)
    results = [
        ask_gap_difference(store, GapComparison(single, day, None if day else compare))
        for single in framework_questions(store, question)
    ]
    remarks = [
        remark for found in results for remark in (*found.first.remarks, *found.first.scope, *found.remarks)
    ]
    grids = [(found.first.framework, differences_grid(found, output.lang)) for found in results]
    rows = [row for difference in results for row in difference.as_dicts(output.lang)]
    output.write_rows(stacked(grids, output.lang), rows, [*dict.fromkeys(_remark_lines(remarks))])


def _as_day(words_of_user: str) -> date | None:
    """Parse a day; `None` if the text is a name instead.

    :raises BadParameter: if it starts with a digit and is not a date
    """
    from ...loaders.text.dates import read_date
    from ...problems import FaultError
    from ..language import language

    try:
        return read_date(words_of_user).latest
    except FaultError as error:
        if words_of_user[:1].isdigit():
            raise click.BadParameter(error.fault.text(language()), param_hint="--compare") from error
        return None
