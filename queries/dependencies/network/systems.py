"""The systems of a dependency network: name, class, layer, territory and status of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ....graph.names import CODE, EGOV, GRAPH_REGISTER, with_prefixes
from ....graph.network.kinship import Kinship
from ....ontology.layers import default_layer
from ....ontology.statuses import find_status, firmest
from ....ontology.vocabulary import COMPONENT_OR_SERVICE, load_vocabulary
from ....words import DEFAULT_LANGUAGE
from ....words import label as label_in
from ...facts.values import short_name, text_of
from ...facts.wording import values_line
from .units import UnitTree, frozen_sets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ....graph.store import Row, Store
    from ....words import Texts


REFERENCE_COMPONENT, TECHNICAL_COMPONENT = "ReferenceComponent", "TechnicalComponent"
_NAMES = """
SELECT ?thing ?relation ?value { %s
  VALUES ?relation { rdfs:label egov:shortName egov:curie } ?thing ?relation ?value . }"""
_KINDS = f"SELECT ?thing ?class {{ %s GRAPH <{GRAPH_REGISTER}> {{ ?thing a ?class }} }}"
_REFERENCE = """
SELECT DISTINCT ?thing ?layer { %s
  ?thing a egov:ReferenceComponent OPTIONAL { ?thing egov:inLayer ?layer } }"""
_PLACES = "SELECT DISTINCT ?thing ?place { %s ?thing egov:ofTerritory|egov:serves ?place }"
_OWN_PLACES = "SELECT DISTINCT ?thing ?place { %s ?thing egov:ofTerritory ?place }"
_STATUS = """
SELECT DISTINCT ?thing ?status { %s
  ?claim egov:subject ?thing ; egov:predicate egov:serves ; egov:polarity code:asserted ;
    egov:status ?status . }"""


@dataclass(frozen=True, slots=True)
class System:
    """One node of a dependency network: a system, or a component of the reference architecture.

    :param labels: labels by language
    :param short: the short name shown in drawings
    :param kind: local name of its class
    :param layer: slug of its layer
    :param territories: addresses of the units that it belongs to or serves
    :param province: CURIE of the province it belongs to; ``None`` for a national system, whomever it serves
    :param status: its status according to statements about where it serves; ``None`` without any
    :param place: the label of its province by language, without bracketed additions
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
        """Return its label in a language, else the Vietnamese one, else its CURIE."""
        return label_in(self.labels, lang) or self.curie

    @property
    def is_pending(self) -> bool:
        """Whether the system itself is only planned, being built, on trial or limited."""
        return self.status is not None and find_status(self.status).is_ahead


@dataclass
class SystemDirectory:
    """The systems of a store by address; each system is read once.

    :param units: the administrative units of the store
    """

    store: Store
    units: UnitTree
    _read_systems: dict[str, System] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> SystemDirectory:
        """Open the directory of a store."""
        return cls(store, UnitTree.of(store))

    @cached_property
    def kinship(self) -> Kinship:
        """Classes, parts and aliases of all entities of the store; read once."""
        return Kinship.of(self.store)

    def system(self, iri: str) -> System:
        """Describe one system; without a label, its short address serves as one."""
        return self.systems((iri,))[iri]

    def systems(self, iris: Collection[str]) -> Mapping[str, System]:
        """Describe systems, by address; six queries, however many systems."""
        missing = [iri for iri in iris if iri not in self._read_systems]
        if missing:
            self._read_systems |= _read(self.store, self.units, missing)
        return {iri: self._read_systems[iri] for iri in iris}


def _read(store: Store, units: UnitTree, iris: Collection[str]) -> dict[str, System]:
    limit = values_line("thing", iris)

    def rows(query: str) -> tuple[Row, ...]:
        return store.select(with_prefixes(query % limit)).rows

    kinds = {text_of(system_iri): text_of(kind).removeprefix(EGOV) for system_iri, kind in rows(_KINDS)}
    places, own_places = _grouped(rows(_PLACES)), _grouped(rows(_OWN_PLACES))
    statuses = _grouped(rows(_STATUS))
    layers = {
        text_of(system_iri): text_of(layer).removeprefix(CODE) for system_iri, layer in rows(_REFERENCE)
    }
    provinces = {iri: units.province_of(own_places.get(iri, ())) for iri in iris}
    names = _read_names(store, {*iris, *filter(None, provinces.values())})
    systems = {}
    for iri in iris:
        kind = kinds.get(iri) or (REFERENCE_COMPONENT if iri in layers else TECHNICAL_COMPONENT)
        province = names.get(provinces[iri] or "")
        systems[iri] = System(
            iri=iri,
            curie=names[iri].curie,
            labels=names[iri].labels,
            short=names[iri].short,
            kind=kind,
            layer=layers.get(iri) or layer_of(kind),
            territories=places.get(iri, frozenset()),
            province=province.curie if province else None,
            status=firmest(code.removeprefix(CODE) for code in statuses.get(iri, ())),
            place=_without_brackets(province.labels) if province else {},
        )
    return systems


@dataclass(frozen=True, slots=True)
class _SystemNames:
    curie: str
    labels: Texts
    short: str


def _read_names(store: Store, iris: Collection[str]) -> dict[str, _SystemNames]:
    """Read CURIE, labels and short name of entities."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for system_iri, relation, name in store.select(with_prefixes(_NAMES % values_line("thing", iris))).rows:
        iri, property_name = text_of(system_iri), text_of(relation).rpartition("#")[2]
        if property_name == "label":
            language = name.language if isinstance(name, ox.Literal) else None
            labels[iri][language or DEFAULT_LANGUAGE] = text_of(name)
        else:
            names[iri][property_name] = text_of(name)
    return {iri: _system_names(iri, names[iri], labels[iri]) for iri in iris}


def _system_names(iri: str, names: Mapping[str, str], labels: Texts) -> _SystemNames:
    short = names.get("shortName") or label_in(labels, DEFAULT_LANGUAGE) or short_name(iri)
    return _SystemNames(names.get("curie") or short_name(iri), labels, short)


def _grouped(rows: Iterable[Row]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in rows:
        groups[text_of(key)].add(text_of(value))
    return frozen_sets(groups)


def _without_brackets(labels: Texts) -> Texts:
    return {lang: label.partition(" (")[0] for lang, label in labels.items()}


def layer_of(kind: str) -> str:
    """Return the layer of a class; a component without a more specific class counts as an application.

    >>> layer_of("DataCentre"), layer_of("InformationSystem")
    ('infrastructure', 'applications')
    """
    return load_vocabulary().layer(kind) or default_layer()


def is_system_class(kind: str) -> bool:
    """Tell whether instances of a class can have dependencies."""
    vocabulary = load_vocabulary()
    return kind == REFERENCE_COMPONENT or (
        kind in vocabulary.classes and vocabulary.is_a(kind, COMPONENT_OR_SERVICE)
    )
