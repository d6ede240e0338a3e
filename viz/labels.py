"""Labels: wrapped by the width of their letters, and shown from the scale on at which they touch nothing.

A label is drawn at a constant size on the screen, so on the grid it is the larger the further one zooms out.
For each label the smallest scale is found at which it stands free of the labels and symbols before it; zooming
in only takes room away from labels, so what is free at one scale stays free at every larger one.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Lines: TypeAlias = tuple[str, ...]

SLOT_WIDTH = 148.0  # room of one entity on the grid: symbol and label beside it
SLOT_HEIGHT = 36.0
FONT = 12.0  # px on the screen
LEADING = 14.0  # px from line to line
MAX_LINES = 2
OFFSET = 13.0  # px from the middle of the symbol to the label
SYMBOL = 8.0  # radius of a symbol on the grid
LINE_WIDTH = SLOT_WIDTH - OFFSET - SYMBOL - 9
SCALES = tuple(round(0.2 * 1.12**step, 3) for step in range(15))  # 0.2 to 0.977: at 1 every label is free
_ELLIPSIS = "…"
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]/ -"), frozenset("mwMW@%…—")


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside the symbol at (x, y).

    :param key: whose label it is
    """

    key: str
    x: float
    y: float
    lines: Lines


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the grid."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share an inner point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[:1]
    if unicodedata.combining(base):
        return 0.0
    if base in _NARROW:
        return 0.34
    if base in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(base) in "WF":
        return 1.05
    return 0.7 if base.isupper() else 0.6


def text_width(text: str, size: float = FONT) -> float:
    """Estimate the width of a text in px, a little too wide rather than too narrow.

    >>> 60 < text_width("Nền tảng") < 70 and text_width("") == 0
    False
    """
    return sum(map(_advance, text)) * size


def wrap(text: str, width: float = LINE_WIDTH, most: int = MAX_LINES) -> Lines:
    """Break a text into at most `most` lines; what does not fit ends in an ellipsis.

    >>> wrap("Nền tảng tích hợp, chia sẻ dữ liệu dùng chung", 120)
    ('Nền tảng tích', 'hợp, chia sẻ…')
    """
    lines, rest = [], text.split()
    while rest and len(lines) < most:
        line, rest = _line(rest, width)
        lines.append(line)
    if rest:
        lines[-1] = _shorten(f"{lines[-1]} {rest[0]}", width)
    return tuple(lines)


def _line(words: Sequence[str], width: float) -> tuple[str, list[str]]:
    """Take as many words as fit, at least one; a word wider than the line is shortened."""
    taken = 1
    while taken < len(words) and text_width(" ".join(words[: taken + 1])) <= width:
        taken += 1
    line = " ".join(words[:taken])
    return (line if text_width(line) <= width else _shorten(line, width)), list(words[taken:])


def _shorten(text: str, width: float) -> str:
    while text and text_width(text + _ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip(" ,.;:-") + _ELLIPSIS


def label_box(label: Label, scale: float) -> Box:
    """Give the room a label takes on the grid at a scale."""
    left = label.x + OFFSET / scale
    half = len(label.lines) * LEADING / scale / 2
    width = max(map(text_width, label.lines), default=0.0) / scale
    return Box(left, label.y - half, left + width, label.y + half)


def symbol_box(x: float, y: float) -> Box:
    """Give the room a symbol takes on the grid."""
    return Box(x - SYMBOL, y - SYMBOL, x + SYMBOL, y + SYMBOL)


def label_scales(labels: Sequence[Label]) -> Mapping[str, float]:
    """Find from which scale on each label is shown.

    :param labels: the most important first; a label yields to all before it
    :returns: key -> one of :data:`SCALES`, or 1.0

    Cost: linear in the labels times the number of scales, as long as few labels stand in one place.
    """
    shown: dict[str, float] = {}
    for scale in SCALES:
        room = _Room(max(LINE_WIDTH, LEADING) / scale)
        for label in labels:
            room.add(symbol_box(label.x, label.y))
        for label in labels:
            if label.key in shown:
                room.add(label_box(label, scale))
        for label in labels:
            if label.key not in shown and room.is_free(box := label_box(label, scale)):
                shown[label.key] = scale
                room.add(box)
    return {label.key: shown.get(label.key, 1.0) for label in labels}


class _Room:
    """Boxes in squares of the grid, so that a box is held against its neighbours only."""

    def __init__(self, square: float) -> None:
        self.square = square
        self.held: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for key in self._squares(box):
            self.held[key].append(box)

    def is_free(self, box: Box) -> bool:
        return not any(box.meets(other) for key in self._squares(box) for other in self.held.get(key, ()))

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // self.square), int(box.right // self.square) + 1):
            for row in range(int(box.top // self.square), int(box.bottom // self.square) + 1):
                yield column, row


def overlaps(boxes: Iterable[Box]) -> int:
    """Count the pairs of boxes that share an inner point; quadratic, for checks."""
    held = list(boxes)
    return sum(one.meets(other) for index, one in enumerate(held) for other in held[:index])
