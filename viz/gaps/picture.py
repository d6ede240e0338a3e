"""The heat map of gaps as a picture: provinces across, components down, with legend, source and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.verdicts import Verdict
from ...queries.facts.sources import article_text
from ...queries.planning.remarks import remark_text
from ...queries.planning.texts import PULLS_APART, cell_symbol
from ...words import catalogue
from ..pictures import (
    Caption,
    HeatCell,
    HeatRow,
    Ink,
    LegendEntry,
    box,
    framed,
    heat_map,
    label,
    light_colours,
)
from ..shared.places import distinct_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...ontology.tones import Tone
    from ...queries.planning.columns import GapColumns
    from ...queries.planning.gaps import Gap

__all__ = ["gap_svg"]

_STYLE, _CELL_WIDTH = "static/page.css", 64  # pixels
_EMPTY = HeatCell("–", "", "")  # the framework has no such component
_INK, _LINE = "#17202a", "#c3ccd4"


def gap_svg(columns: GapColumns, lang: str) -> str:
    """Draw the heat map; components that no province builds are left out.

    :returns: the same text for the same reports
    """
    report, frameworks = columns.reports[0], columns.frameworks
    is_single = len(frameworks) == 1
    first, *others = (*report.remarks, *report.scope) if is_single else columns.remarks
    all_cells = [cell for of_framework in columns.reports for cell in of_framework.cells]
    cells = [cell for cell in all_cells if cell.is_applicable]
    texts = catalogue(__package__, lang)
    absent = [] if is_single else [LegendEntry((_sample(_EMPTY.mark),), texts["no_component"])]
    articles = sorted({fact.article for cell in cells for fact in cell.facts(decisive=True)})
    caption = Caption(
        title=f"{texts['title']}: {'; '.join(framework.label(lang) for framework in frameworks)}",
        lines=[remark_text(first, lang)],
        legend=[*_legend(cells, lang), LegendEntry((_sample(PULLS_APART),), texts["pulls_apart"]), *absent],
        legend_title=texts["legend"],
        notes=[remark_text(remark, lang) for remark in others],
        source=texts("picture.source", articles=", ".join(articles), day=report.as_of),
        lang=lang,
    )
    return framed(caption, heat_map(_rows(columns, lang), _names(columns, lang), _CELL_WIDTH))


def _names(columns: GapColumns, lang: str) -> list[str]:
    names = distinct_names((province.label(lang) for province in columns.provinces), lang)
    if len(columns.frameworks) == 1:
        return names
    return [f"{name} {framework.short_name}" for name in names for framework in columns.frameworks]


def _rows(columns: GapColumns, lang: str) -> list[HeatRow]:
    places = range(len(columns.frameworks))
    rows = []
    for row in columns.rows:
        parts = [columns.cells_of(row, place, unit) for unit in columns.provinces for place in places]
        if any(cell.is_applicable for part in parts for cell in part):
            component = row.leading
            heat_cells = [_heat_cell(part[0], lang) if part else _EMPTY for part in parts]
            rows.append(HeatRow(component.label(lang), columns.layer_label(row, lang), heat_cells))
    return rows


def _heat_cell(cell: Gap, lang: str) -> HeatCell:
    facts = [fact.in_language(lang) for fact in cell.facts(decisive=True)]
    sentences = dict.fromkeys(f"{fact.evidence} ({article_text(fact, lang)})" for fact in facts)
    tip = "\n".join([cell.verdict.label(lang), *sentences])
    return HeatCell(cell_symbol(cell), _fill(cell.verdict.tone), tip)


def _fill(tone: Tone) -> str:
    """Return the colour of a tone; empty for a tone without a background on the page."""
    return light_colours(__package__, _STYLE).get(tone.value, "")


def _legend(cells: Sequence[Gap], lang: str) -> list[LegendEntry]:
    used = {cell.verdict for cell in cells}
    entries = []
    for verdict in Verdict:
        if verdict in used:
            ground = box(1, 1, 28, 14, Ink(_LINE, _fill(verdict.tone) or "none"))
            entries.append(LegendEntry((ground, _sample(verdict.symbol)), verdict.label(lang)))
    return entries


def _sample(sign: str) -> str:
    return label(15, 13, sign, size=13, fill=_INK, anchor="middle")
