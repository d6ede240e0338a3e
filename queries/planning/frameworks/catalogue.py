"""The frameworks of a store with their components: read, found by name, and put together from deltas.

Frameworks are data with sources: the shipped files are in `ontology/`, and a user can supply others. A
framework whose whole list could not be read is stored as a delta: it has the components of the framework
below it, except those that it leaves out, and its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ....errors import FrameworkError
from ....graph.names import CODE, EGOV, with_prefixes
from ....ontology.layers import find_layer, layer_order
from ....ontology.qualifiers import ListBasis, default_sourcing
from ....words import message
from ...facts.values import language_of, text_of
from ..cells.basis import SourceBasis
from ..cells.framework import ExpectedDependency, ReferenceComponent, ReferenceFramework
from .record import FrameworkRecord, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ....graph.store import RdfTerm, Row, Store

IN_FORCE = "in-force"  # what a user calls the framework in force on the day of the question
_PACKAGE = "egovkg.queries.planning"
_COMPONENTS = with_prefixes("""
SELECT DISTINCT ?component ?code ?layer ?later ?model ?sourcing ?version ?clause ?document ?mapping {
  ?component a egov:ReferenceComponent ; egov:componentCode ?code ; egov:inLayer ?layer ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?layer egov:laterLayer ?later }
  OPTIONAL { ?component egov:inReferenceModel ?model }
  OPTIONAL { ?component egov:requiredVersion ?version }
  OPTIONAL { ?component egov:clause ?clause }
  OPTIONAL { ?component egov:statedIn ?document }
  OPTIONAL { ?component egov:mappingBasis ?mapping }
}
""")
_SEVERAL = with_prefixes("""
SELECT DISTINCT ?thing ?property ?value {
  VALUES ?type { egov:ReferenceComponent egov:Expectation }
  VALUES ?property { rdfs:label egov:realisedBy egov:realisedByName egov:componentOf egov:restsOn
    egov:correspondsTo egov:layerName }
  ?thing a ?type ; ?property ?value .
}
""")
_EXPECTATIONS = with_prefixes("""
SELECT DISTINCT ?expectation ?framework ?dependent ?provider ?sourcing ?clause ?document {
  ?expectation a egov:Expectation ; egov:expectationOf ?framework ;
    egov:dependent/egov:componentCode ?dependent ;
    egov:provider/egov:componentCode ?provider ; egov:sourcing ?sourcing .
  OPTIONAL { ?expectation egov:clause ?clause }
  OPTIONAL { ?expectation egov:statedIn ?document }
}
""")
_ADDRESSES = with_prefixes("SELECT DISTINCT ?source ?address { ?source egov:location ?address }")
_DOCUMENTS = with_prefixes(
    "SELECT DISTINCT ?document ?label { ?thing egov:statedIn ?document . ?document rdfs:label ?label }"
)


@dataclass(frozen=True)
class Frameworks:
    """All frameworks of a store.

    :param records: IRI → framework, in order of issue
    :param components: all components of all frameworks
    :param expectations: IRI of a framework → the dependencies that it adds itself
    """

    records: Mapping[str, FrameworkRecord]
    components: Sequence[ReferenceComponent]
    expectations: Mapping[str, Sequence[ExpectedDependency]]

    @classmethod
    def of(cls, store: Store) -> Frameworks:
        """Read the frameworks of a store; seven queries, about 20 ms for the shipped ones."""
        properties = _Properties.of(store)
        expectations: dict[str, list[ExpectedDependency]] = defaultdict(list)
        for row in store.select(_EXPECTATIONS).rows:
            expectations[text_of(row[1])].append(_expectation(row, properties))
        components = [_component(row, properties) for row in store.select(_COMPONENTS).rows]
        return cls(read_records(store), components, expectations)

    @property
    def components_by_iri(self) -> Mapping[str, ReferenceComponent]:
        """The components of all frameworks, those without a source included, by IRI."""
        return {component.iri: component for component in self.components}

    def with_added(self, others: Frameworks) -> Frameworks:
        """Add the frameworks of a user's store to these; their lists are those of the user."""
        own = {iri: replace(record, list_basis=ListBasis.OWN.slug) for iri, record in others.records.items()}
        return Frameworks(
            {**self.records, **own},
            [*self.components, *others.components],
            {**self.expectations, **others.expectations},
        )

    @property
    def with_components(self) -> tuple[FrameworkRecord, ...]:
        """The frameworks with components, their own or another's, of which a province builds some."""
        return tuple(
            record
            for record in self.records.values()
            if any(find_layer(component.layer).is_built_locally for component in self._members(record.iri))
        )

    def default(self, day: date) -> str:
        """Choose the framework of a question that names none: the national one in force on its day.

        Before the first national framework, that one is chosen, which the answer remarks; a store without
        national frameworks has to contain exactly one.

        :raises FrameworkError: if no framework, or more than one, has components
        """
        if national := [record.iri for record in self.with_components if record.is_national]:
            return self.in_force(day) or national[0]
        frameworks = sorted({iri for component in self.components for iri in component.frameworks})
        if not frameworks:
            raise FrameworkError(message(_PACKAGE, "error.no_framework"))
        if len(frameworks) > 1:
            raise FrameworkError(message(_PACKAGE, "error.several_frameworks", frameworks=tuple(frameworks)))
        return frameworks[0]

    def named(self, name: str, day: date) -> str:
        """Find a framework by its short name, version, number, CURIE, address or label.

        :param name: :data:`IN_FORCE` means the framework in force on the day
        :returns: its IRI
        :raises FrameworkError: if no framework, or more than one, has that name
        """
        if name == IN_FORCE:
            return self._in_force_or_error(day)
        wanted = name.strip().casefold()
        candidates = [record for record in self.with_components if wanted in record.names()]
        exact = [record for record in candidates if record.short_name.casefold() == wanted] or candidates
        if len(exact) == 1:
            return exact[0].iri
        names = tuple(record.name for record in exact or self.with_components)
        key = "error.ambiguous_framework" if exact else "error.unknown_framework"
        raise FrameworkError(message(_PACKAGE, key, name=name, names=names))

    def in_force(self, day: date) -> str:
        """Return the IRI of the latest national framework that a public page tells was issued by a day.

        :returns: empty if none was
        """
        issued = [
            record.iri
            for record in self.with_components
            if record.is_national and record.issued and record.issued <= day
        ]
        return issued[-1] if issued else ""

    def _in_force_or_error(self, day: date) -> str:
        if not (iri := self.in_force(day)):
            raise FrameworkError(message(_PACKAGE, "error.none_in_force", day=day.isoformat()))
        return iri

    def read(self, iri: str, *, unsourced: bool = False) -> ReferenceFramework:
        """Put one framework together: its components in layer order, and the dependencies between them.

        :param unsourced: whether to include what was only recalled, or seen only in code repositories
        """
        record = self.records.get(iri) or FrameworkRecord(iri, {})
        members = [self._with_classes(component) for component in self._members(iri)]
        judged = [component for component in members if unsourced or component.is_sourced]
        judged.sort(key=lambda component: (layer_order(component.layer), component.iri))
        codes = {component.code for component in judged}
        left_out: dict[str, int] = defaultdict(int)
        for component in members:
            left_out[component.sourcing] += not component.is_sourced
        return ReferenceFramework(
            iri,
            record.labels,
            tuple(judged),
            tuple(self._dependencies(iri, codes, unsourced=unsourced)),
            {} if unsourced else {slug: count for slug, count in left_out.items() if count},
            record.name,
            record.list_basis,
            {slug: count for slug, count in left_out.items() if count} if unsourced else {},
        )

    def _members(self, iri: str) -> list[ReferenceComponent]:
        """List the components of a framework: those of the framework below it that it keeps, and its own."""
        own = [component for component in self.components if iri in component.frameworks]
        record = self.records.get(iri)
        if record is None or not record.base:
            return own
        below = [component for component in self._members(record.base) if component.iri not in record.omitted]
        return [*below, *own]

    def _with_classes(self, component: ReferenceComponent) -> ReferenceComponent:
        """Let a component that names nothing that realises it take the classes of its counterparts."""
        if not component.counterparts or component.classes or component.entities or component.phrases:
            return component
        others = [other for other in self.components if other.iri in component.counterparts]
        classes = dict.fromkeys(kind for other in others for kind in other.classes)
        phrases = dict.fromkeys(phrase for other in others for phrase in other.phrases if not other.classes)
        return replace(component, classes=tuple(classes), phrases=() if classes else tuple(phrases))

    def _dependencies(self, iri: str, codes: set[str], *, unsourced: bool) -> Iterable[ExpectedDependency]:
        expectations = {
            (expectation.dependent, expectation.provider): expectation
            for framework in self._chain(iri)
            for expectation in self.expectations.get(framework, ())
            if {expectation.dependent, expectation.provider} <= codes
            and (unsourced or expectation.is_sourced)
        }
        return (expectations[key] for key in sorted(expectations))

    def _chain(self, iri: str) -> Iterator[str]:
        """List a framework and those below it, the lowest first."""
        record = self.records.get(iri)
        if record is not None and record.base:
            yield from self._chain(record.base)
        yield iri


@dataclass(frozen=True)
class _Properties:
    """The properties of components and expectations that may have several values.

    :param terms: IRI of an entity → name of the property → its values
    :param addresses: IRI of a source → its whole addresses
    :param documents: IRI of a legal document → its labels
    """

    terms: Mapping[str, Mapping[str, Sequence[RdfTerm | None]]]
    addresses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> _Properties:
        terms: dict[str, dict[str, list[RdfTerm | None]]] = defaultdict(lambda: defaultdict(list))
        for thing, name, value in store.select(_SEVERAL).rows:
            terms[text_of(thing)][text_of(name).rpartition("#")[2]].append(value)
        addresses: dict[str, list[str]] = defaultdict(list)
        for source, address in store.texts(_ADDRESSES):
            addresses[source].append(address)
        documents: dict[str, dict[str, str]] = defaultdict(dict)
        for document, text in store.select(_DOCUMENTS).rows:
            documents[text_of(document)][language_of(text)] = text_of(text)
        return cls(terms, addresses, documents)

    def texts(self, iri: str, name: str) -> tuple[str, ...]:
        """List the values of a property as text, sorted."""
        return tuple(sorted(text_of(term) for term in self.terms.get(iri, {}).get(name, ())))

    def labels(self, iri: str, name: str = "label") -> Mapping[str, str]:
        """Return the texts of a property by language."""
        return {language_of(term): text_of(term) for term in self.terms.get(iri, {}).get(name, ())}

    def basis(
        self, iri: str, sourcing: RdfTerm | None, clause: RdfTerm | None, document: RdfTerm | None
    ) -> SourceBasis:
        """Return what a component or expectation rests on."""
        sources = self.texts(iri, "restsOn")
        addresses = [address for source in sources for address in self.addresses.get(source, ())]
        return SourceBasis(
            _slug(sourcing) or default_sourcing(),
            text_of(clause) or None,
            self.documents.get(text_of(document), {}),
            tuple(sorted({*addresses})),
        )


def _slug(term: RdfTerm | None) -> str | None:
    value = text_of(term)
    return value.removeprefix(CODE) if value else None


def _component(row: Row, properties: _Properties) -> ReferenceComponent:
    iri = text_of(row[0])
    realised = properties.texts(iri, "realisedBy")
    layer = _slug(row[2]) or ""
    return ReferenceComponent(
        iri=iri,
        code=text_of(row[1]),
        labels=properties.labels(iri),
        layer=layer,
        later_layer=_slug(row[3]),
        model=_slug(row[4]),
        basis=properties.basis(iri, row[5], row[7], row[8]),
        version=_slug(row[6]),
        classes=tuple(address for address in realised if address.startswith(EGOV)),
        entities=tuple(address for address in realised if not address.startswith(EGOV)),
        phrases=properties.texts(iri, "realisedByName"),
        frameworks=properties.texts(iri, "componentOf"),
        sources=properties.texts(iri, "restsOn"),
        counterparts=properties.texts(iri, "correspondsTo"),
        mapping=_slug(row[9]) or "",
        layer_labels=properties.labels(iri, "layerName"),
    )


def _expectation(row: Row, properties: _Properties) -> ExpectedDependency:
    iri = text_of(row[0])
    return ExpectedDependency(
        dependent=text_of(row[2]),
        provider=text_of(row[3]),
        basis=properties.basis(iri, row[4], row[5], row[6]),
        sources=properties.texts(iri, "restsOn"),
    )
