"""The names of entities of the register, with and without their places, in the language of a text."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.text import spelling
from ..register.translated_names import names_in, without_place
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .abbreviations import Abbreviations
from .phrases import RulePhrases
from .stated_units import stated_unit
from .tokens import phrase_keys, tokens

if TYPE_CHECKING:
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .spans import NamedThing, Sentence
    from .stated_units import StatedUnit


class RegisterNames:
    """The names of entities of the register in one language.

    :param lexicon: the register
    """

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._lexicon, self.language = lexicon, rules.language
        self._abbreviations = Abbreviations(rules)
        self.expanded = self._abbreviations.expanded
        self._phrases = RulePhrases(rules)

    def _names_of(self, entity: RegisterEntity) -> tuple[str, ...]:
        return names_in(entity, self.language, self._territory(entity))

    def _territory(self, entity: RegisterEntity) -> RegisterEntity | None:
        return self._lexicon.register.get(entity.values.get("territory", ""))

    def shared_name(self, name: str, entity: RegisterEntity) -> str:
        """Return the key of a name without the place at its end; empty if nothing telling remains."""
        unit = self._territory(entity)
        for place in sorted(unit.names if unit else (), key=len, reverse=True):
            key = spelling(name)
            if key.endswith(" " + spelling(place)):
                name = name[: len(name) - len(place)].rstrip(" ,")
        words = phrase_keys(name)
        while words and words[-1] in self._phrases.links:
            name = name.rpartition(" ")[0]
            words = phrase_keys(name)
        is_telling = len(words) > 1 or name.isupper() or not entity.values.get("territory")
        return spelling(name) if is_telling and "(" not in words else ""

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

    def unit_of(self, sentence: Sentence, thing: NamedThing) -> StatedUnit | None:
        """Return the administrative unit that the words of a body tell; ``None`` without any."""
        return stated_unit(self._phrases, sentence, thing)

    def is_city(self, word: str) -> bool:
        """Tell whether a word is one for a unit that is a province or one within a province."""
        return word in self._phrases.city_phrases

    def is_of_city(self, unit_name: str) -> bool:
        """Tell whether the name of a unit opens or closes with such a word."""
        name = f" {' '.join(phrase_keys(unit_name))} "
        return any(
            name.startswith(f" {word} ") or name.endswith(f" {word} ") for word in self._phrases.city_phrases
        )

    def bare_unit_name(self, unit: RegisterEntity) -> str:
        """Return the name of an administrative unit without the word for its kind and without years."""
        name = unit.values.get("short", unit.label.partition(" (")[0])
        words = tokens(name)
        kind_words = self._phrases.unit_words.longest(words, 0)
        return name[words[kind_words[0]].start :] if kind_words and kind_words[0] < len(words) else name
