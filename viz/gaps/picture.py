"""The heat map of gaps as a picture: provinces across, components down, with legend, source and day."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ...ontology.verdicts import Verdict
from ...queries.planning.remarks import remark_text
from ...queries.planning.texts import PULLS_APART, layer_label
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
from ..shared.places import short_territory_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...ontology.tones import Tone
    from ...queries.planning.gap_report import GapReport
    from ...queries.planning.gaps import Gap

__all__ = ["gap_svg"]

_STYLE, _CELL_WIDTH = "static/page.css", 64  # pixels
_INK, _LINE = "#17202a", "#c3ccd4"


def gap_svg(report: GapReport, lang: str) -> str:
    """Draw the heat map; components that no province builds are left out.

    :returns: the same text for the same report
    """
    cells = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
    provinces = list(dict.fromkeys(cell.judged.province for cell in cells))
    texts = catalogue(__package__, lang)
    articles = sorted({fact.article for cell in cells for fact in cell.facts(decisive=True)})
    source = texts("picture.source", articles=", ".join(articles), day=report.as_of)
    caption = Caption(
        title=f"{texts['title']}: {report.framework.label(lang)}",
        lines=[remark_text(report.silent_cells, lang)],
        legend=[*_legend(cells, lang), LegendEntry((_sample(PULLS_APART),), texts["pulls_apart"])],
        legend_title=texts["legend"],
        notes=[remark_text(remark, lang) for remark in (*report.remarks, *report.scope[1:])],
        source=source,
        lang=lang,
    )
    names = [short_territory_name(province.label(lang), lang) for province in provinces]
    return framed(caption, heat_map(_rows(cells, lang), names, _CELL_WIDTH))


def _rows(cells: Sequence[Gap], lang: str) -> list[HeatRow]:
    places = _first_places(cells)
    by_component = sorted(cells, key=lambda cell: places[cell.component.code])
    rows = []
    for _, group in groupby(by_component, key=lambda cell: cell.component.code):
        row = list(group)
        component = row[0].component
        heat_cells = [_heat_cell(cell, lang) for cell in row]
        rows.append(HeatRow(component.label(lang), layer_label(component.layer, lang), heat_cells))
    return rows


def _first_places(cells: Sequence[Gap]) -> dict[str, int]:
    """Number the components in the order of their first occurrence."""
    codes = dict.fromkeys(cell.component.code for cell in cells)
    return {code: place for place, code in enumerate(codes)}


def _heat_cell(cell: Gap, lang: str) -> HeatCell:
    year = str(cell.evidence_day.year) if cell.evidence_day else ""
    mark = cell.verdict.symbol + (PULLS_APART if cell.pulling_apart else "")
    facts = [fact.in_language(lang) for fact in cell.facts(decisive=True)]
    sentences = dict.fromkeys(f"{fact.evidence} ({fact.article}, {fact.stated_on})" for fact in facts)
    tip = "\n".join([cell.verdict.label(lang), *sentences])
    return HeatCell(f"{mark} {year}".strip(), _fill(cell.verdict.tone), tip)


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
