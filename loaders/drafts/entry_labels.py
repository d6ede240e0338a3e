"""Entries that are proposed for names: their keys, their labels in both languages, their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...graph.text import fold, spelling
from ...words import catalogue, label
from ..recognition.name_dictionary import AGENT, SYSTEM, UNIT
from ..register.translated_names import names_in
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE

if TYPE_CHECKING:
    from ..recognition.names import NameFinder
    from ..recognition.rules import DraftRules
    from ..recognition.spans import NamedThing
    from ..recognition.stated_units import StatedUnit
    from ..register.lexicon import Lexicon

DOCUMENT = "LegalDocument"
_PLACED = (SYSTEM, AGENT, "Service", "Architecture", "PlanProgramme")  # kinds that belong to a place
_CENTRAL = ("Ministry", "GovernmentBody")  # bodies of the country, unless their name has the place
_LONGEST_NAME = 48  # characters
_NO_NAME = re.compile(r"[^a-z0-9]+")


class EntryLabels:
    """Words the entries that are proposed for the names of one text.

    :param scope: the unit that the text is about
    """

    def __init__(self, lexicon: Lexicon, names: NameFinder, rules: DraftRules, scope: str) -> None:
        self.lexicon, self._names, self.scope = lexicon, names, scope
        self._singles = frozenset(rules.listed("one_per_place"))
        self._national = rules.texts("national")
        unit = lexicon.register.get(scope)
        self._place = names.bare_unit_name(unit) if unit else ""
        unit_names = names_in(unit, rules.language) if unit else ()
        self._scope_names = {fold(name) for name in (*unit_names, *(unit.names if unit else ()))}
        place_names = {spelling(name) for name in unit_names}
        endings = {*place_names, *rules.texts("place_words")}
        self._place_endings = sorted(endings, key=lambda ending: (-len(ending), ending))
        openings = {*place_names, *rules.texts("quantifiers"), *rules.texts("name_openings")}
        self._openings = sorted(openings, key=lambda opening: (-len(opening), opening))
        self._articles = frozenset(rules.texts("articles"))
        self._brands = frozenset(rules.texts("brand_words"))
        self._synonyms = {other: name for name, others in rules.table("synonyms").items() for other in others}

    def _core(self, name: str, kind: str) -> str:
        """Return the key of a name without the place of the text at its end."""
        key = self._names.expanded(name)
        if self.lexicon.fits(kind, UNIT):
            return key
        for opening in (*self._openings, *self._openings):
            remainder = key.removeprefix(f"{opening} ").lstrip(" '")
            key = key if remainder in self._brands else remainder
        for ending in (*self._place_endings, *self._place_endings):
            if key.endswith(f" {ending}"):
                key = key[: -len(ending)].rstrip(" ,")
        return key

    def _is_national(self, name: str) -> bool:
        key = f" {spelling(name)} "
        return any(f" {word} " in key for word in self._national)

    def _entry(
        self, thing: NamedThing, name: str, unit: StatedUnit | None = None, home: str = ""
    ) -> dict[str, str]:
        """Make the values of an entry.

        :param unit: the unit that the name states, if it is another than the place of the text
        :param home: CURIE of that unit; empty if it has none
        """
        is_placed = any(self.lexicon.fits(thing.kind, kind) for kind in _PLACED)
        is_central = thing.kind in _CENTRAL and self._core(name, thing.kind) == self._names.expanded(name)
        is_placed = is_placed and not is_central and not self._is_national(name)
        labels = self._labels(thing, name, self._names.language, is_placed=is_placed and not home)
        if unit and home:
            labels |= self._labels_with_unit(thing, unit)
        entry = {"kind": thing.kind, **labels}
        if is_placed:
            entry["territory"] = home or self.scope
        if self.lexicon.fits(thing.kind, UNIT):
            entry["within"] = self.scope
        if thing.number:
            entry["number"] = thing.number
        elif self.lexicon.fits(thing.kind, DOCUMENT):
            entry["note"] = catalogue(__package__ or "", ARTICLE_LANGUAGE)("no_number")
        return entry

    def _labels(self, thing: NamedThing, name: str, own: str, *, is_placed: bool) -> dict[str, str]:
        """Word the labels of an entry in both languages, and its alias if the label adds the place.

        :param own: the language of the name
        """
        core = self._bare(name)
        core = core[:1].upper() + core[1:]
        labels = {ARTICLE_LANGUAGE: core, TRANSLATION_LANGUAGE: core}
        if is_placed and fold(self._place) not in fold(core):
            labels[own] = self._placed(core, own)
        for other in sorted(labels.keys() - {own}):
            labels[other] = self._translation(thing, core, other, is_placed=is_placed)
        if own == ARTICLE_LANGUAGE and labels[own] != core:
            labels["aliases"] = core
        return labels

    def _bare(self, name: str) -> str:
        """Return a name in one line, without an article or its place before it where places stand first."""
        name = " ".join(name.split())
        opening = self._opening(name)
        while self._articles and opening:
            name = name[len(opening) :].lstrip(" '")
            opening = self._opening(name)
        return name

    def _opening(self, name: str) -> str:
        key = spelling(name)
        return next((opening for opening in self._openings if key.startswith(f"{opening} ")), "")

    def _placed(self, name: str, language: str, place: str = "") -> str:
        """Add a place to a label, by default that of the text."""
        return catalogue(__package__ or "", language)("entry.placed", name=name, place=place or self._place)

    def _labels_with_unit(self, thing: NamedThing, unit: StatedUnit) -> dict[str, str]:
        """Word the translated label of a body of another unit by the register's pairs; empty if none fits."""
        is_general = thing.kind in self._singles  # the pairs of others may tell a level: "provincial police"
        body = " ".join(unit.body.replace(unit.surface, " ").split())
        pair = self._pair(body, thing.kind) if is_general and self._names.language == ARTICLE_LANGUAGE else ""
        label_with_unit = self._placed(pair, TRANSLATION_LANGUAGE, unit.surface)
        return {TRANSLATION_LANGUAGE: label_with_unit} if pair else {}

    def _pair(self, name: str, kind: str) -> str:
        """Return the other language's name without place that the register has for one; empty without any."""
        core = self._core(name, kind)
        text = self._names.translations.get(self._synonyms.get(core, core), "")
        return text[:1].upper() + text[1:]

    def _translation(self, thing: NamedThing, name: str, language: str, *, is_placed: bool) -> str:
        """Word the label in the other language: by the register's own pairs, else by class and name."""
        class_label = label(self.lexicon.vocabulary.classes[thing.kind].labels, language).partition(" (")[0]
        class_label = class_label[:1].upper() + class_label[1:]
        if thing.number:
            return f"{class_label} {thing.number}"
        if self.lexicon.fits(thing.kind, UNIT):
            return f"{class_label} {name}"
        text = self._pair(name, thing.kind)
        is_single = thing.kind in self._singles and is_placed
        text = text or (class_label if is_single else f"{class_label} “{name}”")
        return self._placed(text, language) if is_placed and self._place else text


def entry_name(key: str) -> str:
    """Return the name of an entry after its prefix, made of the key of a name.

    >>> entry_name("uỷ ban nhân dân xã tân lập")
    'uy-ban-nhan-dan-xa-tan-lap'
    """
    return _NO_NAME.sub("-", fold(key))[:_LONGEST_NAME].strip("-") or "x"
