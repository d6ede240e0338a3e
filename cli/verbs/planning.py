"""The verbs for planners: gaps against a framework, numeric targets, and the order of what to build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from ...viz.shared.forms import HTML, PDF, PICTURES, PNG, ROWS, SVG, TURTLE, XLSX
from ..app import verb
from ..delivery import Output, output_in
from ..language import say, text, words
from ..opening import opened
from ..options import Day, existing, graph, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...graph.store import Store
    from ...queries.planning.ask import GapQuestion
    from ...queries.planning.gap_report import GapReport
    from ...queries.planning.remarks import Remark


@dataclass(frozen=True, slots=True)
class PlanningOptions:
    """The options common to all verbs for planners.

    :param named: names or CURIEs of provinces
    :param framework: a file with the user's own framework or targets
    """

    named: tuple[str, ...]
    framework: Path | None
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
    click.option("--reference", "framework", metavar="FILE", type=existing),
    click.option("--as-of", type=Day(), metavar="DATE"),
    click.option("--known-by", type=Day(), metavar="DATE"),
)
unverified_option = click.option("--unverified", is_flag=True)


@verb("gaps", 'egovkg gaps --province "Bắc Kạn"')
@planning_options
@click.option("--compare", metavar="DATE|NAME")
@click.option("--merged", is_flag=True)
@unverified_option
@click.option("--layers", type=click.Choice(["own", "later"]), default="own", show_default=True)
@output_in(*ROWS, *PICTURES, TURTLE)
@graph
def gaps_verb(
    planning: PlanningOptions,
    compare: str | None,
    merged: bool,
    unverified: bool,
    layers: str,
    output: Output,
    home: Path,
) -> None:
    """Compare provinces with framework 2.0."""
    from ...queries.planning.ask import GapQuestion, ask_gaps

    if compare is not None and merged:
        raise click.UsageError(text("error.merged_alone"))
    if compare is not None or merged:
        output.require(ROWS)
    store = opened(home)
    question = GapQuestion(
        **_conditions(store, planning, output),
        unverified=unverified,
        by_later_layers=layers == "later",
    )
    if merged:
        _write_roll_up(store, question, output)
    elif compare is None:
        _write_gaps(ask_gaps(store, question), output)
    else:
        _write_difference(store, question, compare, output)


@verb("targets", 'egovkg targets --province "Tuyên Quang"')
@planning_options
@unverified_option
@output_in(*ROWS)
@graph
def targets_verb(planning: PlanningOptions, unverified: bool, output: Output, home: Path) -> None:
    """Compare provinces with numeric targets."""
    from ...queries.planning.ask import TargetQuestion, ask_targets
    from ...viz.tables.targets import targets_grid, targets_table

    store = opened(home)
    report = ask_targets(store, TargetQuestion(**_conditions(store, planning, output), unverified=unverified))
    remarks = _remark_lines((*report.remarks, *report.scope))
    if output.is_table:
        standings = [standing for standing in report.standings if standing.is_stated]
        output.write_rows(targets_table(standings, output.lang), remarks=remarks)
    else:
        grid = targets_grid(report.standings, output.lang)
        output.write_rows(grid, report.as_dicts(output.lang), remarks)


@verb("roadmap", 'egovkg roadmap --province "Tuyên Quang"')
@planning_options
@unverified_option
@output_in(*ROWS)
@graph
def roadmap_verb(planning: PlanningOptions, unverified: bool, output: Output, home: Path) -> None:
    """Order the missing components of provinces so that needed components come first."""
    from ...queries.planning.ask import GapQuestion, ask_roadmap
    from ...viz.tables.roadmap import roadmap_grid

    store = opened(home)
    question = GapQuestion(**_conditions(store, planning, output), unverified=unverified)
    report = ask_roadmap(store, question)
    grid = roadmap_grid(report.steps, output.lang)
    output.write_rows(grid, report.as_dicts(output.lang), _remark_lines((*report.remarks, *report.scope)))


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
    output.write_rows(duties_grid(report, output.lang), report.as_dicts(output.lang), remarks)


def _conditions(store: Store, planning: PlanningOptions, output: Output) -> _Conditions:
    return {
        "provinces": planning.named,
        "as_of": planning.as_of,
        "known_by": planning.known_by,
        "reference": _own_reference(store, planning.framework),
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


def _write_gaps(report: GapReport, output: Output) -> None:
    from ...viz.tables.gaps import cells_grid, overview_grid, province_grid, verdict_legend

    lang, remarks = output.lang, _remark_lines((*report.remarks, *report.scope))
    if output.form not in ROWS or output.form is XLSX:
        for remark in remarks:
            say(remark)
        output.write_bytes(_GAP_FILES[output.form](report, lang))
    elif not output.is_table:
        output.write_rows(cells_grid(report.cells, lang), report.as_dicts(lang), remarks)
    elif len(report.judged) > 1:
        output.write_rows(overview_grid(report, lang), remarks=[*remarks, verdict_legend(lang)])
    else:
        output.write_rows(province_grid(report.cells, lang), remarks=remarks)


def _gap_page(report: GapReport, lang: str) -> bytes:
    from ...viz.gaps.page import gap_page

    return gap_page(report, lang).encode()


def _gap_workbook(report: GapReport, lang: str) -> bytes:
    from ...viz.tables import grid_sheet, workbook
    from ...viz.tables.gaps import gap_sheets

    grids = gap_sheets(report, _remark_lines((*report.remarks, *report.scope)), lang)
    return workbook([grid_sheet(name, grid) for name, grid in grids.items()])


def _assessment(report: GapReport, lang: str) -> bytes:
    from ...queries.planning.assessment import assessment_turtle

    return assessment_turtle(report).encode()


def _gap_svg(report: GapReport, lang: str) -> bytes:
    from ...viz.gaps.picture import gap_svg

    return gap_svg(report, lang).encode()


def _gap_png(report: GapReport, lang: str) -> bytes:
    from ...viz.gaps.picture import gap_svg
    from ...viz.pictures import png

    return png(gap_svg(report, lang))


def _gap_pdf(report: GapReport, lang: str) -> bytes:
    from ...viz.gaps.picture import gap_svg
    from ...viz.pictures import pdf

    return pdf(gap_svg(report, lang))


_GAP_FILES = {
    HTML: _gap_page,
    SVG: _gap_svg,
    PNG: _gap_png,
    PDF: _gap_pdf,
    XLSX: _gap_workbook,
    TURTLE: _assessment,
}


def _write_roll_up(store: Store, question: GapQuestion, output: Output) -> None:
    from ...queries.planning.ask import ask_roll_up
    from ...viz.tables.gaps import roll_up_grid

    rolled_up = ask_roll_up(store, question)
    remarks = _remark_lines(rolled_up.remarks)
    output.write_rows(roll_up_grid(rolled_up, output.lang), rolled_up.as_dicts(output.lang), remarks)


def _write_difference(store: Store, question: GapQuestion, compare: str, output: Output) -> None:
    from ...queries.planning.ask import GapComparison, ask_gap_difference
    from ...viz.tables.gaps import differences_grid

    day = _as_day(compare)
    comparison = GapComparison(question, day, None if day else compare)
    difference = ask_gap_difference(store, comparison)
    first = difference.first
    remarks = _remark_lines((*first.remarks, *first.scope, *difference.remarks))
    grid = differences_grid(difference, output.lang)
    output.write_rows(grid, difference.as_dicts(output.lang), remarks)


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
