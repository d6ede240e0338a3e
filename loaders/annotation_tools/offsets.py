"""Places in texts: UTF-16 units and code points, the normal form of a text, its tokens and sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeAlias

from ..text.reading import HIDDEN, INVISIBLE, NO_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import AnnotatedSpan, AnnotatedText, TextPlace

_LAST_OF_ONE_UNIT = 0xFFFF
SentenceTokens: TypeAlias = "tuple[TextPlace, ...]"
_TOKEN = re.compile(r"[^\W_]+|\S")  # low lines apart: readers of segmented text take them for blanks
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"“(\-+•]*[^\W\d_])|\n+")
_CLUSTER = re.compile(r"\r\n|[\s\S]")


class Utf16Offsets:
    """Converts between offsets in UTF-16 units, as JavaScript and Java count, and in code points.

    >>> offsets = Utf16Offsets("😊 a")
    >>> offsets.to_code_points(3), offsets.to_units(2)
    (2, 3)
    """

    def __init__(self, text: str) -> None:
        sizes = (2 if ord(character) > _LAST_OF_ONE_UNIT else 1 for character in text)
        self._starts = [0, *accumulate(sizes)] if not text.isascii() else range(len(text) + 1)

    def to_code_points(self, units: int) -> int:
        """Return the offset in code points; beyond the text it stays beyond it."""
        if not 0 <= units <= self._starts[-1]:
            return units if units < 0 else len(self._starts) + units - self._starts[-1] - 1
        return bisect_left(self._starts, units)

    def to_units(self, offset: int) -> int:
        """Return the offset in UTF-16 units of an offset inside the text."""
        return self._starts[offset]


def unit_of(text: str, stated: Iterable[tuple[int, int, str]]) -> Utf16Offsets | None:
    """Tell by the words at some places whether offsets count UTF-16 units or code points.

    :param stated: starts and ends with the words that stand there, as a file states them
    :returns: ``None`` for code points; UTF-16 units if the words do not tell

    >>> unit_of("😊 LGSP", [(2, 6, "LGSP")]) is None, unit_of("😊 LGSP", [(3, 7, "LGSP")]) is None
    (True, False)
    """
    offsets = Utf16Offsets(text)
    places = [*stated]
    as_units = [text[offsets.to_code_points(start) : offsets.to_code_points(end)] for start, end, _ in places]
    as_points = [text[start:end] for start, end, _ in places]
    words = [words for _, _, words in places]
    return None if as_points == words and as_units != words else offsets


@dataclass(frozen=True)
class NormalText:
    """A text in its normal form, with the places of the raw one.

    :param starts: raw offset → offset in the normal form, for where a span starts
    :param ends: the same for where a span ends: beyond a character that was composed
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, place: TextPlace) -> TextPlace:
        """Return the place in the normal form."""
        return self.starts[place[0]], self.ends[place[1]]


def normal_form(raw: str) -> NormalText:
    r"""Bring a text into the form of :func:`egovkg.loaders.text.reading.read_bytes`: NFC, LF, plain blanks.

    >>> normal = normal_form("a\r\nBa\u0306\u0301c")
    >>> normal.text, normal.place((3, 7))
    ('a\nBắc', (2, 4))
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends = [0]
    length = 0
    for cluster in _clusters(raw):
        piece = _normal_cluster(cluster)
        pieces.append(piece)
        starts += [length] * len(cluster)
        length += len(piece)
        ends += [length] * len(cluster)
    return NormalText("".join(pieces), (*starts, length), tuple(ends))


def _clusters(raw: str) -> Iterator[str]:
    """Divide a text into letters with their combining marks."""
    cluster = ""
    for match in _CLUSTER.finditer(raw):
        if cluster and unicodedata.combining(match[0][0]):
            cluster += match[0]
            continue
        if cluster:
            yield cluster
        cluster = match[0]
    if cluster:
        yield cluster


def _normal_cluster(cluster: str) -> str:
    if cluster.isascii() and cluster.isprintable():
        return cluster
    normal = unicodedata.normalize("NFC", cluster).translate(NO_BREAK).translate(INVISIBLE)
    return HIDDEN.sub("", normal.replace("\r\n", "\n").replace("\r", "\n"))


def normalised(text: AnnotatedText) -> tuple[AnnotatedText, tuple[AnnotatedSpan, ...]]:
    """Bring an annotated text into its normal form.

    :returns: the text, and the spans that hold nothing in it, such as one over an invisible character
    """
    normal = normal_form(text.text)
    spans, empty = [], []
    for span in text.spans:
        fragments = tuple(place for place in map(normal.place, span.fragments) if place[0] < place[1])
        if fragments:
            spans.append(replace(span, fragments=fragments))
        else:
            empty.append(span)
    return replace(text, text=normal.text, spans=tuple(spans)), tuple(empty)


def sentence_tokens(text: AnnotatedText) -> Iterator[SentenceTokens]:
    """Yield the tokens of each sentence that has any; words are cut where a span starts or ends."""
    borders = sorted({border for span in text.spans for place in span.fragments for border in place})
    start = 0
    for match in (*_SENTENCE_END.finditer(text.text), None):
        end = match.start() if match else len(text.text)
        tokens = tuple(_tokens(text.text, (start, end), borders))
        if tokens:
            yield tokens
        start = match.end() if match else end


def _tokens(text: str, place: TextPlace, borders: Sequence[int]) -> Iterator[TextPlace]:
    for match in _TOKEN.finditer(text, *place):
        inside = [border for border in borders if match.start() < border < match.end()]
        cuts = [match.start(), *inside, match.end()]
        yield from pairwise(cuts)
