"""The provinces of a question: resolution of names, merged units and their predecessors, article coverage."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ...errors import ProvinceError
from ...graph.names import with_prefixes
from ...words import message
from ..facts.entities import name_remarks
from ..facts.territories import Territories
from ..facts.units import UnitOfSeveralTaken, absence_remark, resolve_units, unit_with_curie
from ..facts.values import language_of, text_of
from .units import (
    ArticleCoverage,
    JudgedProvince,
    PresentProvince,
    Province,
    ProvincesWithoutSource,
    SucceededProvinces,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...graph.store import Store
    from ...words import Message
    from .remarks import Remark

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
_ISSUES = with_prefixes("SELECT DISTINCT ?day { ?document egov:authority ?level ; egov:firstDay ?day }")
_COVERED = with_prefixes("""
SELECT DISTINCT ?article ?first ?last ?above {
  ?text a egov:Article ; egov:curie ?article ; egov:firstDay ?first ; egov:lastDay ?last ;
    egov:ofTerritory ?place .
  ?place egov:within* ?above .
}
""")


class Provinces:
    """All provinces of a store, their succession and their article coverage; three queries."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.by_iri = _provinces(store)
        self.predecessors: dict[str, list[str]] = defaultdict(list)
        self.successors: dict[str, list[str]] = defaultdict(list)
        for old, new in store.texts(_SUCCESSION):
            self.predecessors[new].append(old)
            self.successors[old].append(new)
        self.covered = self._covered()

    @cached_property
    def places(self) -> Territories:
        """The location of entities; two queries, run on first use."""
        return Territories.of(self.store)

    @cached_property
    def latest_known_day(self) -> date | None:
        """The latest day on which an article about a province, or a document of law, can have appeared.

        It is `None` where no article covers a province. One query, run on first use.
        """
        if not self.covered:
            return None
        issues = (date.fromisoformat(day) for (day,) in self.store.texts(_ISSUES))
        return max([*(coverage.last for coverage in self.covered.values()), *issues])

    def all(self) -> tuple[JudgedProvince, ...]:
        """List the provinces that an article covers, in order of their CURIEs."""
        return tuple(JudgedProvince(unit, unit) for unit in self._sorted(self.covered))

    def of_day(self, judged: Iterable[JudgedProvince], day: date) -> tuple[JudgedProvince, ...]:
        """Assign units to the provinces that exist on a day in their place, each once.

        A unit stands for itself while it exists, and where it has no successor or several.
        """
        return tuple(dict.fromkeys(self._on_day(unit, day) for unit in judged))

    def _on_day(self, judged: JudgedProvince, day: date) -> JudgedProvince:
        successors = self._in_place_of(judged.requested, day)
        if len(successors) != 1:
            return judged
        return JudgedProvince(judged.province, successors[0], len(self.predecessors[successors[0].iri]) > 1)

    def _in_place_of(self, unit: Province, day: date) -> tuple[Province, ...]:
        """List the successors of a unit that has ended by a day; none before its end."""
        has_ended = bool(unit.until) and unit.until < day.isoformat()
        return self.successors_on(unit, day) if has_ended else ()

    def about_succession(self, day: date) -> Iterator[Remark]:
        """Remark on the units with articles that have ended by a day, with their successors."""
        covered = self._sorted(self.covered)
        ended = [(unit, successors) for unit in covered if (successors := self._in_place_of(unit, day))]
        if ended:
            yield SucceededProvinces(tuple(ended), day)

    def about_silence(self, day: date) -> Iterator[Remark]:
        """Remark how many provinces that exist on a day are left out, as no article tells of them."""
        present = {judged.province for judged in self.standing(day)}
        covered = {judged.requested for judged in self.of_day(self.all(), day)}
        if silent := present - covered:
            yield ProvincesWithoutSource(len(silent), len(present), day)

    def standing(self, day: date) -> tuple[JudgedProvince, ...]:
        """List every province that exists on a day, with or without articles."""
        return tuple(JudgedProvince(unit, unit) for unit in self._sorted(self.by_iri) if unit.stands(day))

    def merged(self, day: date) -> tuple[JudgedProvince, ...]:
        """List the former provinces of each province that exists on a day and was merged from several.

        Merged provinces without an article about any of the former ones are left out.
        """
        merged = [unit for unit in self._sorted(self.predecessors) if unit.stands(day)]
        lineages = (self.lineage(unit) for unit in merged if len(self.predecessors[unit.iri]) > 1)
        return tuple(
            judged
            for lineage in lineages
            if any(judged.province.iri in self.covered for judged in lineage)
            for judged in lineage
        )

    def successors_on(self, unit: Province, day: date) -> tuple[Province, ...]:
        """List the provinces that exist on a day in place of a former one, in order of their CURIEs."""
        reached, queue = set(), [unit.iri]
        for iri in queue:
            further = [new for new in self.successors.get(iri, ()) if new not in reached]
            reached.update(further)
            queue += further
        return tuple(later for later in self._sorted(reached) if later.stands(day))

    @property
    def latest_merger(self) -> date | None:
        """The latest stated day on which a province merged from several began; `None` without one."""
        merged = (self.by_iri[iri] for iri, former in self.predecessors.items() if len(former) > 1)
        days = (unit.since for unit in merged if _DAY.fullmatch(unit.since))
        return max(map(date.fromisoformat, days), default=None)

    def named(self, name: str, day: date, lang: str) -> NamedProvinces:
        """Find the provinces that a name refers to on a day.

        A merged unit is returned with its predecessors, those with articles first: what a predecessor had is
        shown under its own name and is never silently attributed to the merged unit.

        :param lang: language of the candidates named in an error
        :raises EntityError: if the name matches no entity
        :raises ScopeError: if the name refers to no territory
        :raises ProvinceError: if the name refers to a unit below a province
        """
        addresses = resolve_units(self.store, name, lang, provinces=self.by_iri)
        units = tuple(self.by_iri[iri] for iri in addresses if iri in self.by_iri)
        if not units:
            raise ProvinceError(self._no_province(name, addresses[0]))
        taken = next((unit for unit in units if unit.stands(day)), units[0])
        judged = self.lineage(taken)
        remarks = [*self._about_name(name, units, taken, day, lang)]
        if JudgedProvince(taken, taken) in judged and (absent := absence_remark(self.store, taken.iri, day)):
            remarks.append(absent)
        return NamedProvinces(judged, tuple(remarks))

    def present(self, name: str, day: date, lang: str) -> tuple[Province, tuple[Remark, ...]]:
        """Find the province that stands on a day for a named one: itself, or its successor.

        :returns: the province, and remarks on how the name was understood
        :raises ProvinceError: if it no longer exists and several provinces, or none, took its place; further
            errors as :meth:`named`
        """
        named = self.named(name, day, lang)
        requested = named.judged[0].requested
        if requested.stands(day) or requested.since > day.isoformat():
            return requested, named.remarks
        successors = self.successors_on(requested, day)
        if len(successors) == 1:
            return successors[0], (PresentProvince(requested, successors[0]),)
        names = tuple(map(unit_with_curie, successors))
        key = "error.several-successors" if names else "error.no-successor"
        raise ProvinceError(message(__package__, key, named=unit_with_curie(requested), successors=names))

    def _about_name(
        self, name: str, units: Sequence[Province], taken: Province, day: date, lang: str
    ) -> Sequence[Remark]:
        """Remark for which units a name was taken: all units of that name, or those up to the day."""
        covered = {taken.iri, *self.predecessors.get(taken.iri, ())}
        if all(unit.iri in covered for unit in units):
            return name_remarks(self.store, name, [unit.iri for unit in units], lang)
        return (UnitOfSeveralTaken(name, tuple(units), taken, day),)

    def lineage(self, unit: Province) -> tuple[JudgedProvince, ...]:
        """List the units by which a province is judged: itself, and those that it was made of.

        :returns: the province itself where an article covers it or it was made of no other, then its former
            provinces, those with articles first
        """
        predecessors = [self.by_iri[iri] for iri in self.predecessors.get(unit.iri, ())]
        predecessors.sort(key=lambda predecessor: (predecessor.iri not in self.covered, predecessor.curie))
        itself = [unit] if unit.iri in self.covered or not predecessors else []
        is_merged = len(predecessors) > 1
        former = (JudgedProvince(predecessor, unit, is_merged) for predecessor in predecessors)
        return (*(JudgedProvince(province, unit) for province in itself), *former)

    def _covered(self) -> dict[str, ArticleCoverage]:
        rows: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for article, first, last, unit in self.store.texts(_COVERED):
            if unit in self.by_iri:
                rows[unit].add((article, first, last))
        return {unit: _coverage(articles) for unit, articles in rows.items()}

    def _sorted(self, iris: Iterable[str]) -> list[Province]:
        return sorted((self.by_iri[iri] for iri in iris), key=lambda unit: unit.curie)

    def _no_province(self, name: str, unit: str) -> Message:
        """Build the message that a unit is no province, naming the provinces that contain it."""
        query = with_prefixes(f"SELECT DISTINCT ?above {{ <{unit}> egov:within+ ?above }}")
        above = sorted({iri for (iri,) in self.store.texts(query)} & self.by_iri.keys())
        if not above:
            return message(__package__, "error.no_province", name=name)
        provinces = tuple(unit_with_curie(self.by_iri[iri]) for iri in above)
        return message(__package__, "error.lies_in_province", name=name, provinces=provinces)


def _coverage(articles: Iterable[tuple[str, str, str]]) -> ArticleCoverage:
    """Sum up articles: their ids, with the first and the last day on which one can have been published."""
    ids, firsts, lasts = zip(*sorted(articles), strict=True)
    return ArticleCoverage(ids, date.fromisoformat(min(firsts)), date.fromisoformat(max(lasts)))


@dataclass(frozen=True)
class NamedProvinces:
    """The provinces that a name refers to, with remarks on how it was understood."""

    judged: tuple[JudgedProvince, ...]
    remarks: tuple[Remark, ...]


def _provinces(store: Store) -> dict[str, Province]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    bounds: dict[str, tuple[str, str, str]] = {}
    for unit, curie, name, since, until in store.select(_PROVINCES).rows:
        labels[text_of(unit)][language_of(name)] = text_of(name)
        bounds[text_of(unit)] = (text_of(curie), text_of(since), text_of(until))
    return {
        iri: Province(iri, curie, labels[iri], since, until) for iri, (curie, since, until) in bounds.items()
    }
