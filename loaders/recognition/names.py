"""Recognition of names in sentences, by dictionaries made from the register, the ontology and the rules.

A name is found by its longest known form. Names of systems go on over words that names of systems have in
this order elsewhere, and every name goes on over the administrative unit that follows it. In a language whose
nouns stand last, a run of known modifiers before such a noun is a name, and places stand before names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.text import spelling
from ..register.translated_names import names_in, without_place
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .abbreviations import Abbreviations
from .spans import NamedThing, overlaps_any
from .tokens import PhraseTree, phrase_keys, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .spans import Sentence
    from .tokens import Token

SYSTEM, AGENT, UNIT = "TechnicalComponent", "Agent", "AdministrativeUnit"
_SHARED = (SYSTEM, AGENT, "Service", "Index", "Technology", "Standard")  # kinds whose names recur elsewhere
_PERSON, _PROVINCE = "Person", "Province"
_HYPHEN = "-"
_LONGEST_PROPER_NAME = 4  # words
_ABBREVIATION = re.compile(r"\s*\(\s*([^\W\d_a-z][\w&-]{1,11})\s*\)")


class NameFinder:
    """Finds the names of things in sentences.

    :param lexicon: the register, from which names and their parts are learnt
    """

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._lexicon, self.language = lexicon, rules.language
        self._abbreviations = Abbreviations(rules)
        self.expanded = self._abbreviations.expanded
        self._names: PhraseTree[str] = PhraseTree()
        self._units: PhraseTree[str] = PhraseTree()
        self._heads: PhraseTree[str] = PhraseTree()
        self._continuations: PhraseTree[str] = PhraseTree()
        self._acronyms: PhraseTree[str] = PhraseTree()  # short names of systems, before which heads stand
        self._body_continuations: PhraseTree[str] = PhraseTree()
        self._persons: PhraseTree[str] = PhraseTree()
        self._followers: set[tuple[str, str]] = set()
        self._loose: defaultdict[str, set[str]] = defaultdict(set)  # names by their words without signs
        self._no_names = frozenset(rules.texts("no_names"))
        self._dangling = frozenset(rules.texts("dangling"))
        self._kind_words = [
            (kind, [f" {' '.join(phrase_keys(phrase))} " for phrase in phrases])
            for kind, phrases in rules.table("kind_words").items()
        ]
        self._unit_words: PhraseTree[str] = PhraseTree()
        self._unit_words_after: PhraseTree[str] = PhraseTree()
        self._no_units: PhraseTree[str] = PhraseTree()
        self._place_openings: PhraseTree[str] = PhraseTree()
        self._place_links: PhraseTree[str] = PhraseTree()
        self._final_heads: PhraseTree[str] = PhraseTree()
        self._links = frozenset(rules.texts("place_links"))
        self._capitals: set[str] = set()  # short names that other words are spelled like
        self._modifiers = frozenset(rules.texts("modifiers"))
        self._learn_rules(rules)
        self._learn_register()

    def _learn_rules(self, rules: DraftRules) -> None:
        for kind, names in rules.table("names").items():
            for name in names:
                self._add(name, kind)
        acronyms = [name for name in rules.listed_in("names") if name.isupper() and " " not in name]
        _add_all(self._acronyms, acronyms, "")
        for tree, section in (
            (self._heads, "heads"),
            (self._final_heads, "final_heads"),
            (self._unit_words, "unit_words"),
            (self._unit_words_after, "unit_words_after"),
        ):
            for kind, names in rules.table(section).items():
                _add_all(tree, names, kind)
        _add_all(self._place_openings, rules.texts("place_openings"), "")
        _add_all(self._no_units, rules.texts("no_units"), "")
        _add_all(self._place_links, rules.texts("place_links"), "")
        _add_all(self._continuations, rules.texts("continuations"), "")
        _add_all(self._body_continuations, rules.texts("body_continuations"), "")
        _add_all(self._persons, rules.texts("person_words"), "")

    def _learn_register(self) -> None:
        kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entity in self._lexicon.register.entities:
            if self._lexicon.fits(entity.kind, UNIT):
                self._add_unit(entity)
            else:
                self._learn_entity(entity, kinds)
        for name in sorted(kinds.keys() - self._no_names):
            counter = kinds[name]
            self._add(name, min(counter, key=lambda kind: (-counter[kind], kind)))

    def _learn_entity(self, entity: RegisterEntity, kinds: defaultdict[str, Counter[str]]) -> None:
        """Learn the names of an entity; those that other places use too are counted by class."""
        for name in self._names_of(entity):
            self._learn_capitals(name)
            self._loose[_loose_key(self.expanded(name))].add(name)
            if not self._is_shared(entity.kind):
                self._add(name, entity.kind)
            elif (core := self.shared_name(name, entity)) and self._is_plain_name(core, entity.kind):
                kinds[core][entity.kind] += 1

    def _names_of(self, entity: RegisterEntity) -> tuple[str, ...]:
        return names_in(entity, self.language, self._territory(entity))

    def _territory(self, entity: RegisterEntity) -> RegisterEntity | None:
        return self._lexicon.register.get(entity.values.get("territory", ""))

    def _is_plain_name(self, name: str, kind: str) -> bool:
        """Tell whether a name is one in any text: those of systems open with a head noun, or are one word."""
        if not self._lexicon.fits(kind, SYSTEM) or self._modifiers:
            return True
        return " " not in name or self._heads.longest(tokens(name), 0) is not None

    def _is_shared(self, kind: str) -> bool:
        return kind != _PERSON and any(self._lexicon.fits(kind, group) for group in _SHARED)

    def _learn_capitals(self, name: str) -> None:
        """Learn a short name of plain capitals, which in small letters may be another word, such as LAN."""
        if name.isupper() and name.isalpha() and name.isascii():
            self._capitals.add(spelling(name))

    def _add_unit(self, entity: RegisterEntity) -> None:
        for name in self._names_of(entity):
            keys = phrase_keys(name)
            if (len(keys) > 1 or self._modifiers) and "(" not in keys:
                self._units.add(keys, entity.kind)
                for place in range(1, len(keys) if entity.kind == _PROVINCE else 0):
                    self._units.add((*keys[:place], _HYPHEN, *keys[place:]), entity.kind)  # Thừa Thiên - Huế

    def shared_name(self, name: str, entity: RegisterEntity) -> str:
        """Return the key of a name without the place at its end; empty if nothing telling remains."""
        unit = self._territory(entity)
        for place in sorted(unit.names if unit else (), key=len, reverse=True):
            key = spelling(name)
            if key.endswith(" " + spelling(place)):
                name = name[: len(name) - len(place)].rstrip(" ,")
        words = phrase_keys(name)
        while words and words[-1] in self._links:
            name = name.rpartition(" ")[0]
            words = phrase_keys(name)
        is_telling = len(words) > 1 or name.isupper() or not entity.values.get("territory")
        return spelling(name) if is_telling and "(" not in words else ""

    def _add(self, name: str, kind: str) -> None:
        self._learn_capitals(name)
        for form in self._abbreviations.forms(name):
            keys = phrase_keys(form)
            self._names.add(keys, kind)
            if self._modifiers and keys[-1].isalpha():
                self._names.add((*keys[:-1], f"{keys[-1]}s"), kind)  # the plural
            if self._lexicon.fits(kind, SYSTEM):
                pairs = pairwise(keys)
                self._followers.update(pair for pair in pairs if not self._dangling.intersection(pair))

    @cached_property
    def translations(self) -> dict[str, str]:
        """Names without place and their labels without place in the other language, as in the register."""
        pairs: dict[str, str] = {}
        for entity in self._lexicon.register.entities:
            translation = self._translation(entity)
            for name in self._names_of(entity) if translation else ():
                if core := self.shared_name(name, entity):
                    pairs.setdefault(self.expanded(core), translation)
        return pairs

    def _translation(self, entity: RegisterEntity) -> str:
        """Return a name without place in the other language of the corpus; empty without any."""
        if self.language == ARTICLE_LANGUAGE:
            return without_place(entity, self._territory(entity))
        place = spelling(self.bare_unit_name(unit)) if (unit := self._territory(entity)) else ""
        names = [name for name in entity.lists.get("aliases", ()) if not name.isupper()]
        return next((name for name in names if place and place not in spelling(name)), "")

    def bare_unit_name(self, unit: RegisterEntity) -> str:
        """Return the name of an administrative unit without the word for its kind and without years."""
        name = unit.values.get("short", unit.label.partition(" (")[0])
        words = tokens(name)
        kind_words = self._unit_words.longest(words, 0)
        return name[words[kind_words[0]].start :] if kind_words and kind_words[0] < len(words) else name

    def loose_forms(self, name: str) -> list[str]:
        """List the names of the register with the same words, whatever their commas and abbreviations."""
        return sorted(self._loose.get(_loose_key(self.expanded(name)), ()))

    def local_names(self, scope: str) -> PhraseTree[tuple[str, str]]:
        """Return the names that only hold in texts about one place: those of its own entities."""
        tree: PhraseTree[tuple[str, str]] = PhraseTree()
        for entity in self._lexicon.register.entities:
            if entity.values.get("territory") == scope:
                for name in self._names_of(entity):
                    tree.add(phrase_keys(name), (entity.kind, ""))
        return tree

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
            found = self._at(words, index, learnt) if free[index] else None
            end = found[0] if found else index + 1
            if found and all(free[index:end]) and self._is_written_so(sentence, words[index:end]):
                thing = self._thing(sentence, words, index, found)
                things.append(thing)
                self._learn(sentence, thing, learnt)
            index = end
        return things

    def _is_written_so(self, sentence: Sentence, words: list[Token]) -> bool:
        """Tell whether a short name of capitals, such as IT, is no other word: it is written in capitals."""
        surface = sentence.text[words[0].start - sentence.start : words[-1].end - sentence.start]
        return len(words) > 1 or words[0].key not in self._capitals or surface.isupper()

    def _thing(
        self, sentence: Sentence, words: list[Token], first: int, found: tuple[int, str, str]
    ) -> NamedThing:
        end, kind, long_form = found
        if kind == _PERSON and (person := self._persons.longest(words, first)):
            first = person[0]
        start, stop = words[first].start, words[end - 1].end
        surface = sentence.text[start - sentence.start : stop - sentence.start]
        return NamedThing(start, stop, surface, kind, long_form=long_form)

    def _learn(self, sentence: Sentence, thing: NamedThing, learnt: PhraseTree[tuple[str, str]]) -> None:
        """Learn an abbreviation that stands in parentheses after a name."""
        match = _ABBREVIATION.match(sentence.text, thing.end - sentence.start)
        if match and match[1].isupper() and not self._lexicon.fits(thing.kind, UNIT):
            learnt.add(phrase_keys(match[1]), (thing.kind, thing.surface))
            self._learn_capitals(match[1])

    def _at(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> tuple[int, str, str] | None:
        """Find the longest name at a word: its end, its class, and the words that it abbreviates."""
        candidates = [*self._proper(words, first), *self._with_place_before(words, first, learnt)]
        if short := learnt.longest(words, first):
            candidates.append((short[0], *short[1]))
        if named := self._names.longest(words, first):
            candidates.append((*self._continued(words, first, *named), ""))
        elif head := self._heads.longest(words, first):
            end, kind = self._continued(words, first, *head)
            if end > head[0]:
                candidates.append((end, kind, ""))
        if self._modifiers and (final := self._head_last(words, first)):
            candidates.append((*final, ""))
        return max(candidates, key=lambda candidate: candidate[0], default=None)

    def _proper(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find administrative units and persons, which have capital letters."""
        unit = self._unit_words.longest(words, first)
        known = self._known_unit(words, first)
        if known:
            yield *known, ""
        elif (
            words[first].key not in self._dangling
            and (end := _capitals_end(words, first)) > first
            and (after := self._unit_words_after.longest(words, end))
        ):
            yield *after, ""
        elif (
            unit
            and not self._no_units.longest(words, first)
            and (end := _capitals_end(words, unit[0])) > unit[0]
        ):
            yield end, unit[1], ""
        person = self._persons.longest(words, first)
        if person and (end := _capitals_end(words, person[0])) > person[0] + 1:
            yield end, _PERSON, ""

    def _known_unit(self, words: list[Token], first: int) -> tuple[int, str] | None:
        """Find a unit of the register, with the word for its kind after it."""
        known = self._units.longest(words, first)
        if known is None or not all(
            word.is_capital or word.key == _HYPHEN for word in words[first : known[0]][-2:]
        ):
            return None
        after = self._unit_words_after.longest(words, known[0])
        return (after[0], known[1]) if after else known

    def _with_place_before(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """Find a name that opens with its place: a unit, a word such as "provincial", or both."""
        unit = self._known_unit(words, first) if self._modifiers else None
        start = unit[0] if unit else first
        if opening := self._place_openings.longest(words, start):
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
        while end < len(words) and words[end].key in self._modifiers:
            end += 1
        if words[first].key in self._dangling:
            return None
        heads = [self._final_heads.longest(words, index) for index in range(end, first, -1)]
        head = next(filter(None, heads), None)
        if head is None:
            return None
        stop, kind = head
        telling = self._kind(words[first:stop], SYSTEM)
        return self._over_place(words, stop), kind if telling == SYSTEM else telling

    def _continued(self, words: list[Token], first: int, end: int, kind: str) -> tuple[int, str]:
        """Carry a name on over further words of names and over the place that follows."""
        if self._lexicon.fits(kind, SYSTEM):
            start_end = end
            end = self._continued_system(words, end)
            while end > start_end and words[end - 1].key in self._dangling:
                end -= 1
            kind = self._kind(words[first:end], kind)
        elif self._lexicon.fits(kind, AGENT) and (phrase := self._body_continuations.longest(words, end)):
            end = phrase[0]
        return self._over_place(words, end), kind

    def _continued_system(self, words: list[Token], end: int) -> int:
        while end < len(words):
            known = self._continuations.longest(words, end) or self._acronyms.longest(words, end)
            if known:
                end = known[0]
            elif (words[end - 1].key, words[end].key) in self._followers:
                end += 1
            else:
                break
        return end

    def _kind(self, words: Sequence[Token], kind: str) -> str:
        text = f" {' '.join(word.key for word in words)} "
        for name, phrases in self._kind_words:
            if any(phrase in text for phrase in phrases):
                return name if self._lexicon.fits(name, kind) else kind
        return kind

    def _over_place(self, words: list[Token], end: int) -> int:
        if link := self._place_links.longest(words, end):
            known = self._known_unit(words, link[0])
            return known[0] if known else end
        unit = self._unit_words.longest(words, end)
        if unit is None:
            known = self._known_unit(words, end)
            return known[0] if known else end
        capitals = _capitals_end(words, unit[0])
        if capitals > unit[0] or unit[1] == _PROVINCE:
            return capitals
        return end


def _capitals_end(words: list[Token], first: int) -> int:
    """Return the index after a run of capitalised words, which is the index itself if there is none."""
    end = first
    while (
        end < min(len(words), first + _LONGEST_PROPER_NAME)
        and words[end].is_capital
        and words[end].key.isalpha()
    ):
        end += 1
    return end


def _add_all(tree: PhraseTree[str], phrases: Sequence[str], value: str) -> None:
    for phrase in phrases:
        tree.add(phrase_keys(phrase), value)


def _loose_key(name: str) -> str:
    return " ".join(key for key in phrase_keys(name) if key[0].isalnum() and len(key) > 1)
