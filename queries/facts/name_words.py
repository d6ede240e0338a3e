"""The words of a name: two names compared word by word, whatever their punctuation and short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import fold, spelling
from ...words import catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NameWords: TypeAlias = "tuple[str, ...]"  # folded, without punctuation, short forms written in full

MIN_PREFIX = 4  # letters of a word that may stand for a longer one
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = ";"  # between the entries of a list in the catalogue
_IS = "="  # between a short form and what it stands for


class WordMatch(IntEnum):
    """How the words of a user fit a name, the best first."""

    SAME = 0  # the same words, apart from filler words
    BEGINNING = 1  # the name begins with them
    ALL = 2  # the name has them all, in their order
    PREFIXES = 3  # each begins a word of the name, in their order


@dataclass(frozen=True)
class _WordLists:
    """What the catalogues say of words in all languages.

    :param full_forms: short form -> what it stands for, folded
    :param fillers: folded phrases that tell nothing about which entity is meant, the longest first
    :param particles: words that only join others, with their accents: without them "của" would be "cửa"
    """

    full_forms: dict[str, str]
    fillers: re.Pattern[str]
    particles: re.Pattern[str]


@lru_cache(maxsize=1)
def _word_lists() -> _WordLists:
    """Read the lists once."""
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


def name_words(text: str) -> NameWords:
    """Return the words of a name, folded, without punctuation, with short forms written in full.

    >>> name_words("TP. Hồ Chí Minh") == name_words("thành phố Hồ Chí Minh")
    True
    >>> name_words("Bà Rịa – Vũng Tàu")
    ('ba', 'ria', 'vung', 'tau')
    """
    full_forms = _word_lists().full_forms
    without_particles = _word_lists().particles.sub(" ", spelling(text))
    words = (full_forms.get(word, word) for word in _WORD.findall(fold(without_particles)))
    return tuple(" ".join(words).split())


def telling_words(words: NameWords) -> NameWords:
    """Leave out the words that do not tell which entity is meant; all stay when none would.

    >>> telling_words(("phan", "mem", "mot", "cua", "tinh", "binh", "phuoc"))
    ('mot', 'cua', 'binh', 'phuoc')
    """
    telling = tuple(_word_lists().fillers.sub(" ", " ".join(words)).split())
    return telling or words


def without_phrases(words: NameWords, phrases: Iterable[NameWords]) -> NameWords:
    """Take phrases, such as the name of a territory, out of words.

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
    """Tell how the words of a user fit those of a name; ``None`` when one of them does not occur.

    >>> word_match(("mot", "cua"), ("mot", "cua", "dien", "tu"))
    <WordMatch.BEGINNING: 1>
    >>> word_match(("qlvb",), ("qlvbdh",))
    <WordMatch.PREFIXES: 3>
    """
    if sorted(user_words) == sorted(words):
        return WordMatch.SAME
    if sorted(words[: len(user_words)]) == sorted(user_words):
        return WordMatch.BEGINNING
    if _in_order(user_words, words, is_same):
        return WordMatch.ALL
    return WordMatch.PREFIXES if _in_order(user_words, words, begins) else None


def is_same(word: str, other: str) -> bool:
    """Tell whether two words are the same."""
    return word == other


def begins(word: str, other: str) -> bool:
    """Tell whether a word is another one, or with at least :data:`MIN_PREFIX` letters begins it."""
    return word == other or (len(word) >= MIN_PREFIX and other.startswith(word))


def _in_order(user_words: NameWords, words: NameWords, fits: Callable[[str, str], bool]) -> bool:
    """Tell whether all words fit some of a name in their order, with other words between them."""
    remaining = iter(words)
    return all(any(fits(user_word, word) for word in remaining) for user_word in user_words)
