"""Recognition of names in sentences, by dictionaries made from the register, the ontology and the rules.

A name is found by its longest known form. Names of systems go on over words that names of systems have in
this order elsewhere, and every name goes on over the administrative unit that follows it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.text import spelling
from ..text.corpus_languages import TRANSLATION_LANGUAGE
from .spans import NamedThing
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
_LONGEST_PROPER_NAME = 4  # words
_ABBREVIATION = re.compile(r"\s*\(\s*([^\W\d_a-z][\w&-]{1,11})\s*\)")


class NameFinder:
    """Finds the names of things in sentences.

    :param lexicon: the register, from which names and their parts are learnt
    """

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._lexicon = lexicon
        self._abbreviations = _abbreviations(rules)
        self._expanded: dict[str, str] = {}  # keys of names that were asked for
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
        self._learn_rules(rules)
        self._learn_register()

    def _learn_rules(self, rules: DraftRules) -> None:
        for kind, names in rules.table("names").items():
            for name in names:
                self._add(name, kind)
        acronyms = [name for name in rules.listed_in("names") if name.isupper() and " " not in name]
        _add_all(self._acronyms, acronyms, "")
        for tree, section in ((self._heads, "heads"), (self._unit_words, "unit_words")):
            for kind, names in rules.table(section).items():
                _add_all(tree, names, kind)
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
        for name in entity.names:
            self._loose[_loose_key(self.expanded(name))].add(name)
            if not self._is_shared(entity.kind):
                self._add(name, entity.kind)
            elif (core := self.shared_name(name, entity)) and self._is_plain_name(core, entity.kind):
                kinds[core][entity.kind] += 1

    def _is_plain_name(self, name: str, kind: str) -> bool:
        """Tell whether a name is one in any text: those of systems open with a head noun, or are one word."""
        if not self._lexicon.fits(kind, SYSTEM):
            return True
        return " " not in name or self._heads.longest(tokens(name), 0) is not None

    def _is_shared(self, kind: str) -> bool:
        return kind != _PERSON and any(self._lexicon.fits(kind, group) for group in _SHARED)

    def _add_unit(self, entity: RegisterEntity) -> None:
        for name in entity.names:
            if len(keys := phrase_keys(name)) > 1 and "(" not in keys:
                self._units.add(keys, entity.kind)

    def shared_name(self, name: str, entity: RegisterEntity) -> str:
        """Return the key of a name without the place at its end; empty if nothing telling remains."""
        unit = self._lexicon.register.get(entity.values.get("territory", ""))
        for place in sorted(unit.names if unit else (), key=len, reverse=True):
            key = spelling(name)
            if key.endswith(" " + spelling(place)):
                name = name[: len(name) - len(place)].rstrip(" ,")
        words = phrase_keys(name)
        is_telling = len(words) > 1 or name.isupper() or not entity.values.get("territory")
        return spelling(name) if is_telling and "(" not in words else ""

    def _add(self, name: str, kind: str) -> None:
        for form in self._forms(name):
            keys = phrase_keys(form)
            self._names.add(keys, kind)
            if self._lexicon.fits(kind, SYSTEM):
                pairs = pairwise(keys)
                self._followers.update(pair for pair in pairs if not self._dangling.intersection(pair))

    def _forms(self, name: str) -> set[str]:
        """Return a name with each abbreviation written out, and shortened."""
        forms = {spelling(name)}
        for short, long in self._abbreviations:
            forms |= {_replaced(form, short, long) for form in forms}
            forms |= {_replaced(form, long, short) for form in forms}
        return forms

    def expanded(self, name: str) -> str:
        """Return the key of a name with its abbreviations written out."""
        if name not in self._expanded:
            self._expanded[name] = self._expand(spelling(name))
        return self._expanded[name]

    def _expand(self, key: str) -> str:
        for short, long in self._abbreviations:
            key = _replaced(key, short, long)
        return key

    @cached_property
    def translations(self) -> dict[str, str]:
        """Names without place and their translations without place, as learnt from the register."""
        pairs: dict[str, str] = {}
        for entity in self._lexicon.register.entities:
            unit = self._lexicon.register.get(entity.values.get("territory", ""))
            translation = _without_place(entity, unit)
            for name in entity.names if translation else ():
                if core := self.shared_name(name, entity):
                    pairs.setdefault(self.expanded(core), translation)
        return pairs

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
                for name in entity.names:
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
        free = [not any(start < word.end and word.start < end for start, end in taken) for word in words]
        things: list[NamedThing] = []
        index = 0
        while index < len(words):
            found = self._at(words, index, learnt) if free[index] else None
            end = found[0] if found else index + 1
            if found and all(free[index:end]):
                thing = self._thing(sentence, words, index, found)
                things.append(thing)
                self._learn(sentence, thing, learnt)
            index = end
        return things

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

    def _at(
        self, words: list[Token], first: int, learnt: PhraseTree[tuple[str, str]]
    ) -> tuple[int, str, str] | None:
        """Find the longest name at a word: its end, its class, and the words that it abbreviates."""
        candidates = [*self._proper(words, first)]
        if short := learnt.longest(words, first):
            candidates.append((short[0], *short[1]))
        if named := self._names.longest(words, first):
            candidates.append((*self._continued(words, first, *named), ""))
        elif head := self._heads.longest(words, first):
            end, kind = self._continued(words, first, *head)
            if end > head[0]:
                candidates.append((end, kind, ""))
        return max(candidates, key=lambda candidate: candidate[0], default=None)

    def _proper(self, words: list[Token], first: int) -> Iterator[tuple[int, str, str]]:
        """Find administrative units and persons, which have capital letters."""
        unit = self._unit_words.longest(words, first)
        known = self._units.longest(words, first)
        if known and self._is_name(words[first : known[0]]):
            yield known[0], known[1], ""
        elif unit and (end := _capitals_end(words, unit[0])) > unit[0]:
            yield end, unit[1], ""
        person = self._persons.longest(words, first)
        if person and (end := _capitals_end(words, person[0])) > person[0] + 1:
            yield end, _PERSON, ""

    def _is_name(self, words: Sequence[Token]) -> bool:
        return words[-1].is_capital and words[-2].is_capital

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
        unit = self._unit_words.longest(words, end)
        if unit is None:
            known = self._units.longest(words, end)
            return known[0] if known and self._is_name(words[end : known[0]]) else end
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


def _abbreviations(rules: DraftRules) -> tuple[tuple[str, str], ...]:
    pairs = [(spelling(short), long[0]) for short, long in rules.table("abbreviations").items()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _replaced(text: str, words: str, other: str) -> str:
    return f" {text} ".replace(f" {words} ", f" {other} ").strip()


def _without_place(entity: RegisterEntity, unit: RegisterEntity | None) -> str:
    """Drop the place from an English label; empty if the label or the entity has none."""
    english = entity.values.get(TRANSLATION_LANGUAGE, "")
    if unit is None:
        return english if entity.prefix == "nat" else ""
    place = re.escape(unit.values.get("short", unit.label))
    core = re.sub(rf"^{place}(?:'s)? |,? (?:of|in) {place}(?: province| district)?$", "", english)
    return "" if core == english else core[:1].upper() + core[1:]
