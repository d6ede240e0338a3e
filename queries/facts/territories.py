"""Territories: the province above each unit, and the unit that each entity belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import EGOV, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...graph.store import Store

PROVINCE = "Province"  # the class of units of province level
_TERRITORIES = "SELECT ?entity ?unit { ?entity egov:ofTerritory ?unit }"
_UNITS = """
SELECT DISTINCT ?unit ?within ?type {
  VALUES ?type { egov:Province egov:District egov:Commune }
  ?unit a ?type . OPTIONAL { ?unit egov:within ?within }
}"""


@dataclass(frozen=True)
class Territories:
    """The territory of each entity, and the province of each unit; by address.

    :param province: unit -> its province, itself for a province
    :param territory: entity -> the unit it belongs to
    """

    province: Mapping[str, str]
    territory: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Territories:
        """Read the territories of a store; two queries, linear in the number of entities with a territory."""
        above: dict[str, str] = {}
        provinces = set()
        for unit, within, kind in store.texts(with_prefixes(_UNITS)):
            above.setdefault(unit, within)
            if kind == EGOV + PROVINCE:
                provinces.add(unit)
        by_unit = {
            unit: province_above(unit, provinces.__contains__, lambda lower: (above.get(lower, ""),))
            for unit in above
        }
        rows = store.texts(with_prefixes(_TERRITORIES))
        return cls(
            {unit: province for unit, province in by_unit.items() if province},
            {row[0]: row[1] for row in rows},
        )

    def unit_of(self, entity: str) -> str | None:
        """Find the unit that an entity is, or belongs to; ``None`` for a national entity."""
        unit = entity if entity in self.province else self.territory.get(entity)
        return unit if unit in self.province else None


def province_above(
    unit: str, is_province: Callable[[str], bool], above: Callable[[str], Iterable[str]]
) -> str | None:
    """Climb from a unit to the province that contains it.

    :param above: the units that contain a unit, or that an entity belongs to; empty texts are none
    :returns: the unit itself for a province; ``None`` where none is above, such as for the country

    >>> containing = {"commune": ["district"], "district": ["north", "commune"]}
    >>> province_above("commune", {"north"}.__contains__, lambda unit: containing.get(unit, []))
    'north'
    """
    queue, seen = [unit], {"", unit}
    for current in queue:
        if is_province(current):
            return current
        higher = [other for other in above(current) if other not in seen]
        seen.update(higher)
        queue += higher
    return None
