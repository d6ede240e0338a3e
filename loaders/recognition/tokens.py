"""Words of a text with their places, and a tree of phrases that finds the longest one at a place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ...graph.text import spelling

_DASHES = str.maketrans("–—‐‑−", "-----")  # in names they stand for a hyphen
_WORD = re.compile(r"\w+|[^\w\s]")
_Value = TypeVar("_Value")


class Token(NamedTuple):
    """A word or a sign of a text.

    :param key: its spelling without regard to capitals
    :param is_acronym: whether it has capitals after its first letter, as IOC and iOffice
    """

    start: int
    end: int
    key: str
    is_capital: bool
    is_acronym: bool


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> tuple[str, bool, bool]:
    return spelling(text).translate(_DASHES), text[0].isupper(), text[1:] != text[1:].lower()


def tokens(text: str, start: int = 0) -> list[Token]:
    """Split a text into words and signs.

    :param start: offset of the text, added to the places

    >>> [token.key for token in tokens("Sở TT&TT")]
    ['sở', 'tt', '&', 'tt']
    """
    return [
        Token(start + match.start(), start + match.end(), *_word(match[0])) for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=1 << 14)
def phrase_keys(phrase: str) -> tuple[str, ...]:
    """Return the keys of the words of a phrase.

    >>> phrase_keys("Sở TT&TT")
    ('sở', 'tt', '&', 'tt')
    """
    return tuple(token.key for token in tokens(phrase))


class PhraseTree(Generic[_Value]):
    """Phrases with a value each, found by their words.

    >>> tree = PhraseTree[int]()
    >>> tree.add(("một", "cửa"), 1)
    >>> tree.longest(tokens("Hệ thống một cửa"), 2)
    (4, 1)
    """

    def __init__(self) -> None:
        self._branches: dict[str, PhraseTree[_Value]] = {}
        self._value: _Value | None = None

    def add(self, keys: tuple[str, ...], value: _Value) -> None:
        """Add a phrase; one that is there already keeps its value."""
        tree = self
        for key in keys:
            tree = tree._branches.setdefault(key, PhraseTree())
        if keys and tree._value is None:
            tree._value = value

    def longest(self, words: list[Token], first: int) -> tuple[int, _Value] | None:
        """Find the longest phrase that begins at a word.

        :returns: the index after its last word, and its value; ``None`` if no phrase begins there
        """
        tree: PhraseTree[_Value] | None = self
        longest: tuple[int, _Value] | None = None
        for index in range(first, len(words)):
            tree = tree._branches.get(words[index].key) if tree else None
            if tree is None:
                break
            if tree._value is not None:
                longest = index + 1, tree._value
        return longest
