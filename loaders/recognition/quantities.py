"""Recognition of figures in sentences: number, comparison, unit; versions and levels are none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ...problems import FaultError
from ..text.numbers import plain, read_number
from .phrases import phrase_tree
from .spans import NumberSpan, overlaps_any
from .tokens import PhraseTree, phrase_keys, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .spans import Sentence
    from .tokens import Token

_NUMBER = r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?"
_LOOKBACK = 40  # characters before a number, in which its comparison stands
_LOOKAHEAD = 60  # characters after a number, in which its unit stands
_PER_CENT = "%"
_OWN_MARK = ","  # the decimal mark of articles
_FOREIGN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")  # 125,430 and 68.5
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")


class QuantityFinder:
    """Finds the figures that sentences state."""

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._units: PhraseTree[str] = PhraseTree()
        for name, words in rules.table("units").items():
            for phrase in words:
                self._units.add(phrase_keys(phrase), name if name in lexicon.units else "")
        for name, term in lexicon.units.items():
            self._units.add(phrase_keys(term.values.get(rules.language, name)), name)
        for phrase in rules.texts("counted"):
            self._units.add(phrase_keys(phrase), "")
        self._multipliers = {word: Decimal(times[0]) for word, times in rules.table("multipliers").items()}
        self._signs = _by_length(rules.table("comparators"))
        self._signs_after = _by_length(rules.table("after_number"))
        self._needing = {(word, sign) for sign, words in rules.table("needs_after").items() for word in words}
        self._not_before = _ending_in(rules.texts("not_before"))
        self._still_before = _ending_in(rules.texts("still_before"))
        self._uncounted = phrase_tree(rules.texts("uncounted"))
        self._ranks = _ending_in(rules.texts("ranks"))
        self._not_after = {phrase_keys(phrase) for phrase in rules.texts("not_after")}
        self._fillers = frozenset(rules.texts("unit_fillers"))
        self._units_before = _by_length(rules.table("units_before"))
        money = [f"(?<={re.escape(words)})" for words, _ in self._units_before]
        start = "|".join([r"(?<![\w.,-])(?<!\d/)", *money])
        self._number = re.compile(rf"(?:{start}){_NUMBER}(?:{rules.text('ordinal')})?(?![\w/]|[.,]\d)")
        self._ordinal = re.compile(rf"(?:{rules.text('ordinal')})$")
        self._rank_of = re.compile(rules.text("rank_of"))
        self._counts_any = bool(rules.texts("uncounted"))  # without this list only what has a unit counts
        self._decimal_mark = rules.text("decimal_mark")

    def find(self, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[NumberSpan]:
        """List the figures in a sentence in their order.

        :param taken: spans that hold no figures, such as those of times and documents
        """
        lowered = sentence.text.lower()
        numbers: list[NumberSpan] = []
        for match in self._number.finditer(lowered):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            is_read = numbers and start < numbers[-1].end  # as the 63 of "14th of 63 provinces"
            if is_read or overlaps_any(start, end, taken):
                continue
            before = lowered[max(0, match.start() - _LOOKBACK) : match.start()].rstrip(' (“"')
            if number := self._read(sentence, match, before):
                numbers.append(number)
        return numbers

    def _read(self, sentence: Sentence, match: re.Match[str], before: str) -> NumberSpan | None:
        is_rank = self._ranks.search(before) is not None
        is_ordinal = self._ordinal.search(match[0]) is not None and not match[0][-1].isdigit()
        if not is_rank and (is_ordinal or self._is_no_figure(before)):
            return None
        after = sentence.text[match.end() : match.end() + _LOOKAHEAD]
        if is_rank:
            return self._rank(sentence, match, after.lower())
        words = tokens(after, sentence.start + match.end())
        if any(tuple(word.key for word in words[: len(keys)]) == keys for keys in self._not_after):
            return None
        return self._with_unit(sentence, match, before, words)

    def _is_no_figure(self, before: str) -> bool:
        """Tell whether the words before a number make it a name, a time or a version."""
        return bool(self._not_before.search(before)) and not self._still_before.search(before)

    def _rank(self, sentence: Sentence, match: re.Match[str], after: str) -> NumberSpan | None:
        """Read a place in a ranking, with the number of places where the words after it tell it."""
        value = self._value(self._ordinal.sub("", match[0]), Decimal(1), "")
        of = self._rank_of.match(after)
        end = sentence.start + match.end() + (of.end() if of else 0)
        if value and of and "/" not in value:
            value = f"{value}/{of['of']}"
        return NumberSpan(sentence.start + match.start(), end, value, "", "", True) if value else None

    def _with_unit(
        self, sentence: Sentence, match: re.Match[str], before: str, words: list[Token]
    ) -> NumberSpan | None:
        times, index = self._multiplier(words)
        unit = self._unit(words, index)
        mark, money = next((pair for pair in self._units_before if before.endswith(pair[0])), ("", ""))
        before = before.removesuffix(mark).rstrip()
        name = money or (unit[1] if unit else "")
        value = self._value(match[0], times, name)
        if value is None or not (unit or money or times != 1):
            return None
        end = unit[0] if unit else index
        stop = words[end - 1].end if end else sentence.start + match.end()
        sign = self._sign(before, tuple(word.key for word in words[end : end + 2]))
        counted = sentence.text[words[index].start - sentence.start : stop - sentence.start] if unit else ""
        return NumberSpan(sentence.start + match.start(), stop, sign + value, name, counted)

    def _unit(self, words: list[Token], index: int) -> tuple[int, str] | None:
        """Find the unit right after a number, over words that only describe what is counted."""
        unit = self._units.longest(words, index)
        while unit is None and index < len(words) and words[index].key in self._fillers:
            index += 1
            unit = self._units.longest(words, index)
        return unit or self._noun(words, index)

    def _noun(self, words: list[Token], index: int) -> tuple[int, str] | None:
        """Take a word after a number as what is counted, although there is no unit for it."""
        if index >= len(words) or self._uncounted.longest(words, index):
            return None
        word = words[index]
        is_noun = self._counts_any and word.key.isalpha() and not word.is_capital and len(word.key) > 1
        return (index + 1, "") if is_noun else None

    def _value(self, text: str, times: Decimal, unit: str) -> str | None:
        """Write a number as articles do; ``None`` if it is written in no known way."""
        try:
            values = [self._number_value(part, unit) for part in text.split("/")]
        except FaultError:
            return None
        if len(values) > 1 and values[1] == 0:
            return None
        return "/".join(plain(value * times).replace(".", ",") for value in values)

    def _number_value(self, text: str, unit: str) -> Decimal:
        """Read a number in the notation of the language; translations often keep that of the original.

        :raises FaultError: KG050 if it is written in another notation
        """
        is_foreign = self._decimal_mark != _OWN_MARK
        is_kept = unit not in {"", _PER_CENT} and _GROUPED.fullmatch(text)  # no part of a thing is counted
        if is_foreign and not is_kept and _FOREIGN.fullmatch(text):
            text = text.replace(",", "").replace(".", _OWN_MARK)
        return read_number(text)

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


def _by_length(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    pairs = [(words, sign) for sign, listed in table.items() for words in listed]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _ending_in(phrases: Sequence[str]) -> re.Pattern[str]:
    """Match a text that ends in one of some phrases."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})$")
