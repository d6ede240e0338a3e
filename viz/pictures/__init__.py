"""Pictures as files: shapes and texts as SVG, the frame around them, and conversion to PNG and PDF."""

from __future__ import annotations

from .colours import light_colours
from .frame import Caption, LegendEntry, Scene, framed
from .heat_map import HeatCell, HeatRow, heat_map
from .renderer import has_renderer, picture_bytes, png
from .shapes import Ink, box, group, hatched_lines, label, path, wrapped_lines, xml_text
from .text_width import text_width

__all__ = [
    "Caption",
    "HeatCell",
    "HeatRow",
    "Ink",
    "LegendEntry",
    "Scene",
    "box",
    "framed",
    "group",
    "has_renderer",
    "hatched_lines",
    "heat_map",
    "label",
    "light_colours",
    "path",
    "picture_bytes",
    "png",
    "text_width",
    "wrapped_lines",
    "xml_text",
]
