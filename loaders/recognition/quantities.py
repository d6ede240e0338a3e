"""Recognition of figures in sentences: number, comparison, unit; versions and levels are none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ...problems import FaultError
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.numbers import plain, read_number
from .spans import NumberSpan
from .tokens import PhraseTree, phrase_keys, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .spans import Sentence
    from .tokens import Token

_NUMBER = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?(?![\w/]|[.,]\d)")
_LOOKBACK = 40  # characters before a number, in which its comparison stands


class QuantityFinder:
    """Finds the figures that sentences state."""

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._units: PhraseTree[str] = PhraseTree()
        for name, words in rules.table("units").items():
            for phrase in words:
                self._units.add(phrase_keys(phrase), name if name in lexicon.units else "")
        for name, term in lexicon.units.items():
            self._units.add(phrase_keys(term.values.get(ARTICLE_LANGUAGE, name)), name)
        for phrase in rules.texts("counted"):
            self._units.add(phrase_keys(phrase), "")
        self._multipliers = {word: Decimal(times[0]) for word, times in rules.table("multipliers").items()}
        self._signs = _by_length(rules.table("comparators"))
        self._signs_after = _by_length(rules.table("after_number"))
        self._needing = {(word, sign) for sign, words in rules.table("needs_after").items() for word in words}
        self._not_before = _ending_in(rules.texts("not_before"))
        self._ranks = _ending_in(rules.texts("ranks"))
        self._not_after = {phrase_keys(phrase) for phrase in rules.texts("not_after")}

    def find(self, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[NumberSpan]:
        """List the figures in a sentence in their order.

        :param taken: spans that hold no figures, such as those of times and documents
        """
        lowered = sentence.text.lower()
        numbers = []
        for match in _NUMBER.finditer(lowered):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            before = lowered[max(0, match.start() - _LOOKBACK) : match.start()].rstrip(' (“"')
            if number := self._read(sentence, match, before):
                numbers.append(number)
        return numbers

    def _read(self, sentence: Sentence, match: re.Match[str], before: str) -> NumberSpan | None:
        is_rank = self._ranks.search(before) is not None
        if not is_rank and self._not_before.search(before):
            return None
        words = tokens(sentence.text[match.end() : match.end() + 60], sentence.start + match.end())
        if any(tuple(word.key for word in words[: len(keys)]) == keys for keys in self._not_after):
            return None
        return self._with_unit(sentence, match, before, words, is_rank)

    def _with_unit(
        self, sentence: Sentence, match: re.Match[str], before: str, words: list[Token], is_rank: bool
    ) -> NumberSpan | None:
        times, index = self._multiplier(words)
        value = _value(match[0], times)
        unit = self._units.longest(words, index)
        if value is None or not (unit or is_rank or times != 1):
            return None
        end = unit[0] if unit else index
        stop = words[end - 1].end if end else sentence.start + match.end()
        following = tuple(word.key for word in words[end : end + 2])
        sign = "" if is_rank else self._sign(before, following)
        counted = sentence.text[words[index].start - sentence.start : stop - sentence.start] if unit else ""
        start = sentence.start + match.start()
        return NumberSpan(start, stop, sign + value, unit[1] if unit else "", counted, is_rank)

    def _multiplier(self, words: list[Token]) -> tuple[Decimal, int]:
        """Read words such as "million" after a number: their product, and the index of the next word."""
        times, index = Decimal(1), 0
        while index < len(words) and words[index].key in self._multipliers:
            times *= self._multipliers[words[index].key]
            index += 1
        return times, index

    def _sign(self, before: str, following: tuple[str, ...]) -> str:
        after = next((sign for words, sign in self._signs_after if following == phrase_keys(words)), "")
        spaced = f" {before}"
        for words, sign in self._signs:
            if spaced.endswith(f" {words}") and ((words, sign) not in self._needing or after):
                return sign
        return after


def _value(text: str, times: Decimal) -> str | None:
    """Write a number as articles do; ``None`` if it is written in no Vietnamese way."""
    parts = text.split("/")
    try:
        values = [read_number(part) for part in parts]
    except FaultError:
        return None
    if len(values) > 1 and values[1] == 0:
        return None
    return "/".join(plain(value * times).replace(".", ",") for value in values)


def _by_length(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    pairs = [(words, sign) for sign, listed in table.items() for words in listed]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _ending_in(phrases: Sequence[str]) -> re.Pattern[str]:
    """Match a text that ends in one of some phrases."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})$")
