"""Verbs for planners: gaps against a framework, targets, and what to build first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.verdicts import TargetVerdict
from .app import existing, graph, language, opened, output, say, verb
from .delivery import chosen_form, deliver_book_out, deliver_out, write_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..graph.store import Store
    from ..queries.facts.values import Json
    from ..queries.planning.gaps import GapReport
    from ..queries.planning.provinces import JudgedProvince, Province, Provinces
    from ..queries.planning.reference import NumericTarget, ReferenceFramework
    from ..queries.planning.roadmap import RoadmapStep
    from ..viz.tables import Grid


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
    named: tuple[str, ...],
    framework: Path | None,
    as_of: date | None,
    known_by: date | None,
    compare: str | None,
    unverified: bool,
    layers: str,
    form: str | None,
    target: str | None,
    lang: str,
    home: Path,
) -> None:
    """Hold provinces against framework 2.0: what is there, under way, planned, missing, or not spoken of."""
    from ..queries.planning.gaps import gaps
    from ..queries.planning.provinces import Provinces
    from ..queries.planning.words import headline, scope_lines

    store = opened(home)
    provinces, day = Provinces(store), as_of or date.today()
    wanted = _reference(store, framework, unsourced=unverified)

    def judge(units: Sequence[JudgedProvince], on: date) -> GapReport:
        found = gaps(store, units, wanted, as_of=on, known_by=known_by, coverage=provinces.covered, lang=lang)
        return found.under_later_layers() if layers == "later" else found

    report = judge(_asked(provinces, named, day, lang), day)
    for line in (headline(report, lang), *scope_lines(report, provinces, lang)):
        say(line)
    if compare is not None:
        if chosen_form(form, target) in {"html", "turtle"}:
            raise click.UsageError("a comparison is written as table, csv, json or xlsx")
        deliver_out(*_differences(provinces, report, compare, judge, lang), chosen_form(form, target), target)
        return
    _deliver_gaps(report, provinces, chosen_form(form, target), target, lang)


@verb("targets", 'egovkg targets --province "Tuyên Quang"')
@province
@reference
@as_of
@known_by
@_forms("table", "csv", "json", "xlsx")
@output
@language
@graph
def targets_verb(
    named: tuple[str, ...],
    framework: Path | None,
    as_of: date | None,
    known_by: date | None,
    form: str | None,
    target: str | None,
    lang: str,
    home: Path,
) -> None:
    """Hold provinces against numeric targets: met, missed, no figure, or not comparable and why."""
    from ..queries.facts.places import Places
    from ..queries.planning.provinces import Provinces
    from ..queries.planning.targets import standings
    from ..viz.tables.planning import targets_grid

    store = opened(home)
    provinces, day = Provinces(store), as_of or date.today()
    asked = _asked(provinces, named, day, lang)
    wanted = _targets(store, framework)
    found = standings(store, asked, wanted, Places.of(store), as_of=day, known_by=known_by, lang=lang)
    silent = sum(each.verdict is TargetVerdict.NO_FIGURE for each in found)
    national = sum(each.reason == "national" for each in found)
    vi = f"{silent} trên {len(found)} ô chưa có số liệu; {national} ô là mức đặt cho cả nước"
    en = f"{silent} of {len(found)} cells have no figure; {national} are of targets set for the whole country"
    say(vi if lang == "vi" else en)
    if later := sum(each.issued is not None and each.issued > day for each in wanted):
        vi = f"{later} mức của văn bản ban hành sau ngày {day} không được xét"
        en = f"{later} targets are of documents issued after {day} and left out"
        say(vi if lang == "vi" else en)
    chosen = chosen_form(form, target)
    shown = [each for each in found if chosen != "table" or each.value is not None]
    deliver_out(targets_grid(shown, lang), [each.as_dict(lang) for each in found], chosen, target)


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
def roadmap_verb(
    named: tuple[str, ...],
    framework: Path | None,
    as_of: date | None,
    known_by: date | None,
    unverified: bool,
    form: str | None,
    target: str | None,
    lang: str,
    home: Path,
) -> None:
    """Order what a province lacks so that what others need comes first, with the plans already stated."""
    from ..queries.planning.gaps import gaps
    from ..queries.planning.provinces import Provinces
    from ..queries.planning.roadmap import roadmap
    from ..viz.tables.planning import roadmap_grid

    store = opened(home)
    provinces, day = Provinces(store), as_of or date.today()
    wanted = _reference(store, framework, unsourced=unverified)
    report = gaps(store, _asked(provinces, named, day, lang), wanted, as_of=day, known_by=known_by, lang=lang)
    say(_basis(wanted, lang, unverified=unverified))
    by_unit = [[c for c in report.cells if c.judged == unit] for unit in _units(report)]
    steps = [step for cells in by_unit for step in roadmap(cells, wanted)]
    say(_unknown(steps, lang))
    deliver_out(
        roadmap_grid(steps, lang), [s.as_dict(lang) for s in steps], chosen_form(form, target), target
    )


# --- what the three share -----------------------------------------------------------------------------


def _asked(provinces: Provinces, named: Sequence[str], day: date, lang: str) -> tuple[JudgedProvince, ...]:
    if not named:
        return provinces.all()
    found: list[JudgedProvince] = []
    for name in named:
        units, remark = provinces.named(name, day, lang)
        found += units
        if remark:
            say(remark)
        for unit in units:
            if unit.requested == unit.province and not unit.province.stands(day):
                say(_gone(unit.province, day, lang))
    return tuple(dict.fromkeys(found))


def _gone(unit: Province, day: date, lang: str) -> str:
    label = unit.label(lang)
    if lang == "vi":
        return f"{label} không tồn tại vào ngày {day}; vẫn xét theo những gì đã nói về nó"
    return f"{label} does not exist on {day}; judged by what was said of it all the same"


def _units(report: GapReport) -> list[JudgedProvince]:
    return list(dict.fromkeys(cell.judged for cell in report.cells))


def _reference(store: Store, framework: Path | None, *, unsourced: bool) -> ReferenceFramework:
    from ..queries.planning.reference import read_reference

    return read_reference(_source(store, framework), unsourced=unsourced)


def _targets(store: Store, framework: Path | None) -> tuple[NumericTarget, ...]:
    from ..queries.planning.reference import check_measures, read_targets

    found = read_targets(_source(store, framework))
    check_measures(store, found)
    return found


def _source(store: Store, framework: Path | None) -> Store:
    if framework is None:
        return store
    from ..loaders.pipeline.reference_file import read_reference_file
    from ..queries.planning.reference import measure_names

    return read_reference_file(framework, measure_names(store))


def _short(wanted: ReferenceFramework) -> str:
    return wanted.iri.rpartition("/")[2]


def _unknown(steps: Sequence[RoadmapStep], lang: str) -> str:
    """Say how many of the steps nobody spoke of, and whether anything orders them."""
    silent = sum(step.is_silent for step in steps)
    ordered = sum(bool(step.after) for step in steps)
    if lang == "vi":
        return (
            f"{silent} trên {len(steps)} thành phần chưa bài nào nêu, không biết là thiếu hay không; "
            f"{ordered} thành phần phải chờ thành phần khác"
        )
    return (
        f"{silent} of {len(steps)} components are not spoken of, so not known to be lacking; "
        f"{ordered} wait for others"
    )


def _basis(wanted: ReferenceFramework, lang: str, *, unverified: bool) -> str:
    count = len(wanted.expectations)
    if lang == "vi":
        tail = "kể cả chưa có nguồn" if unverified else "chỉ những quan hệ có nguồn; --unverified xét tất cả"
        return f"thứ tự theo {count} quan hệ cần có của khung ({tail})"
    tail = "those without a source included" if unverified else "sourced ones only; --unverified takes all"
    return f"ordered by {count} needs of the framework ({tail})"


def _deliver_gaps(report: GapReport, provinces: Provinces, form: str, target: str | None, lang: str) -> None:
    from ..queries.planning.words import headline, scope_lines
    from ..viz.tables.planning import cells_grid, legend, overview_grid, portrait_grid, sheets

    objects = [cell.as_dict(lang, _short(report.reference)) for cell in report.cells]
    match form:
        case "html":
            from ..viz.gaps.page import gap_page

            write_out(gap_page(report, provinces, lang).encode(), target)
        case "xlsx":
            told = [headline(report, lang), *scope_lines(report, provinces, lang)]
            deliver_book_out(sheets(report, told, lang), target)
        case "table" if len(_units(report)) > 1:
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


def _differences(
    provinces: Provinces,
    report: GapReport,
    compare: str,
    judge: Callable[[Sequence[JudgedProvince], date], GapReport],
    lang: str,
) -> tuple[Grid, Sequence[Mapping[str, Json]]]:
    from ..queries.planning.difference import differences
    from ..queries.planning.words import headline
    from ..viz.tables.planning import differences_grid

    units = _units(report)
    if (day := _as_day(compare)) is not None:
        other = judge(units, day)
    else:
        theirs, _ = provinces.named(compare, report.as_of, lang)
        other = judge(theirs[:1], report.as_of)
        say(headline(other, lang))
    pairs = differences(report, other)
    if not pairs:
        say("không có gì khác nhau" if lang == "vi" else "nothing differs")
    days = (report.as_of, other.as_of)
    objects: list[Mapping[str, Json]] = [
        {
            "component": one.component.code,
            "component_label": one.component.labels.get(lang, ""),
            "province": one.judged.province.curie,
            "as_of": days[0].isoformat(),
            "verdict": one.verdict.value,
            "other_province": two.judged.province.curie,
            "other_as_of": days[1].isoformat(),
            "other_verdict": two.verdict.value,
        }
        for one, two in pairs
    ]
    return differences_grid(pairs, days, lang), objects


def _as_day(text: str) -> date | None:
    from ..loaders.text.dates import DateError, read_date

    try:
        return read_date(text).latest
    except DateError as error:
        if text[:1].isdigit():
            raise click.BadParameter(f"{error.what} — {error.fix}", param_hint="--compare") from error
        return None
