"""The administrative units, their containment and succession."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import with_prefixes
from ...facts.territories import province_above
from ...facts.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ....graph.store import Store

UnitsByUnit: TypeAlias = "Mapping[str, frozenset[str]]"  # address -> addresses

_RELATIONS = """
SELECT DISTINCT ?unit ?relation ?value {
  VALUES ?relation { egov:within egov:succeededBy } ?unit ?relation ?value }"""
_PROVINCES = "SELECT DISTINCT ?unit { ?unit a egov:Province }"


@dataclass(frozen=True)
class UnitTree:
    """The administrative units of a store by address, with their containment and succession.

    :param above: unit → the units that contain it
    :param successors: unit -> the units that succeeded it
    :param provinces: the units of province level
    """

    above: UnitsByUnit
    successors: UnitsByUnit
    provinces: frozenset[str]

    @classmethod
    def of(cls, store: Store) -> UnitTree:
        """Read the units of a store; two queries."""
        above: dict[str, set[str]] = defaultdict(set)
        successors: dict[str, set[str]] = defaultdict(set)
        for unit, relation, target in store.select(with_prefixes(_RELATIONS)).rows:
            targets = above if text_of(relation).endswith("within") else successors
            targets[text_of(unit)].add(text_of(target))
        provinces = (text_of(row[0]) for row in store.select(with_prefixes(_PROVINCES)).rows)
        return cls(frozen_sets(above), frozen_sets(successors), frozenset(provinces))

    def province(self, unit: str) -> str | None:
        """Return the province that contains a unit; ``None`` for the country and for an unknown unit."""
        above = self.above
        return province_above(unit, self.provinces.__contains__, lambda lower: sorted(above.get(lower, ())))

    def province_of(self, units: Iterable[str]) -> str | None:
        """Return the province of units; the first by address if they lie in several."""
        provinces = {province for unit in units if (province := self.province(unit))}
        return min(provinces, default=None)

    def scope(self, unit: str) -> frozenset[str]:
        """Return a unit, its predecessors, and all units within any of them."""
        members, queue = {unit}, [unit]
        below = self._below()
        for current in queue:
            queue += below[current] - members
            members |= below[current]
        return frozenset(members)

    def _below(self) -> dict[str, set[str]]:
        """Map each unit to those within it and to its predecessors."""
        below: dict[str, set[str]] = defaultdict(set)
        for relation in (self.above, self.successors):
            for unit, targets in relation.items():
                for target in targets:
                    below[target].add(unit)
        return below


def frozen_sets(sets: Mapping[str, set[str]]) -> UnitsByUnit:
    """Make the sets of a mapping immutable."""
    return {key: frozenset(values) for key, values in sets.items()}
