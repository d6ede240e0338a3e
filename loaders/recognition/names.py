"""Recognition of names in sentences, by dictionaries made from the register, the ontology and the rules.

A name is found by its longest known form. Names of systems go on over words that names of systems have in
this order elsewhere, and every name goes on over the administrative unit that follows it. In a language whose
nouns stand last, a run of known modifiers before such a noun is a name, and places stand before names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...graph.text import spelling
from .name_dictionary import (
    AGENT,
    BODY,
    DISTRICT,
    HYPHEN,
    INFORMATION_SYSTEM,
    PERSON,
    PROVINCE,
    SYSTEM,
    UNIT,
    NameDictionary,
)
from .phrases import capitals_end, is_digits, is_number, quoted_name, short_name_end
from .spans import NamedThing, overlaps_any
from .tokens import phrase_keys, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .spans import Sentence
    from .tokens import PhraseTree, Token

COMMITTEE = "SteeringCommittee"
_SHORT = r"[^\W\d_a-z][\w&-]{1,11}"
_ABBREVIATION = re.compile(rf"\s*\(\s*({_SHORT}(?:,\s*{_SHORT})*)\s*\)")


class NameFinder(NameDictionary):
    """Finds the names of things in sentences.

    :param lexicon: the register, from which names and their parts are learnt
    """

    def find(
        self, sentence: Sentence, taken: Sequence[tuple[int, int]], learnt: PhraseTree[tuple[str, str]]
    ) -> list[NamedThing]:
        """Find the names in a sentence.

        :param taken: spans that hold no names, such as those of documents and dates
        :param learnt: names of this text alone, with class and long form; abbreviations it explains are added
        """
        words = tokens(sentence.text, sentence.start)
        free = [not overlaps_any(word.start, word.end, taken) for word in words]
        things: list[NamedThing] = []
        index = 0
        while index < len(words):
            found = (
                (self._at(words, index, learnt) or self._listed_unit(words, index, things))
                if free[index]
                else None
            )
            end = found[0] if found else index + 1
            skipped = self._phrases.skipped.longest(words, index)
            if skipped and skipped[0] >= end:
                index = skipped[0]
                continue
            if found and all(free[index:end]) and self._is_written_so(sentence, words[index:end]):
                thing, end = self._joined(sentence, words, (index, found), learnt)
                things.append(thing)
            index = end
        return things

    def _listed_unit(
        self, words: list[Token], first: int, things: Sequence[NamedThing]
    ) -> tuple[int, str, str] | None:
        """Find the next unit of a list, which only its first unit has the word for: xã A, B và C."""
        is_next = things and first > 1 and things[-1].end == words[first - 2].end
        if not is_next or words[first - 1].key not in self._phrases.list_words:
            return None
        kind, end = things[-1].kind, capitals_end(words, first)
        is_closed = (
            end == len(words) or not words[end].key.isalpha() or words[end].key in self._phrases.list_words
        )
        is_named = end > first + 1 and is_closed and kind in self._phrases.listed_units
        return (end, kind, "") if is_named else None

    def _is_written_so(self, sentence: Sentence, words: list[Token]) -> bool:
        """Tell whether a short name of capitals, such as IT, is no other word: it is written in capitals."""
        surface = sentence.text[words[0].start - sentence.start : words[-1].end - sentence.start]
        return len(words) > 1 or words[0].key not in self._capitals or surface.isupper()

    def _thing(
        self, sentence: Sentence, words: list[Token], first: int, found: tuple[int, str, str]
    ) -> NamedThing:
        end, kind, long_form = found
        first = self._phrases.start(words, first, end)
        if kind == PERSON and (person := self._phrases.persons.longest(words, first)):
            first = person[0]
        start, stop = words[first].start, words[end - 1].end
        surface = sentence.text[start - sentence.start : stop - sentence.start]
        return NamedThing(start, stop, surface, kind, long_form=long_form)

    def _joined(
        self,
        sentence: Sentence,
        words: list[Token],
        place: tuple[int, tuple[int, str, str]],
        learnt: PhraseTree[tuple[str, str]],
    ) -> tuple[NamedThing, int]:
        """Make the thing of a name; an abbreviation in parentheses after it belongs to it, and is learnt.

        :param place: the index of its first word, and what was found there
        :returns: the thing, and the index of the word after it
        """
        first, found = place
        thing = self._thing(sentence, words, first, found)
        match = _ABBREVIATION.match(sentence.text, thing.end - sentence.start)
        if match is None or self._is_no_abbreviation(match[1], thing.kind):
            return thing, found[0]
        stop = sentence.start + match.end()
        closed = next(
            (index for index in range(found[0], len(words)) if words[index].start >= stop), len(words)
        )
        end, kind = self._continued(words, first, closed, thing.kind)
        end_offset = words[end - 1].end
        surface = sentence.text[thing.start - sentence.start : end_offset - sentence.start]
        name = thing.long_form or thing.surface + surface[stop - thing.start :]
        if "," not in match[1] and not self._abbreviations.is_known(spelling(match[1])):
            learnt.add(phrase_keys(match[1]), (kind, name))
            self._learn_capitals(match[1])
        return NamedThing(thing.start, end_offset, surface, kind, long_form=name), end

    def _is_no_abbreviation(self, text: str, kind: str) -> bool:
        """Tell whether a word in parentheses after a name is another thing, not a short name of the same."""
        if self._lexicon.fits(kind, UNIT) or kind == PERSON:
            return True
        known = self._names.longest(tokens(text), 0)
        return not text.isupper() and not (known and self._lexicon.fits(known[1], kind))

    def _at(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> tuple[int, str, str] | None:
        """Find the longest name at a word: its end, its class, and the words that it abbreviates."""
        candidates = [
            *self._proper(words, first),
            *self._with_place_before(words, first, learnt),
            *self._named(words, first, learnt),
            *self._opened(words, first),
            *self._bodies(words, first, learnt),
            *self._led(words, first),
        ]
        return max(candidates, key=lambda candidate: candidate[0], default=None)

    def _named(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """Find names of the text, of the register and the rules, those that a head opens, and groups."""
        if short := learnt.longest(words, first):
            yield short[0], *short[1]
        if named := self._known_name(words, first):
            yield *self._continued(words, first, *named), ""
        elif head := self._phrases.heads.longest(words, first):
            end, kind = self._continued(words, first, *head)
            if end > head[0]:
                yield end, kind, ""
        for end, kind in self._phrases.groups(words, first):
            yield *self._continued(words, first, end, kind), ""

    def _opened(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find systems that are named by a head noun and words that no dictionary holds."""
        head = self._open.head(words, first)
        named = self._names.longest(words, first)
        if head is None or (named and not self._open.goes_on(words, first, *named)):
            return
        start, kind = max(head, named or head)
        system_end = self._continued_system(words, start)
        if (end := self._open.end(words, first, system_end, self._body_names)) > system_end:
            kind = self._phrases.kind(words[first:end], kind, self._lexicon)
            yield self._over_place(words, end), kind, ""

    def _led(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find names after words that lead to them, and names whose head noun stands last."""
        if led := self._phrases.led.longest(words, first):
            yield led[0], led[1][1], ""
        elif (head := self._phrases.led_heads.longest(words, first)) and (
            end := self._short_name_end(words, head[0])
        ):
            yield end, head[1], ""
        elif head and (quoted := quoted_name(words, head[0])):
            yield quoted[1], head[1], ""
        if self._phrases.modifiers and (final := self._head_last(words, first)):
            yield *final, ""

    def _bodies(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """Find bodies by the noun for their kind and a name in capitals, or by words before another body."""
        if not words[first].is_capital or words[first].is_acronym:
            return
        if (head := self._phrases.body_heads.longest(words, first)) and (
            (end := self._body_name_end(words, head[0])) > head[0]
        ):
            yield *self._continued(words, first, end, head[1]), ""
        opening = self._phrases.body_openings.longest(words, first)
        if opening and opening[0] < len(words):
            body = self._at(words, opening[0], learnt)
            if body and self._lexicon.fits(body[1], BODY):
                yield body[0], opening[1], ""

    def _body_name_end(self, words: list[Token], first: int) -> int:
        """Return the end of a name that begins with a capital and goes on as names of bodies do."""
        end = capitals_end(words, first)
        while first < end < len(words) and self._goes_on(words, end):
            end += 1
        is_followed = end < len(words) and words[end].key.isalpha()
        while is_followed and end > first and not self._may_end(words[end - 1]):
            end -= 1
        return self._phrases.without_dangling(words, end, first)

    def _goes_on(self, words: list[Token], place: int) -> bool:
        """Tell whether a word belongs to the name of a body that stands before it."""
        if self._phrases.body_stops.longest(words, place) or (
            words[place].key == "," and self._phrases.body_heads.longest(words, place + 1)
        ):
            return False
        if words[place].is_capital and self._body_names.longest(words, place):
            return False
        if (words[place - 1].key, words[place].key) in self._body_followers:
            return True
        if words[place].key == HYPHEN:
            return place + 1 < len(words) and words[place + 1].is_capital
        is_name = words[place].is_capital and words[place].key.isalpha()
        return is_name and not self._known_unit(words, place)

    def _may_end(self, word: Token) -> bool:
        return word.is_capital or word.key in self._body_ends

    def _proper(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find administrative units and persons, which have capital letters."""
        unit = self._phrases.unit_words.longest(words, first)
        known = self._known_unit(words, first)
        if known:
            yield *known, ""
            acronym = self._phrases.acronyms.longest(words, known[0])
            named = acronym and self._names.longest(words, known[0])
            if named and self._lexicon.fits(named[1], SYSTEM):
                yield *named, ""
            if brand := self._open.brand_end(words, known[0]):
                yield brand, INFORMATION_SYSTEM, ""
        elif (
            words[first].key not in self._phrases.dangling
            and (end := capitals_end(words, first)) > first
            and (after := self._phrases.unit_words_after.longest(words, end))
        ):
            yield *after, ""
        elif (
            unit
            and not self._phrases.no_units.longest(words, first)
            and (end := capitals_end(words, unit[0])) > unit[0]
        ):
            is_city = unit[1] == PROVINCE and words[first].key in self._phrases.city_words
            yield end, DISTRICT if is_city and not self._cities.longest(words, unit[0]) else unit[1], ""
        yield from self._persons(words, first)

    def _persons(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find a person after a form of address, or by a surname with at least two more names."""
        address = self._phrases.persons.longest(words, first)
        start = address[0] if address else first
        if address and self._phrases.body_heads.longest(words, start):
            return  # the office of a body: Bộ trưởng Bộ Nông nghiệp
        least = start + (1 if address else 2)
        end = capitals_end(words, start)
        if end > least and (address or self._phrases.is_surname(words, first)):
            yield end, PERSON, ""

    def _known_unit(self, words: list[Token], first: int) -> tuple[int, str] | None:
        """Find a unit of the register, with the word for its kind after it."""
        known = self._units.longest(words, first)
        if known is None or not all(
            word.is_capital or word.key == HYPHEN for word in words[first : known[0]][-2:]
        ):
            return None
        after = self._phrases.unit_words_after.longest(words, known[0])
        return (after[0], known[1]) if after else known

    def _with_place_before(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """Find a name that opens with its place: a unit, a word such as "provincial", or both."""
        unit = self._known_unit(words, first) if self._phrases.modifiers else None
        start = unit[0] if unit else first
        if opening := self._phrases.place_openings.longest(words, start):
            start = opening[0]
        if start > first and start < len(words):
            if short := learnt.longest(words, start):
                yield short[0], *short[1]
            elif named := self._names.longest(words, start):
                yield *self._continued(words, start, *named), ""
            elif final := self._head_last(words, start):
                yield *final, ""

    def _head_last(self, words: list[Token], first: int) -> tuple[int, str] | None:
        """Find a run of modifiers that ends in a head noun: its end, and its class."""
        end = first
        while end < len(words) and words[end].key in self._phrases.modifiers:
            end += 1
        if words[first].key in self._phrases.dangling:
            return None
        heads = [self._phrases.final_heads.longest(words, index) for index in range(end, first, -1)]
        head = next(filter(None, heads), None)
        if head is None:
            return None
        stop, kind = head
        telling = self._phrases.kind(words[first:stop], SYSTEM, self._lexicon)
        return self._over_place(words, stop), kind if telling == SYSTEM else telling

    def _continued(self, words: list[Token], first: int, end: int, kind: str) -> tuple[int, str]:
        """Carry a name on over further words of names and over the place that follows."""
        if self._lexicon.fits(kind, SYSTEM):
            end = self._phrases.without_dangling(words, self._continued_system(words, end), end)
            kind = self._phrases.kind(words[first:end], kind, self._lexicon)
        elif self._lexicon.fits(kind, AGENT):
            end = self._continued_body(words, end, kind)
        end = end if kind in self._phrases.unplaced else self._over_place(words, end)
        return self._over_version(words, end, kind), kind

    def _over_version(self, words: list[Token], end: int, kind: str) -> int:
        """Carry a name on over the number of its version: Kiến trúc … phiên bản 2.0."""
        version = self._phrases.versions.longest(words, end)
        if not version or version[1] != kind or not is_digits(words, version[0]):
            return end
        is_decimal = (
            is_digits(words, version[0] + 2) and words[version[0] + 2].start == words[version[0]].end + 1
        )
        after = version[0] + (3 if is_decimal else 1)
        is_closed = words[end].key == "(" and after < len(words) and words[after].key == ")"
        return after + is_closed

    def _continued_body(self, words: list[Token], end: int, kind: str) -> int:
        end = self._over_topic(words, end, kind)
        while phrase := self._phrases.body_continuations.longest(words, end):
            if self._over_place(words, end) > phrase[0]:
                break
            end = phrase[0]
        return self._over_topic(words, end, kind)

    def _over_topic(self, words: list[Token], end: int, kind: str) -> int:
        """Carry the name of a committee on over its number and over what it is for: Ban Chỉ đạo 35 về …"""
        topic = self._phrases.body_topics.longest(words, end)
        if kind == COMMITTEE and is_number(words, end):
            topic = self._phrases.body_topics.longest(words, end + 1) or (end + 1, kind)
        return topic[0] if topic and topic[1] == kind else end

    def _continued_system(self, words: list[Token], end: int) -> int:
        safe_end = end  # the end of the last words that are known to end a name
        while end < len(words):
            phrase = self._phrases.continuations.longest(words, end) or self._phrases.acronyms.longest(
                words, end
            )
            if phrase:
                safe_end = end = phrase[0]
            elif (words[end - 1].key, words[end].key) in self._followers:
                end += 1
                is_end = (words[end - 2].key, words[end - 1].key) in self._system_ends
                safe_end = end if is_end else safe_end
            elif after := self._short_name_end(words, end):
                safe_end = end = after
            else:
                break
        return safe_end

    def _short_name_end(self, words: list[Token], first: int) -> int:
        """Return the end of a short name of a system, such as iOffice or Hue-S; 0 without one."""
        end = short_name_end(words, first)
        if not end or words[first - 1].is_acronym or self._abbreviations.is_known(words[first].key):
            return 0
        known = self._names.longest(words, first)
        return end if known is None or self._lexicon.fits(known[1], SYSTEM) else 0

    def _over_place(self, words: list[Token], end: int) -> int:
        if link := self._phrases.place_links.longest(words, end):
            known = self._known_unit(words, link[0])
            return known[0] if known else end
        unit = self._phrases.unit_words.longest(words, end)
        if unit is None:
            known = self._known_unit(words, end)
            return known[0] if known else end
        if known := self._known_unit(words, unit[0]):
            return known[0]
        capitals = self._phrases.before_person(words, unit[0], capitals_end(words, unit[0]))
        if capitals > unit[0] or unit[1] == PROVINCE:
            return capitals
        return end
