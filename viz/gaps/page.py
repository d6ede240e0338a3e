"""The heat map of gaps as one page: provinces as columns, components by layer as rows, evidence below.

Several frameworks stand side by side: each province has a column for each of them.

It has no script and makes no request: each cell links to its evidence below, so the page can be printed or
read by a screen reader.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import packaged_text
from ...ontology.verdicts import APPLICABLE
from ...queries.facts.sources import published_text
from ...queries.facts.terms import term_label
from ...queries.planning.cells.cell_query import cell_query
from ...queries.planning.remarks import remark_text
from ...queries.planning.texts import (
    PULLS_APART,
    age_class,
    due_text,
    rule_text,
)
from ...words import DEFAULT_LANGUAGE, catalogue
from ..shared.html import content_security_policy, template_environment
from ..shared.places import short_territory_name, validity_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.planning.cells.framework import ReferenceComponent
    from ...queries.planning.columns import GapColumns
    from ...queries.planning.gap_report import GapReport
    from ...queries.planning.gaps import Gap
    from ...queries.planning.units import Province

__all__ = ["gap_page"]

_STYLE = "static/page.css"


@dataclass(frozen=True)
class _ComponentRow:
    """The row of components that correspond: for each province and framework its cells, none or several."""

    component: ReferenceComponent
    cells: tuple[tuple[Gap, ...], ...]


@dataclass(frozen=True)
class _SentenceQuote:
    """A quoted sentence behind a cell.

    :param source: article and day of publication
    :param subjects: names of the entities that the statements are about
    :param reasons: why the statements do not count; empty if they do
    """

    text: str
    source: str
    subjects: str
    reasons: str


def gap_page(columns: GapColumns, lang: str = DEFAULT_LANGUAGE) -> str:
    """Return the heat map as HTML; components that are not built by provinces are left out.

    :returns: one self-contained HTML page; equal reports give equal text
    """
    style = packaged_text(__package__, _STYLE)
    template = template_environment(__package__).get_template("gaps.html.j2")
    return template.render(
        lang=lang,
        words=catalogue(__package__, lang),
        style=Markup(style),
        policy=content_security_policy(style),
        **_report_context(columns, lang),
        **_cell_context(columns.reports[0], lang),
    )


def _report_context(columns: GapColumns, lang: str) -> Mapping[str, object]:
    """Return the template values that concern the whole answer."""
    report, frameworks = columns.reports[0], columns.frameworks
    is_single = len(frameworks) == 1
    remarks = (*report.remarks, *report.scope) if is_single else columns.remarks
    return {
        "framework": "; ".join(framework.label(lang) for framework in frameworks),
        "remarks": [remark_text(remark, lang) for remark in remarks],
        "frameworks": [] if is_single else [framework.short_name for framework in frameworks],
        "provinces": [_name_and_years(province, lang) for province in columns.provinces],
        "layers": _rows_by_layer(columns, lang),
        "cells": _shown_cells(columns),
        "counts": [
            (
                of_framework.framework.short_name,
                province,
                of_framework.counts(of_framework.cells_of(province)),
            )
            for province in columns.provinces
            for of_framework in columns.reports
        ],
        "verdicts": APPLICABLE,
    }


def _shown_cells(columns: GapColumns) -> list[Gap]:
    """List the cells with evidence to show, each once: frameworks share the cells of shared components."""
    cells: dict[str, Gap] = {}
    for report in columns.reports:
        for cell in report.cells:
            if cell.is_applicable:
                cells.setdefault(_anchor(cell), cell)
    return [*cells.values()]


def _cell_context(report: GapReport, lang: str) -> Mapping[str, object]:
    """Return the template functions that word a single cell."""
    return {
        "rule": lambda cell: rule_text(cell.rule, lang),
        "due": lambda cell: due_text(cell, lang),
        "standing": lambda cell: cell.remark(lang),
        "age": lambda cell: age_class(cell, report.as_of),
        "mark": PULLS_APART,
        "published": lambda time: published_text(time, lang),
        "anchor": _anchor,
        "quotes": lambda cell, decisive: _quotes(cell, lang, decisive=decisive),
        "query": lambda cell: cell_query((cell.judged.province.iri,), cell.component, report.as_of),
        "status": lambda slug: term_label(slug, lang),
        "basis": lambda cell: cell.component.basis.text(lang),
    }


def _name_and_years(province: Province, lang: str) -> tuple[str, str]:
    """Split a label into the name and the years that distinguish units of the same name."""
    label = province.label(lang)
    return short_territory_name(label, lang), validity_note(label)


def _rows_by_layer(columns: GapColumns, lang: str) -> list[tuple[str, list[_ComponentRow]]]:
    """Group the rows by layer; rows that no province builds are left out."""
    places = range(len(columns.frameworks))
    rows: dict[str, list[_ComponentRow]] = defaultdict(list)
    for row in columns.rows:
        cells = tuple(columns.cells_of(row, place, unit) for unit in columns.provinces for place in places)
        if any(cell.is_applicable for part in cells for cell in part):
            rows[columns.layer_label(row, lang)].append(_ComponentRow(row.leading, cells))
    return [*rows.items()]


def _quotes(cell: Gap, lang: str, *, decisive: bool) -> list[_SentenceQuote]:
    """List the sentences of a cell, each once per article."""
    subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for evidence in cell.evidence:
        if evidence.decides is decisive:
            fact = evidence.fact.in_language(lang)
            key = fact.evidence, f"{fact.article} · {published_text(fact.published, lang)}"
            subjects[key].append(fact.subject_label)
            reasons[key] += [evidence.set_aside.text(lang)] if evidence.set_aside else []
    return [_SentenceQuote(*key, _listed(names), _listed(reasons[key])) for key, names in subjects.items()]


def _listed(texts: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _anchor(cell: Gap) -> str:
    """Return the id of the element with the evidence of a cell; shared components have one."""
    component = cell.component.iri.rpartition("/")[2]
    return f"{cell.judged.province.curie.replace(':', '-')}-{component}"
