"""Reading of SHACL shapes from Turtle.

The constructs that :mod:`egovkg.graph.shacl.compile` supports are read; any other term of SHACL is an error
and never ignored. Source: W3C Shapes Constraint Language (SHACL), 2017; numbers in comments are its sections.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import ShapeError
from ...words import message
from ..names import OWL, RDF, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...ontology.modules import RdfTerm

SH = "http://www.w3.org/ns/shacl#"


# Constraints on each value by itself, and constraints on the set of values of a focus node.
VALUE_CONSTRAINTS = frozenset(
    {"class", "datatype", "nodeKind", "in", "pattern", "minInclusive", "maxInclusive", "languageIn"}
)
LOGICAL = frozenset({"or", "xone", "not", "node"})
SET_CONSTRAINTS = frozenset(
    {"minCount", "maxCount", "hasValue", "uniqueLang", "lessThanOrEquals", "qualifiedMinCount"}
)
_LIST_PARAMETERS = frozenset({"in", "languageIn", "or", "xone"})
_TARGETS = frozenset({"targetClass", "targetSubjectsOf", "targetObjectsOf"})
_STRUCTURE = frozenset({"property", "sparql", "path", "severity", "message", "qualifiedValueShape"})
_DOCUMENTATION = frozenset({"name", "description", "order", "group"})
_SUPPORTED = VALUE_CONSTRAINTS | LOGICAL | SET_CONSTRAINTS | _TARGETS | _STRUCTURE | _DOCUMENTATION
_SELECT = re.compile(r"\s*SELECT\s+(?:DISTINCT\s+)?([^{]*?)\s*(?:WHERE\s*)?\{(.*)\}\s*", re.I | re.S)
_NOT_BINDABLE = re.compile(r"\b(MINUS|VALUES|SERVICE|SELECT)\b", re.I)


@dataclass(frozen=True)
class Path:
    """A SHACL property path.

    :param text: the path in SPARQL
    :param is_step: whether it consists of a single property or its inverse
    """

    text: str
    is_step: bool


@dataclass(frozen=True)
class Constraint:
    """A constraint in a SHACL shape.

    :param name: local name of its parameter, such as ``minCount``
    :param terms: values of the parameter as SPARQL terms; for a list, its members
    :param shapes: the shapes to which the parameter refers
    """

    name: str
    terms: tuple[str, ...]
    shapes: tuple[Shape, ...] = ()

    @property
    def component(self) -> str:
        """Local name of the constraint component, without `ConstraintComponent`."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True)
class SparqlConstraint:
    """A SPARQL constraint (5.2).

    :param prologue: its declared prefixes
    :param body: the pattern inside the outer braces, with ``?this`` for the focus node
    """

    prologue: str
    body: str
    messages: Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """A node shape, or a property shape when it has a path.

    :param iri: IRI of the shape; for a blank node, that of its node shape
    :param targets: name of the target parameter → its values as SPARQL terms
    :param messages: message by language
    """

    iri: str
    path: Path | None
    targets: Mapping[str, tuple[str, ...]]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    selects: tuple[SparqlConstraint, ...]
    severity: str
    messages: Mapping[str, str]


@lru_cache(maxsize=8)
def read_shapes(text: bytes) -> tuple[Shape, ...]:
    """Read the node shapes that have a target.

    :param text: Turtle
    :raises ShapeError: if an unsupported construct is used
    """
    return tuple(_Reader(text).shapes())


class _Reader:
    """Reads shapes from the triples of a file."""

    def __init__(self, text: bytes) -> None:
        self.index: dict[RdfTerm, dict[str, list[RdfTerm]]] = defaultdict(lambda: defaultdict(list))
        self.ancestors: list[RdfTerm] = []  # the shapes being read, outermost first
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            self.index[quad.subject][quad.predicate.value].append(quad.object)

    def shapes(self) -> Iterator[Shape]:
        for node in list(self.index):
            kinds = {_iri(kind) for kind in self._values(node, RDF_TYPE)}
            is_aimed = any(word.startswith("target") for word in self._words(node))
            if not is_aimed and not kinds & {SH + "NodeShape", SH + "PropertyShape"}:
                continue
            if kinds & {RDFS + "Class", OWL + "Class"}:
                raise ShapeError(message(__package__, "class_as_shape", shape=str(node)))
            shape = self._shape(node, _iri(node))
            if shape.targets and shape.path:
                raise ShapeError(message(__package__, "property_shape_target", shape=str(node)))
            if shape.targets:
                yield shape

    def _values(self, node: RdfTerm, predicate: str) -> list[RdfTerm]:
        return self.index[node][predicate] if node in self.index and predicate in self.index[node] else []

    def _parameter(self, node: RdfTerm, name: str) -> list[RdfTerm]:
        return self._values(node, SH + name)

    def _words(self, node: RdfTerm) -> set[str]:
        return {iri.removeprefix(SH) for iri in self.index.get(node, ()) if iri.startswith(SH)}

    def _shape(self, node: RdfTerm, owner: str) -> Shape:
        iri = node.value if isinstance(node, ox.NamedNode) else owner
        if node in self.ancestors:
            raise ShapeError(message(__package__, "recursive", shape=iri))
        self.ancestors.append(node)
        words = self._words(node)
        _check_terms(words, iri)
        path = self._parameter(node, "path")
        shape = Shape(
            iri=iri,
            path=self._path(path[0], iri) if path else None,
            targets={name: tuple(map(str, self._parameter(node, name))) for name in sorted(words & _TARGETS)},
            constraints=tuple(
                constraint
                for name in sorted(words & (VALUE_CONSTRAINTS | LOGICAL | SET_CONSTRAINTS))
                for constraint in self._constraints(node, name, iri)
            ),
            properties=tuple(self._shape(part, iri) for part in self._parameter(node, "property")),
            selects=tuple(self._select(part, iri) for part in self._parameter(node, "sparql")),
            severity=_iri(next(iter(self._parameter(node, "severity")), None), "Violation").removeprefix(SH),
            messages=_by_language(self._parameter(node, "message")),
        )
        self.ancestors.pop()
        return shape

    def _constraints(self, node: RdfTerm, name: str, iri: str) -> Iterator[Constraint]:
        if name == "qualifiedMinCount":
            terms = tuple(map(str, self._parameter(node, name)))
            shapes = self._subshapes(self._parameter(node, "qualifiedValueShape"), iri)
            yield Constraint(name, terms, shapes)
            return
        for value in self._parameter(node, name):
            members = self._members(value) if name in _LIST_PARAMETERS else [value]
            if name in LOGICAL:
                yield Constraint(name, (), self._subshapes(members, iri))
            else:
                yield Constraint(name, tuple(map(str, members)))

    def _subshapes(self, nodes: Iterable[RdfTerm], iri: str) -> tuple[Shape, ...]:
        return tuple(self._shape(node, iri) for node in nodes)

    def _members(self, head: RdfTerm) -> list[RdfTerm]:
        members: list[RdfTerm] = []
        while _iri(head) != RDF + "nil":
            members += self._values(head, RDF + "first")
            head = self._values(head, RDF + "rest")[0]
        return members

    def _path(self, node: RdfTerm, iri: str) -> Path:
        """Read a property path (2.3.1)."""
        if isinstance(node, ox.NamedNode):
            return Path(str(node), is_step=True)
        if inverse := self._parameter(node, "inversePath"):
            inner = self._path(inverse[0], iri)
            return Path(f"^{inner.text}" if inner.is_step else f"^({inner.text})", inner.is_step)
        if self._values(node, RDF + "first"):
            steps = [self._path(step, iri).text for step in self._members(node)]
            return Path("/".join(steps), is_step=False)
        raise ShapeError(message(__package__, "path", shape=iri, terms=_curies(self._words(node))))

    def _select(self, node: RdfTerm, iri: str) -> SparqlConstraint:
        if unknown := self._words(node) - {"select", "prefixes", "message"}:
            raise ShapeError(message(__package__, "in_sparql", shape=iri, terms=_curies(unknown)))
        text = _text(self._parameter(node, "select"))
        parts = _SELECT.fullmatch(text)
        if parts is None or not {"$this", "?path", "?value"} >= set(parts[1].split()):
            raise ShapeError(message(__package__, "select", shape=iri))
        if wrong := _NOT_BINDABLE.search(parts[2]):
            raise ShapeError(message(__package__, "not_bindable", shape=iri, keyword=wrong[0]))
        body = parts[2].replace("$this", "?this")
        return SparqlConstraint(self._prologue(node), body, _by_language(self._parameter(node, "message")))

    def _prologue(self, node: RdfTerm) -> str:
        """Return the prefix declarations of a SPARQL constraint (5.2.1)."""
        owners = self._parameter(node, "prefixes")
        prefixes = [prefix for owner in owners for prefix in self._parameter(owner, "declare")]
        return "".join(
            f"PREFIX {_text(self._parameter(p, 'prefix'))}: <{_text(self._parameter(p, 'namespace'))}>\n"
            for p in prefixes
        )


def _check_terms(words: set[str], iri: str) -> None:
    """Raise an error for a shape with an unsupported term or combination of terms."""
    if (
        unknown := words
        - VALUE_CONSTRAINTS
        - LOGICAL
        - SET_CONSTRAINTS
        - _TARGETS
        - _STRUCTURE
        - _DOCUMENTATION
    ):
        raise ShapeError(message(__package__, "unsupported", shape=iri, terms=_curies(unknown)))
    if "path" in words and words & {"sparql", "property"}:
        raise ShapeError(message(__package__, "in_property_shape", shape=iri))
    if "path" not in words and (wrong := words & (SET_CONSTRAINTS | {"qualifiedValueShape"})):
        raise ShapeError(message(__package__, "needs_path", shape=iri, terms=_curies(wrong)))
    if len(words & {"qualifiedMinCount", "qualifiedValueShape"}) == 1:
        raise ShapeError(message(__package__, "qualified", shape=iri))


def _curies(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"sh:{word}" for word in sorted(words))


def _iri(node: RdfTerm | None, default: str = "") -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.BlankNode) else default


def _text(nodes: list[RdfTerm]) -> str:
    return next((node.value for node in nodes if isinstance(node, ox.Literal)), "")


def _by_language(nodes: list[RdfTerm]) -> Mapping[str, str]:
    return {node.language or "": node.value for node in nodes if isinstance(node, ox.Literal)}
