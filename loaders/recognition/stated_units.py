"""The administrative unit that the words of a body tell: within its name, or right beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .phrases import capitals_end
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .phrases import RulePhrases
    from .spans import NamedThing, Sentence
    from .tokens import Token


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """A unit that stands within the name of a body or beside it, as in "UBND phường Bình An".

    :param kind: class of units that the word for it tells
    :param word: that word in its spelling for comparison
    :param name: its name; empty where words only tell of which level the body is ("UBND phường")
    :param surface: word and name as printed
    :param body: the body with its unit as printed
    :param is_plural: whether several units are meant ("UBND các phường")
    """

    kind: str
    word: str
    name: str
    surface: str
    body: str
    is_plural: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit stands among the words of a sentence: `word` to `word_end` is the word for its kind."""

    kind: str
    start: int
    end: int
    word: int
    word_end: int
    is_plural: bool = False


def stated_unit(phrases: RulePhrases, sentence: Sentence, thing: NamedThing) -> StatedUnit | None:
    """Return the unit that the words of a body tell; ``None`` without any."""
    words = tokens(sentence.text, sentence.start)
    first = next((index for index, word in enumerate(words) if word.start >= thing.start), len(words))
    end = next((index for index, word in enumerate(words) if word.start >= thing.end), len(words))

    def printed(start: int, stop: int) -> str:
        is_any = start < stop
        places = (words[start].start, words[stop - 1].end) if is_any else (sentence.start, sentence.start)
        return sentence.text[places[0] - sentence.start : places[1] - sentence.start]

    if place := _opening(phrases, words, first, end):
        name = printed(place.start, place.end)
        word = printed(place.word, place.word_end).lower()
        body = printed(first, max(end, place.end))
        return StatedUnit(place.kind, word, name, f"{word} {name}", body)
    place = next(_places(phrases, words, first, end), None)
    if place is None:
        return None
    word = " ".join(word.key for word in words[place.word : place.word_end])
    is_word_first = place.start == place.word
    name = printed(place.word_end, place.end) if is_word_first else printed(place.start, place.word)
    body = printed(min(first, place.start), max(end, place.end))
    return StatedUnit(place.kind, word, name, printed(place.start, place.end), body, place.is_plural)


def _opening(phrases: RulePhrases, words: list[Token], first: int, end: int) -> _Place | None:
    """Find the unit of a body whose name opens with the word for it, as "Huyện uỷ Đồi Cao".

    :returns: with the place of the name alone, which is empty if there is none
    """
    unit = phrases.unit_words.longest(words, first)
    if unit is None or unit[0] >= end or unit[1] not in phrases.listed_units:
        return None
    places = range(unit[0], min(end + 1, len(words)))
    start = next((index for index in places if words[index].is_capital), end)
    return _Place(unit[1], start, _name_end(phrases, words, start, end), first, unit[0])


def _places(phrases: RulePhrases, words: list[Token], first: int, end: int) -> Iterator[_Place]:
    """Find units in the name of a body, then after it, then before it."""
    index = first
    while index < end:
        no_unit = phrases.no_units.longest(words, index)
        if no_unit is None and index > first and (unit := phrases.unit_words.longest(words, index)):
            yield _Place(unit[1], index, _name_end(phrases, words, unit[0], end), index, unit[0])
        if after := phrases.unit_words_after.longest(words, index):
            yield _Place(after[1], _name_start(phrases, words, index), after[0], index, after[0])
        index = no_unit[0] if no_unit else index + 1
    yield from _after(phrases, words, end)
    for index in range(max(0, first - 2), first):
        if (after := phrases.unit_words_after.longest(words, index)) and after[0] == first:
            yield _Place(after[1], _name_start(phrases, words, index), first, index, first)


def _after(phrases: RulePhrases, words: list[Token], end: int) -> Iterator[_Place]:
    """Find a unit right after a name, behind words such as "of the" and "các"."""
    link = phrases.place_links.longest(words, end)
    start = link[0] if link else end
    quantifier = phrases.quantifiers.longest(words, start)
    start = quantifier[0] if quantifier else start
    if phrases.no_units.longest(words, start):
        return
    if unit := phrases.unit_words.longest(words, start):
        stop = _name_end(phrases, words, unit[0], end)
        yield _Place(unit[1], start, stop, start, unit[0], is_plural=quantifier is not None)
    for index in range(start, capitals_end(words, start) + 1):
        if (link or index == start) and (after := phrases.unit_words_after.longest(words, index)):
            yield _Place(after[1], start, after[0], index, after[0])


def _name_end(phrases: RulePhrases, words: list[Token], start: int, end: int) -> int:
    """Return the end of the name of a unit, which is no person's name that follows the name of a body.

    :param end: of the name of the body
    """
    if start >= end and start < len(words) and phrases.is_surname(words, start):
        return start
    return phrases.before_person(words, start, capitals_end(words, start))


def _name_start(phrases: RulePhrases, words: list[Token], end: int) -> int:
    """Return the index at which a run of capitalised words begins that ends before an index."""
    start = end
    while start and words[start - 1].is_capital and words[start - 1].key.isalpha():
        start -= 1
    while start < end and words[start].key in phrases.dangling:  # "The" at the beginning of a sentence
        start += 1
    return start
