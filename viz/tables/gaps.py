"""Reports on gaps as tables: an overview and one province for the terminal, all cells for spreadsheets."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from ...ontology.codes import find_code
from ...ontology.verdicts import APPLICABLE, Verdict
from ...queries.facts.sources import article_text, published_text
from ...queries.facts.terms import term_label
from ...queries.planning.texts import (
    PULLS_APART,
    cell_symbol,
    due_text,
    layer_label,
    rule_text,
)
from ...words import catalogue
from ..shared.places import distinct_names, short_territory_name
from .columns import column_heading, grid_of_columns, stated_cell, verdict_text
from .grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ...queries.planning.cells.framework import ReferenceComponent
    from ...queries.planning.gap_report import GapDifference, GapReport
    from ...queries.planning.gaps import Gap
    from ...queries.planning.roll_up import RollUp
    from ...queries.planning.units import Province
    from .grid import CellValue

    CellsByKey: TypeAlias = Mapping[tuple[str, Province], Gap]  # code of the component, province
    VerdictsByCell: TypeAlias = Mapping[tuple[str, Province], Verdict]  # code of the component, province

__all__ = [
    "cell_matrix_text",
    "cells_grid",
    "component_counts_grid",
    "counts_grid",
    "differences_grid",
    "gap_sheets",
    "matrix_grid",
    "overview_grid",
    "province_grid",
    "roll_up_grid",
    "verdict_legend",
]

_LONGEST_LABEL = 44  # characters of a component on the terminal
_LABEL_ROOM = 62  # characters of the longest layer and a component together
_ROLL_UP_COLUMNS = {
    "province": "province",
    "component": "code",
    "component_label": "component",
    "finding": "finding",
    "holders": "holders",
    "others": "others",
    "sentences": "sentences",
}
_CELL_COLUMNS = {
    "province": "province",
    "layer": "layer",
    "component": "code",
    "component_label": "component",
    "verdict": "verdict",
    "since": "since",
    "due": "due",
    "rule": "rule",
    "sourcing": "sourcing",
    "basis": "basis",
    "later_layer": "later_layer",
    "evidence_date": "evidence_date",
    "remark": "remark",
    "evidence": "sentences",
}
_PROVINCE_COLUMNS = {
    "layer": "layer",
    "component": "component",
    "verdict": "verdict",
    "since": "since",
    "evidence_date": "evidence_date",
    "due": "due",
    "remark": "remark",
    "evidence": "sentences",
}
_DIFFERENCE_COLUMNS = {
    "component": "code",
    "component_label": "component",
    "one": "first",
    "other": "second",
    "evidence": "sentences",
}


def overview_grid(report: GapReport, lang: str) -> Grid:
    """Build the overview for a terminal: one symbol per cell under abbreviated province names.

    The year after a symbol is that of the latest deciding article. Components that are not built by provinces
    are left out. If a present-day unit is judged by its predecessors, a further column marks the components
    on which they differ.
    """
    cells = _cells(report)
    verdicts = {key: cell.verdict for key, cell in cells.items()}
    groups = _predecessor_groups(report)
    layers = (component.layer_label(lang) for component in report.framework.components)
    room = min(_LONGEST_LABEL, _LABEL_ROOM - max(map(len, layers), default=0))
    rows: list[list[CellValue]] = []
    for component in report.framework.components:
        of_component = [verdicts[component.code, province] for province in report.provinces]
        if set(of_component) != {Verdict.NOT_APPLICABLE}:
            label = _shortened(_marked_label(component, lang), room)
            symbols = [cell_symbol(cells[component.code, province]) for province in report.provinces]
            marks = [_difference_mark(component, verdicts, group, lang) for group in groups]
            rows.append([component.layer_label(lang), label, *symbols, *marks])
    return Grid(_overview_headings(report, groups, lang), _overview_keys(report, groups), rows)


def component_counts_grid(report: GapReport, lang: str) -> Grid:
    """Build the overview of many provinces for a terminal: of how many each verdict holds, by component."""
    rows: list[list[CellValue]] = []
    for component in report.framework.components:
        counts = report.counts(cell for cell in report.cells if cell.component == component)
        if any(counts[verdict] for verdict in APPLICABLE):
            label = _shortened(_marked_label(component, lang), _LONGEST_LABEL)
            rows.append([label, *(counts[verdict] or None for verdict in APPLICABLE)])
    headings = [column_heading("component", lang), *(verdict.symbol for verdict in APPLICABLE)]
    return Grid(headings, ["component", *(verdict.value for verdict in APPLICABLE)], rows)


def _overview_headings(report: GapReport, groups: Sequence[Sequence[Province]], lang: str) -> list[str]:
    names = distinct_names((province.label(lang) for province in report.provinces), lang)
    differences = [column_heading("differ", lang)] * len(groups)
    return [column_heading("layer", lang), column_heading("component", lang), *names, *differences]


def _overview_keys(report: GapReport, groups: Sequence[Sequence[Province]]) -> list[str]:
    provinces = [province.curie for province in report.provinces]
    return ["layer", "component", *provinces, *(f"differ_{group[0].curie}" for group in groups)]


def _cells(report: GapReport) -> CellsByKey:
    return {(cell.component.code, cell.judged.province): cell for cell in report.cells}


def _predecessor_groups(report: GapReport) -> list[list[Province]]:
    """List the predecessors of each unit that is judged by several predecessors."""
    groups: dict[str, list[Province]] = defaultdict(list)
    for judged in report.judged:
        if judged.requested != judged.province:
            groups[judged.requested.curie].append(judged.province)
    return [group for group in groups.values() if len(group) > 1]


def _difference_mark(
    component: ReferenceComponent, verdicts: VerdictsByCell, group: Sequence[Province], lang: str
) -> str:
    """Return the mark of a component whose verdict differs between predecessors, or is missing for one."""
    of_group = {verdicts[component.code, province] for province in group}
    if len(of_group) == 1:
        return ""
    with_evidence = [verdict for verdict in of_group if not verdict.lacks_evidence]
    key = "predecessors_differ" if len(with_evidence) > 1 else "known_in_part"
    return catalogue(__package__, lang)[key]


def _marked_label(component: ReferenceComponent, lang: str) -> str:
    """Return the label of a component, marked if it has no source."""
    label = component.label(lang)
    return label if component.is_sourced else catalogue(__package__, lang)("unverified", component=label)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def verdict_legend(lang: str, extra: Iterable[str] = ()) -> str:
    """Explain the symbols of the verdicts, and what else stands in cells, on one line."""
    mark = catalogue(__package__, lang)("legend_pulls_apart", mark=PULLS_APART)
    return "   ".join([*(verdict_text(verdict, lang) for verdict in APPLICABLE), *extra, mark])


def province_grid(cells: Iterable[Gap], lang: str) -> Grid:
    """Build the table of one province for a terminal: the applicable components, with evidence."""
    rows: list[list[CellValue]] = [
        [
            cell.component.layer_label(lang),
            cell.component.label(lang)[:_LONGEST_LABEL],
            verdict_text(cell.verdict, lang),
            published_text(cell.since_text, lang) or None,
            stated_cell(cell.evidence_stated, lang),
            due_text(cell, lang),
            cell.remark(lang),
            _evidence_text(cell, lang),
        ]
        for cell in cells
        if cell.is_applicable
    ]
    return grid_of_columns(_PROVINCE_COLUMNS, rows, lang)


def matrix_grid(report: GapReport, lang: str) -> Grid:
    """Build a matrix with components as rows and provinces as columns: verdict, year and remark per cell."""
    cells = _cells(report)
    rows: list[list[CellValue]] = []
    for component in report.framework.components:
        texts = [cell_matrix_text(cells[component.code, unit], lang) for unit in report.provinces]
        rows.append([component.layer_label(lang), component.code, component.label(lang), *texts])
    headings = [column_heading(name, lang) for name in ("layer", "code", "component")]
    names = [province.label(lang) for province in report.provinces]
    keys = ["layer", "component", "component_label", *(province.curie for province in report.provinces)]
    return Grid([*headings, *names], keys, rows)


def cell_matrix_text(cell: Gap, lang: str) -> str:
    """Return the text of a cell of a matrix: verdict, year of the latest article, reservations."""
    parts = [verdict_text(cell.verdict, lang), cell.evidence_year, cell.remark(lang)]
    return ", ".join(filter(None, parts))


def cells_grid(cells: Iterable[Gap], lang: str) -> Grid:
    """Build a table with one row per cell and the sentences behind each verdict."""
    return grid_of_columns(_CELL_COLUMNS, [_cell_row(cell, lang) for cell in cells], lang)


def _cell_row(cell: Gap, lang: str) -> list[CellValue]:
    component = cell.component
    return [
        cell.judged.province.label(lang),
        component.layer_label(lang),
        component.code,
        component.label(lang),
        verdict_text(cell.verdict, lang),
        published_text(cell.since_text, lang) or None,
        due_text(cell, lang),
        f"{cell.rule}: {rule_text(cell.rule, lang)}",
        find_code(component.sourcing).label(lang),
        component.basis.text(lang),
        layer_label(component.later_layer, lang) if component.later_layer else None,
        stated_cell(cell.evidence_stated, lang),
        cell.remark(lang),
        _evidence_text(cell, lang),
    ]


def _evidence_text(cell: Gap, lang: str) -> str:
    """Join the deciding sentences, each with its source, and the routes to national systems."""
    facts = [fact.in_language(lang) for fact in cell.facts(decisive=True)]
    sentences = dict.fromkeys(f"{fact.evidence} ({article_text(fact, lang)})" for fact in facts)
    texts = catalogue(__package__, lang)
    routes = [
        texts("route", component=route.to, grade=route.grade, status=term_label(route.status, lang))
        for route in cell.routes
    ]
    return " ".join([*sentences, *routes])


def counts_grid(report: GapReport, lang: str) -> Grid:
    """Build the table of the number of verdicts of each kind, by province."""
    rows: list[list[CellValue]] = []
    for province in report.provinces:
        counts = report.counts(report.cells_of(province))
        rows.append([province.label(lang), *(counts[verdict] for verdict in Verdict)])
    headings = [column_heading("province", lang), *(verdict_text(verdict, lang) for verdict in Verdict)]
    return Grid(headings, ["province", *(verdict.value for verdict in Verdict)], rows)


def gap_sheets(report: GapReport, basis: Iterable[str], lang: str) -> dict[str, Grid]:
    """Build the sheets of a workbook from a report.

    :param basis: remarks on the basis of the verdicts, one per line
    :returns: name of the sheet → grid
    """
    names = catalogue(__package__, lang).below("sheet")
    return {
        names["basis"]: Grid(["egovkg"], ["about"], [[line] for line in basis]),
        names["matrix"]: matrix_grid(report, lang),
        names["counts"]: counts_grid(report, lang),
        names["cells"]: cells_grid(report.cells, lang),
    }


def differences_grid(difference: GapDifference, lang: str) -> Grid:
    """Build the table of differing cells: each verdict with its province and day."""
    first_day, second_day = difference.first.as_of, difference.second.as_of
    rows: list[list[CellValue]] = []
    for pair in difference.pairs:
        sentences = dict.fromkeys([*pair.first.sentences(lang), *pair.second.sentences(lang)])
        row: list[CellValue] = [
            pair.first.component.code,
            pair.first.component.label(lang),
            _dated_verdict(pair.first, first_day, lang),
            _dated_verdict(pair.second, second_day, lang),
            "; ".join(sentences),
        ]
        rows.append(row)
    return grid_of_columns(_DIFFERENCE_COLUMNS, rows, lang)


def roll_up_grid(rolled_up: RollUp, lang: str) -> Grid:
    """Build the table of what merged provinces inherit: who has it, and who does not or is silent."""
    rows: list[list[CellValue]] = [
        [
            short_territory_name(inherited.merged.label(lang), lang),
            inherited.component.code,
            inherited.component.label(lang),
            inherited.finding(lang),
            _names_of(inherited.holders, lang),
            ", ".join(_verdict_with_province(cell, lang) for cell in inherited.others),
            "; ".join(sentence for cell in inherited.holders for sentence in cell.sentences(lang)),
        ]
        for inherited in rolled_up.components
    ]
    return grid_of_columns(_ROLL_UP_COLUMNS, rows, lang)


def _names_of(cells: Iterable[Gap], lang: str) -> str:
    return ", ".join(short_territory_name(cell.judged.province.label(lang), lang) for cell in cells)


def _verdict_with_province(cell: Gap, lang: str) -> str:
    return f"{_names_of([cell], lang)}: {verdict_text(cell.verdict, lang)}"


def _dated_verdict(cell: Gap, day: date, lang: str) -> str:
    province = short_territory_name(cell.judged.province.label(lang), lang)
    verdict = ", ".join(filter(None, [verdict_text(cell.verdict, lang), due_text(cell, lang)]))
    return catalogue(__package__, lang)("dated_verdict", verdict=verdict, province=province, day=day)
