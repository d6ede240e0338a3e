"""Texts changed at random: by bytes, by lines and by words that stand elsewhere in the same kind of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_WORD = re.compile(rb"[\w.:/%<>~-]+|[^\w\s]")
_ODD = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\t",
    b"\xe2\x80\xae",  # turns the direction of writing
    b"\xe2\x80\x8b",  # has no width
    b"a\xcc\x80",
    b"&a *a",
    b"<<: ",
    b"!!python/object",
    b"-1",
    b"1e999",
    b"9" * 400,
    b"9" * 5000,  # Python reads no number as long
    b"\\U00110000",  # beyond the last letter
    b"[",
    b" LIMIT ",
    b"{" * 200,
    b"[" * 200,
    b'"""',
    b"```",
    b"---\n",
    b"\\u0000",
    b"%00",
    b"../../",
    b"<http://127.0.0.1:1/>",
)
MOST_EDITS = 6
LARGEST = 200_000  # bytes; a text that grows and grows only takes time


class Mutator:
    """Changes texts of one kind.

    :param seeds: sound texts, which lend each other their words and lines
    :param random: decides everything, so that a seed gives the same texts again
    """

    def __init__(self, seeds: Sequence[bytes], random: Random) -> None:
        self.seeds, self.random = tuple(seeds), random
        self.words: list[bytes] = sorted({word for seed in seeds for word in _WORD.findall(seed)})
        self.lines = sorted({line for seed in seeds for line in seed.splitlines(keepends=True)})
        self.edits: tuple[Callable[[bytes], bytes], ...] = (
            self._flip,
            self._cut,
            self._repeat,
            self._odd,
            self._word,
            self._word,
            self._line,
            self._line,
            self._swap,
            self._splice,
        )

    def text(self) -> bytes:
        """Make the next text: a seed with one to six edits."""
        mutant: bytes = self.random.choice(self.seeds)
        for _ in range(self.random.randint(1, MOST_EDITS)):
            mutant = self.random.choice(self.edits)(mutant)
        return mutant[:LARGEST]

    def _place(self, text: bytes) -> int:
        return self.random.randrange(len(text) + 1)

    def _span(self, text: bytes) -> tuple[int, int]:
        start = self._place(text)
        return start, min(len(text), start + int(self.random.expovariate(0.05)))

    def _flip(self, text: bytes) -> bytes:
        at = self._place(text)
        return text[:at] + bytes([self.random.randrange(256)]) + text[at + 1 :]

    def _cut(self, text: bytes) -> bytes:
        start, end = self._span(text)
        return text[:start] + text[end:]

    def _repeat(self, text: bytes) -> bytes:
        start, end = self._span(text)
        return text[:end] + text[start:end] * self.random.choice((1, 1, 2, 50)) + text[end:]

    def _odd(self, text: bytes) -> bytes:
        at = self._place(text)
        return text[:at] + self.random.choice(_ODD) + text[at:]

    def _word(self, text: bytes) -> bytes:
        """Put another word where one stands: what most mistakes of people look like."""
        at = self._place(text)
        match = _WORD.search(text, at)
        if match is None:
            return text
        return text[: match.start()] + self.random.choice(self.words) + text[match.end() :]

    def _line(self, text: bytes) -> bytes:
        lines = text.splitlines(keepends=True)
        at = self.random.randrange(len(lines) + 1)
        lines[at : at + self.random.choice((0, 1))] = [self.random.choice(self.lines)]
        return b"".join(lines)

    def _swap(self, text: bytes) -> bytes:
        lines = text.splitlines(keepends=True)
        if len(lines) > 1:
            first, second = self.random.sample(range(len(lines)), 2)
            lines[first], lines[second] = lines[second], lines[first]
        return b"".join(lines)

    def _splice(self, text: bytes) -> bytes:
        second: bytes = self.random.choice(self.seeds)
        return text[: self._place(text)] + second[self._place(second) :]
