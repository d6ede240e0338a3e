"""Reading of frameworks and targets from a store.

Frameworks and targets are data with sources: the shipped files are in `ontology/`, and a user can supply
others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...graph.names import CODE, EGOV, with_prefixes
from ...ontology.layers import layer_order
from ...ontology.qualifiers import default_sourcing
from ...ontology.references import DEFAULT_FRAMEWORK
from ...words import message
from ..facts.values import language_of, text_of
from .cells.framework import ExpectedDependency, NumericTarget, ReferenceComponent, ReferenceFramework

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import RdfTerm, Row, Store
    from ...words import Message

FRAMEWORK = DEFAULT_FRAMEWORK


_COMPONENTS = with_prefixes("""
SELECT DISTINCT ?component ?code ?layer ?later ?model ?sourcing ?version {
  ?component a egov:ReferenceComponent ; egov:componentCode ?code ; egov:inLayer ?layer ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?layer egov:laterLayer ?later }
  OPTIONAL { ?component egov:inReferenceModel ?model }
  OPTIONAL { ?component egov:requiredVersion ?version }
}
""")
_SEVERAL = with_prefixes("""
SELECT DISTINCT ?thing ?property ?value {
  VALUES ?type { egov:ReferenceComponent egov:Expectation egov:Target egov:ReferenceArchitecture }
  VALUES ?property { rdfs:label egov:realisedBy egov:componentOf egov:restsOn }
  ?thing a ?type ; ?property ?value .
}
""")
_EXPECTATIONS = with_prefixes("""
SELECT DISTINCT ?expectation ?framework ?dependent ?provider ?sourcing {
  ?expectation a egov:Expectation ; egov:expectationOf ?framework ;
    egov:dependent/egov:componentCode ?dependent ;
    egov:provider/egov:componentCode ?provider ; egov:sourcing ?sourcing .
}
""")
_TARGETS = with_prefixes("""
SELECT DISTINCT ?target ?document ?measure ?comparator ?value ?unit ?period ?level ?service ?scheme ?part
  ?whole ?clause ?sourcing {
  ?target a egov:Target ; egov:setBy ?document ; egov:measure ?measure ; egov:comparator ?comparator ;
    egov:value ?value ; egov:unit ?unit ; egov:forPeriod ?period ; egov:forGovernmentLevel ?level ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?target egov:forServiceLevel ?service }
  OPTIONAL { ?target egov:underScheme ?scheme }
  OPTIONAL { ?target egov:partMeasure ?part ; egov:wholeMeasure ?whole }
  OPTIONAL { ?target egov:clause ?clause }
}
""")
_LABELS = with_prefixes("""
SELECT DISTINCT ?thing ?label {
  ?target a egov:Target ; egov:setBy|egov:unit ?thing . ?thing rdfs:label ?label
}
""")
_ISSUED = with_prefixes("""
SELECT ?document (MIN(STR(?day)) AS ?first) {
  ?target a egov:Target ; egov:setBy ?document . ?document egov:documentDate ?day
} GROUP BY ?document
""")


def read_reference(
    store: Store, framework: str | None = None, *, unsourced: bool = False
) -> ReferenceFramework:
    """Read one framework from a store.

    :param framework: its IRI; by default version 2.0 if the store has it, else the only framework with
        components
    :param unsourced: whether to include components and dependencies for which no source was found
    :raises FrameworkError: if no framework, or more than one, has components
    """
    properties = _properties(store)
    components = tuple(_component(row, properties) for row in store.select(_COMPONENTS).rows)
    iri = framework or _only(components)
    members = [component for component in components if iri in component.frameworks]
    judged = [component for component in members if unsourced or component.is_sourced]
    judged.sort(key=lambda component: (layer_order(component.layer), component.iri))
    codes = {component.code for component in judged}
    expectations = sorted(
        (
            expectation
            for expectation in _expectations(store, iri, properties)
            if {expectation.dependent, expectation.provider} <= codes
            and (unsourced or expectation.is_sourced)
        ),
        key=lambda expectation: (expectation.dependent, expectation.provider),
    )
    left_out = len(members) - len(judged)
    return ReferenceFramework(iri, properties.labels(iri), tuple(judged), tuple(expectations), left_out)


def read_targets(store: Store) -> tuple[NumericTarget, ...]:
    """Read the targets of a store in order of document and IRI; targets without a source are left out."""
    properties = _properties(store)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in store.select(_LABELS).rows:
        labels[text_of(thing)][language_of(label)] = text_of(label)
    issued = {document: _first_day(day) for document, day in store.texts(_ISSUED)}
    targets = (_target(row, properties, labels, issued) for row in store.select(_TARGETS).rows)
    sourced = (target for target in targets if target.is_sourced)
    return tuple(sorted(sourced, key=lambda target: (target.document, target.iri)))


def has_components(store: Store) -> bool:
    """Tell whether a store contains a framework."""
    return store.ask(with_prefixes("ASK { ?component a egov:ReferenceComponent }"))


def check_measures(store: Store, targets: Sequence[NumericTarget]) -> None:
    """Reject targets whose measure is undefined: every province would be reported as having no figures.

    :raises FrameworkError: with the names of the undefined measures
    """
    names = {target.measure.rpartition("/")[2] for target in targets}
    if undefined := sorted(names - measure_names(store)):
        raise FrameworkError(message(__package__, "error.undefined_measures", measures=tuple(undefined)))


def measure_names(store: Store) -> frozenset[str]:
    """Return the local names of the measures that a store defines."""
    rows = store.texts(with_prefixes("SELECT DISTINCT ?measure { ?measure a egov:Measure }"))
    return frozenset(row[0].rpartition("/")[2] for row in rows)


def _only(components: Sequence[ReferenceComponent]) -> str:
    frameworks = sorted({iri for component in components for iri in component.frameworks})
    if FRAMEWORK in frameworks:
        return FRAMEWORK
    if len(frameworks) != 1:
        raise FrameworkError(_which_framework(frameworks))
    return frameworks[0]


def _which_framework(frameworks: Sequence[str]) -> Message:
    if not frameworks:
        return message(__package__, "error.no_framework")
    return message(__package__, "error.several_frameworks", frameworks=tuple(frameworks))


@dataclass(frozen=True)
class _Properties:
    """The properties of entities that may have several values.

    :param terms: IRI of an entity → name of the property → its values
    """

    terms: Mapping[str, Mapping[str, Sequence[RdfTerm | None]]]

    def addresses(self, iri: str, name: str) -> tuple[str, ...]:
        """List the values of a property as text, sorted."""
        return tuple(sorted(text_of(term) for term in self.terms.get(iri, {}).get(name, ())))

    def labels(self, iri: str) -> Mapping[str, str]:
        """Return the labels of an entity by language."""
        return {language_of(term): text_of(term) for term in self.terms.get(iri, {}).get("label", ())}


def _properties(store: Store) -> _Properties:
    terms: dict[str, dict[str, list[RdfTerm | None]]] = defaultdict(lambda: defaultdict(list))
    for thing, name, value in store.select(_SEVERAL).rows:
        terms[text_of(thing)][text_of(name).rpartition("#")[2]].append(value)
    return _Properties(terms)


def _slug(term: object) -> str | None:
    value = getattr(term, "value", None)
    return value.removeprefix(CODE) if isinstance(value, str) else None


def _component(row: Row, properties: _Properties) -> ReferenceComponent:
    iri = text_of(row[0])
    realised = properties.addresses(iri, "realisedBy")
    return ReferenceComponent(
        iri=iri,
        code=text_of(row[1]),
        labels=properties.labels(iri),
        layer=_slug(row[2]) or "",
        later_layer=_slug(row[3]),
        model=_slug(row[4]),
        sourcing=_slug(row[5]) or default_sourcing(),
        version=_slug(row[6]),
        classes=tuple(address for address in realised if address.startswith(EGOV)),
        entities=tuple(address for address in realised if not address.startswith(EGOV)),
        frameworks=properties.addresses(iri, "componentOf"),
        sources=properties.addresses(iri, "restsOn"),
    )


def _expectations(store: Store, framework: str, properties: _Properties) -> Iterator[ExpectedDependency]:
    for row in store.select(_EXPECTATIONS).rows:
        if text_of(row[1]) == framework:
            yield ExpectedDependency(
                dependent=text_of(row[2]),
                provider=text_of(row[3]),
                sourcing=_slug(row[4]) or default_sourcing(),
                sources=properties.addresses(text_of(row[0]), "restsOn"),
            )


def _first_day(text: str) -> date | None:
    parts = [int(part) for part in text[:10].split("-") if part.isdigit()]
    return date(*(*parts, 1, 1)[:3]) if parts else None


def _text(term: RdfTerm | None) -> str | None:
    return None if term is None else text_of(term)


def _target(
    row: Row,
    properties: _Properties,
    labels: Mapping[str, Mapping[str, str]],
    issued: Mapping[str, date | None],
) -> NumericTarget:
    iri, document, unit = text_of(row[0]), text_of(row[1]), text_of(row[5])
    return NumericTarget(
        iri=iri,
        labels=properties.labels(iri),
        document=document,
        document_labels=labels.get(document, {}),
        measure=text_of(row[2]),
        comparator=_slug(row[3]) or "",
        value=Decimal(text_of(row[4])),
        unit=unit,
        period=text_of(row[6]),
        level=_slug(row[7]) or "",
        service_level=_slug(row[8]),
        scheme=_slug(row[9]),
        part=_text(row[10]),
        whole=_text(row[11]),
        clause=_text(row[12]),
        sourcing=_slug(row[13]) or default_sourcing(),
        sources=properties.addresses(iri, "restsOn"),
        unit_labels=labels.get(unit, {}),
        issued=issued.get(document),
    )
