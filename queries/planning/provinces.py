"""Which provinces a question is about: names that outlived their unit, predecessors, what articles cover."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ...errors import ProvinceError
from ...graph.names import with_prefixes
from ..facts.entities import resolve_all
from ..facts.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store

_PROVINCES = with_prefixes("""
SELECT DISTINCT ?unit ?curie ?label ?from ?until {
  ?unit a egov:Province ; egov:curie ?curie ; rdfs:label ?label .
  OPTIONAL { ?unit egov:validFrom ?from }
  OPTIONAL { ?unit egov:validTo ?until }
}
""")
_SUCCESSION = with_prefixes("""
SELECT DISTINCT ?old ?new { ?old a egov:Province ; egov:succeededBy ?new . ?new a egov:Province }
""")
_COVERED = with_prefixes("""
SELECT DISTINCT ?article ?published ?place ?above {
  ?text a egov:Article ; egov:curie ?article ; egov:published ?published ; egov:ofTerritory ?place .
  ?place egov:within* ?above .
}
""")


@dataclass(frozen=True)
class Province:
    """A unit of province level.

    :param since: ISO day its validity starts; empty where none is told
    :param until: last ISO day of its validity; empty for one that goes on
    """

    iri: str
    curie: str
    labels: Mapping[str, str] = field(hash=False)
    since: str
    until: str

    def label(self, lang: str) -> str:
        """Word it in a language."""
        return self.labels.get(lang) or self.labels.get("vi") or self.curie

    def stands(self, day: date) -> bool:
        """Tell whether it exists on a day."""
        return (not self.since or self.since <= day.isoformat()) and (
            not self.until or day.isoformat() <= self.until
        )


@dataclass(frozen=True)
class JudgedProvince:
    """A province that is to be judged.

    :param requested: the present-day unit that was asked for, when this one is its predecessor; else itself
    """

    province: Province
    requested: Province


@dataclass(frozen=True)
class ArticleCoverage:
    """What the corpus covers of a province: the articles about it or a unit within it."""

    articles: tuple[str, ...]
    first: date
    last: date

    @property
    def span(self) -> str:
        """Word the days of publication: one day, or the first and the last."""
        return str(self.first) if self.first == self.last else f"{self.first}…{self.last}"


class Provinces:
    """All provinces of a store, their succession, and what the articles cover; three queries."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.by_iri = _provinces(store)
        self.predecessors: dict[str, list[str]] = defaultdict(list)
        for old, new in store.select(_SUCCESSION).rows:
            self.predecessors[text_of(new)].append(text_of(old))
        self.covered = self._covered()

    def all(self) -> tuple[JudgedProvince, ...]:
        """List the provinces that an article covers, in order of their names."""
        return tuple(JudgedProvince(each, each) for each in self._sorted(self.covered))

    def standing(self, day: date) -> tuple[JudgedProvince, ...]:
        """List every province that exists on a day, covered or not."""
        return tuple(JudgedProvince(each, each) for each in self._sorted(self.by_iri) if each.stands(day))

    def named(self, words: str, day: date, lang: str) -> tuple[tuple[JudgedProvince, ...], str]:
        """Find the provinces that a name means on a day.

        A unit that arose by merger stands for itself and for its predecessors, those that articles cover
        first: what they had is shown under their own names and never carried over in silence.

        :returns: the provinces, and a remark for the user where the name needs one (else empty)
        :raises EntityError: when no unit fits
        :raises ProvinceError: when the name means a unit below a province
        """
        found = resolve_all(self.store, words, lang, folder="unit")
        units = [self.by_iri[iri] for iri in found if iri in self.by_iri]
        if not units:
            raise ProvinceError(f'"{words}" is no province — {self._above(found[0], lang)}')
        standing = [unit for unit in units if unit.stands(day)] or units[:1]
        remark = _remark(words, units, standing[0], lang) if len(units) > 1 else ""
        return self._lineage(standing[0]), remark

    def _lineage(self, unit: Province) -> tuple[JudgedProvince, ...]:
        old = [self.by_iri[iri] for iri in self.predecessors.get(unit.iri, ())]
        old.sort(key=lambda each: (each.iri not in self.covered, each.curie))
        own = [unit] if unit.iri in self.covered or not old else []
        return tuple(JudgedProvince(each, unit) for each in (*own, *old))

    def _covered(self) -> dict[str, ArticleCoverage]:
        found: dict[str, dict[str, date]] = defaultdict(dict)
        for article, published, _, above in self.store.select(_COVERED).rows:
            if text_of(above) in self.by_iri:
                found[text_of(above)][text_of(article)] = date.fromisoformat(text_of(published))
        return {
            iri: ArticleCoverage(tuple(sorted(each)), min(each.values()), max(each.values()))
            for iri, each in found.items()
        }

    def _sorted(self, iris: Mapping[str, object]) -> list[Province]:
        return sorted((self.by_iri[iri] for iri in iris), key=lambda each: each.curie)

    def _above(self, unit: str, lang: str) -> str:
        rows = self.store.select(
            with_prefixes(f"SELECT DISTINCT ?above {{ <{unit}> egov:within+ ?above }}")
        ).rows
        above = sorted({text_of(row[0]) for row in rows} & self.by_iri.keys())
        named = " or ".join(f"{self.by_iri[iri].label(lang)} ({self.by_iri[iri].curie})" for iri in above)
        return f"it lies in {named}" if named else "name a unit of province level"


def _provinces(store: Store) -> dict[str, Province]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    bounds: dict[str, tuple[str, str, str]] = {}
    for unit, curie, label, since, until in store.select(_PROVINCES).rows:
        labels[text_of(unit)][getattr(label, "language", "") or ""] = text_of(label)
        bounds[text_of(unit)] = (text_of(curie), text_of(since), text_of(until))
    return {
        iri: Province(iri, curie, labels[iri], since, until) for iri, (curie, since, until) in bounds.items()
    }


def _remark(words: str, units: list[Province], chosen: Province, lang: str) -> str:
    both = ", ".join(f"{unit.label(lang)} ({unit.curie})" for unit in units)
    if lang == "vi":
        return f"“{words}” là tên của {len(units)} đơn vị: {both}; xét {chosen.curie} và các đơn vị tiền thân"
    return f'"{words}" names {len(units)} units: {both}; judged: {chosen.curie} with its predecessors'
