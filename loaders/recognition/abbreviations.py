"""Abbreviations, and other spellings, that stand for the same words in names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...graph.text import spelling

if TYPE_CHECKING:
    from .rules import DraftRules


class Abbreviations:
    """Writes names with their abbreviations written out, or shortened."""

    def __init__(self, rules: DraftRules) -> None:
        pairs = [(spelling(short), long[0]) for short, long in rules.table("abbreviations").items()]
        self._pairs = sorted(pairs, key=lambda pair: -len(pair[0]))
        self.expanded = cache(self._expanded)

    def forms(self, name: str) -> set[str]:
        """Return the key of a name with each abbreviation written out, and shortened."""
        forms = {spelling(name)}
        for short, long in self._pairs:
            forms |= {_replaced(form, short, long) for form in forms}
            forms |= {_replaced(form, long, short) for form in forms}
        return forms

    def is_known(self, word: str) -> bool:
        """Tell whether the key of a word is an abbreviation that stands for other words."""
        return any(word == short for short, _ in self._pairs)

    def _expanded(self, name: str) -> str:
        """Return the key of a name with its abbreviations written out."""
        key = spelling(name)
        for short, long in self._pairs:
            key = _replaced(key, short, long)
        return key


def _replaced(text: str, words: str, other: str) -> str:
    return f" {text} ".replace(f" {words} ", f" {other} ").strip()
