"""Shapes as Python values, read from SHACL Turtle.

What is read here is what `shape_queries` compiles: any other word of SHACL is refused, never skipped.
Source: W3C Shapes Constraint Language (SHACL), 2017; the numbers in the comments are its sections.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...errors import ShapeError
from ..names import OWL, RDF, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SH = "http://www.w3.org/ns/shacl#"

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Constraints that judge one value each, and those that judge the values of a focus node together.
SINGLE = frozenset(
    {"class", "datatype", "nodeKind", "in", "pattern", "minInclusive", "maxInclusive", "languageIn"}
)
LOGICAL = frozenset({"or", "xone", "not", "node"})
TOGETHER = frozenset(
    {"minCount", "maxCount", "hasValue", "uniqueLang", "lessThanOrEquals", "qualifiedMinCount"}
)
_LISTED = frozenset({"in", "languageIn", "or", "xone"})
_TARGETS = frozenset({"targetClass", "targetSubjectsOf", "targetObjectsOf"})
_STRUCTURE = frozenset({"property", "sparql", "path", "severity", "message", "qualifiedValueShape"})
_FOR_READERS = frozenset({"name", "description", "order", "group"})
_SELECT = re.compile(r"\s*SELECT\s+(?:DISTINCT\s+)?([^{]*?)\s*(?:WHERE\s*)?\{(.*)\}\s*", re.I | re.S)
_NOT_BINDABLE = re.compile(r"\b(MINUS|VALUES|SERVICE|SELECT)\b", re.I)


@dataclass(frozen=True)
class Path:
    """A property path.

    :param text: as SPARQL writes it
    :param is_step: whether it is one property, forwards or backwards
    """

    text: str
    is_step: bool


@dataclass(frozen=True)
class Constraint:
    """One constraint of a shape.

    :param name: local name of its parameter, such as ``minCount``
    :param terms: values of the parameter as SPARQL writes terms; members when it is a list
    :param shapes: the shapes it refers to
    """

    name: str
    terms: tuple[str, ...]
    shapes: tuple[Shape, ...] = ()

    @property
    def component(self) -> str:
        """Local name of the constraint component, without its ending."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True)
class Select:
    """A SPARQL constraint (5.2).

    :param prologue: its declared prefixes
    :param body: the pattern between the outer brackets, with ``?this`` for the focus node
    """

    prologue: str
    body: str
    messages: Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """A node shape, or a property shape when it has a path.

    :param iri: its address; that of the node shape for a shape without one
    :param targets: name of the target parameter -> its values as SPARQL terms
    :param messages: language -> what is wrong
    """

    iri: str
    path: Path | None
    targets: Mapping[str, tuple[str, ...]]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    selects: tuple[Select, ...]
    severity: str
    messages: Mapping[str, str]


@lru_cache(maxsize=8)
def read_shapes(text: bytes) -> tuple[Shape, ...]:
    """Read the node shapes that have a target.

    :param text: Turtle
    :raises ShapeError: if it uses a construct that is not known here
    """
    return tuple(_Reader(text).shapes())


class _Reader:
    """The triples of a shapes file, found by subject and predicate."""

    def __init__(self, text: bytes) -> None:
        self.index: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.open: list[Node] = []  # the shapes being read, outermost first
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            self.index[quad.subject][quad.predicate.value].append(quad.object)

    def shapes(self) -> Iterator[Shape]:
        for node in list(self.index):
            kinds = {_iri(kind) for kind in self._values(node, RDF_TYPE)}
            is_aimed = any(word.startswith("target") for word in self._words(node))
            if not is_aimed and not kinds & {SH + "NodeShape", SH + "PropertyShape"}:
                continue
            if kinds & {RDFS + "Class", OWL + "Class"}:
                raise ShapeError(f"{node}: a shape that is a class is not supported")
            shape = self._shape(node, _iri(node))
            if shape.targets and shape.path:
                raise ShapeError(f"{node}: targets of a property shape are not supported")
            if shape.targets:
                yield shape

    def _values(self, node: Node, predicate: str) -> list[Node]:
        return self.index[node][predicate] if node in self.index and predicate in self.index[node] else []

    def _sh(self, node: Node, name: str) -> list[Node]:
        return self._values(node, SH + name)

    def _words(self, node: Node) -> set[str]:
        return {iri.removeprefix(SH) for iri in self.index.get(node, ()) if iri.startswith(SH)}

    def _shape(self, node: Node, owner: str) -> Shape:
        iri = node.value if isinstance(node, ox.NamedNode) else owner
        if node in self.open:
            raise ShapeError(f"{iri}: a shape that refers to itself is not supported")
        self.open.append(node)
        words = self._words(node)
        _refuse(words, iri)
        path = self._sh(node, "path")
        shape = Shape(
            iri=iri,
            path=self._path(path[0], iri) if path else None,
            targets={name: tuple(map(str, self._sh(node, name))) for name in sorted(words & _TARGETS)},
            constraints=tuple(
                constraint
                for name in sorted(words & (SINGLE | LOGICAL | TOGETHER))
                for constraint in self._constraints(node, name, iri)
            ),
            properties=tuple(self._shape(each, iri) for each in self._sh(node, "property")),
            selects=tuple(self._select(each, iri) for each in self._sh(node, "sparql")),
            severity=_iri(next(iter(self._sh(node, "severity")), None), "Violation").removeprefix(SH),
            messages=_by_language(self._sh(node, "message")),
        )
        self.open.pop()
        return shape

    def _constraints(self, node: Node, name: str, iri: str) -> Iterator[Constraint]:
        if name == "qualifiedMinCount":
            terms = tuple(map(str, self._sh(node, name)))
            shapes = self._subshapes(self._sh(node, "qualifiedValueShape"), iri)
            yield Constraint(name, terms, shapes)
            return
        for value in self._sh(node, name):
            members = self._members(value) if name in _LISTED else [value]
            if name in LOGICAL:
                yield Constraint(name, (), self._subshapes(members, iri))
            else:
                yield Constraint(name, tuple(map(str, members)))

    def _subshapes(self, nodes: Iterable[Node], iri: str) -> tuple[Shape, ...]:
        return tuple(self._shape(each, iri) for each in nodes)

    def _members(self, head: Node) -> list[Node]:
        found: list[Node] = []
        while _iri(head) != RDF + "nil":
            found += self._values(head, RDF + "first")
            head = self._values(head, RDF + "rest")[0]
        return found

    def _path(self, node: Node, iri: str) -> Path:
        """Read a property path (2.3.1)."""
        if isinstance(node, ox.NamedNode):
            return Path(str(node), is_step=True)
        if inverse := self._sh(node, "inversePath"):
            inner = self._path(inverse[0], iri)
            return Path(f"^{inner.text}" if inner.is_step else f"^({inner.text})", inner.is_step)
        if self._values(node, RDF + "first"):
            return Path("/".join(self._path(each, iri).text for each in self._members(node)), is_step=False)
        used = ", ".join(f"sh:{word}" for word in sorted(self._words(node)))
        raise ShapeError(f"{iri}: only predicate, inverse and sequence paths are supported, not {used}")

    def _select(self, node: Node, iri: str) -> Select:
        if unknown := self._words(node) - {"select", "prefixes", "message"}:
            raise ShapeError(f"{iri}: sh:{', sh:'.join(sorted(unknown))} in sh:sparql is not supported")
        text = next(each.value for each in self._sh(node, "select") if isinstance(each, ox.Literal))
        parts = _SELECT.fullmatch(text)
        if parts is None or not {"$this", "?path", "?value"} >= set(parts[1].split()):
            raise ShapeError(f"{iri}: sh:select must be SELECT $this ?path ?value WHERE {{ … }}")
        if wrong := _NOT_BINDABLE.search(parts[2]):
            raise ShapeError(f"{iri}: {wrong[0]} is not allowed where $this is bound beforehand (5.2.1)")
        prologue = "".join(
            f"PREFIX {_text(self._sh(each, 'prefix'))}: <{_text(self._sh(each, 'namespace'))}>\n"
            for holder in self._sh(node, "prefixes")
            for each in self._sh(holder, "declare")
        )
        return Select(prologue, parts[2].replace("$this", "?this"), _by_language(self._sh(node, "message")))


def _refuse(words: set[str], iri: str) -> None:
    """Refuse a shape for the words of SHACL it uses, or for their company."""
    if unknown := words - SINGLE - LOGICAL - TOGETHER - _TARGETS - _STRUCTURE - _FOR_READERS:
        raise ShapeError(f"{iri}: sh:{', sh:'.join(sorted(unknown))} is not supported")
    if "path" in words and words & {"sparql", "property"}:
        raise ShapeError(f"{iri}: sh:sparql and sh:property of a property shape are not supported")
    if "path" not in words and (wrong := words & (TOGETHER | {"qualifiedValueShape"})):
        raise ShapeError(f"{iri}: sh:{', sh:'.join(sorted(wrong))} needs a sh:path")
    if len(words & {"qualifiedMinCount", "qualifiedValueShape"}) == 1:
        raise ShapeError(f"{iri}: sh:qualifiedMinCount goes with sh:qualifiedValueShape")


def _iri(node: Node | None, default: str = "") -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.BlankNode) else default


def _text(nodes: list[Node]) -> str:
    return next((node.value for node in nodes if isinstance(node, ox.Literal)), "")


def _by_language(nodes: list[Node]) -> Mapping[str, str]:
    return {node.language or "": node.value for node in nodes if isinstance(node, ox.Literal)}
