"""Verbs for planners: gaps against a framework, targets, and what to build first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

import click

from .app import existing, graph, language, opened, output, say, verb
from .delivery import chosen_form, deliver_book_out, deliver_out, write_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..graph.store import Store
    from ..queries.planning.ask import GapQuestion
    from ..queries.planning.gap_report import GapReport
    from ..queries.planning.remarks import Remark


class Day(click.ParamType[date]):
    """A day; of a month or a year the last one."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        from ..loaders.text.dates import DateError, read_date

        try:
            stated = read_date(str(value))
        except DateError as error:
            self.fail(f"{error.what} — {error.fix}", param, ctx)
        if "/" in stated.edtf:
            self.fail(f'"{value}" is an interval — give one day, such as 2020-12-31', param, ctx)
        return stated.latest


def _forms(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        help="How to write the result; without it the ending of -o decides, else it is a table.",
    )


province = click.option(
    "--province",
    "named",
    multiple=True,
    metavar="NAME",
    help="A province, by name or CURIE; may be repeated; all that articles cover when none is given.",
)
as_of = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="The day the question is about, today by default. A statement holds from its own date, else from "
    "the day it was said.",
)
known_by = click.option("--known-by", type=Day(), metavar="DATE", help="Leave out what was said later.")
reference = click.option(
    "--reference",
    "framework",
    metavar="FILE",
    type=existing,
    help="A framework or targets of your own, as Turtle or YAML, in place of the shipped ones.",
)
unverified = click.option(
    "--unverified", is_flag=True, help="Judge components and use needs for which no source was found as well."
)


@verb("gaps", 'egovkg gaps --province "Bắc Kạn"')
@province
@reference
@as_of
@known_by
@click.option(
    "--compare", metavar="DATE|NAME", help="Show only where another day or another province differs."
)
@unverified
@click.option(
    "--layers",
    type=click.Choice(["own", "later"]),
    default="own",
    show_default=True,
    help="Group components by the framework's own layers, or by the four of the national digital framework.",
)
@_forms("table", "csv", "json", "html", "xlsx", "turtle")
@output
@language
@graph
def gaps_verb(
    compare: str | None, layers: str, form: str | None, target: str | None, home: Path, **options: object
) -> None:
    """Hold provinces against framework 2.0: what is there, under way, planned, missing, or not spoken of."""
    from ..queries.planning.ask import GapQuestion, ask_gaps

    store, lang = opened(home), str(options["lang"])
    question = GapQuestion(
        **_common(store, options),
        unverified=bool(options["unverified"]),
        by_later_layers=layers == "later",
    )
    if compare is not None:
        _deliver_difference(store, question, compare, chosen_form(form, target), target, lang)
        return
    report = ask_gaps(store, question)
    _say_remarks((*report.remarks, *report.scope), lang)
    _deliver_gaps(report, chosen_form(form, target), target, lang)


@verb("targets", 'egovkg targets --province "Tuyên Quang"')
@province
@reference
@as_of
@known_by
@_forms("table", "csv", "json", "xlsx")
@output
@language
@graph
def targets_verb(form: str | None, target: str | None, home: Path, **options: object) -> None:
    """Hold provinces against numeric targets: met, missed, no figure, or not comparable and why."""
    from ..queries.planning.ask import TargetQuestion, ask_targets
    from ..viz.tables.planning import targets_grid

    store, lang, chosen = opened(home), str(options["lang"]), chosen_form(form, target)
    report = ask_targets(store, TargetQuestion(**_common(store, options)))
    _say_remarks((*report.remarks, *report.scope), lang)
    standings = [each for each in report.standings if chosen != "table" or each.value is not None]
    deliver_out(targets_grid(standings, lang), report.as_dicts(lang), chosen, target)


@verb("roadmap", 'egovkg roadmap --province "Tuyên Quang"')
@province
@reference
@as_of
@known_by
@unverified
@_forms("table", "csv", "json", "xlsx")
@output
@language
@graph
def roadmap_verb(form: str | None, target: str | None, home: Path, **options: object) -> None:
    """Order what a province lacks so that what others need comes first, with the plans already stated."""
    from ..queries.planning.ask import GapQuestion, ask_roadmap
    from ..viz.tables.planning import roadmap_grid

    store, lang = opened(home), str(options["lang"])
    question = GapQuestion(**_common(store, options), unverified=bool(options["unverified"]))
    report = ask_roadmap(store, question)
    _say_remarks((*report.remarks, *report.scope), lang)
    grid = roadmap_grid(report.steps, lang)
    deliver_out(grid, report.as_dicts(lang), chosen_form(form, target), target)


# --- what the three share -----------------------------------------------------------------------------


class _Common(TypedDict):
    """What every question of a planner says."""

    provinces: tuple[str, ...]
    as_of: date | None
    known_by: date | None
    reference: Store | None
    languages: tuple[str, ...]


def _common(store: Store, options: Mapping[str, object]) -> _Common:
    """Take what every question says from the options of a verb."""
    return cast(
        "_Common",
        {
            "provinces": options["named"],
            "as_of": options["as_of"],
            "known_by": options["known_by"],
            "reference": _own_reference(store, cast("Path | None", options["framework"])),
            "languages": (options["lang"],),
        },
    )


def _own_reference(store: Store, path: Path | None) -> Store | None:
    if path is None:
        return None
    from ..loaders.pipeline.reference_file import read_reference_file
    from ..queries.planning.reference import measure_names

    return read_reference_file(path, measure_names(store))


_HINTS = {  # class of a remark → the switch that answers it
    "UnsourcedComponents": {"vi": "xem bằng --unverified", "en": "see them with --unverified"},
    "OrderedByDependencies": {"vi": "--unverified xét tất cả", "en": "--unverified takes all"},
}


def _say_remarks(remarks: Iterable[Remark], lang: str) -> None:
    from ..queries.planning.remarks import remark_text

    for remark in remarks:
        hint = _HINTS.get(type(remark).__name__)
        if getattr(remark, "unsourced_included", False):
            hint = None
        say(remark_text(remark, lang) + (f" ({hint[lang]})" if hint else ""))


def _deliver_gaps(report: GapReport, form: str, target: str | None, lang: str) -> None:
    from ..queries.planning.remarks import remark_text
    from ..viz.tables.planning import cells_grid, legend, overview_grid, portrait_grid, sheets

    objects = report.as_dicts(lang)
    match form:
        case "html":
            from ..viz.gaps.page import gap_page

            write_out(gap_page(report, lang).encode(), target)
        case "xlsx":
            told = [remark_text(remark, lang) for remark in report.scope]
            deliver_book_out(sheets(report, told, lang), target)
        case "table" if len(report.judged) > 1:
            say(legend(lang))
            deliver_out(overview_grid(report, lang), objects, "table", target)
        case "table":
            deliver_out(portrait_grid(report.cells, lang), objects, "table", target)
        case "turtle":
            from ..queries.planning.assessment import assessment_turtle
            from ..viz.tables import deliver

            deliver(assessment_turtle(report), target)
        case chosen:
            deliver_out(cells_grid(report.cells, lang), objects, chosen, target)


def _deliver_difference(
    store: Store, question: GapQuestion, compare: str, form: str, target: str | None, lang: str
) -> None:
    from ..queries.planning.ask import GapComparison, ask_gap_difference
    from ..viz.tables.planning import differences_grid

    if form in {"html", "turtle"}:
        raise click.UsageError("a comparison is written as table, csv, json or xlsx")
    day = _as_day(compare)
    comparison = GapComparison(question, day, None if day else compare)
    difference = ask_gap_difference(store, comparison)
    first = difference.first
    _say_remarks((*first.remarks, *first.scope, *difference.remarks), lang)
    deliver_out(differences_grid(difference, lang), difference.as_dicts(lang), form, target)


def _as_day(text: str) -> date | None:
    from ..loaders.text.dates import DateError, read_date

    try:
        return read_date(text).latest
    except DateError as error:
        if text[:1].isdigit():
            raise click.BadParameter(f"{error.what} — {error.fix}", param_hint="--compare") from error
        return None
