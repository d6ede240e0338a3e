"""Labels: short, and wrapped by the width of their letters, so that each fits the slot of its entity.

The page decides which labels stand free at the present zoom and shows those; at full size all of them do.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Lines: TypeAlias = tuple[str, ...]

SLOT_WIDTH = 148.0  # room of one entity on the grid: symbol and label beside it
SLOT_HEIGHT = 36.0
FONT = 12.0  # px on the screen
LEADING = 14.0  # px from line to line
MAX_LINES = 2
SYMBOL = 8.0  # radius of a symbol on the grid
BESIDE = 4.0  # px from a symbol to its label
LINE_WIDTH = SLOT_WIDTH - BESIDE - 2 * SYMBOL - 10
_ELLIPSIS = "…"
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]/ -"), frozenset("mwMW@%…—")


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

    >>> round(text_width("Nền tảng")), round(text_width("Nen tang"))
    (53, 53)
    """
    return sum(map(_advance, text)) * size


def wrap(text: str, width: float = LINE_WIDTH, most: int = MAX_LINES) -> Lines:
    """Break a text into at most `most` lines; what does not fit ends in an ellipsis.

    >>> wrap("Nền tảng tích hợp, chia sẻ dữ liệu dùng chung", 120)
    ('Nền tảng tích hợp,', 'chia sẻ dữ liệu dù…')
    """
    lines: list[str] = []
    rest = text.split()
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
