"""The frame of a picture as one SVG: title above; legend, notes, source and date below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from .shapes import Ink, box, group, label, wrapped_lines, xml_text
from .text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Caption", "LegendEntry", "Scene", "framed"]

_FONTS = "Noto Sans, Segoe UI, Roboto, DejaVu Sans, Arial, Libertinus Serif, sans-serif"
_INK, _QUIET, _BACK, _LINE = "#17202a", "#4d5a66", "#ffffff", "#c3ccd4"
_MARGIN, _LEAST_WIDTH = 24, 720  # pixels
_TITLE, _TEXT, _SMALL = 22, 14, 12.5  # sizes of type
_LEADING = 1.4  # height of a line, in sizes of type
_SAMPLE = 38  # width of a sample in the legend, with its gap


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A symbol of a picture with its meaning.

    :param sample: elements that draw the symbol in an area of 30 × 16 pixels
    """

    sample: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The texts around a picture.

    :param lines: lines below the title: counts, how to read the picture
    :param source: source and date of the content
    """

    title: str
    lines: Sequence[str]
    legend: Sequence[LegendEntry]
    legend_title: str
    notes: Sequence[str]
    source: str
    lang: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The content of a picture inside its frame.

    :param elements: SVG elements with coordinates from 0 to width and height, in pixels
    """

    elements: Sequence[str]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """SVG elements with their total height."""

    elements: list[str]
    height: float


def framed(caption: Caption, scene: Scene) -> str:
    """Combine caption and scene to one SVG; equal input gives equal text.

    :returns: a self-contained SVG document
    """
    width = max(_LEAST_WIDTH, scene.width)
    left = (width - scene.width) / 2
    blocks = [
        _text_block([caption.title], width, _TITLE, is_bold=True),
        _text_block(caption.lines, width, _TEXT),
        _Block([group(scene.elements, move=(left, 0))], scene.height),
        _legend_block(caption, width),
        _text_block(caption.notes, width, _SMALL),
        _text_block([caption.source], width, _SMALL),
    ]
    body, y = [], float(_MARGIN)
    for block in blocks:
        if block.elements:
            body.append(group(block.elements, move=(_MARGIN, y)))
            y += block.height + _TEXT
    return _document(caption, body, width + 2 * _MARGIN, y + _MARGIN - _TEXT)


def _text_block(lines: Sequence[str], width: float, size: float, *, is_bold: bool = False) -> _Block:
    broken = [part for line in lines for part in wrapped_lines(line, width, size * (1.07 if is_bold else 1))]
    fill = _INK if is_bold else _QUIET
    elements = [
        label(0, size + number * size * _LEADING, line, size=size, fill=fill, is_bold=is_bold)
        for number, line in enumerate(broken)
    ]
    return _Block(elements, len(broken) * size * _LEADING)


def _legend_block(caption: Caption, width: float) -> _Block:
    """Arrange the legend entries in lines, with as many entries per line as fit."""
    if not caption.legend:
        return _Block([], 0)
    elements = [label(0, _TEXT, caption.legend_title, size=_TEXT, fill=_INK, is_bold=True)]
    x, y = 0.0, _TEXT * _LEADING + 4
    for entry in caption.legend:
        needed = _SAMPLE + text_width(entry.meaning, _TEXT) + 22
        if x and x + needed > width:
            x, y = 0.0, y + 24
        elements.append(group(entry.sample, move=(x, y)))
        elements.append(label(x + _SAMPLE, y + 13, entry.meaning, size=_TEXT, fill=_INK))
        x += needed
    return _Block(elements, y + 20)


def _document(caption: Caption, body: Sequence[str], width: float, height: float) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang={quoteattr(caption.lang)} '
        f'role="img" font-family="{_FONTS}">',
        f"<title>{escape(xml_text(caption.title))}</title>",
        f"<desc>{escape(xml_text(caption.source))}</desc>",
        box(0, 0, width, height, Ink(stroke=_LINE, fill=_BACK)),
        *body,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
