"""Gaps, targets and roadmaps as grids for the terminal, for CSV and for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.verdicts import Verdict
from ...queries.facts.terms import term_label
from ...queries.planning.texts import (
    due_text,
    layer_label,
    rule_text,
)
from .grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ...queries.planning.framework import ReferenceComponent
    from ...queries.planning.gap_report import GapDifference, GapReport
    from ...queries.planning.gaps import Gap
    from ...queries.planning.roadmap import RoadmapStep
    from ...queries.planning.targets import TargetStanding
    from ...queries.planning.units import Province
    from .grid import Value

__all__ = [
    "cells_grid",
    "counts_grid",
    "differences_grid",
    "legend",
    "matrix_grid",
    "overview_grid",
    "portrait_grid",
    "roadmap_grid",
    "sheets",
    "targets_grid",
]


def _said(lang: str, vi: str, en: str) -> str:
    return vi if lang == "vi" else en


def overview_grid(report: GapReport, lang: str) -> Grid:
    """Lay cells out for a terminal: a symbol a cell, short names above, layers built elsewhere left out."""
    provinces = report.provinces
    cells = {(cell.component.code, cell.judged.province): cell.verdict for cell in report.cells}
    merged = _merged(report)
    layers = {layer_label(each.layer, lang) for each in report.framework.components}
    most = min(_SHORT, _ROOM - max(map(len, layers), default=0))
    rows: list[list[Value]] = []
    for component in report.framework.components:
        verdicts = [cells[component.code, each] for each in provinces]
        if set(verdicts) != {Verdict.NOT_APPLICABLE}:
            label = _marked(component, lang)
            signs = [verdict.symbol for verdict in verdicts]
            differ = [_differ(component, cells, group, lang) for group in merged]
            rows.append([layer_label(component.layer, lang), _cut(label, most), *signs, *differ])
    heads = [_said(lang, "tầng", "layer"), _said(lang, "thành phần", "component")]
    names = [_name(each, lang) for each in provinces] + [_said(lang, "khác nhau", "differ")] * len(merged)
    keys = [each.curie for each in provinces] + [f"differ_{group[0].curie}" for group in merged]
    return Grid([*heads, *names], ["layer", "component", *keys], rows)


def _merged(report: GapReport) -> list[list[Province]]:
    """List the predecessors of each unit that was asked about through them, where there are several."""
    found: dict[str, list[Province]] = {}
    for asked in dict.fromkeys(cell.judged for cell in report.cells):
        if asked.requested != asked.province:
            found.setdefault(asked.requested.curie, []).append(asked.province)
    return [group for group in found.values() if len(group) > 1]


def _differ(
    component: ReferenceComponent,
    cells: Mapping[tuple[str, Province], Verdict],
    group: Sequence[Province],
    lang: str,
) -> str:
    """Mark a component on which predecessors differ: known of some only, or told otherwise of each."""
    verdicts = {cells[component.code, each] for each in group}
    if len(verdicts) == 1:
        return ""
    known = verdicts - {Verdict.NO_EVIDENCE}
    return _said(lang, "khác", "yes") if len(known) > 1 else _said(lang, "chỉ biết một phần", "known in part")


_SHORT, _ROOM = 44, 62  # characters of a label; of a label and the longest layer


def _marked(component: ReferenceComponent, lang: str) -> str:
    """Word a component; one without a source bears a mark."""
    mark = "" if component.is_sourced else _said(lang, "(chưa kiểm chứng) ", "(unverified) ")
    return mark + component.labels.get(lang, component.code)


def _cut(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _name(province: Province, lang: str) -> str:
    name = province.label(lang).partition(" (")[0]
    return name.removeprefix("Tỉnh ").removesuffix(" Province")


def legend(lang: str) -> str:
    """Explain the symbols in one line."""
    shown = [verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE]
    return "   ".join(_sign(verdict, lang) for verdict in shown)


def portrait_grid(cells: Iterable[Gap], lang: str) -> Grid:
    """Lay one province out for a terminal: verdict and sentences, layers built elsewhere left out."""
    keys = ("layer", "component", "verdict", "since", "due", "evidence")
    heads = (
        ("tầng", "thành phần", "kết luận", "từ", "hạn", "câu nêu")
        if lang == "vi"
        else ("layer", "component", "verdict", "since", "due", "sentences")
    )
    rows: list[list[Value]] = []
    for cell in cells:
        if cell.verdict is not Verdict.NOT_APPLICABLE:
            layer, label = (
                layer_label(cell.component.layer, lang),
                cell.component.labels.get(lang, "")[:_SHORT],
            )
            evidence = _cell_row(cell, lang)[-1]
            rows.append([layer, label, _sign(cell.verdict, lang), cell.since, due_text(cell, lang), evidence])
    return Grid(heads, keys, rows)


def matrix_grid(report: GapReport, lang: str) -> Grid:
    """Lay cells out as components down and provinces across: a symbol and a word a cell."""
    provinces = report.provinces
    cells = {(cell.component.code, cell.judged.province): cell.verdict for cell in report.cells}
    rows = [
        [
            layer_label(component.layer, lang),
            component.code,
            component.labels.get(lang, ""),
            *(_sign(cells[component.code, each], lang) for each in provinces),
        ]
        for component in report.framework.components
    ]
    names = [each.label(lang) for each in provinces]
    heads = [_said(lang, "tầng", "layer"), _said(lang, "mã", "code"), _said(lang, "thành phần", "component")]
    return Grid(
        [*heads, *names], ["layer", "component", "component_label", *(p.curie for p in provinces)], rows
    )


def _sign(verdict: Verdict, lang: str) -> str:
    return f"{verdict.symbol} {verdict.label(lang)}"


def cells_grid(cells: Iterable[Gap], lang: str) -> Grid:
    """Lay cells out one a row, with the sentences behind each verdict."""
    return _grid(_CELL_COLUMNS, [_cell_row(cell, lang) for cell in cells], lang)


def _cell_row(cell: Gap, lang: str) -> list[Value]:
    facts = [fact.in_language(lang) for fact in cell.facts(decisive=True)]
    sentences = dict.fromkeys(f"{fact.evidence} ({fact.article}, {fact.stated_on})" for fact in facts)
    ways = [f"{way.to}: {_said(lang, 'đường', 'route')} {way.grade}, {way.status}" for way in cell.routes]
    return [
        cell.judged.province.label(lang),
        layer_label(cell.component.layer, lang),
        cell.component.code,
        cell.component.labels.get(lang, ""),
        _sign(cell.verdict, lang),
        cell.since,
        due_text(cell, lang),
        f"{cell.rule}: {rule_text(cell.rule, lang)}",
        term_label(cell.component.sourcing, lang),
        layer_label(cell.component.later_layer, lang) if cell.component.later_layer else None,
        " ".join([*sentences, *ways]),
    ]


def sheets(report: GapReport, told: Iterable[str], lang: str) -> dict[str, Grid]:
    """Lay a report out for a spreadsheet: sheet name -> grid.

    :param told: what the figures rest on, a line each
    """
    return {
        _said(lang, "căn cứ", "about"): Grid(["egovkg"], ["about"], [[line] for line in told]),
        _said(lang, "ma trận", "matrix"): matrix_grid(report, lang),
        _said(lang, "số ô", "counts"): counts_grid(report, lang),
        _said(lang, "từng ô", "cells"): cells_grid(report.cells, lang),
    }


def differences_grid(difference: GapDifference, lang: str) -> Grid:
    """Lay out the cells that differ, each verdict with its province and day."""
    rows: list[list[Value]] = [
        [
            pair.first.component.code,
            pair.first.component.label(lang),
            _dated(pair.first, difference.first.as_of, lang),
            _dated(pair.second, difference.second.as_of, lang),
            "; ".join(dict.fromkeys([*pair.first.sentences(lang), *pair.second.sentences(lang)])),
        ]
        for pair in difference.pairs
    ]
    heads = (
        ("mã", "thành phần", "bên này", "bên kia", "câu nêu")
        if lang == "vi"
        else ("code", "component", "one", "other", "sentences")
    )
    return Grid(heads, ("component", "component_label", "one", "other", "evidence"), rows)


def _dated(cell: Gap, day: date, lang: str) -> str:
    return f"{_sign(cell.verdict, lang)} ({_name(cell.judged.province, lang)}, {day})"


_CELL_COLUMNS = (
    ("province", "tỉnh", "province"),
    ("layer", "tầng", "layer"),
    ("component", "mã", "code"),
    ("component_label", "thành phần", "component"),
    ("verdict", "kết luận", "verdict"),
    ("since", "từ", "since"),
    ("due", "hạn", "due"),
    ("rule", "quy tắc", "rule"),
    ("sourcing", "mức nguồn", "sourcing"),
    ("later_layer", "tầng của khung quốc gia số", "layer of the national framework"),
    ("evidence", "câu nêu", "sentences"),
)
_TARGET_COLUMNS = (  # key, Vietnamese, English
    ("province", "tỉnh", "province"),
    ("target", "mức phải đạt", "target"),
    ("document", "văn bản", "document"),
    ("asked", "yêu cầu", "asked"),
    ("period", "kỳ", "period"),
    ("verdict", "kết luận", "verdict"),
    ("value", "giá trị", "value"),
    ("arithmetic", "phép tính", "arithmetic"),
    ("distance", "cách", "distance"),
    ("figure_period", "số liệu của", "figure of"),
    ("why", "vì sao", "why"),
)
_STEP_COLUMNS = (
    ("province", "tỉnh", "province"),
    ("order", "bước", "step"),
    ("component", "mã", "code"),
    ("component_label", "thành phần", "component"),
    ("verdict", "kết luận", "verdict"),
    ("after", "sau", "after"),
    ("present", "đã có sẵn", "there already"),
    ("outside", "bên ngoài", "outside"),
    ("needed_by", "số phần chờ", "waiting"),
    ("plans", "kế hoạch đã nêu", "plans stated"),
)


def _grid(columns: Sequence[tuple[str, str, str]], rows: Sequence[Sequence[Value]], lang: str) -> Grid:
    heads = [vi if lang == "vi" else en for _, vi, en in columns]
    return Grid(heads, [key for key, *_ in columns], rows)


def targets_grid(standings: Iterable[TargetStanding], lang: str) -> Grid:
    """Lay out how provinces stand against targets, with the arithmetic."""
    return _grid(_TARGET_COLUMNS, [_target_row(each, lang) for each in standings], lang)


def _target_row(each: TargetStanding, lang: str) -> list[Value]:
    sign = each.verdict.symbol
    why = each.obstacle.text(lang) if each.obstacle else ""
    if each.is_early and each.distance is not None:
        why = _said(lang, "Số liệu có trước khi hết kỳ.", "The figure is from before the end of the period.")
    sentences = " ".join(each.sentences(lang))
    return [
        each.judged.province.label(lang),
        each.target.labels.get(lang, ""),
        each.target.document_labels.get(lang, ""),
        each.target.words(lang),
        each.target.period,
        f"{sign} {each.verdict.label(lang)}",
        _valued(each, lang),
        each.quotient.words(lang) if each.quotient else "",
        each.distance,
        each.period,
        " ".join(filter(None, [why, sentences])),
    ]


def _valued(each: TargetStanding, lang: str) -> str:
    """Write the figure with its comparator and its own unit."""
    if each.value is None:
        return ""
    unit = "%" if each.quotient or not each.facts else (each.facts[0].in_language(lang).unit or "")
    sign = each.comparator if each.comparator and each.comparator != "=" else ""
    return f"{sign}{each.value}{unit if unit == '%' else ' ' + unit}"


def roadmap_grid(steps: Iterable[RoadmapStep], lang: str) -> Grid:
    """Lay out what to build, in order."""
    return _grid(_STEP_COLUMNS, [_step_row(step, lang) for step in steps], lang)


def _step_row(step: RoadmapStep, lang: str) -> list[Value]:
    return [
        step.gap.judged.province.label(lang),
        step.order,
        step.gap.component.code,
        step.gap.component.labels.get(lang, ""),
        _sign(step.gap.verdict, lang),
        ", ".join(step.after),
        ", ".join(step.present),
        ", ".join(step.outside),
        step.needed_by,
        " ".join(step.sentences(lang)),
    ]


def counts_grid(report: GapReport, lang: str) -> Grid:
    """Count the verdicts of each province."""
    heads = [_said(lang, "tỉnh", "province"), *(_sign(verdict, lang) for verdict in Verdict)]
    rows: list[list[Value]] = []
    for province in report.provinces:
        counts = report.counts(report.cells_of(province))
        rows.append([province.label(lang), *(counts[verdict] for verdict in Verdict)])
    return Grid(heads, ["province", *(verdict.value for verdict in Verdict)], rows)
