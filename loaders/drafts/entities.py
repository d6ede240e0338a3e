"""From names to entities: those of the register, and proposed entries for the others."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from ...graph.text import fold, spelling
from ..recognition.name_dictionary import BODY, INFORMATION_SYSTEM, PROVINCE, SYSTEM, UNIT
from ..recognition.spans import NamedThing, Sentence
from ..register.translated_names import names_in
from ..statements.name_index import NATIONAL_PREFIXES
from .entry_labels import DOCUMENT, EntryLabels, entry_name
from .proposals import ProposedEntity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..recognition.names import NameFinder
    from ..recognition.rules import DraftRules
    from ..recognition.stated_units import StatedUnit
    from ..register.entity import RegisterEntity
    from ..statements.name_index import NameIndex

_COUNTRY = "Country"
_PROPOSED = (SYSTEM, BODY, UNIT, DOCUMENT, "Service", "Architecture", "PlanProgramme", "Technology")
_GROUP = "SystemGroup"
_WHOLE = (_GROUP, INFORMATION_SYSTEM)  # names that tell with their other words only: "các hệ thống thông tin"
_IN_PARENTHESES = re.compile(r"\(\s*([^()]+?)\s*\)")


class TextEntities(EntryLabels):
    """Finds the entities that the names of one text stand for, and proposes entries for new ones.

    :param scope: the unit that the text is about
    :param published: day of publication, YYYY-MM-DD, by which units of that time are chosen
    :param prefix: prefix of the register to which entries are proposed
    """

    def __init__(
        self, index: NameIndex, names: NameFinder, rules: DraftRules, place: tuple[str, str, str]
    ) -> None:
        self.scope, self._published, self._prefix = place
        super().__init__(index.lexicon, names, rules, self.scope)
        self._index = index
        self._too_general = frozenset(map(names.expanded, rules.texts("too_general")))
        self._former_units = self.lexicon.register.former_units(self.scope)
        self._by_name: dict[tuple[str, str], str] = {}
        self._entries: dict[str, dict[str, str]] = {}

    def resolve(self, thing: NamedThing, sentence: Sentence | None = None) -> str:
        """Return the CURIE of the entity that a name stands for, which may be a proposed entry.

        :param sentence: where the name stands; a unit beside it tells of which level a body is
        :returns: empty for names of kinds that no entry is proposed for, and for bodies of units that only
            the word for their kind tells
        """
        name = thing.long_form or thing.surface
        if self._place and fold(self._bare(name)) in self._scope_names:
            return self.scope
        unit = self._unit_of(thing, sentence) if self.lexicon.fits(thing.kind, BODY) else None
        if unit and self._is_other_unit(unit):
            return self._body_of(thing, unit)
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

    def _unit_of(self, thing: NamedThing, sentence: Sentence | None) -> StatedUnit | None:
        """Return the unit that a body is said to be of: by its long form, else by the words near."""
        name = thing.long_form or thing.surface
        alone = Sentence(0, len(name), name), replace(thing, start=0, end=len(name))
        is_alone = sentence is None or thing.long_form
        unit = self._names.unit_of(*alone) if is_alone else None
        return unit or (self._names.unit_of(sentence, thing) if sentence else None)

    def _is_other_unit(self, unit: StatedUnit) -> bool:
        """Tell whether a unit is another one than that of the text, of whatever level."""
        scope = self.lexicon.register.get(self.scope)
        if scope is None:
            return False
        if unit.is_plural or unit.kind != scope.kind:
            return True
        if unit.name and not {fold(unit.name), fold(unit.surface)} & self._scope_names:
            return True
        names = (*scope.names, *names_in(scope, self._names.language))
        return self._names.is_city(unit.word) and not any(map(self._names.is_of_city, names))

    def _body_of(self, thing: NamedThing, unit: StatedUnit) -> str:
        """Return the body of another unit than that of the text: of the register, or a proposed entry.

        :returns: empty if only the kind of the unit is told, unless the register has the name
        """
        key = (thing.kind, self._names.expanded(unit.body))
        if key not in self._by_name:
            body = replace(thing, surface=unit.body, long_form="")
            home = self.resolve(NamedThing(0, 0, unit.surface, unit.kind)) if unit.name else ""
            curie = self._known(body, unit.body, lambda entity: self._is_of_unit(entity, unit.body, home))
            if not curie and unit.name:
                curie = self._added(body, unit.body, unit=unit, home=home)
            self._by_name[key] = curie
        return self._by_name[key]

    def _is_of_unit(self, entity: RegisterEntity, name: str, unit: str) -> bool:
        """Tell whether a body belongs to a unit, or to one within the place of the text."""
        territory = entity.values.get("territory", "")
        if territory == self.scope:
            return self._names.expanded(name) in map(self._names.expanded, entity.names)
        return territory == unit or self._index.is_inside(entity, self.scope)

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
        base = entry_name(thing.number or self._core(thing.surface, thing.kind))
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

    def _known(
        self, thing: NamedThing, name: str, is_meant: Callable[[RegisterEntity], bool] = lambda _: True
    ) -> str:
        """Find the one entity of the register that a name can mean.

        :param is_meant: whether an entity of that name can be the one
        """
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
                if is_meant(entity) and self._is_of_scope(entity, name)
                if not self._is_other_level(entity, name, thing.kind)
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
        is_known = len(elsewhere) == 1 and self._is_whole(elsewhere[0], name) and is_meant(elsewhere[0])
        return elsewhere[0].curie if is_known else ""

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

    def _added(
        self, thing: NamedThing, name: str, entry: str = "", unit: StatedUnit | None = None, home: str = ""
    ) -> str:
        """Propose an entry.

        :param entry: its name after the prefix; by default one made of the name of the thing
        :param unit: the unit that the name states, if it is another than the place of the text
        :param home: CURIE of that unit; empty if it has none
        """
        key = self._names.expanded(name) if unit else thing.number or self._core(name, thing.kind)
        curie = f"{self._prefix}:{entry or entry_name(key)}"
        if curie not in self._entries:
            self._entries[curie] = self._entry(thing, name, unit, home)
        return curie

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
