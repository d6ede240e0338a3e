"""Division of a raw text into sentences; contents lists and menus of web pages are passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..text.reading import menu_lines
from .line_wraps import LineWraps
from .spans import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .rules import DraftRules

MIN_CONTENTS_LINES = 5  # fewer lines that end in a page number are no table of contents
_END = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[\"“(\-+•]*[^\W_])|\n+")


def contents_lines(text: str, rules: DraftRules) -> tuple[int, ...]:
    """List the lines of a table of contents, counted from 1; empty if the text has none."""
    form = re.compile(rules.text("contents_line"))
    lines = [number for number, row in enumerate(text.split("\n"), 1) if form.match(row)]
    return tuple(lines) if len(lines) >= MIN_CONTENTS_LINES else ()


def sentences(text: str, rules: DraftRules) -> tuple[Sentence, ...]:
    """Divide a text into sentences; cost linear.

    :param text: normalised text, see :func:`egovkg.loaders.text.reading.read_bytes`
    :returns: sentences in their order; empty for a text without words
    """
    passed_over = {*contents_lines(text, rules), *menu_lines(text)}
    text = _without_lines(text, passed_over) if passed_over else text
    flat = LineWraps(rules).joined(text)
    flat = re.sub(rules.text("number_mark"), lambda match: match[0][:-1] + " ", flat)
    flat = flat.translate({ord(sign): "'" for sign in rules.text("apostrophes")})
    pointed = frozenset(rules.texts("abbreviations_with_point"))
    spans = _spans(flat, pointed)
    return tuple(Sentence(start, end, flat[start:end]) for start, end in spans if start < end)


def _without_lines(text: str, numbers: set[int]) -> str:
    """Blank lines out, so that offsets stay."""
    rows = text.split("\n")
    return "\n".join(" " * len(row) if number in numbers else row for number, row in enumerate(rows, 1))


def _spans(text: str, pointed: frozenset[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match[0] and _is_inside(text, start, match, pointed):
            continue
        yield _trimmed(text, start, match.end())
        start = match.end()
    yield _trimmed(text, start, len(text))


def _is_inside(text: str, start: int, match: re.Match[str], pointed: frozenset[str]) -> bool:
    """Tell whether a point ends no sentence: after an abbreviation, a list number, before a small letter."""
    before = text[start : match.start()].rpartition(" ")[2].lower().strip('(“"')
    is_small = text[match.end() : match.end() + 1].islower() and match[0][0] in ".…"
    is_list_number = text[start : match.start()].strip().isdigit()
    return before in pointed or is_list_number or (len(before) == 1 and before.isalpha()) or is_small


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
