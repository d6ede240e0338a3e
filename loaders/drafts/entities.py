"""From names to entities: those of the register, and proposed entries for the others."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from ...graph.text import fold, spelling
from ...words import catalogue, label
from ..recognition.name_dictionary import AGENT, BODY, INFORMATION_SYSTEM, PROVINCE, SYSTEM, UNIT
from ..register.translated_names import names_in
from ..statements.name_index import NATIONAL_PREFIXES
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from .proposals import ProposedEntity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..recognition.names import NameFinder
    from ..recognition.rules import DraftRules
    from ..recognition.spans import NamedThing
    from ..register.entity import RegisterEntity
    from ..statements.name_index import NameIndex

DOCUMENT, _COUNTRY = "LegalDocument", "Country"
_PROPOSED = (SYSTEM, BODY, UNIT, DOCUMENT, "Service", "Architecture", "PlanProgramme", "Technology")
_PLACED = (SYSTEM, AGENT, "Service", "Architecture", "PlanProgramme")  # kinds that belong to a place
_GROUP = "SystemGroup"
_WHOLE = (_GROUP, INFORMATION_SYSTEM)  # names that tell with their other words only: "các hệ thống thông tin"
_LONGEST_NAME = 48  # characters
_NO_NAME = re.compile(r"[^a-z0-9]+")
_IN_PARENTHESES = re.compile(r"\(\s*([^()]+?)\s*\)")


class TextEntities:
    """Finds the entities that the names of one text stand for, and proposes entries for new ones.

    :param scope: the unit that the text is about
    :param published: day of publication, YYYY-MM-DD, by which units of that time are chosen
    :param prefix: prefix of the register to which entries are proposed
    """

    def __init__(
        self, index: NameIndex, names: NameFinder, rules: DraftRules, place: tuple[str, str, str]
    ) -> None:
        self._index, self._names = index, names
        self.lexicon = index.lexicon
        self.scope, self._published, self._prefix = place
        self._singles = frozenset(rules.listed("one_per_place"))
        self._too_general = frozenset(map(names.expanded, rules.texts("too_general")))
        self._national = rules.texts("national")
        unit = self.lexicon.register.get(self.scope)
        self._former_units = self.lexicon.register.former_units(self.scope)
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
        self._by_name: dict[tuple[str, str], str] = {}
        self._entries: dict[str, dict[str, str]] = {}

    def resolve(self, thing: NamedThing) -> str:
        """Return the CURIE of the entity that a name stands for, which may be a proposed entry.

        :returns: empty for names of kinds that no entry is proposed for
        """
        name = thing.long_form or thing.surface
        if self._place and fold(self._bare(name)) in self._scope_names:
            return self.scope
        core = self._core(name, thing.kind)
        key = (thing.kind, self._synonyms.get(core, core))
        if key not in self._by_name:
            self._by_name[key] = (
                self._known(thing, name)
                or self._known_by_abbreviation(thing)
                or self._single(thing, name)
                or self._proposed(thing, name)
            )
        return self._by_name[key]

    def annotated(self, thing: NamedThing, link: str) -> str:
        """Return the CURIE of what a person annotated; an entry is proposed for any class that has entries.

        :param link: the CURIE that the annotation states; empty without one
        """
        if link in self.lexicon.register.by_curie:
            return link
        name = thing.long_form or thing.surface
        if link:
            return self._added(thing, name, link.partition(":")[2])
        return self.resolve(thing) or self._added(thing, name)

    def named(self, thing: NamedThing, language: str, is_taken: Callable[[str], bool]) -> ProposedEntity:
        """Make an entry for a name that a person says is new.

        It is of the unit with whose name it ends, else of the place of the text; but if its class is one of
        which a place has one, and this one has it, of neither.

        :param language: that of the name
        :param is_taken: whether there is an entry of a CURIE
        """
        base = self._entry_name(thing, thing.surface)
        names = (base if number == 1 else f"{base}-{number}" for number in count(1))
        name = next(name for name in names if not is_taken(f"{self._prefix}:{name}"))
        entry = self._entry(thing, thing.surface)
        unit = self._unit_named(thing.surface)
        if "territory" in entry and (unit or self._has_single(thing)):
            labels = self._labels(thing, thing.surface, language, is_placed=False)
            entry = {"kind": thing.kind, **labels, **({"territory": unit} if unit else {})}
        elif language != self._names.language:
            entry |= self._labels(thing, thing.surface, language, is_placed="territory" in entry)
        return ProposedEntity(name, thing.kind, entry)

    def _has_single(self, thing: NamedThing) -> bool:
        """Tell whether the place has the one thing of a class already."""
        return self._single(thing, thing.surface) in self.lexicon.register.by_curie

    def _unit_named(self, name: str) -> str:
        """Return the unit within the scope with whose name a name ends; empty without one."""
        words = name.split()
        for start in range(1, len(words)):
            found = self._index.find(" ".join(words[start:]), self.scope, frozenset({self._prefix}))
            units = [entity for entity in found if self.lexicon.fits(entity.kind, UNIT)]
            if best := next((entity for entity in units if self._is_of_time(entity)), None):
                return best.curie
        return ""

    def kind(self, curie: str, kind: str) -> str:
        """Return the class of an entity: that of the register, else that of its entry."""
        entity = self.lexicon.register.get(curie)
        return entity.kind if entity else self._entries.get(curie, {}).get("kind", kind)

    def is_placed(self, curie: str) -> bool:
        """Tell whether a proposed entry belongs to the place of the text."""
        return self._entries.get(curie, {}).get("territory") == self.scope

    def _core(self, name: str, kind: str) -> str:
        """Return the key of a name without the place of the text at its end."""
        key = self._names.expanded(name)
        if self.lexicon.fits(kind, UNIT):
            return key
        for opening in (*self._openings, *self._openings):
            rest = key.removeprefix(f"{opening} ").lstrip(" '")
            key = key if rest in self._brands else rest
        for ending in (*self._place_endings, *self._place_endings):
            if key.endswith(f" {ending}"):
                key = key[: -len(ending)].rstrip(" ,")
        return key

    def _is_national(self, name: str) -> bool:
        key = f" {spelling(name)} "
        return any(f" {word} " in key for word in self._national)

    def _known(self, thing: NamedThing, name: str) -> str:
        """Find the one entity of the register that a name can mean."""
        core = self._core(name, thing.kind)
        meant = self._synonyms.get(core, "")
        spaced = re.sub(r"\s*-\s*", " - ", name)
        loose = self._names.loose_forms(core)
        joined = re.sub(r"\s*-\s*", " ", name)  # Thừa Thiên - Huế
        forms = (thing.number, spaced, name, joined, self._names.expanded(name), core, meant, *loose)
        for form in dict.fromkeys(form for form in forms if form):
            found = self._index.find(form, self.scope, frozenset({self._prefix}))
            candidates = [
                entity
                for entity in found
                if self._is_of_scope(entity, name) and not self._is_other_level(entity, name, thing.kind)
            ]
            if curie := self._chosen(thing, candidates):
                return curie
        if thing.number:
            earlier = [
                entity for unit in self._former_units for entity in self._index.find(thing.number, unit)
            ]
            if curie := self._chosen(thing, dict.fromkeys(earlier)):
                return curie
        elsewhere = self._index.find_anywhere(name)
        return elsewhere[0].curie if len(elsewhere) == 1 and self._is_whole(elsewhere[0], name) else ""

    def _known_by_abbreviation(self, thing: NamedThing) -> str:
        """Find the entity that the abbreviation in parentheses within a name can mean; empty without one."""
        short = _IN_PARENTHESES.search(thing.surface) if thing.long_form else None
        return self._known(thing, short[1]) if short else ""

    def _is_other_level(self, entity: RegisterEntity, name: str, kind: str) -> bool:
        """Tell whether a name with the place of the text at its end would be taken for a national system."""
        is_national = entity.prefix in NATIONAL_PREFIXES and "territory" not in entity.values
        has_place = any(spelling(name).endswith(f" {ending}") for ending in self._place_endings)
        return is_national and has_place and self.lexicon.fits(kind, SYSTEM) and not self._is_national(name)

    def _is_of_scope(self, entity: RegisterEntity, name: str) -> bool:
        """Tell whether a name can mean an entity: in a text on the country, not one of a single place."""
        territory = self.lexicon.register.get(entity.values.get("territory", ""))
        scope = self.lexicon.register.get(self.scope)
        if territory is None or scope is None or scope.kind != _COUNTRY or territory.kind == _COUNTRY:
            return True
        return self._is_whole(entity, name)

    def _is_whole(self, entity: RegisterEntity, name: str) -> bool:
        """Tell whether a name outside the place of the text names its own place."""
        unit = self.lexicon.register.get(entity.values.get("territory", ""))
        return unit is not None and spelling(unit.values.get("short", unit.label)) in spelling(name)

    def _chosen(self, thing: NamedThing, candidates: Iterable[RegisterEntity]) -> str:
        kin = [
            entity
            for entity in candidates
            if self._is_kin(entity.kind, thing.kind) or self._is_kin(thing.kind, entity.kind)
        ]
        of_time = [entity for entity in kin if self._is_of_time(entity)]
        ended = [entity for entity in kin if entity.values.get("until", self._published) < self._published]
        best = of_time or ended  # a page may still tell of a body or a unit that is no more
        return best[0].curie if len(best) == 1 else ""

    def _is_kin(self, kind: str, other: str) -> bool:
        """Tell whether a name of one class may mean a thing of the other, which may be several of it."""
        return self.lexicon.fits(kind, other) or (kind == _GROUP and self.lexicon.fits(other, SYSTEM))

    def _is_of_time(self, entity: RegisterEntity) -> bool:
        values = entity.values
        return values.get("from", "") <= self._published <= values.get("until", "9999")

    def _single(self, thing: NamedThing, name: str) -> str:
        """Find the entity of a class of which a place has one, whatever its name."""
        if thing.kind not in self._singles:
            return ""
        is_national = self._is_national(name)
        of_class = [
            entity.curie
            for entity in self.lexicon.register.entities
            if entity.kind == thing.kind
            and (entity.prefix == "nat" if is_national else entity.values.get("territory") == self.scope)
        ]
        if len(of_class) == 1:
            return of_class[0]
        key = (thing.kind, "national" if is_national else "")
        if key not in self._by_name and not of_class:
            self._by_name[key] = self._proposed(thing, name)
        return self._by_name.get(key, "")

    def _proposed(self, thing: NamedThing, name: str) -> str:
        """Propose an entry for a name; empty for kinds of which no entries are proposed.

        The register has all provinces: one that it lacks is of another time, level or country.
        """
        if thing.kind == PROVINCE or not any(self.lexicon.fits(thing.kind, kind) for kind in _PROPOSED):
            return ""
        is_told = thing.number or thing.long_form  # a law by its name and year
        is_unnumbered = self.lexicon.fits(thing.kind, DOCUMENT) and not is_told
        core = self._names.expanded(name) if thing.kind in _WHOLE else self._core(name, thing.kind)
        if is_unnumbered or core in self._too_general:
            return ""
        return self._added(thing, name)

    def _added(self, thing: NamedThing, name: str, entry: str = "") -> str:
        """Propose an entry.

        :param entry: its name after the prefix; by default one made of the name of the thing
        """
        curie = f"{self._prefix}:{entry or self._entry_name(thing, name)}"
        if curie not in self._entries:
            self._entries[curie] = self._entry(thing, name)
        return curie

    def _entry_name(self, thing: NamedThing, name: str) -> str:
        core = thing.number or self._core(name, thing.kind)
        return _NO_NAME.sub("-", fold(core))[:_LONGEST_NAME].strip("-") or "x"

    def _entry(self, thing: NamedThing, name: str) -> dict[str, str]:
        is_national = self._is_national(name)
        is_placed = any(self.lexicon.fits(thing.kind, kind) for kind in _PLACED)
        is_placed = is_placed and not is_national
        labels = self._labels(thing, name, self._names.language, is_placed=is_placed)
        entry = {"kind": thing.kind, **labels}
        if is_placed:
            entry["territory"] = self.scope
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

    def _placed(self, name: str, language: str) -> str:
        """Add the place of the text to a label."""
        return catalogue(__package__ or "", language)("entry.placed", name=name, place=self._place)

    def _translation(self, thing: NamedThing, name: str, language: str, *, is_placed: bool) -> str:
        """Word the label in the other language: by the register's own pairs, else by class and name."""
        class_label = label(self.lexicon.vocabulary.classes[thing.kind].labels, language).partition(" (")[0]
        class_label = class_label[:1].upper() + class_label[1:]
        if thing.number:
            return f"{class_label} {thing.number}"
        if self.lexicon.fits(thing.kind, UNIT):
            return f"{class_label} {name}"
        core = self._core(name, thing.kind)
        text = self._names.translations.get(self._synonyms.get(core, core), "")
        text = text[:1].upper() + text[1:]
        is_single = thing.kind in self._singles and is_placed
        text = text or (class_label if is_single else f"{class_label} “{name}”")
        return self._placed(text, language) if is_placed and self._place else text

    def add_document_facts(self, curie: str, key: str, value: str) -> None:
        """Complete a proposed document by its date or its issuer; the first one stays."""
        entry = self._entries.get(curie)
        if entry is not None and self.lexicon.fits(entry["kind"], DOCUMENT):
            entry.setdefault(key, value)

    def entries(self) -> tuple[ProposedEntity, ...]:
        """List the proposed entries in the order of their first mention."""
        return tuple(
            ProposedEntity(curie.partition(":")[2], entry["kind"], entry)
            for curie, entry in self._entries.items()
        )
