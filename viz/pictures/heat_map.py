"""A heat map: grouped rows, columns with vertical names, and a symbol on a coloured background per cell."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

from .frame import Scene
from .shapes import Ink, box, group, hatched_lines, label, wrapped_lines
from .text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HeatCell", "HeatRow", "heat_map"]

_LETTERS, _ROW, _GROUP = 13, 24, 26  # pixels: size of type, heights of a row and of the name of a group
_WIDEST_LABEL = 460  # pixels
_SLOPE = 55  # degrees at which the names of columns rise
_INK, _QUIET, _LINE = "#17202a", "#4d5a66", "#c3ccd4"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map.

    :param fill: background colour; empty for none
    :param tip: tooltip shown by browsers
    :param hatching: colour of the hatching on the background; empty for none
    """

    mark: str
    fill: str = ""
    tip: str = ""
    hatching: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat map; adjacent rows of one group are placed below the name of the group."""

    label: str
    group: str
    cells: Sequence[HeatCell]


def heat_map(rows: Sequence[HeatRow], columns: Sequence[str], cell_width: float) -> Scene:
    """Return the SVG elements of a heat map.

    :param cell_width: width of a cell in pixels
    """
    left = min(_WIDEST_LABEL, max((text_width(row.label, _LETTERS) for row in rows), default=0)) + 10
    longest = max((text_width(name, _LETTERS) for name in columns), default=0)
    top = longest * sin(radians(_SLOPE)) + 14
    width = left + cell_width * len(columns) + longest * cos(radians(_SLOPE))
    elements = [
        _column_name(left + cell_width * (place + 0.5), top - 6, name) for place, name in enumerate(columns)
    ]
    y, current_group = top, None
    for row in rows:
        if row.group != current_group:
            elements.append(label(0, y + _GROUP * 0.7, row.group, size=_LETTERS, fill=_INK, is_bold=True))
            y, current_group = y + _GROUP, row.group
        elements.append(_row_label(row.label, left, y))
        elements += [
            _cell(cell, left + place * cell_width, y, cell_width) for place, cell in enumerate(row.cells)
        ]
        y += _ROW
    return Scene(elements, width, y + 2)


def _column_name(x: float, y: float, name: str) -> str:
    text = label(0, 0, name, size=_LETTERS, fill=_INK)
    return f'<g transform="translate({x:g} {y:g}) rotate(-{_SLOPE})">{text}</g>'


def _row_label(text: str, left: float, y: float) -> str:
    """Return the label of a row; a long label is truncated and complete in the tooltip."""
    first, *further = wrapped_lines(text, _WIDEST_LABEL - 12, _LETTERS) or [""]
    shown = first + ("…" if further else "")
    line = label(left - 8, y + _ROW * 0.68, shown, size=_LETTERS, fill=_INK, anchor="end")
    return group([line], tip=text if further else "")


def _cell(cell: HeatCell, x: float, y: float, width: float) -> str:
    ground = box(x, y, width, _ROW, Ink(stroke=_LINE, fill=cell.fill or "none", width=0.7))
    lines = hatched_lines(x, y, width, _ROW, cell.hatching) if cell.hatching else ""
    mark = label(x + width / 2, y + _ROW * 0.7, cell.mark, size=_LETTERS, fill=_INK, anchor="middle")
    return group([ground, lines, *([mark] if cell.mark else [])], tip=cell.tip)
