"""The phrases of the rules by which names are recognised, as trees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .tokens import PhraseTree, phrase_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .tokens import Token

GROUP, PERSON_GROUP = "BodyGroup", "PersonGroup"
_SYSTEM_GROUP = "SystemGroup"
_LED = "|"  # between words that must stand before a name, and the name
_APOSTROPHES = frozenset("'’ʼ")
_LONGEST_PROPER_NAME = 4  # words
_COMMITTEE_NUMBER = re.compile(r"\d{2,4}")
_LONGEST_QUOTE = 8  # words between quotation marks that name one thing
_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»"}


class RulePhrases:
    """The phrases of the rules that open names, go on with them, or name nothing.

    :param rules: the rules of a language
    """

    def __init__(self, rules: DraftRules) -> None:
        self.heads = phrase_classes(rules, "heads")
        self.final_heads = phrase_classes(rules, "final_heads")
        self.body_heads = phrase_classes(rules, "body_heads")
        self.body_openings = phrase_classes(rules, "body_openings")
        self.unit_words = phrase_classes(rules, "unit_words")
        self.unit_words_after = phrase_classes(rules, "unit_words_after")
        self.place_openings = phrase_tree(rules.texts("place_openings"))
        self.no_units = phrase_tree(rules.texts("no_units"))
        self.quantifiers = phrase_tree(rules.texts("quantifiers"))
        self.place_links = phrase_tree(rules.texts("place_links"))
        self.continuations = phrase_tree(rules.texts("continuations"))
        self.body_continuations = phrase_tree(rules.texts("body_continuations"))
        self.body_topics = phrase_classes(rules, "body_topics")
        self.versions = phrase_classes(rules, "versions")
        self.body_stops = phrase_tree(rules.texts("body_stops"))
        self.persons = phrase_tree(rules.texts("person_words"))
        self.skipped = phrase_tree(rules.texts("skipped"))
        self.links = frozenset(rules.texts("place_links"))
        self.modifiers = frozenset(rules.texts("modifiers"))
        self.dangling = frozenset(rules.texts("dangling"))
        self._add_groups(rules)
        self._several = frozenset(rules.texts("several"))
        self._surnames = frozenset(rules.texts("surnames"))
        self.list_words = frozenset(rules.texts("list_words"))
        self.listed_units = frozenset(rules.listed("listed_units"))
        self.unplaced = frozenset(rules.listed("unplaced"))  # classes after whose names no place belongs
        self.common = rules.listed("common_nouns")  # classes whose names are common nouns
        self.led: PhraseTree[tuple[int, str]] = PhraseTree()  # number of words before the name, and its class
        self._add_led(rules)
        self.led_heads = phrase_classes(rules, "led_heads")
        names = rules.listed_in("names")  # heads stand before short names of systems
        self.acronyms = phrase_tree(
            name for name in names if name[1:] != name[1:].lower() and " " not in name
        )
        self._kind_words = [
            (kind, [f" {' '.join(phrase_keys(phrase))} " for phrase in phrases])
            for kind, phrases in rules.table("kind_words").items()
        ]

    def _add_groups(self, rules: DraftRules) -> None:
        self._groups = phrase_tree(rules.texts("group_words"))
        self._group_openings = phrase_tree(rules.texts("group_openings"))
        self._places = frozenset(rules.texts("group_places"))
        self._city_words = [phrase_keys(word) for word in rules.texts("city_words")]
        self.city_words = frozenset(word[0] for word in self._city_words)
        self.city_phrases = frozenset(map(" ".join, self._city_words))
        self._staff = phrase_tree(rules.texts("staff_words"))

    def _add_led(self, rules: DraftRules) -> None:
        for kind, names in rules.table("led_names").items():
            for before, _, name in (text.partition(_LED) for text in names):
                leading = phrase_keys(before)
                self.led.add((*leading, *phrase_keys(name)), (len(leading), kind))

    def start(self, words: list[Token], first: int, end: int) -> int:
        """Return the index at which a name begins, after words that lead to it and do not belong to it."""
        led = self.led.longest(words, first)
        if led and led[0] == end:
            return first + led[1][0]
        head = self.led_heads.longest(words, first)
        if head and (quoted := quoted_name(words, head[0])) and quoted[1] == end:
            return quoted[0]
        return head[0] if head and short_name_end(words, head[0]) == end else first

    def groups(self, words: list[Token], first: int) -> Iterator[tuple[int, str]]:
        """Find lists of kinds of bodies, such as "các sở, ngành và địa phương", or of staff."""
        opening = self._group_openings.longest(words, first)
        start = opening[0] if opening else first
        end = self._list_end(self._groups, words, start)
        is_of_places = all(word.key in self._places for word in words[start:end] if word.key.isalpha())
        if end > start and (opening or not is_of_places):
            yield end, GROUP
        if (end := self._list_end(self._staff, words, first, is_joined=True)) > first:
            yield end, PERSON_GROUP

    def _list_end(
        self, kinds: PhraseTree[str], words: list[Token], start: int, *, is_joined: bool = False
    ) -> int:
        """Return the index after a list of two phrases at least, which is its start if there is none.

        :param is_joined: whether the phrases may follow each other without a word or a sign between
        """
        end, place, count = start, start, 0
        while place < len(words) and (phrase := kinds.longest(words, place)):
            end, count = phrase[0], count + 1
            place = end
            while place < len(words) and words[place].key in self.list_words:
                place += 1
            if place == end and not is_joined:
                break
        return end if count > 1 else start

    def without_city_word(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the name of a city without the word for its kind; empty for other units."""
        opening = next((word for word in self._city_words if keys[: len(word)] == word), ())
        return keys[len(opening) :] if opening else ()

    def is_surname(self, words: Sequence[Token], first: int) -> bool:
        """Tell whether a word, not wholly in capitals, is a surname: names of persons begin with it."""
        return words[first].key in self._surnames and words[first].is_capital and not words[first].is_acronym

    def before_person(self, words: Sequence[Token], first: int, end: int) -> int:
        """Return the end of a name of a place, before the name of a person that follows it."""
        persons = (index for index in range(first + 1, end - 1) if self.is_surname(words, index))
        return next(persons, end)

    def kind(self, words: Sequence[Token], kind: str, lexicon: Lexicon) -> str:
        """Return the class that the words of a name tell, where it fits the class found so far."""
        text = f" {' '.join(word.key for word in words)} "
        head = self.heads.longest([*words], 0) if kind == _SYSTEM_GROUP else None
        if head and not self._several.intersection(word.key for word in words):
            kind = head[1]  # its name tells one system, although a register has it for several
        for name, phrases in self._kind_words:
            if any(phrase in text for phrase in phrases):
                return name if lexicon.fits(name, kind) else kind
        return kind

    def without_dangling(self, words: Sequence[Token], end: int, start: int) -> int:
        """Return the end of a name without words with which none ends; no earlier than a start."""
        while end > start and words[end - 1].key in self.dangling:
            end -= 1
        return end


def quoted_name(words: Sequence[Token], first: int) -> tuple[int, int] | None:
    """Return the place of a name of few words between the quotation marks that open at a word."""
    closing = _QUOTES.get(words[first].key) if first + 1 < len(words) else None
    places = range(first + 2, min(len(words), first + 2 + _LONGEST_QUOTE))
    end = next((place for place in places if words[place].key == closing), 0)
    return (first + 1, end) if closing and end and words[first + 1].is_capital else None


def capitals_end(words: Sequence[Token], first: int) -> int:
    """Return the index after a run of capitalised words, which is the index itself if there is none.

    A hyphen or an apostrophe within a word goes with it: Phan Rang-Tháp Chàm, Cư M'gar.
    """
    end, count = first, 0
    while (
        end < len(words)
        and count < _LONGEST_PROPER_NAME
        and words[end].is_capital
        and words[end].key.isalpha()
    ):
        end, count = end + 1, count + 1
        if (
            end + 1 < len(words)
            and words[end - 1].end == words[end].start
            and words[end + 1].start == words[end].end
        ):
            if words[end].key in _APOSTROPHES:
                end += 2
            elif words[end].key == "-" and words[end + 1].is_capital:
                end, count = end + 1, count - 1
    return end


def _is_prefixed(words: Sequence[Token], first: int) -> bool:
    """Tell whether a letter and a hyphen open a name at a word, as in e-Office."""
    if first < 0 or first + 2 >= len(words) or len(words[first].key) > 1 or words[first + 1].key != "-":
        return False
    return (
        words[first].end == words[first + 1].start == words[first + 2].start - 1
        and words[first + 2].is_capital
    )


def short_name_end(words: Sequence[Token], first: int) -> int:
    """Return the index after a name with capitals in its words, as iOffice or Hue-S; 0 without one."""
    end = first
    if _is_prefixed(words, first):
        first = end = first + 2
    while end < len(words) and (end == first or words[end].start == words[end - 1].end):
        is_joint = words[end].key == "-" and end + 1 < len(words) and words[end + 1].is_capital
        if not (words[end].is_acronym or words[end].is_capital or is_joint):
            break
        end += 1
    if first < end < len(words) and words[end].key == "&" and words[end].start == words[end - 1].end:
        return 0  # a part of an abbreviation, as of KH&CN
    is_telling = end > first + 1 or (
        end > first and (words[first].is_acronym or _is_prefixed(words, first - 2))
    )
    return end if is_telling and words[end - 1].key != "-" else 0


def is_number(words: Sequence[Token], place: int) -> bool:
    """Tell whether a word is the number of a committee, not the beginning of a date or a figure."""
    if place >= len(words) or not _COMMITTEE_NUMBER.fullmatch(words[place].key):
        return False
    return (
        place + 1 == len(words) or words[place + 1].start > words[place].end or words[place + 1].key in ",;."
    )


def is_digits(words: Sequence[Token], place: int) -> bool:
    """Tell whether a word is a number in digits."""
    return place < len(words) and words[place].key.isdigit()


def phrase_tree(phrases: Iterable[str]) -> PhraseTree[str]:
    """Return a tree of phrases, without values."""
    tree: PhraseTree[str] = PhraseTree()
    for phrase in phrases:
        tree.add(phrase_keys(phrase), "")
    return tree


def phrase_classes(rules: DraftRules, section: str) -> PhraseTree[str]:
    """Return a tree of the phrases of a section, with the class of each."""
    tree: PhraseTree[str] = PhraseTree()
    for kind, phrases in rules.table(section).items():
        for phrase in phrases:
            tree.add(phrase_keys(phrase), kind)
    return tree
