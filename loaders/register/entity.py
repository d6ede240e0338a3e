"""Entities of the register, which articles refer to by CURIE."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ...problems import FaultError
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .unit_changes import CHANGES, read_unit_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KeyPlaces: TypeAlias = "Mapping[str, tuple[int, int]]"  # key -> line and column; the entry's own under ""


@dataclass(frozen=True, slots=True, eq=False)
class RegisterEntity:
    """One entity of the register.

    :param curie: `prefix:name`, by which articles refer to it
    :param iri: its IRI
    :param kind: local name of its class
    :param values: the scalar keys, such as `vi`, `en`, `territory`
    :param lists: the list keys, such as `aliases`
    """

    curie: str
    iri: str
    kind: str
    file: str
    line: int
    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: KeyPlaces = field(default_factory=dict)

    def place(self, key: str) -> tuple[int, int]:
        """Return line and column of a key; those of the entry if it lacks the key."""
        return self.places.get(key) or self.places.get("") or (self.line, 1)

    @property
    def prefix(self) -> str:
        """The prefix of its register."""
        return self.curie.partition(":")[0]

    @property
    def has_place(self) -> bool:
        """Whether the register says of which territory it is."""
        return "territory" in self.values

    @property
    def label(self) -> str:
        """Its label in the language of the articles; empty without one."""
        return self.values.get(ARTICLE_LANGUAGE, "")

    @property
    def names(self) -> tuple[str, ...]:
        """All its names: label, short name and aliases."""
        return names_of(self.values, self.lists)


def names_of(values: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List all names of an entry: label, short name, aliases, and the former names of a unit."""
    label, short_name = values.get(ARTICLE_LANGUAGE, ""), values.get("short", "")
    names = (label, short_name, *lists.get("aliases", ()), *former_names(lists))
    return tuple(dict.fromkeys(name for name in names if name))


def former_names(lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List the names that a unit bore before; malformed changes are passed over."""
    names = []
    for text in lists.get(CHANGES, ()):
        with suppress(FaultError):
            names.append(read_unit_change(text).former)
    return tuple(name for name in names if name)


class Register:
    """All entities of the register, by CURIE.

    :param entities: in the order of files and lines
    :param unreadable: prefixes whose file could not be read, so that it is unknown which names exist
    :param unusable: entries that could not be read: CURIE → their names
    """

    def __init__(
        self,
        entities: Iterable[RegisterEntity],
        unreadable: Iterable[str] = (),
        unusable: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.unreadable = frozenset(unreadable)
        self.unusable = dict(unusable or {})
        self.entities = tuple(entities)
        self.by_curie = {entity.curie: entity for entity in self.entities}
        self.by_iri = {entity.iri: entity for entity in self.entities}
        self.prefixes = tuple(dict.fromkeys(entity.prefix for entity in self.entities))

    def get(self, curie: str) -> RegisterEntity | None:
        """Find an entity by its CURIE; ``None`` if there is none."""
        return self.by_curie.get(curie)

    def former_units(self, curie: str) -> tuple[str, ...]:
        """List the CURIEs of the units that became a unit; linear in the register."""
        return tuple(
            entity.curie for entity in self.entities if curie in entity.lists.get("succeeded_by", ())
        )

    def is_reported(self, curie: str) -> bool:
        """Tell whether a CURIE refers to an entry whose problem is already reported in its register file."""
        return curie in self.unusable or curie.partition(":")[0] in self.unreadable
