"""The statements of a province, sorted into systems, connections, figures and all others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...ontology.layers import layer_order
from ..dependencies.network.systems import SystemDirectory, is_system_class
from ..facts.entity_report import worded_statements
from .report import SystemEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ..dependencies.network.systems import System
    from ..facts.entity_report import EntityStatement, StatementRole
    from ..facts.facts import Fact
    from ..planning.provinces import Provinces
    from ..planning.units import Province

_SERVES = "serves"
_PARTIES = ("ownedBy", "operatedBy", "suppliedBy", "usedBy", "deployedAt")  # in the order of a report
_STATED = with_prefixes("""
SELECT ?statement ?subject ?object ?day {
  ?statement egov:evidence ?evidence ; egov:subject ?subject ; egov:statedOn ?day .
  OPTIONAL { ?statement egov:object ?object . ?object egov:curie ?curie }
}
""")


@dataclass(frozen=True)
class ProvinceStatements:
    """What sources state about a province and its units.

    :param statements: in order of article, line and id
    :param systems: CURIE → system, of those that the statements name
    :param units: the province and its former provinces, by CURIE
    """

    statements: Sequence[EntityStatement]
    systems: Mapping[str, System]
    units: Mapping[str, Province]

    @classmethod
    def read(cls, provinces: Provinces, province: Province, day: date, lang: str) -> ProvinceStatements:
        """Read the statements that name a province, a unit within it or before it, or what is theirs.

        :param day: statements made after it are left out
        """
        store, places = provinces.store, provinces.places
        directory = SystemDirectory.of(store)
        scope = directory.units.scope(province.iri)
        units = [provinces.by_iri[unit] for unit in scope if unit in provinces.by_iri]
        ends: dict[str, tuple[str, ...]] = {
            statement: tuple(filter(None, entities))
            for statement, *entities, stated in store.texts(_STATED)
            if stated <= day.isoformat() and any(places.unit_of(entity) in scope for entity in entities)
        }
        roles: dict[str, StatementRole] = dict.fromkeys(ends, "subject")
        systems = directory.systems(sorted({entity for entities in ends.values() for entity in entities}))
        return cls(
            worded_statements(store, roles, lang),
            {system.curie: system for system in systems.values() if is_system_class(system.kind)},
            {unit.curie: unit for unit in units},
        )

    @property
    def connections(self) -> tuple[EntityStatement, ...]:
        """The statements between two systems."""
        return tuple(statement for statement in self.statements if self._connects(statement.fact))

    @property
    def figures(self) -> tuple[EntityStatement, ...]:
        """The statements of a number."""
        return tuple(statement for statement in self.statements if statement.fact.value is not None)

    @property
    def others(self) -> tuple[EntityStatement, ...]:
        """The statements that are neither connections nor figures, nor stand at their system."""
        return tuple(
            statement
            for statement in self.statements
            if not (
                self._connects(statement.fact)
                or statement.fact.value is not None
                or self._describes(statement.fact)
            )
        )

    def entries(self, lang: str) -> tuple[SystemEntry, ...]:
        """List the systems of the province, and those of the country that are stated to serve it."""
        described = [statement for statement in self.statements if self._describes(statement.fact)]
        by_subject: dict[str, list[EntityStatement]] = defaultdict(list)
        for statement in described:
            by_subject[statement.fact.subject].append(statement)
        mentions = self._mentions()
        listed = [
            system
            for curie, system in self.systems.items()
            if curie in by_subject or self._unit(system) is not None
        ]
        listed.sort(key=lambda system: (layer_order(system.layer), system.label(lang), system.curie))
        return tuple(
            self._entry(system, by_subject[system.curie], mentions[system.curie]) for system in listed
        )

    def _entry(
        self, system: System, described: Iterable[EntityStatement], mentions: Sequence[str]
    ) -> SystemEntry:
        by_relation: dict[str, list[EntityStatement]] = defaultdict(list)
        for statement in described:
            by_relation[statement.fact.predicate].append(statement)
        parties = tuple(statement for name in _PARTIES for statement in by_relation[name])
        return SystemEntry(system, self._unit(system), tuple(by_relation[_SERVES]), parties, tuple(mentions))

    def _mentions(self) -> Mapping[str, list[str]]:
        """List for each system the statements that name it elsewhere than in its own entry."""
        mentions: dict[str, list[str]] = defaultdict(list)
        for statement in self.statements:
            fact = statement.fact
            if not self._describes(fact):
                for curie in dict.fromkeys((fact.subject, fact.object or "")):
                    mentions[curie].append(fact.id)
        return mentions

    def _unit(self, system: System) -> Province | None:
        """Return the province, present or former, that a system belongs to; `None` for all others."""
        return self.units.get(system.province or "")

    def _connects(self, fact: Fact) -> bool:
        return fact.subject in self.systems and fact.object in self.systems

    def _describes(self, fact: Fact) -> bool:
        """Tell whether a statement stands in the entry of its subject: where it serves, and for whom."""
        return fact.subject in self.systems and fact.predicate in {_SERVES, *_PARTIES}
