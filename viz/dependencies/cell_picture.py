"""A dependency matrix as a picture: rows depend on columns, with legend, source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import edge_text, remark_texts, words_in
from ...queries.facts.terms import term_label
from ...words import catalogue
from ..pictures import (
    Caption,
    HeatCell,
    HeatRow,
    Ink,
    LegendEntry,
    box,
    framed,
    hatched_lines,
    heat_map,
    light_colours,
)
from .boxes import ArrowStyle, short_label
from .matrix import legend_line, loop_texts
from .source import source_of_edges

if TYPE_CHECKING:
    from ...queries.dependencies.matrix import MatrixReport

__all__ = ["matrix_svg", "matrix_title"]

_STYLE, _CELL_WIDTH = "static/matrix.css", 28  # pixels
_HATCHED = (ArrowStyle.REFERENCE.value, ArrowStyle.DUTY.value)  # bases whose cells bear slanting lines
_COLOURS = {ArrowStyle.STATED.value: "stated", **dict.fromkeys(_HATCHED, "under")}  # basis -> its colour


def matrix_title(report: MatrixReport, place: str | None) -> str:
    """Return the title of a matrix with its territory."""
    title = words_in(report.choice.lang)["title.matrix"]
    return f"{title}: {place}" if place else title


def matrix_svg(report: MatrixReport, place: str | None) -> str:
    """Return a matrix as SVG; equal reports give equal text.

    :param place: the territory that is named in the title
    """
    lang = report.choice.lang
    texts, legend = catalogue(__package__, lang), legend_line(report).strip()
    loops = [f"{texts['matrix.loops']}: {loop}" for loop in loop_texts(report)]
    caption = Caption(
        title=f"{texts['matrix.title']}: {place}" if place else texts["matrix.title"],
        lines=[texts["matrix.instructions" if report.systems else "matrix.empty"], DIRECTION.text(lang)],
        legend=_legend(report),
        legend_title=texts["matrix.legend"],
        notes=[*([legend] if legend else []), *loops, *remark_texts(report.remarks, lang)],
        source=source_of_edges([*report.cells.values()], report.choice),
        lang=lang,
    )
    names = [f"{number} {short_label(system, lang)}" for number, system in enumerate(report.systems, 1)]
    rows = [
        HeatRow(names[index], term_label(system.layer, lang), _cells(report, index))
        for index, system in enumerate(report.systems)
    ]
    return framed(caption, heat_map(rows, names, _CELL_WIDTH))


def _legend(report: MatrixReport) -> list[LegendEntry]:
    colours, texts = light_colours(__package__, _STYLE), catalogue(__package__, report.choice.lang)
    used = {edge.basis for edge in report.cells.values()}
    entries = []
    for basis, name in _COLOURS.items():
        if basis in used:
            ground = box(1, 1, 28, 14, Ink(colours["line"], colours[name]))
            lines = hatched_lines(1, 1, 28, 14, colours["hatch"]) if basis in _HATCHED else ""
            entries.append(LegendEntry((ground, lines), texts[f"legend.{basis}"]))
    return entries


def _cells(report: MatrixReport, row: int) -> list[HeatCell]:
    colours, lang, systems = light_colours(__package__, _STYLE), report.choice.lang, report.systems
    cells = []
    for column, system in enumerate(systems):
        edge = report.cells.get((row, column))
        if row == column:
            cells.append(HeatCell("", colours["self"]))
        elif edge is None:
            cells.append(HeatCell(""))
        else:
            tip = f"{systems[row].label(lang)} — {edge_text(edge, lang)} → {system.label(lang)}"
            hatching = colours["hatch"] if edge.basis in _HATCHED else ""
            cells.append(HeatCell(report.mark(row, column), colours[_COLOURS[edge.basis]], tip, hatching))
    return cells
