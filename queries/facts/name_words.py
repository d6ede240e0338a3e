"""Comparison of names word by word, ignoring punctuation and expanding abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from operator import eq
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import fold, folds, spelling, spellings
from ...words import catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

NameWords: TypeAlias = "tuple[str, ...]"  # folded, without punctuation, short forms written in full

MIN_PREFIX = 4  # letters of a word that may stand for a longer one
_WORD = re.compile(r"[^\W_]+")
_UNIT_KIND = re.compile(r"\s*(\w{1,4})\.\s*(?=\w)")  # before the name of a unit
_BETWEEN = ";"  # between the entries of a list in the catalogue
_AFTER_ALL = "\uffff"  # sorts after every letter of a word
_NEXT = "\0"  # between names that are read in one pass
_IS = "="  # between a short form and what it stands for


class WordMatch(IntEnum):
    """How well the words of a user match a name; the best match is first."""

    SAME = 0  # the same words, apart from filler words
    BEGINNING = 1  # the name begins with them
    ALL = 2  # the name has them all, in their order
    PREFIXES = 3  # each begins a word of the name, in their order


@dataclass(frozen=True)
class _WordLists:
    """The word lists of all languages, from the catalogues.

    :param full_forms: abbreviation → full form; without accents or capitals
    :param fillers: phrases that do not help to identify an entity, the longest first; without accents or
        capitals
    :param particles: words that only join others; with accents, because "của" (of) must differ from "cửa"
        (door)
    """

    full_forms: dict[str, str]
    fillers: re.Pattern[str]
    particles: re.Pattern[str]


@lru_cache(maxsize=1)
def _word_lists() -> _WordLists:
    """Read the word lists; they are cached."""
    full_forms: dict[str, str] = {}
    fillers: set[str] = set()
    particles: set[str] = set()
    for lang in languages():
        texts = catalogue(__package__, lang)
        pairs = (entry.split(_IS) for entry in texts["names.full-forms"].split(_BETWEEN))
        full_forms |= {fold(short): fold(full) for short, full in pairs}
        fillers |= {fold(phrase) for phrase in texts["names.fillers"].split(_BETWEEN)}
        particles |= {spelling(word) for word in texts["names.particles"].split(_BETWEEN)}
    return _WordLists(full_forms, _any_of(fillers), _any_of(particles))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    by_length = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, by_length))})\b")


@lru_cache(maxsize=1)
def _unit_kinds() -> Mapping[str, str]:
    """Map each abbreviated kind of unit to the kind; in small letters."""
    texts = (catalogue(__package__, lang)["names.unit-kinds"] for lang in languages())
    entries = (entry.partition(_IS) for text in texts for entry in text.split(_BETWEEN))
    return {short: full for short, _, full in entries}


def unit_kind_in_full(text: str) -> str:
    """Write the abbreviated kind of a unit before its name in full.

    >>> unit_kind_in_full("H. Yên Lập"), unit_kind_in_full("TP. Huế")
    ('huyện Yên Lập', 'TP. Huế')
    """
    match = _UNIT_KIND.match(text)
    kind = _unit_kinds().get(match[1].lower()) if match else None
    return f"{kind} {text[match.end() :]}" if match and kind else text


def name_words(text: str) -> NameWords:
    """Return the words of a name without accents, capitals and punctuation, with abbreviations expanded.

    >>> name_words("TP. Hồ Chí Minh") == name_words("thành phố Hồ Chí Minh")
    True
    >>> name_words("Bà Rịa – Vũng Tàu")
    ('ba', 'ria', 'vung', 'tau')
    """
    return words_of_names([text])[0]


def words_of_names(texts: Sequence[str]) -> list[NameWords]:
    """Return the words of many names, as :func:`name_words` does of one; several times as fast.

    >>> words_of_names(["TP.HCM", "Thừa Thiên-Huế"])
    [('thanh', 'pho', 'ho', 'chi', 'minh'), ('thua', 'thien', 'hue')]
    """
    return words_of_spellings(spellings(texts))


def words_of_spellings(keys: Sequence[str]) -> list[NameWords]:
    """Return the words of many names, given their keys with accents (:func:`~.graph.text.spellings`).

    >>> words_of_spellings(["tp.hcm"])
    [('thanh', 'pho', 'ho', 'chi', 'minh')]
    """
    if not keys:
        return []
    spelled = _NEXT.join(key.replace(_NEXT, " ") for key in keys)
    without_particles = _word_lists().particles.sub(" ", spelled).split(_NEXT)
    return [_in_full(_WORD.findall(folded)) for folded in folds(without_particles)]


def _in_full(words: list[str]) -> NameWords:
    """Write the short forms among words in full."""
    full_forms = _word_lists().full_forms
    if full_forms.keys().isdisjoint(words):
        return tuple(words)
    return tuple(" ".join(full_forms.get(word, word) for word in words).split())


def telling_words(words: NameWords) -> NameWords:
    """Drop the words that do not help to identify an entity; keep all if none would remain.

    >>> telling_words(("phan", "mem", "mot", "cua", "tinh", "binh", "phuoc"))
    ('mot', 'cua', 'binh', 'phuoc')
    """
    return telling_words_of_names([words])[0]


def telling_words_of_names(names: Sequence[NameWords]) -> list[NameWords]:
    """Return the telling words of many names, as :func:`telling_words` does of one."""
    if not names:
        return []
    telling = _word_lists().fillers.sub(" ", _NEXT.join(map(" ".join, names))).split(_NEXT)
    return [tuple(text.split()) or words for text, words in zip(telling, names, strict=True)]


def without_phrases(words: NameWords, phrases: Iterable[NameWords]) -> NameWords:
    """Remove phrases, such as the name of a territory, from words.

    >>> without_phrases(("mot", "cua", "binh", "phuoc"), [("binh", "phuoc")])
    ('mot', 'cua')
    """
    for phrase in phrases:
        place = _place_of(phrase, words)
        if place is not None:
            words = words[:place] + words[place + len(phrase) :]
    return words


def _place_of(phrase: Sequence[str], words: NameWords) -> int | None:
    size = len(phrase)
    places = (start for start in range(len(words) - size + 1) if words[start : start + size] == tuple(phrase))
    return next(places, None)


def word_match(user_words: NameWords, words: NameWords) -> WordMatch | None:
    """Return how the words of a user match those of a name; ``None`` if one of them does not occur.

    >>> word_match(("mot", "cua"), ("mot", "cua", "dien", "tu"))
    <WordMatch.BEGINNING: 1>
    >>> word_match(("qlvb",), ("qlvbdh",))
    <WordMatch.PREFIXES: 3>
    """
    if sorted(user_words) == sorted(words):
        return WordMatch.SAME
    if sorted(words[: len(user_words)]) == sorted(user_words):
        return WordMatch.BEGINNING
    if _in_order(user_words, words, eq):
        return WordMatch.ALL
    return WordMatch.PREFIXES if _in_order(user_words, words, begins) else None


def begins(word: str, other: str) -> bool:
    """Tell whether a word equals another, or is a prefix of it with at least :data:`MIN_PREFIX` letters."""
    return word == other or (len(word) >= MIN_PREFIX and other.startswith(word))


def _in_order(user_words: NameWords, words: NameWords, fits: Callable[[str, str], bool]) -> bool:
    """Tell whether the words match words of a name in the same order, possibly with others in between."""
    remaining = iter(words)
    return all(any(fits(user_word, word) for word in remaining) for user_word in user_words)


@dataclass(frozen=True)
class WordIndex:
    """Texts by the words in them."""

    by_word: Mapping[str, set[str]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, NameWords]]) -> WordIndex:
        """Index pairs of a text and words in it."""
        by_word: dict[str, set[str]] = defaultdict(set)
        for text, words in pairs:
            for word in words:
                by_word[word].add(text)
        return cls(dict(by_word))

    def of_prefix(self, prefix: str) -> set[str]:
        """List the texts with a word that begins with a prefix.

        >>> sorted(WordIndex.of([("a", ("qlvb",)), ("b", ("qlvbdh",)), ("c", ("lgsp",))]).of_prefix("ql"))
        ['a', 'b']
        """
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + _AFTER_ALL)
        return set().union(*(self.by_word[word] for word in self._words[start:end]))

    @cached_property
    def _words(self) -> Sequence[str]:
        return sorted(self.by_word)
