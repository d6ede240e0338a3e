"""Line ends of a raw text that only wrap a paragraph, as in text from PDF: they are read as blanks."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from ...graph.text import spelling

if TYPE_CHECKING:
    from .rules import DraftRules

_LINE = re.compile(r"\S.*\S|\S")
_STOPS = ".;:!?"
_ITEM = re.compile(
    r"[-+*•–—▪◦|]"
    r"|(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[IVX]+[.)]|[^\W\d_][.)])\s"
)
_YEAR = re.compile(r"\d{4}$")
_END_YEAR = re.compile(r"[-–] ?\d{4}\b")
_WORD = re.compile(r"[\w(“\"%]")
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_MIN_WRAPS = 2  # fewer lines that surely go on do not show that a text is wrapped at a width
_MIN_SHARE = 0.3  # share of the lines of a wrapped text that begin with a small letter, at least
_FULL = 0.8  # share of the usual width from which a line of a wrapped text is full


class _Line(NamedTuple):
    """A line with words: its offsets without the blanks around it, and its words."""

    start: int
    end: int
    words: str


class LineWraps:
    """Tells line ends that wrap a paragraph from those that end one.

    :param rules: those of the language of the text
    """

    def __init__(self, rules: DraftRules) -> None:
        self._open_ends = frozenset(rules.texts("open_line_ends"))
        self._number_words = frozenset(rules.texts("number_line_ends"))
        self._openings = tuple(f"{words} " for words in rules.texts("capital_line_openings"))

    def joined(self, text: str) -> str:
        """Write blanks for the line ends that wrap a paragraph; offsets stay, cost linear."""
        lines = [_Line(match.start(), match.end(), match[0]) for match in _LINE.finditer(text)]
        width = _wrapped_width(lines)
        pieces, place = [], 0
        for line, following in pairwise(lines):
            pieces.append(text[place : line.end])
            gap = text[line.end : following.start]
            is_wrap = _is_period(line, following) or (
                _may_go_on(line, following) and self._goes_on(line, following, gap, width)
            )
            pieces.append(gap.replace("\n", " ") if is_wrap else gap)
            place = following.start
        return "".join([*pieces, text[place:]])

    def _goes_on(self, line: _Line, following: _Line, gap: str, width: float) -> bool:
        if following.words[0].islower():
            return True
        if gap.count("\n") != 1:
            return False
        if line.words.isupper() and following.words.isupper():
            return not f"{spelling(following.words)} ".startswith(self._openings)
        return len(line.words) >= width or self._is_open(line, following)

    def _is_open(self, line: _Line, following: _Line) -> bool:
        """Tell whether a line ends in a word after which a phrase goes on, or a number follows."""
        last = spelling(line.words.rpartition(" ")[2])
        is_before_number = last in self._number_words and following.words[0].isdigit()
        return is_before_number or not self._open_ends.isdisjoint({last, last[-1:]})


def _is_period(line: _Line, following: _Line) -> bool:
    """Tell whether a line end stands within a period of years, such as 2021 - 2025."""
    return _END_YEAR.match(following.words) is not None and _YEAR.search(line.words) is not None


def _may_go_on(line: _Line, following: _Line) -> bool:
    """Tell whether nothing in two lines shows that a paragraph ends between them."""
    is_ended = line.words[-1] in _STOPS or _ITEM.match(following.words)
    is_page_number = _PAGE_NUMBER.fullmatch(line.words) or _PAGE_NUMBER.fullmatch(following.words)
    return not is_ended and not is_page_number and _WORD.match(following.words) is not None


def _wrapped_width(lines: list[_Line]) -> float:
    """Return the length from which a line is full; infinite for a text with a line for each paragraph."""
    lengths = [
        len(line.words)
        for line, following in pairwise(lines)
        if following.words[0].islower() and _may_go_on(line, following)
    ]
    is_wrapped = len(lengths) >= max(_MIN_WRAPS, _MIN_SHARE * len(lines))
    return _FULL * median(lengths) if is_wrapped else float("inf")
