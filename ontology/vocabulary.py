"""The vocabulary: every term of the ontology as a Python value.

The Turtle modules are the source; nothing here repeats what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar

from .modules import (
    CODE,
    EGOV,
    OWL,
    RDFS,
    SKOS,
    TYPE,
    Facts,
    alignment_files,
    module_files,
    read_module,
    reference_files,
)

__all__ = [
    "Term",
    "Vocabulary",
    "alignment_files",
    "load_vocabulary",
    "module_files",
    "read_module",
    "reference_files",
]

Kind: TypeAlias = Literal["class", "object", "datatype", "annotation", "code"]
Terms: TypeAlias = Mapping[str, "Term"]  # local name -> term
_Value = TypeVar("_Value")

_PROPERTY_KINDS: Mapping[str, Kind] = {
    "ObjectProperty": "object",
    "DatatypeProperty": "datatype",
    "AnnotationProperty": "annotation",
}


@dataclass(frozen=True)
class Term:
    """A class, property or code of the ontology.

    :param iri: full IRI
    :param name: local name; of a code its slug, such as ``level-4``
    :param kind: what it is
    :param labels: language -> label, ``vi`` and ``en``
    :param definitions: language -> one sentence, ``vi`` and ``en``
    :param parents: local names of the direct superclasses or superproperties; of a code, its class
    :param domain: local name of the class of its subjects, ``None`` when any
    :param range: local name of the class of its objects, or of a datatype: ``string``, ``langString``,
        ``edtf``, ``decimal``, ``integer``, ``date``; ``None`` when any
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
    """All terms, and what the ontology says of them.

    :param classes: name -> class
    :param properties: name -> property: object, datatype and annotation properties
    :param codes: slug -> code; a slug stands in one list only
    :param schemes: code class -> its slugs in order
    :param inverses: property -> its inverse, in both directions
    :param symmetric: symmetric properties
    :param transitive: properties stated to be transitive
    :param irreflexive: properties that no thing has with itself
    :param chains: property -> the path of properties that implies it
    :param disjoint: groups of classes that share no member, pair by pair
    :param layers: class -> drawing layer, where one is stated
    :param folders: class -> folder of identifiers, where one is stated
    :param materialised: statuses whose claims become edges
    """

    classes: Terms
    properties: Terms
    codes: Terms
    schemes: Mapping[str, tuple[str, ...]]
    inverses: Mapping[str, str]
    symmetric: frozenset[str]
    transitive: frozenset[str]
    irreflexive: frozenset[str]
    chains: Mapping[str, tuple[str, ...]]
    disjoint: tuple[frozenset[str], ...]
    layers: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    materialised: frozenset[str] = frozenset()

    def ancestors(self, name: str) -> frozenset[str]:
        """Collect the superclasses or superproperties of a term, itself included.

        :raises KeyError: if there is no such class or property

        >>> sorted(load_vocabulary().ancestors("connectsTo"))
        ['connectsTo', 'dependsOn', 'directlyDependsOn']
        """
        return frozenset(self._upwards(name))

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class or property is the other one or stands below it.

        >>> load_vocabulary().is_a("Ministry", "Agent"), load_vocabulary().is_a("Agent", "Ministry")
        (True, False)
        """
        return ancestor in self._upwards(name)

    def layer(self, kind: str) -> str | None:
        """Find the drawing layer of a class, stated there or at its nearest superclass.

        :returns: slug of a layer; ``None`` when neither the class nor a superclass has one

        >>> load_vocabulary().layer("IntegrationPlatform"), load_vocabulary().layer("EmailSystem")
        ('platform', 'applications')
        """
        return _first(self.layers, self._upwards(kind))

    def folder(self, kind: str) -> str:
        """Find the folder that identifiers of a class stand in.

        :raises KeyError: if there is no such class, or its things have no folder (codes)

        >>> load_vocabulary().folder("EmailSystem"), load_vocabulary().folder("Ministry")
        ('system', 'agent')
        """
        found = _first(self.folders, self._upwards(kind))
        if found is None:
            raise KeyError(f"no folder for things of class {kind}")
        return found

    def says_how_far(self, status: str, relation: str) -> bool:
        """Tell whether a status says how far something is, and not merely that a claim holds.

        `operational` is the status of every claim that names none; of a goal or of a document's number it
        says nothing, since neither runs.

        :param relation: name of a property; one of a measure is none

        >>> vocabulary = load_vocabulary()
        >>> [vocabulary.says_how_far("operational", each) for each in ("serves", "provides", "hasGoal")]
        [True, True, False]
        >>> vocabulary.says_how_far("planned", "hasGoal")
        True
        """
        term = self.properties.get(relation)
        ends = {term.domain, term.range} & self.classes.keys() if term else set()
        runs = any(self.is_a(end, "TechnicalComponent") or self.is_a(end, "Service") for end in ends if end)
        return status != "operational" or runs

    def _upwards(self, name: str) -> tuple[str, ...]:
        """Walk upwards breadth first: the term, its parents, theirs."""
        terms = self.classes if name in self.classes else self.properties
        found = [name]
        for each in found:
            found += [parent for parent in terms[each].parents if parent not in found]
        return tuple(found)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the default modules; under 50 ms the first time, free afterwards.

    >>> load_vocabulary().properties["hostedOn"].range
    'Infrastructure'
    """
    facts = Facts.of(module_files())
    classes = _frozen({_local(iri): _term(facts, iri, "class") for iri in _own(facts, "Class")})
    codes = _frozen({_local(iri): _term(facts, iri, "code") for iri in facts.index if _is_code(facts, iri)})
    return Vocabulary(
        classes=classes,
        properties=_frozen(_properties(facts)),
        codes=codes,
        schemes=_frozen(_schemes(facts, classes, codes)),
        inverses=_frozen(_inverses(facts)),
        symmetric=_marked(facts, "SymmetricProperty"),
        transitive=_marked(facts, "TransitiveProperty"),
        irreflexive=_marked(facts, "IrreflexiveProperty"),
        chains=_frozen(_chains(facts)),
        disjoint=_disjoint(facts),
        layers=_frozen(_annotated(facts, EGOV, "layer")),
        folders=_frozen(_annotated(facts, EGOV, "folder")),
        materialised=_materialised(facts),
    )


def _properties(facts: Facts) -> dict[str, Term]:
    return {
        _local(iri): _term(facts, iri, kind)
        for owl_name, kind in _PROPERTY_KINDS.items()
        for iri in _own(facts, owl_name)
    }


def _term(facts: Facts, iri: str, kind: Kind) -> Term:
    above = {"class": RDFS + "subClassOf", "code": TYPE}.get(kind, RDFS + "subPropertyOf")
    return Term(
        iri=iri,
        name=_local(iri),
        kind=kind,
        labels=_frozen(facts.texts(iri, RDFS + "label")),
        definitions=_frozen(facts.texts(iri, SKOS + "definition")),
        parents=tuple(_local(parent) for parent in facts.values(iri, above) if parent.startswith(EGOV)),
        domain=_one(facts, iri, RDFS + "domain"),
        range=_one(facts, iri, RDFS + "range"),
    )


def _schemes(facts: Facts, classes: Terms, codes: Terms) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {name: [] for name, term in classes.items() if "Code" in term.parents}
    for slug, code in codes.items():
        lists[code.parents[0]].append(slug)
    ranks = {slug: int(rank) for slug, rank in _annotated(facts, CODE, "rank").items()}
    return {name: tuple(sorted(slugs, key=ranks.__getitem__)) for name, slugs in lists.items()}


def _materialised(facts: Facts) -> frozenset[str]:
    stated = _annotated(facts, CODE, "materialises")
    return frozenset(slug for slug, yes in stated.items() if yes == "true")


def _inverses(facts: Facts) -> dict[str, str]:
    stated = [
        (_local(iri), _local(other))
        for iri in _own(facts, "ObjectProperty")
        for other in facts.values(iri, OWL + "inverseOf")
    ]
    return {one: other for pair in stated for one, other in (pair, pair[::-1])}


def _chains(facts: Facts) -> dict[str, tuple[str, ...]]:
    return {
        _local(iri): tuple(_local(step) for step in facts.members(head))
        for iri in _own(facts, "ObjectProperty")
        for head in facts.values(iri, OWL + "propertyChainAxiom")
    }


def _disjoint(facts: Facts) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(_local(iri) for iri in facts.members(facts.values(axiom, OWL + "members")[0]))
        for axiom in facts.instances(OWL + "AllDisjointClasses")
    )


def _annotated(facts: Facts, base: str, name: str) -> dict[str, str]:
    """Map the terms of one namespace to what an annotation says of them; IRIs as local names."""
    found = {_local(iri): facts.values(iri, EGOV + name) for iri in facts.index if iri.startswith(base)}
    return {term: _local(values[0]) for term, values in found.items() if values}


def _marked(facts: Facts, characteristic: str) -> frozenset[str]:
    return frozenset(_local(iri) for iri in _own(facts, characteristic))


def _own(facts: Facts, owl_name: str) -> list[str]:
    return [iri for iri in facts.instances(OWL + owl_name) if iri.startswith(EGOV)]


def _is_code(facts: Facts, iri: str) -> bool:
    return iri.startswith(CODE) and any(kind.startswith(EGOV) for kind in facts.values(iri, TYPE))


def _one(facts: Facts, iri: str, predicate: str) -> str | None:
    return next((_local(value) for value in facts.values(iri, predicate)), None)


def _local(iri: str) -> str:
    """Cut an IRI to its local name; the EDTF datatype is written ``edtf``."""
    name = iri.rsplit("#")[-1].rsplit("/")[-1]
    return "edtf" if name == "EDTF" else name


def _first(stated: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((stated[name] for name in names if name in stated), None)


def _frozen(mapping: Mapping[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType(mapping)
