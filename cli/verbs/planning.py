"""The verbs for planners: gaps against a framework, numeric targets, and the order of what to build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from ..app import verb
from ..delivery import Output, output_by_ending
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
@unverified_option
@click.option("--layers", type=click.Choice(["own", "later"]), default="own", show_default=True)
@output_by_ending("table", "csv", "json", "html", "xlsx", "turtle")
@graph
def gaps_verb(
    planning: PlanningOptions,
    compare: str | None,
    unverified: bool,
    layers: str,
    output: Output,
    home: Path,
) -> None:
    """Judge provinces against framework 2.0."""
    from ...queries.planning.ask import GapQuestion, ask_gaps

    store = opened(home)
    question = GapQuestion(
        **_conditions(store, planning, output),
        unverified=unverified,
        by_later_layers=layers == "later",
    )
    if compare is None:
        _write_gaps(ask_gaps(store, question), output)
    else:
        _write_difference(store, question, compare, output)


@verb("targets", 'egovkg targets --province "Tuyên Quang"')
@planning_options
@output_by_ending("table", "csv", "json", "xlsx")
@graph
def targets_verb(planning: PlanningOptions, output: Output, home: Path) -> None:
    """Hold provinces against numeric targets."""
    from ...queries.planning.ask import TargetQuestion, ask_targets
    from ...viz.tables.targets import targets_grid

    store = opened(home)
    report = ask_targets(store, TargetQuestion(**_conditions(store, planning, output)))
    _say_remarks((*report.remarks, *report.scope))
    is_table = output.chosen_form == "table"
    standings = [standing for standing in report.standings if standing.value is not None or not is_table]
    output.write_grid(targets_grid(standings, output.lang), report.as_dicts(output.lang))


@verb("roadmap", 'egovkg roadmap --province "Tuyên Quang"')
@planning_options
@unverified_option
@output_by_ending("table", "csv", "json", "xlsx")
@graph
def roadmap_verb(planning: PlanningOptions, unverified: bool, output: Output, home: Path) -> None:
    """Order what a province lacks so that what others need comes first."""
    from ...queries.planning.ask import GapQuestion, ask_roadmap
    from ...viz.tables.roadmap import roadmap_grid

    store = opened(home)
    question = GapQuestion(**_conditions(store, planning, output), unverified=unverified)
    report = ask_roadmap(store, question)
    _say_remarks((*report.remarks, *report.scope))
    output.write_grid(roadmap_grid(report.steps, output.lang), report.as_dicts(output.lang))


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
    from ...queries.planning.reference import measure_names

    return read_reference_file(path, measure_names(store))


def _say_remarks(remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        say(remark_line(remark))


def remark_line(remark: Remark) -> str:
    """Return the text of a remark, with the option that changes the answer, if there is one."""
    from ...queries.planning.remarks import remark_text
    from ..language import language

    line = remark_text(remark, language())
    key = f"hint.{remark.message().key.rpartition('.')[2]}"
    return f"{line} ({text(key)})" if key in words() else line


def _write_gaps(report: GapReport, output: Output) -> None:
    from ...queries.planning.assessment import assessment_turtle
    from ...viz.tables.gaps import cells_grid, gap_sheets, overview_grid, province_grid, verdict_legend

    remarks = (*report.remarks, *report.scope)
    _say_remarks(remarks)
    lang, form, objects = output.lang, output.chosen_form, report.as_dicts(output.lang)
    if form == "html":
        from ...viz.gaps.page import gap_page

        output.write_bytes(gap_page(report, lang).encode())
    elif form == "turtle":
        output.write_text(assessment_turtle(report))
    elif form == "xlsx":
        output.write_workbook(gap_sheets(report, map(remark_line, remarks), lang))
    elif form == "table" and len(report.judged) > 1:
        say(verdict_legend(lang))
        output.write_grid(overview_grid(report, lang))
    else:
        grid = province_grid if form == "table" else cells_grid
        output.write_grid(grid(report.cells, lang), objects)


def _write_difference(store: Store, question: GapQuestion, compare: str, output: Output) -> None:
    from ...queries.planning.ask import GapComparison, ask_gap_difference
    from ...viz.tables.gaps import differences_grid

    if output.chosen_form in {"html", "turtle"}:
        raise click.UsageError(text("error.comparison_form"))
    day = _as_day(compare)
    comparison = GapComparison(question, day, None if day else compare)
    difference = ask_gap_difference(store, comparison)
    first = difference.first
    _say_remarks((*first.remarks, *first.scope, *difference.remarks))
    output.write_grid(differences_grid(difference, output.lang), difference.as_dicts(output.lang))


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
