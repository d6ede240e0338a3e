"""The components of a dependency network: name, class, layer, territory and status of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, GRAPH_REGISTER, with_prefixes
from ...ontology.layers import default_layer
from ...ontology.statuses import find_status, firmest
from ...ontology.vocabulary import load_vocabulary
from ..facts.values import short_name, text_of
from ..facts.wording import values_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...graph.store import Row, Store

Texts: TypeAlias = "Mapping[str, str]"  # language -> text
Sets: TypeAlias = "Mapping[str, frozenset[str]]"  # address -> addresses

_NAMES = """
SELECT ?thing ?relation ?value { %s
  VALUES ?relation { rdfs:label egov:shortName egov:curie } ?thing ?relation ?value . }"""
_KINDS = f"SELECT ?thing ?class {{ %s GRAPH <{GRAPH_REGISTER}> {{ ?thing a ?class }} }}"
_REFERENCE = """
SELECT DISTINCT ?thing ?layer { %s
  ?thing a egov:ReferenceComponent OPTIONAL { ?thing egov:inLayer ?layer } }"""
_PLACES = "SELECT DISTINCT ?thing ?place { %s ?thing egov:ofTerritory|egov:serves ?place }"
_STATUS = """
SELECT DISTINCT ?thing ?status { %s
  ?claim egov:subject ?thing ; egov:predicate egov:serves ; egov:polarity code:asserted ;
    egov:status ?status . }"""
_UNITS = """
SELECT DISTINCT ?unit ?relation ?value {
  VALUES ?relation { egov:within egov:succeededBy } ?unit ?relation ?value }"""
_PROVINCES = "SELECT DISTINCT ?unit { ?unit a egov:Province }"


@dataclass(frozen=True, slots=True)
class Component:
    """One node of a dependency network.

    :param labels: language -> label
    :param short: the name that is drawn
    :param kind: local name of its class
    :param layer: slug of its layer
    :param territories: addresses of the units it is of or serves
    :param province: CURIE of its province-level unit; ``None`` for what is national
    :param place: the label of that unit, by language, without what stands in brackets
    :param status: how far it is, by the statements about where it serves; ``None`` when there is none
    """

    iri: str
    curie: str
    labels: Texts
    short: str
    kind: str
    layer: str
    territories: frozenset[str] = frozenset()
    province: str | None = None
    status: str | None = None
    place: Texts = field(default_factory=dict)

    def label(self, lang: str) -> str:
        """Give its label, in Vietnamese where there is no other."""
        return self.labels.get(lang) or self.labels.get("vi") or self.curie

    @property
    def is_ahead(self) -> bool:
        """Whether it is itself only planned, being built, on trial or limited."""
        return self.status is not None and find_status(self.status).is_ahead


@dataclass(frozen=True)
class Units:
    """The administrative units: what lies within what, what followed what."""

    above: Sets
    successors: Sets
    provinces: frozenset[str]

    @classmethod
    def of(cls, store: Store) -> Units:
        """Read the units of a store; two queries."""
        above: dict[str, set[str]] = defaultdict(set)
        after: dict[str, set[str]] = defaultdict(set)
        for unit, relation, value in store.select(with_prefixes(_UNITS)).rows:
            held = above if text_of(relation).endswith("within") else after
            held[text_of(unit)].add(text_of(value))
        provinces = (text_of(row[0]) for row in store.select(with_prefixes(_PROVINCES)).rows)
        return cls(_frozen(above), _frozen(after), frozenset(provinces))

    def province(self, unit: str) -> str | None:
        """Climb from a unit to its province; ``None`` for the country and what is unknown."""
        waiting, seen = [unit], set[str]()
        for each in waiting:
            if each in self.provinces:
                return each
            seen.add(each)
            waiting += sorted(self.above.get(each, frozenset()) - seen)
        return None

    def scope(self, unit: str) -> frozenset[str]:
        """Collect a unit, its predecessors, and all that lies within any of them."""
        found = {unit}
        links = [(one, other) for one, above in self.above.items() for other in above]
        links += [(one, other) for one, after in self.successors.items() for other in after]
        below: dict[str, set[str]] = defaultdict(set)
        for one, other in links:
            below[other].add(one)
        waiting = [unit]
        for each in waiting:
            waiting += below[each] - found
            found |= below[each]
        return frozenset(found)


def _frozen(sets: Mapping[str, set[str]]) -> Sets:
    return {key: frozenset(values) for key, values in sets.items()}


@dataclass
class Directory:
    """Who is who among the components of a store; what was asked for once is kept."""

    store: Store
    units: Units
    _known: dict[str, Component] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Directory:
        """Open the directory of a store."""
        return cls(store, Units.of(store))

    def component(self, iri: str) -> Component:
        """Describe one component; a thing of which nothing is known bears its short address."""
        return self.components((iri,))[iri]

    def components(self, iris: Collection[str]) -> Mapping[str, Component]:
        """Describe components, by address; five queries whatever their number."""
        missing = [iri for iri in iris if iri not in self._known]
        if missing:
            self._known |= _read(self.store, self.units, missing)
        return {iri: self._known[iri] for iri in iris}


def _read(store: Store, units: Units, iris: Collection[str]) -> dict[str, Component]:
    limit = values_line("thing", iris)

    def rows(query: str) -> tuple[Row, ...]:
        return store.select(with_prefixes(query % limit)).rows

    kinds = {text_of(thing): text_of(kind).removeprefix(EGOV) for thing, kind in rows(_KINDS)}
    places, states = _grouped(rows(_PLACES)), _grouped(rows(_STATUS))
    reference = {text_of(thing): text_of(layer).removeprefix(CODE) for thing, layer in rows(_REFERENCE)}
    provinces = {iri: _province(units, places.get(iri, ())) for iri in iris}
    names = _names(store, {*iris, *filter(None, provinces.values())})
    made = {}
    for iri in iris:
        kind = kinds.get(iri) or ("ReferenceComponent" if iri in reference else "TechnicalComponent")
        named, home = names[iri], names.get(provinces[iri] or "")
        made[iri] = Component(
            iri=iri,
            curie=named.curie,
            labels=named.labels,
            short=named.short,
            kind=kind,
            layer=reference.get(iri) or layer_of(kind),
            territories=places.get(iri, frozenset()),
            province=home.curie if home else None,
            status=_best(states.get(iri, ())),
            place={lang: label.partition(" (")[0] for lang, label in home.labels.items()} if home else {},
        )
    return made


@dataclass(frozen=True, slots=True)
class _Named:
    curie: str
    labels: Texts
    short: str


def _names(store: Store, iris: Collection[str]) -> dict[str, _Named]:
    """Read CURIE, labels and short name of things."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, relation, value in store.select(with_prefixes(_NAMES % values_line("thing", iris))).rows:
        iri, name = text_of(thing), text_of(relation).rpartition("#")[2]
        if name == "label":
            language = value.language if isinstance(value, ox.Literal) else None
            labels[iri][language or "vi"] = text_of(value)
        else:
            held[iri][name] = text_of(value)
    return {
        iri: _Named(
            held[iri].get("curie") or short_name(iri),
            labels[iri],
            held[iri].get("shortName") or labels[iri].get("vi") or short_name(iri),
        )
        for iri in iris
    }


def _grouped(rows: Iterable[Row]) -> Sets:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in rows:
        found[text_of(one)].add(text_of(other))
    return _frozen(found)


def layer_of(kind: str) -> str:
    """Name the layer of a class; a component of no further class counts as an application.

    >>> layer_of("DataCentre"), layer_of("InformationSystem")
    ('infrastructure', 'applications')
    """
    return load_vocabulary().layer(kind) or default_layer()


def _province(units: Units, places: Iterable[str]) -> str | None:
    found = {province for place in places if (province := units.province(place))}
    return min(found) if found else None


def _best(statuses: Iterable[str]) -> str | None:
    """Choose the status that counts: one in force, else the farthest on the way, else one that has ended."""
    return firmest(status.removeprefix(CODE) for status in statuses)


def words_of(kind: str, lang: str) -> str:
    """Give the label of a class, relation or code; its name when it has none.

    >>> words_of("DataCentre", "en"), words_of("hostedOn", "en"), words_of("platform", "vi")
    ('data centre', 'hosted on', 'nền tảng')
    """
    vocabulary = load_vocabulary()
    for terms in (vocabulary.classes, vocabulary.properties, vocabulary.codes):
        if term := terms.get(kind):
            return term.labels.get(lang, kind)
    return kind


def is_component(kind: str) -> bool:
    """Tell whether things of a class can depend on one another."""
    vocabulary = load_vocabulary()
    return kind == "ReferenceComponent" or (
        kind in vocabulary.classes and vocabulary.is_a(kind, "TechnicalComponent")
    )
