"""The dictionary of names, made from the register, the ontology and the rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from ...graph.text import spelling
from .open_names import OpenNames
from .register_names import RegisterNames
from .tokens import PhraseTree, phrase_keys, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .tokens import Token

SYSTEM, AGENT, UNIT, BODY, PERSON = "TechnicalComponent", "Agent", "AdministrativeUnit", "Body", "Person"
PROVINCE, DISTRICT = "Province", "District"
INFORMATION_SYSTEM, _MEDIA = "InformationSystem", "MediaOutlet"
HYPHEN = "-"
_SHARED = (SYSTEM, AGENT, "Service", "Index", "Technology", "Standard")  # kinds whose names recur elsewhere
_HOLDERS = (PERSON, "Role")  # classes of which common nouns are no names
_SUPPORT = 2  # entities that must have a common noun as their name


class NameDictionary(RegisterNames):
    """The names of things, and the words that go on with names, learnt from the register and the rules."""

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        super().__init__(lexicon, rules)
        self._names: PhraseTree[str] = PhraseTree()
        self._units: PhraseTree[str] = PhraseTree()
        self._followers: set[tuple[str, str]] = set()  # words that follow each other in names of systems
        self._system_ends: set[tuple[str, ...]] = set()  # two words with which names of systems end
        self._cities: PhraseTree[str] = PhraseTree()  # names of cities that are provinces, without that word
        self._body_followers: set[tuple[str, str]] = set()  # and in names of bodies
        self._body_ends: set[str] = set()  # words with which names of bodies end
        self._body_names: PhraseTree[str] = PhraseTree()
        self._written: dict[tuple[str, ...], tuple[bool, ...]] = {}  # which words of a name have a capital
        self._open = OpenNames(rules, self._phrases)
        self._loose: defaultdict[str, set[str]] = defaultdict(set)  # names by their words without signs
        self._no_names = frozenset(rules.texts("no_names"))
        self._kinds = {  # names and head nouns by their words, with their classes
            phrase_keys(name): kind
            for section in ("body_heads", "body_openings")
            for kind, names in rules.table(section).items()
            for name in names
        }
        self._capitals: set[str] = set()  # short names that other words are spelled like
        self._learn_rules(rules)
        self._learn_register()

    def _learn_rules(self, rules: DraftRules) -> None:
        for name in rules.listed_in("names"):
            self._learn_capitals(name)
            if name[1:] == name[1:].lower():  # only its first letter may be a capital, as in Đảng
                self._learn_written(name)
        for kind, names in rules.table("names").items():
            for name in names:
                self._add(name, kind)

    def _learn_written(self, name: str) -> None:
        """Learn which words of a name have a capital letter, without which they are other words."""
        words = tokens(name)
        if any(word.is_capital for word in words):
            self._written[tuple(word.key for word in words)] = tuple(word.is_capital for word in words)

    def _known_name(self, words: list[Token], first: int) -> tuple[int, str] | None:
        """Find the longest name of the dictionary at a word, written with the capitals that it needs."""
        named = self._names.longest(words, first)
        if named is None:
            return None
        name_words = words[first : named[0]]
        needed = self._written.get(tuple(word.key for word in name_words), (False,) * len(name_words))
        is_written_so = all(
            word.is_capital >= is_needed for word, is_needed in zip(name_words, needed, strict=True)
        )
        return named if is_written_so else None

    def _learn_register(self) -> None:
        kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entity in self._lexicon.register.entities:
            if self._lexicon.fits(entity.kind, UNIT):
                self._add_unit(entity)
            else:
                self._learn_entity(entity, kinds)
        for name in sorted(kinds.keys() - self._no_names):
            counter = kinds[name]
            kind = min(counter, key=lambda kind: (-counter[kind], kind))
            if counter.total() >= _SUPPORT or not self._is_common_noun(kind):
                self._add(name, kind)

    def _learn_entity(self, entity: RegisterEntity, kinds: defaultdict[str, Counter[str]]) -> None:
        """Learn the names of an entity; those that other places use too are counted by class."""
        for name in self._names_of(entity):
            if entity.kind in _HOLDERS and not _is_proper(name):
                continue  # "the chairman", which stands for whoever it is
            if entity.kind == _MEDIA and _is_proper(name):
                self._learn_written(name)
            self._learn_capitals(name)
            self._loose[_loose_key(self.expanded(name))].add(name)
            if not self._is_shared(entity.kind):
                self._add(name, entity.kind)
            elif (core := self.shared_name(name, entity)) and self._is_plain_name(core, entity.kind):
                kinds[core][entity.kind] += 1

    def _is_common_noun(self, kind: str) -> bool:
        """Tell whether names of a class are common nouns, which one register alone does not make a name."""
        return any(self._lexicon.fits(kind, group) for group in self._phrases.common)

    def _is_plain_name(self, name: str, kind: str) -> bool:
        """Tell whether a name is one in any text: those of systems open with a head noun, or are one word."""
        if not self._lexicon.fits(kind, SYSTEM) or self._phrases.modifiers:
            return True
        return " " not in name or self._phrases.heads.longest(tokens(name), 0) is not None

    def _is_shared(self, kind: str) -> bool:
        return kind != PERSON and any(self._lexicon.fits(kind, group) for group in _SHARED)

    def _learn_capitals(self, name: str) -> None:
        """Learn a short name of plain capitals, which in small letters may be another word, such as LAN."""
        if name.isupper() and name.isalpha() and name.isascii():
            self._capitals.add(spelling(name))

    def _add_unit(self, entity: RegisterEntity) -> None:
        for name in self._names_of(entity):
            keys = phrase_keys(name)
            if (len(keys) > 1 or self._phrases.modifiers) and "(" not in keys:
                self._units.add(keys, entity.kind)
                if entity.kind == PROVINCE and (city := self._phrases.without_city_word(keys)):
                    self._cities.add(city, entity.kind)
                for place in range(1, len(keys) if entity.kind == PROVINCE else 0):
                    self._units.add((*keys[:place], HYPHEN, *keys[place:]), entity.kind)  # Thừa Thiên - Huế

    def _add(self, name: str, kind: str) -> None:
        self._learn_capitals(name)
        for form in self._abbreviations.forms(name):
            keys = phrase_keys(form)
            self._names.add(keys, kind)
            self._kinds.setdefault(keys, kind)
            if self._phrases.modifiers and keys[-1].isalpha():
                self._names.add((*keys[:-1], f"{keys[-1]}s"), kind)  # the plural
            if self._lexicon.fits(kind, SYSTEM):
                pairs = pairwise(keys)
                self._system_ends.add(tuple(keys[-2:]))
                self._followers.update(
                    pair for pair in pairs if not self._phrases.dangling.intersection(pair)
                )
            elif self._lexicon.fits(kind, BODY):
                self._body_names.add(keys, kind)
                self._body_followers.update(pairwise(keys))
                self._body_ends.add(keys[-1])

    def kinds_like(self, name: str) -> list[str]:
        """List the classes of the names that share their head noun with one, the likeliest first.

        Those are likelier that share more words with it, then those that it holds whole, then frequent ones.

        :returns: empty if no known name begins as this one, or ends so where nouns stand last; cost linear in
            the names
        """
        words = phrase_keys(name)
        counts: Counter[tuple[int, bool, str]] = Counter()
        for keys, kind in self._kinds.items():
            shared = _shared_start(words, keys)
            if self._phrases.modifiers:
                shared = max(shared, _shared_start(words[::-1], keys[::-1]))
            if shared:
                counts[shared, shared == len(keys), kind] += 1
        ranked = sorted(counts, key=lambda key: (-key[0], not key[1], -counts[key], key[2]))
        return [*dict.fromkeys(kind for _, _, kind in ranked)]

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


def _is_proper(name: str) -> bool:
    """Tell whether each word of a name has a capital letter."""
    return all(word.is_capital for word in tokens(name) if word.key.isalpha())


def _shared_start(words: Sequence[str], name: Sequence[str]) -> int:
    """Count the words with which both begin.

    >>> _shared_start(("sở", "y", "tế"), ("sở", "y"))
    2
    """
    pairs = zip(words, name, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _loose_key(name: str) -> str:
    return " ".join(key for key in phrase_keys(name) if key[0].isalnum() and len(key) > 1)
