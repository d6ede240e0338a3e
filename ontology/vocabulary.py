"""The vocabulary: all classes, properties and codes of the ontology as Python values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar

from .codes import code_list, default_code
from .modules import (
    CODE,
    EGOV,
    OWL,
    RDFS,
    SKOS,
    TYPE,
    TripleIndex,
    module_files,
)

__all__ = ["COMPONENT_OR_SERVICE", "Term", "Vocabulary", "load_vocabulary"]

Kind: TypeAlias = Literal["class", "object", "datatype", "annotation", "code"]
TermsByName: TypeAlias = Mapping[str, "Term"]  # local name -> term
_Value = TypeVar("_Value")

COMPONENT_OR_SERVICE = "ComponentOrService"  # class of things that can be in use, and depend on systems
_PROPERTY_KINDS: Mapping[str, Kind] = {
    "ObjectProperty": "object",
    "DatatypeProperty": "datatype",
    "AnnotationProperty": "annotation",
}


@dataclass(frozen=True)
class Term:
    """A class, property or code of the ontology.

    :param iri: full IRI
    :param name: local name; for a code its slug, such as ``level-4``
    :param kind: whether it is a class, a kind of property, or a code
    :param labels: labels by language
    :param definitions: one-sentence definition by language
    :param parents: local names of direct superclasses or superproperties; for a code, of its class
    :param domain: local name of the class of its subjects; ``None`` for any
    :param range: local name of the class or datatype of its objects: ``string``, ``langString``, ``edtf``,
        ``decimal``, ``integer``, ``date``; ``None`` for any
    """

    iri: str
    name: str
    kind: Kind
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    parents: tuple[str, ...] = ()
    domain: str | None = None
    range: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """All terms of the ontology with their hierarchy and axioms.

    :param classes: name -> class
    :param properties: name -> property: object, datatype and annotation properties
    :param codes: slug → code; slugs are unique across lists
    :param schemes: class of codes → slugs of its codes in order
    :param inverses: property -> its inverse, in both directions
    :param symmetric: symmetric properties
    :param transitive: properties stated to be transitive
    :param irreflexive: properties that no entity has with itself
    :param chains: property → path of properties that implies it
    :param disjoint: groups of pairwise disjoint classes
    :param layers: class → layer in which it is drawn, if stated
    :param folders: class → folder in the IRIs of its instances, if stated
    :param hubs: classes stated to join other systems
    """

    classes: TermsByName
    properties: TermsByName
    codes: TermsByName
    schemes: Mapping[str, tuple[str, ...]]
    inverses: Mapping[str, str]
    symmetric: frozenset[str]
    transitive: frozenset[str]
    irreflexive: frozenset[str]
    chains: Mapping[str, tuple[str, ...]]
    disjoint: tuple[frozenset[str], ...]
    layers: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    hubs: frozenset[str] = frozenset()

    def ancestors(self, name: str) -> frozenset[str]:
        """Collect the superclasses or superproperties of a term, including the term itself.

        :raises KeyError: if the class or property does not exist

        >>> sorted(load_vocabulary().ancestors("connectsTo"))
        ['connectsTo', 'dependsOn', 'directlyDependsOn']
        """
        return frozenset(self._upwards(name))

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class or property equals another one or is a descendant of it.

        >>> load_vocabulary().is_a("Ministry", "Agent"), load_vocabulary().is_a("Agent", "Ministry")
        (True, False)
        """
        return ancestor in self._upwards(name)

    def layer(self, kind: str) -> str | None:
        """Return the layer of a class: its own, or that of the nearest superclass with one.

        :returns: slug of a layer; ``None`` if neither the class nor a superclass has one

        >>> load_vocabulary().layer("IntegrationPlatform"), load_vocabulary().layer("EmailSystem")
        ('platform', 'applications')
        """
        return _nearest(self.layers, self._upwards(kind))

    def folder(self, kind: str) -> str:
        """Return the path segment before the name in the IRIs of the instances of a class.

        :raises KeyError: if the class does not exist, or its instances have no folder (codes)

        >>> load_vocabulary().folder("EmailSystem"), load_vocabulary().folder("Ministry")
        ('system', 'agent')
        """
        folder = _nearest(self.folders, self._upwards(kind))
        if folder is None:
            raise KeyError(f"no folder for things of class {kind}")
        return folder

    def is_informative(self, status: str, relation: str) -> bool:
        """Tell whether a status says more about a claim than that it holds.

        Claims without a status have the default status. For a system it says that the system runs; for a goal
        or the number of a document it says nothing, because neither runs.

        :param relation: name of a property; measures count as properties without domain and range

        >>> vocabulary = load_vocabulary()
        >>> [vocabulary.is_informative("operational", name) for name in ("serves", "provides", "hasGoal")]
        [True, True, False]
        >>> vocabulary.is_informative("planned", "hasGoal")
        True
        """
        if status != default_code("Status"):
            return True
        term = self.properties.get(relation)
        ends = {term.domain, term.range} & self.classes.keys() if term else set()
        return any(self.is_a(end, COMPONENT_OR_SERVICE) for end in ends if end)

    def _upwards(self, name: str) -> tuple[str, ...]:
        """List a term and its ancestors, breadth-first."""
        terms = self.classes if name in self.classes else self.properties
        ancestors = [name]
        for ancestor in ancestors:
            ancestors += [parent for parent in terms[ancestor].parents if parent not in ancestors]
        return tuple(ancestors)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the default modules; takes under 50 ms the first time, then cached.

    >>> load_vocabulary().properties["hostedOn"].range
    'Infrastructure'
    """
    triples = TripleIndex.of(module_files())
    classes = _frozen({_local(iri): _term(triples, iri, "class") for iri in _declared(triples, "Class")})
    codes = _frozen({_local(iri): _term(triples, iri, "code") for iri in _code_iris(triples)})
    return Vocabulary(
        classes=classes,
        properties=_frozen(_properties(triples)),
        codes=codes,
        schemes=_frozen(_schemes(classes)),
        inverses=_frozen(_inverses(triples)),
        symmetric=_marked(triples, "SymmetricProperty"),
        transitive=_marked(triples, "TransitiveProperty"),
        irreflexive=_marked(triples, "IrreflexiveProperty"),
        chains=_frozen(_chains(triples)),
        disjoint=_disjoint(triples),
        layers=_frozen(_annotated(triples, EGOV, "layer")),
        folders=_frozen(_annotated(triples, EGOV, "folder")),
        hubs=frozenset(_annotated(triples, EGOV, "isHub")),
    )


def _properties(triples: TripleIndex) -> dict[str, Term]:
    return {
        _local(iri): _term(triples, iri, kind)
        for owl_name, kind in _PROPERTY_KINDS.items()
        for iri in _declared(triples, owl_name)
    }


def _term(triples: TripleIndex, iri: str, kind: Kind) -> Term:
    above = {"class": RDFS + "subClassOf", "code": TYPE}.get(kind, RDFS + "subPropertyOf")
    return Term(
        iri=iri,
        name=_local(iri),
        kind=kind,
        labels=_frozen(triples.texts(iri, RDFS + "label")),
        definitions=_frozen(triples.texts(iri, SKOS + "definition")),
        parents=tuple(_local(parent) for parent in triples.values(iri, above) if parent.startswith(EGOV)),
        domain=_single_value(triples, iri, RDFS + "domain"),
        range=_single_value(triples, iri, RDFS + "range"),
    )


def _schemes(classes: TermsByName) -> dict[str, tuple[str, ...]]:
    lists = [name for name, term in classes.items() if "Code" in term.parents]
    return {name: tuple(code.slug for code in code_list(name)) for name in lists}


def _inverses(triples: TripleIndex) -> dict[str, str]:
    forwards = {
        _local(iri): _local(inverse)
        for iri in _declared(triples, "ObjectProperty")
        for inverse in triples.values(iri, OWL + "inverseOf")
    }
    return forwards | {inverse: name for name, inverse in forwards.items()}


def _chains(triples: TripleIndex) -> dict[str, tuple[str, ...]]:
    return {
        _local(iri): tuple(_local(step) for step in triples.members(head))
        for iri in _declared(triples, "ObjectProperty")
        for head in triples.values(iri, OWL + "propertyChainAxiom")
    }


def _disjoint(triples: TripleIndex) -> tuple[frozenset[str], ...]:
    axioms = triples.instances(OWL + "AllDisjointClasses")
    lists = [triples.members(triples.values(axiom, OWL + "members")[0]) for axiom in axioms]
    return tuple(frozenset(map(_local, members)) for members in lists)


def _annotated(triples: TripleIndex, base: str, name: str) -> dict[str, str]:
    """Map the terms of a namespace to the value of an annotation; IRIs become local names."""
    stated = {_local(iri): triples.values(iri, EGOV + name) for iri in triples.index if iri.startswith(base)}
    return {term: _local(values[0]) for term, values in stated.items() if values}


def _marked(triples: TripleIndex, characteristic: str) -> frozenset[str]:
    return frozenset(_local(iri) for iri in _declared(triples, characteristic))


def _declared(triples: TripleIndex, owl_name: str) -> list[str]:
    return [iri for iri in triples.instances(OWL + owl_name) if iri.startswith(EGOV)]


def _code_iris(triples: TripleIndex) -> list[str]:
    candidates = [iri for iri in triples.index if iri.startswith(CODE)]
    return [iri for iri in candidates if any(kind.startswith(EGOV) for kind in triples.values(iri, TYPE))]


def _single_value(triples: TripleIndex, iri: str, predicate: str) -> str | None:
    return next((_local(value) for value in triples.values(iri, predicate)), None)


def _local(iri: str) -> str:
    """Return the local name of an IRI; for the EDTF datatype ``edtf``."""
    name = iri.rsplit("#")[-1].rsplit("/")[-1]
    return "edtf" if name == "EDTF" else name


def _nearest(stated: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((stated[name] for name in names if name in stated), None)


def _frozen(mapping: Mapping[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType(mapping)
