"""The Turtle files of the ontology, and an index of their triples."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

EGOV = "https://w3id.org/egovkg/ontology#"
CODE = "https://w3id.org/egovkg/code/"
SCHEME = CODE + "scheme/"
ONTOLOGY = "https://w3id.org/egovkg/ontology"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = RDF + "type"

# Lowest first: a module imports only modules that stand before it.
_DEFAULT = (
    "codes",
    "core",
    "system",
    "legal",
    "service",
    "reference",
    "evidence",
    "figure",
    "target",
    "assessment",
    "egov",
)
# Data with sources, each file a named graph of its own.
_REFERENCES = (
    "framework-2.0",
    "framework-versions",
    "framework-3090",
    "framework-1425",
    "frameworks",
    "frameworks-provincial",
    "targets",
    "law",
    "duties",
    "responsibilities",
    "sources",
)
_ALIGNMENTS = ("org", "cpsv", "eli", "dcat-sosa-qb", "prov-oa", "time", "archimate", "eira")

RdfTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def module_files() -> tuple[str, ...]:
    """List the modules that are loaded by default, so that each follows the modules it imports.

    :returns: file names

    >>> module_files()[0], module_files()[-1]
    ('codes.ttl', 'egov.ttl')
    """
    return tuple(f"{name}.ttl" for name in _DEFAULT)


def alignment_files() -> tuple[str, ...]:
    """List the modules that align the ontology with other vocabularies; not loaded by default.

    >>> "align-org.ttl" in alignment_files()
    True
    """
    return tuple(f"align-{name}.ttl" for name in _ALIGNMENTS)


def reference_files() -> tuple[str, ...]:
    """List the files of reference data: frameworks with components and expectations, targets, law, sources.

    >>> reference_files()[0]
    'framework-2.0.ttl'
    """
    return tuple(f"{name}.ttl" for name in _REFERENCES)


def read_module(name: str) -> bytes:
    """Read one Turtle file of the ontology unchanged.

    :param name: a file name such as ``core.ttl``
    :raises FileNotFoundError: if there is no such module

    >>> read_module("core.ttl").startswith(b"@prefix")
    True
    """
    return resources.files(__package__).joinpath(name).read_bytes()


@dataclass(frozen=True)
class TripleIndex:
    """The triples of one or more modules, indexed by subject and predicate.

    :param index: subject → predicate → objects in file order; blank nodes as ``_:id``
    """

    index: Mapping[str, Mapping[str, tuple[RdfTerm, ...]]]

    @classmethod
    def of(cls, names: Iterable[str]) -> TripleIndex:
        """Parse modules; about 1 ms per 400 triples.

        :param names: file names of modules

        >>> TripleIndex.of(["core.ttl"]).values(EGOV + "Body", RDFS + "subClassOf")
        ('https://w3id.org/egovkg/ontology#Agent',)
        """
        index: dict[str, dict[str, tuple[RdfTerm, ...]]] = defaultdict(dict)
        for name in names:
            for quad in ox.parse(read_module(name), format=ox.RdfFormat.TURTLE):
                about = index[_key(quad.subject)]
                predicate = quad.predicate.value
                about[predicate] = (*about.get(predicate, ()), quad.object)
        return cls(dict(index))

    def objects(self, subject: str, predicate: str) -> tuple[RdfTerm, ...]:
        """Return the objects of a subject and a predicate; empty without any."""
        return self.index.get(subject, {}).get(predicate, ())

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the objects as texts: IRI, key of a blank node, or lexical form of a literal."""
        return tuple(_key(value) for value in self.objects(subject, predicate))

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        """Return texts by language tag; empty without any.

        >>> TripleIndex.of(["core.ttl"]).texts(EGOV + "Body", RDFS + "label")["en"]
        'body'
        """
        literals = [value for value in self.objects(subject, predicate) if isinstance(value, ox.Literal)]
        return {literal.language: literal.value for literal in literals if literal.language}

    def instances(self, class_iri: str) -> Iterator[str]:
        """Iterate over the stated instances of a class, in file order."""
        return (subject for subject in self.index if class_iri in self.values(subject, TYPE))

    def members(self, head: str) -> tuple[str, ...]:
        """Read an RDF list from its first cell; empty for ``rdf:nil``; linear in its length."""
        items: list[str] = []
        while head != RDF + "nil":
            items += self.values(head, RDF + "first")
            head = self.values(head, RDF + "rest")[0]
        return tuple(items)


def _key(value: RdfTerm) -> str:
    """Return the key of a term in the index."""
    if isinstance(value, ox.BlankNode):
        return f"_:{value.value}"
    if isinstance(value, ox.Triple):
        raise TypeError(f"a module holds the triple term {value}, which the index does not support")
    return value.value
