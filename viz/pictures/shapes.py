"""SVG elements: boxes, lines and texts; all texts are escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from .text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Ink", "box", "group", "hatched_lines", "label", "path", "wrapped_lines", "xml_text"]

_HATCH = 8  # pixels between slanting lines
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Ink:
    """The style in which a shape is drawn.

    :param dashes: lengths of dashes and gaps in pixels; empty for a solid line
    :param opacity: opacity of the filled area, 0 to 1
    """

    stroke: str = "none"
    fill: str = "none"
    width: float = 1
    dashes: tuple[int, ...] = ()
    opacity: float = 1

    def attributes(self) -> str:
        """Return the style as SVG attributes."""
        dashes = f' stroke-dasharray="{" ".join(map(str, self.dashes))}"' if self.dashes else ""
        opacity = f' fill-opacity="{self.opacity:g}"' if self.opacity < 1 else ""
        return f'fill="{self.fill}" stroke="{self.stroke}" stroke-width="{self.width:g}"{dashes}{opacity}'


def xml_text(text: str) -> str:
    r"""Replace the characters that are not allowed in XML.

    >>> xml_text("a\x07b")
    'a\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)


def box(x: float, y: float, width: float, height: float, ink: Ink, *, radius: float = 0) -> str:
    """Return a rectangle given its upper left corner, in pixels."""
    size = f'width="{width:g}" height="{height:g}" rx="{radius:g}"'
    return f'<rect x="{x:g}" y="{y:g}" {size} {ink.attributes()}/>'


def path(steps: str, ink: Ink) -> str:
    """Return a line or a filled area.

    :param steps: the steps as in the SVG attribute `d`
    """
    return f'<path d="{steps}" {ink.attributes()}/>'


def hatched_lines(x: float, y: float, width: float, height: float, stroke: str) -> str:
    """Return the hatching of a rectangle that is wider than high."""
    starts = [place * _HATCH for place in range(1, int((width + height) / _HATCH) + 1)]
    steps = [_slanting_line(start, width, height) for start in starts]
    moved = path(" ".join(steps), Ink(stroke=stroke, width=1.2))
    return group([moved], move=(x, y))


def _slanting_line(start: float, width: float, height: float) -> str:
    """Return a diagonal line from the upper or right side of a rectangle to its left or lower side."""
    upper = (min(start, width), max(0.0, start - width))
    lower = (max(0.0, start - height), min(start, height))
    return f"M{upper[0]:g} {upper[1]:g} L{lower[0]:g} {lower[1]:g}"


def label(
    x: float, y: float, text: str, *, size: float, fill: str, is_bold: bool = False, anchor: str = "start"
) -> str:
    """Return one line of text as SVG element.

    :param y: vertical position of the baseline, in pixels
    :param anchor: `start`, `middle` or `end`: the point of the text that is placed at `x`

    >>> label(1, 2, "a<b", size=10, fill="#000")
    '<text x="1" y="2" font-size="10" fill="#000" text-anchor="start">a&lt;b</text>'
    """
    weight = ' font-weight="600"' if is_bold else ""
    content = escape(xml_text(" ".join(text.split())))
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill="{fill}" '
        f'text-anchor="{anchor}">{content}</text>'
    )


def group(elements: Sequence[str], *, tip: str = "", move: tuple[float, float] = (0, 0)) -> str:
    """Group elements, shift them, and give them a tooltip."""
    title = f"<title>{escape(xml_text(tip))}</title>" if tip else ""
    transform = f" transform={quoteattr(f'translate({move[0]:g} {move[1]:g})')}" if any(move) else ""
    return f"<g{transform}>{title}{''.join(elements)}</g>"


def wrapped_lines(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines that fit a width; a word that is longer is broken, too.

    >>> wrapped_lines("một hai ba", 60, 15)
    ['một hai', 'ba']
    """
    lines = [""]
    for word in _short_words(text, width, size):
        candidate = f"{lines[-1]} {word}".strip()
        if text_width(candidate, size) <= width:
            lines[-1] = candidate
        else:
            lines.append(word)
    return [line for line in lines if line]


def _short_words(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the words of a text, splitting those wider than a line."""
    letters = max(1, int(width / size))
    for word in text.split():
        if text_width(word, size) <= width:
            yield word
        else:
            yield from (word[start : start + letters] for start in range(0, len(word), letters))
