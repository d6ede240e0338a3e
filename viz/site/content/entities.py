"""The entities with a page: all entities named in the register or in a reference framework."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....graph.names import EGOV, GRAPH_REGISTER, OWL, RDF_TYPE, RDFS, SKOS
from ....graph.names import GRAPH as GRAPHS
from ....ontology.vocabulary import load_vocabulary
from ....queries.facts.territories import PROVINCE, province_above
from ....queries.facts.values import text_of, texts
from ....words import DEFAULT_LANGUAGE, label, languages
from .paths import entity_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ....graph.store import RdfTerm, Store
    from ....queries.picture.picture import ValuesByRelation
    from ....words import Texts

__all__ = ["EntityRecord", "RegisterDetail", "entity_records"]

_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?entity ?relation ?value } }"
_TRIPLES = "SELECT ?entity ?relation ?value { GRAPH <%s> { ?entity ?relation ?value } }"
_CURIE, _LABEL, _SHORT = EGOV + "curie", RDFS + "label", EGOV + "shortName"
_NAMES = {RDF_TYPE, _CURIE, _LABEL, _SHORT, SKOS + "altLabel", EGOV + "token"}
_PARENT_RELATIONS = (EGOV + "ofTerritory", EGOV + "within")


@dataclass(frozen=True, slots=True)
class RegisterDetail:
    """One value that the register states about an entity.

    :param relation: local name, such as `validFrom`
    :param text: the value by language; empty if the value is an entity with a page
    :param target: CURIE of the entity that is the value; empty for other values
    """

    relation: str
    text: Texts
    target: str = ""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity with a page.

    :param kind: local name of its class
    :param short: the name shown in drawings, in the default language
    :param province: CURIE of the province that it belongs to; empty for a national entity
    :param is_reference: whether it is named only in a reference framework, not in the register
    """

    iri: str
    curie: str
    kind: str
    labels: Texts
    short: str
    aliases: tuple[str, ...]
    province: str
    details: tuple[RegisterDetail, ...]
    is_reference: bool

    @property
    def path(self) -> str:
        """Address of the page of the entity."""
        return entity_path(self.iri)

    def details_of(self, relation: str) -> Iterator[RegisterDetail]:
        """Return what the register states by a relation."""
        return (detail for detail in self.details if detail.relation == relation)

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default language, else the CURIE."""
        return label(self.labels, lang) or self.curie


def entity_records(store: Store) -> tuple[EntityRecord, ...]:
    """Read all entities with a CURIE, in order of CURIE.

    Cost: linear in the register and the reference frameworks.
    """
    graphs = sorted(text_of(row[0]) for row in store.select(_GRAPHS).rows)
    reference_graphs = [graph for graph in graphs if graph.startswith(GRAPHS + "reference/")]
    reader = _EntityReader(_values(store, [GRAPH_REGISTER]), _values(store, reference_graphs))
    return tuple(sorted(reader.records(), key=lambda record: record.curie))


def _values(store: Store, graphs: Iterable[str]) -> dict[str, ValuesByRelation]:
    """Read the properties of all entities in several named graphs."""
    by_entity: dict[str, dict[str, list[RdfTerm]]] = defaultdict(lambda: defaultdict(list))
    for graph in graphs:
        for entity, relation, value in sorted(store.select(_TRIPLES % graph).rows, key=str):
            if value is not None:
                by_entity[text_of(entity)][text_of(relation)].append(value)
    return {entity: dict(values) for entity, values in by_entity.items()}


class _EntityReader:
    """Builds entity records from the register and the reference frameworks."""

    def __init__(
        self, register: Mapping[str, ValuesByRelation], reference: Mapping[str, ValuesByRelation]
    ) -> None:
        self.register, self.values = register, {**reference, **register}
        self.classes = load_vocabulary().classes
        self.curies = {
            iri: text_of(values[_CURIE][0]) for iri, values in self.values.items() if _CURIE in values
        }

    def records(self) -> Iterator[EntityRecord]:
        """Return a record for each entity with a CURIE and a class of the ontology, except articles."""
        for iri in self.curies:
            if (kind := self._kind(iri)) in self.classes and kind != "Article":
                yield self._record(iri, kind)

    def _kind(self, iri: str) -> str:
        classes = (text_of(term).removeprefix(EGOV) for term in self.values.get(iri, {}).get(RDF_TYPE, ()))
        return next((name for name in classes if name in self.classes), "")

    def _record(self, iri: str, kind: str) -> EntityRecord:
        values = self.values[iri]
        labels = texts(values.get(_LABEL, ())) or {DEFAULT_LANGUAGE: self.curies[iri]}
        return EntityRecord(
            iri=iri,
            curie=self.curies[iri],
            kind=kind,
            labels=labels,
            short=text_of(next(iter(values.get(_SHORT, ())), None)) or label(labels, DEFAULT_LANGUAGE),
            aliases=tuple(dict.fromkeys(map(text_of, values.get(SKOS + "altLabel", ())))),
            province=self._province(iri),
            details=tuple(self._details(values)),
            is_reference=iri not in self.register,
        )

    def _province(self, iri: str) -> str:
        """Return the CURIE of the province that contains a territory; empty if there is none."""
        province = province_above(iri, lambda unit: self._kind(unit) == PROVINCE, self._above)
        return self.curies[province] if province else ""

    def _above(self, iri: str) -> Iterator[str]:
        """Give the territory of an entity, or the unit above a unit."""
        values = self.values.get(iri, {})
        yield next((text_of(term) for relation in _PARENT_RELATIONS for term in values.get(relation, ())), "")

    def _details(self, values_by_relation: ValuesByRelation) -> Iterator[RegisterDetail]:
        for relation, values in sorted(values_by_relation.items()):
            if relation not in _NAMES and relation.startswith((EGOV, OWL + "sameAs", SKOS)):
                yield from self._details_of_relation(relation.rpartition("#")[2], values)

    def _details_of_relation(self, relation: str, values: Sequence[RdfTerm]) -> Iterator[RegisterDetail]:
        """Convert the values of a relation to details: entities with a page, other entities, and texts."""
        literals = []
        for value in values:
            iri = text_of(value)
            if iri in self.curies:
                yield RegisterDetail(relation, {}, self.curies[iri])
            elif labels := self.values.get(iri, {}).get(_LABEL):
                yield RegisterDetail(relation, texts(labels))
            else:
                literals.append(value)
        if literals:
            yield from _literal_details(relation, literals)


def _literal_details(relation: str, values: Sequence[RdfTerm]) -> Iterator[RegisterDetail]:
    """Combine the translations of each text into one detail; all other values remain separate.

    Several translated texts of an entity are changes of a unit; each begins with its day, in every language.
    """
    by_language = [
        [value for value in values if getattr(value, "language", None) == lang] for lang in languages()
    ]
    if {len(values) for values in by_language} == {len(values) // len(languages())} and by_language[0]:
        for translations in zip(*by_language, strict=True):
            yield RegisterDetail(relation, texts(translations))
        return
    for value in values:
        yield RegisterDetail(relation, {DEFAULT_LANGUAGE: text_of(value)})
