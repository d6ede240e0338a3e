"""Territories: the province above each unit, and the unit that each entity belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import EGOV, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store

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
        """Read them; two queries, linear in the number of entities with a territory."""
        above: dict[str, str] = {}
        provinces = set()
        for unit, within, kind in store.texts(with_prefixes(_UNITS)):
            above.setdefault(unit, within)
            if kind == EGOV + "Province":
                provinces.add(unit)
        by_unit = {unit: _province(unit, above, provinces) for unit in above}
        rows = store.texts(with_prefixes(_TERRITORIES))
        return cls(
            {unit: province for unit, province in by_unit.items() if province},
            {row[0]: row[1] for row in rows},
        )

    def of_thing(self, entity: str) -> str | None:
        """Find the unit that an entity is, or belongs to; ``None`` for a national entity."""
        unit = entity if entity in self.province else self.territory.get(entity)
        return unit if unit in self.province else None


def _province(unit: str, above: Mapping[str, str], provinces: set[str]) -> str | None:
    """Return the province that contains a unit; ``None`` if there is none."""
    seen: set[str] = set()
    while unit and unit not in seen:
        if unit in provinces:
            return unit
        seen.add(unit)
        unit = above.get(unit, "")
    return None
