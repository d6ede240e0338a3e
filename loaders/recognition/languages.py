"""The language of a raw text, among those that rules exist for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ..text.corpus_languages import ARTICLE_LANGUAGE, LABEL_LANGUAGES
from .rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .rules import DraftRules

RulesByLanguage: TypeAlias = "Mapping[str, DraftRules]"
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_SHARE = 0.5  # of the letters, below which a text is in another script
_LAST_LATIN, _LATIN_ADDITIONAL = (
    "\u024f",
    ("\u1e00", "\u1eff"),
)  # blocks of Unicode with the letters of Vietnamese
_FIRST_WITH_TONE, _LAST_WITH_TONE = "\u1ea0", "\u1ef9"
_OWN_LETTERS = frozenset("đơư")  # of Vietnamese, besides those with a tone in Latin Extended Additional
# of the letters: sentences in Vietnamese have 8 % or more, French and German with names 1 %
_OWN_SHARE = 0.03
_SHORTEST = 8  # words of a text whose language can be told
_MARKED_SHARE = 0.1  # of the letters: Vietnamese has a quarter, texts in English with names a twentieth
_FREQUENT_SHARE = 0.15  # of frequent words among all; English has a third


def load_all_rules(folder: Path) -> RulesByLanguage:
    """Read the rules of every language that texts may be in, with those of a corpus folder.

    :raises InputError: if a file of rules in the folder cannot be used
    """
    return {language: load_rules(folder, language) for language in LABEL_LANGUAGES}


def language_of(text: str, rules: RulesByLanguage) -> str:
    """Tell the language of a text: by its script, its marks, else its frequent words.

    :returns: that of the articles for a text that is too short; empty if it is in none of the languages

    >>> from pathlib import Path
    >>> language_of("The portal of the province is linked to that of the ministry.", load_all_rules(Path()))
    'en'
    """
    letters = [letter for letter in text if letter.isalpha()]
    if sum(map(_is_latin, letters)) < _LATIN_SHARE * len(letters):
        return ""
    if _share_of_marks(text) >= _MARKED_SHARE and share_of_own_letters(text) >= _OWN_SHARE:
        return ARTICLE_LANGUAGE
    words = _WORD.findall(text.lower())
    for language in LABEL_LANGUAGES:
        if language != ARTICLE_LANGUAGE:
            frequent = frozenset(rules[language].texts("common_words"))
            if sum(word in frequent for word in words) >= max(1, _FREQUENT_SHARE * len(words)):
                return language
    return ARTICLE_LANGUAGE if len(words) < _SHORTEST else ""


def _share_of_marks(text: str) -> float:
    """Return the share of Latin letters with marks among all letters, in 0..1; 0 without letters."""
    letters = [letter for letter in text if letter.isalpha()]
    marked = sum(letter > "\x7f" and _is_latin(letter) for letter in letters)
    return marked / max(1, len(letters))


def share_of_own_letters(text: str) -> float:
    """Return the share of letters that only Vietnamese has among all letters, in 0..1; 0 without letters.

    >>> share_of_own_letters("đèn"), share_of_own_letters("développé à l'été")
    (0.3333333333333333, 0.0)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(_is_own, letters)) / max(1, len(letters))


def _is_own(letter: str) -> bool:
    return letter.lower() in _OWN_LETTERS or _FIRST_WITH_TONE <= letter <= _LAST_WITH_TONE


def _is_latin(letter: str) -> bool:
    return letter <= _LAST_LATIN or _LATIN_ADDITIONAL[0] <= letter <= _LATIN_ADDITIONAL[1]
