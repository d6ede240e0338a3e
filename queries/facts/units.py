"""Resolution of the names of administrative units, with remarks on ambiguous and former units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ...errors import EntityError, ScopeError
from ...graph.names import with_prefixes
from ...graph.text import fold
from ...words import Labelled, Message, label, message
from .entities import resolve, resolve_all
from .entity_names import EntityNames
from .values import language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from ...graph.store import Store
    from ...words import MessageValue

__all__ = [
    "FieldRemark",
    "NamedUnit",
    "Remark",
    "UnitAbsent",
    "UnitOfSeveralTaken",
    "ValidUnit",
    "absence_remark",
    "label_or_curie",
    "remark_text",
    "resolve_units",
    "unit_with_curie",
    "written_name",
]

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_SUCCESSORS = with_prefixes("""
SELECT DISTINCT ?unit ?curie ?label ?from ?until {
  <%s> egov:succeededBy* ?unit . ?unit egov:curie ?curie ; rdfs:label ?label .
  OPTIONAL { ?unit egov:validFrom ?from }
  OPTIONAL { ?unit egov:validTo ?until }
}
""")


class Remark(Protocol):
    """A remark on an answer, independent of language."""

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        ...


@runtime_checkable
class NamedUnit(Protocol):
    """A unit, or another entity, with its CURIE and labels."""

    @property
    def curie(self) -> str:
        """The CURIE of the unit."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the unit by language."""
        ...


@dataclass(frozen=True, slots=True)
class FieldRemark:
    """A remark whose values are its fields, worded by the catalogue of the package of its class."""

    @property
    def package(self) -> str:
        """The package whose catalogue words the remark."""
        return type(self).__module__.rpartition(".")[0]

    @property
    def key(self) -> str:
        """The key of the remark in the catalogue and in JSON: the name of its class, with dashes."""
        return _CAPITAL.sub("-", type(self).__name__).lower()

    def worded(self, content: object) -> MessageValue:
        """Return what a field holds as the message takes it: of an entity its label."""
        if isinstance(content, NamedUnit):
            return label_or_curie(content)
        return content if isinstance(content, int | Message | Labelled) else str(content)

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        named = {field.name: self.worded(getattr(self, field.name)) for field in fields(self)}
        return message(self.package, f"remark.{self.key}", **named)


@dataclass(frozen=True, slots=True)
class ValidUnit:
    """A unit with its period of validity.

    :param since: ISO day its validity starts; empty if not stated
    :param until: last ISO day of its validity; empty while it exists
    """

    iri: str
    curie: str
    labels: Mapping[str, str] = field(hash=False)
    since: str
    until: str

    def stands(self, day: date) -> bool:
        """Tell whether the unit exists on a day."""
        starts_by_then = not self.since or self.since <= day.isoformat()
        return starts_by_then and (not self.until or day.isoformat() <= self.until)

    def label(self, lang: str) -> str:
        """Return the label in a language, else the CURIE."""
        return label(self.labels, lang) or self.curie


@dataclass(frozen=True, slots=True)
class UnitOfSeveralTaken:
    """A name that several units bore in succession; the unit that existed on the day was chosen.

    :param words: the name as the user wrote it
    """

    words: str
    units: tuple[NamedUnit, ...]
    taken: NamedUnit
    day: date

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__,
            "remark.unit-of-several-taken",
            words=self.words,
            count=len(self.units),
            units=tuple(map(unit_with_curie, self.units)),
            taken=unit_with_curie(self.taken),
            day=str(self.day),
        )


@dataclass(frozen=True, slots=True)
class UnitAbsent:
    """A named unit that does not exist on the day of the question; statements about it count nevertheless.

    :param successors: the succeeding units that exist on the day; empty if the unit did not exist yet
    """

    unit: NamedUnit
    day: date
    successors: tuple[NamedUnit, ...] = ()

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        unit, day = unit_with_curie(self.unit), str(self.day)
        if not self.successors:
            return message(__package__, "remark.unit-absent", unit=unit, day=day)
        successors = tuple(map(unit_with_curie, self.successors))
        return message(__package__, "remark.unit-ended", unit=unit, day=day, successors=successors)


def remark_text(remark: Remark, lang: str) -> str:
    """Word a remark in a language."""
    return remark.message().text(lang)


def unit_with_curie(unit: NamedUnit) -> Message:
    """Return label and CURIE of a unit as a message independent of language."""
    return message(__package__, "unit-with-curie", unit=label_or_curie(unit), curie=unit.curie)


def label_or_curie(unit: NamedUnit) -> Labelled | str:
    """Return the label of a unit in all languages; its CURIE where it has none."""
    return Labelled.of(unit.labels) if unit.labels else unit.curie


def resolve_units(
    store: Store, words: str, lang: str, *, provinces: Collection[str] | None = None
) -> tuple[str, ...]:
    """Find the units that the name of a territory refers to: several if one succeeded the other.

    :param lang: language of the names listed in an error
    :param provinces: the valid units if only provinces are; an error then suggests only these
    :returns: their addresses
    :raises EntityError: if the name matches no entity
    :raises ScopeError: if the entity is no territory
    """
    try:
        return resolve_all(store, words, lang, folder="unit")
    except EntityError as error:
        labels = _labels_of_other_entity(store, words, lang)
        if labels is None or error.ambiguous:
            raise _unknown_unit(store, error, lang, provinces) from None
        raise ScopeError(Labelled.of(labels), provinces=provinces is not None, lang=lang) from error


def _labels_of_other_entity(store: Store, words: str, lang: str) -> Mapping[str, str] | None:
    """Return the labels of the entity with a name; of several, the name itself; ``None`` if there is none."""
    try:
        iri = resolve(store, words, lang)
    except EntityError as error:
        return {lang: words} if error.ambiguous else None
    names = EntityNames.of(store).names
    return {name.lang: name.words for name in names if name.iri == iri and name.is_label} or {lang: words}


def written_name(store: Store, words: str, lang: str) -> str:
    """Write the name of a territory with its accents, and its label instead of an address or CURIE.

    :raises EntityError: as :func:`resolve_units`; likewise ScopeError
    """
    units = resolve_units(store, words, lang)
    names = [name for name in EntityNames.of(store).names if name.iri in units]
    typed = [name.words for name in names if fold(name.words) == fold(words)]
    labels = {name.lang: name.words for name in names if name.is_label and name.iri == units[0]}
    is_code = ":" in words or "/" in words
    return typed[0] if typed else label(labels, lang) if is_code and labels else words


def absence_remark(store: Store, iri: str, day: date) -> UnitAbsent | None:
    """Remark that a unit does not exist on a day, naming the successors that do; one query."""
    units = _successors(store, iri)
    unit = units.pop(iri, None)
    if unit is None or unit.stands(day):
        return None
    successors = (successor for successor in units.values() if successor.stands(day))
    return UnitAbsent(unit, day, tuple(sorted(successors, key=lambda successor: successor.curie)))


def _unknown_unit(
    store: Store, error: EntityError, lang: str, provinces: Collection[str] | None
) -> EntityError:
    """Build the error for an unknown unit; it suggests only provinces if only those are valid."""
    if provinces is None or error.ambiguous:
        return error
    names = EntityNames(tuple(name for name in EntityNames.of(store).names if name.iri in provinces))
    return EntityError(error.name, names.describe(names.near(error.name)), lang=lang)


def _successors(store: Store, iri: str) -> dict[str, ValidUnit]:
    """Read a unit and all its successors, by address."""
    units: dict[str, ValidUnit] = {}
    for unit, curie, name, since, until in store.select(_SUCCESSORS % iri).rows:
        address = text_of(unit)
        labels = dict(units[address].labels) if address in units else {}
        labels[language_of(name)] = text_of(name)
        units[address] = ValidUnit(address, text_of(curie), labels, text_of(since), text_of(until))
    return units
