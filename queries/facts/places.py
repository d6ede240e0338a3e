"""Where things belong: the province above each unit, and the territory of each thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import EGOV, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store

_TERRITORIES = "SELECT ?thing ?unit { ?thing egov:ofTerritory ?unit }"
_UNITS = """
SELECT DISTINCT ?unit ?within ?type {
  VALUES ?type { egov:Province egov:District egov:Commune }
  ?unit a ?type . OPTIONAL { ?unit egov:within ?within }
}"""


@dataclass(frozen=True)
class Places:
    """Where things belong: units, the province above each, and the territory of each thing."""

    province: Mapping[str, str]  # unit -> its province, itself for a province
    territory: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Places:
        """Read them; two queries, linear in the number of things with a territory."""
        above: dict[str, str] = {}
        provinces = set()
        for unit, within, kind in store.texts(with_prefixes(_UNITS)):
            above.setdefault(unit, within)
            if kind == EGOV + "Province":
                provinces.add(unit)
        province = {unit: found for unit in above if (found := _top(unit, above, provinces))}
        rows = store.texts(with_prefixes(_TERRITORIES))
        return cls(province, {row[0]: row[1] for row in rows})

    def of_thing(self, thing: str) -> str | None:
        """Name the unit that a thing is, or whose it is; `None` for a national thing."""
        unit = thing if thing in self.province else self.territory.get(thing)
        return unit if unit in self.province else None


def _top(unit: str, above: Mapping[str, str], provinces: set[str]) -> str | None:
    seen: set[str] = set()
    while unit and unit not in seen:
        if unit in provinces:
            return unit
        seen.add(unit)
        unit = above.get(unit, "")
    return None
