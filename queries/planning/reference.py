"""Reading of frameworks from a store.

Frameworks are data with sources: the shipped files are in `ontology/`, and a user can supply
others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...graph.names import CODE, EGOV, with_prefixes
from ...ontology.layers import layer_order
from ...ontology.qualifiers import default_sourcing
from ...ontology.references import DEFAULT_FRAMEWORK
from ...words import message
from ..facts.values import language_of, text_of
from .cells.framework import ExpectedDependency, ReferenceComponent, ReferenceFramework

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
  VALUES ?type { egov:ReferenceComponent egov:Expectation egov:ReferenceArchitecture }
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


def components_by_iri(store: Store) -> Mapping[str, ReferenceComponent]:
    """Read the components of all frameworks, those without a source included, by IRI."""
    properties = _properties(store)
    components = (_component(row, properties) for row in store.select(_COMPONENTS).rows)
    return {component.iri: component for component in components}


def has_components(store: Store) -> bool:
    """Tell whether a store contains a framework."""
    return store.ask(with_prefixes("ASK { ?component a egov:ReferenceComponent }"))


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
