"""The mapping from the types of other tools to the ontology: a shipped one, and above it one's own."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import yaml

from ...errors import InputError
from ...files import json_text, packaged_text
from ...ontology.vocabulary import load_vocabulary
from ...problems import FaultError, Problem
from ..article.attributes import ENTITIES, POPULATION, TEXTS, TIMES, choices
from ..authoring.relations_page import entry_classes
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from ..text.yaml_text import (
    compose,
    key_nodes,
    known_values,
    map_values,
    node_place,
    scalar_text,
    yaml_problem,
)
from .model import SOURCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...ontology.vocabulary import Vocabulary
    from .model import AnnotatedSpan, Relation

SECTIONS = SPANS, RELATIONS, ATTRIBUTES, LINKS = ("spans", "relations", "attributes", "links")
RELATION_KEYS = ("relation", "subject", "object")
ATTRIBUTE_KEYS = ("attribute", "values")
NONE = "none"  # in place of a class: listed, never proposed
_SHIPPED = "mapping.yaml"
_Meaning = TypeVar("_Meaning")


class RelationMeaning(NamedTuple):
    """A relation of the ontology, with the roles of its subject and its object in the tool."""

    relation: str
    subject: str = SOURCE
    object: str = TARGET


class AttributeMeaning(NamedTuple):
    """An attribute of statements; `values` replace those of the tool, and are empty if they stay."""

    attribute: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class TypeMapping:
    """What labels, relations, attributes and identifiers of a tool mean here.

    :param vocabulary: of which names need no line
    """

    vocabulary: Vocabulary
    spans: Mapping[str, str]
    relations: Mapping[str, RelationMeaning]
    attributes: Mapping[str, AttributeMeaning]
    links: Mapping[str, str]

    def span_class(self, span: AnnotatedSpan) -> str:
        """Return the class of what a span names; empty if its type has no mapping."""
        for name in (span.name, span.label, span.layer):
            if name in self.spans:
                kind = self.spans[name]
                return "" if kind == NONE else kind
        return span.label if span.label in self._classes else ""

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(entry_classes(self.vocabulary))

    @cached_property
    def _relations(self) -> frozenset[str]:
        return relation_names(self.vocabulary)

    def relation(self, relation: Relation) -> RelationMeaning | None:
        """Return what a relation means; ``None`` if its label has no mapping."""
        if relation.label in self.relations:
            return self.relations[relation.label]
        return RelationMeaning(relation.label) if relation.label in self._relations else None

    def attribute(self, name: str, value: str) -> tuple[str, str] | None:
        """Return the attribute of statements and its value; ``None`` if either has no mapping."""
        meaning = self.attributes.get(name)
        if meaning is None:
            return (name, value) if name in attribute_names() else None
        mapped = meaning.values.get(value) if meaning.values else value
        return (meaning.attribute, mapped) if mapped is not None else None

    def curie(self, link: str) -> str:
        """Return an identifier with its beginning replaced; unchanged if no mapping fits."""
        for beginning, replacement in self.links.items():
            if link.startswith(beginning):
                return replacement + link.removeprefix(beginning)
        return link


def relation_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the relations between things."""
    return frozenset(name for name, term in vocabulary.properties.items() if term.kind == "object")


def attribute_names() -> tuple[str, ...]:
    """List the attributes of statements."""
    return (*choices(), *TIMES, *TEXTS, *ENTITIES, POPULATION)


def load_mapping(vocabulary: Vocabulary, path: Path | None = None) -> TypeMapping:
    """Load the shipped mapping, and one's own above it.

    :raises InputError: with every fault of the file, each with its line
    """
    shipped = _MappingReader(vocabulary, _SHIPPED)
    shipped.read(packaged_text(__package__ or "", _SHIPPED))
    readers = [shipped]
    if path is not None:
        own_reader = _MappingReader(vocabulary, str(path))
        decoded = read_bytes(input_bytes(path, str(path)), str(path))
        if decoded.text is None:
            raise InputError(decoded.problems)
        own_reader.read(decoded.text)
        if own_reader.problems:
            raise InputError(own_reader.problems)
        readers.insert(0, own_reader)
    return TypeMapping(
        vocabulary,
        _merged(reader.spans for reader in readers),
        _merged(reader.relations for reader in readers),
        _merged(reader.attributes for reader in readers),
        _merged(reader.links for reader in readers),
    )


def _merged(tables: Iterable[dict[str, _Meaning]]) -> dict[str, _Meaning]:
    merged: dict[str, _Meaning] = {}
    for table in tables:
        merged |= {key: value for key, value in table.items() if key not in merged}
    return merged


class _MappingReader:
    """Reads one file of mappings."""

    def __init__(self, vocabulary: Vocabulary, file: str) -> None:
        self.vocabulary, self.file = vocabulary, file
        self.spans: dict[str, str] = {}
        self.relations: dict[str, RelationMeaning] = {}
        self.attributes: dict[str, AttributeMeaning] = {}
        self.links: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        try:
            root = compose(text)
        except yaml.YAMLError as error:
            self.problems.append(yaml_problem(error, text, self.file))
            return
        sections, faults = known_values(root, SECTIONS)
        self.problems += [Problem(self.file, *node_place(node), flaw) for node, flaw in faults]
        if not sections:
            self.problems.append(Problem(self.file, 1, 1, fault("KG124.no-sections")))
        readers = {
            SPANS: self._read_span,
            RELATIONS: self._read_relation,
            ATTRIBUTES: self._read_attribute,
            LINKS: self._read_link,
        }
        for section, node in sections.items():
            for key, value in key_nodes(node):
                try:
                    readers[section](scalar_text(key), value)
                except FaultError as error:
                    self.problems.append(Problem(self.file, *node_place(value), error.fault))

    def _read_span(self, label: str, node: yaml.Node) -> None:
        kind = scalar_text(node)
        _require(kind, (*entry_classes(self.vocabulary), NONE), "KG124.unknown-class")
        self.spans[label] = kind

    def _read_relation(self, label: str, node: yaml.Node) -> None:
        values = map_values(node)
        texts = {key: scalar_text(value) for key, value in values.items()}
        if not isinstance(node, yaml.MappingNode):
            texts = {"relation": scalar_text(node)}
        for key in texts:
            _require(key, RELATION_KEYS, "KG124.unknown-key")
        _require(texts.get("relation", ""), relation_names(self.vocabulary), "KG124.unknown-relation")
        self.relations[label] = RelationMeaning(**texts)

    def _read_attribute(self, name: str, node: yaml.Node) -> None:
        values = map_values(node)
        for key in values:
            _require(key, ATTRIBUTE_KEYS, "KG124.unknown-key")
        named = values.get("attribute", node)
        attribute = scalar_text(named)
        _require(attribute, attribute_names(), "KG124.unknown-attribute")
        replaced = {key: scalar_text(value) for key, value in map_values(values.get("values")).items()}
        for value in replaced.values():
            if attribute in choices():
                _require(value, choices()[attribute], "KG124.unknown-value")
        self.attributes[name] = AttributeMeaning(attribute, replaced)

    def _read_link(self, beginning: str, node: yaml.Node) -> None:
        self.links[beginning] = scalar_text(node)


def _require(name: str, names: Iterable[str], key: str) -> None:
    """Raise a fault with a suggestion for a name that is none of some names."""
    allowed = tuple(names)
    if name not in allowed:
        raise FaultError(with_suggestion(fault(key, name=name), name, allowed))


def mapping_schema() -> dict[str, object]:
    """Return the JSON Schema of a mapping file, for completion and checks in any editor.

    >>> mapping_schema()["properties"]["links"]["additionalProperties"]
    {'type': 'string'}
    """
    vocabulary = load_vocabulary()
    relations: dict[str, object] = {"enum": sorted(relation_names(vocabulary))}
    attributes: dict[str, object] = {"enum": [*attribute_names()]}
    role = {"type": "string"}
    relation = _object_schema({"relation": relations, "subject": role, "object": role})
    values = {"type": "object", "additionalProperties": {"type": "string"}}
    attribute = _object_schema({"attribute": attributes, "values": values})
    tables: dict[str, object] = {
        SPANS: {"enum": [*entry_classes(vocabulary), NONE]},
        RELATIONS: {"anyOf": [relations, {**relation, "required": ["relation"]}]},
        ATTRIBUTES: {"anyOf": [attributes, {**attribute, "required": ["attribute"]}]},
        LINKS: {"type": "string"},
    }
    sections = {name: {"type": "object", "additionalProperties": table} for name, table in tables.items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object_schema(sections)}


def _object_schema(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


if __name__ == "__main__":
    Path(sys.argv[1], "mapping.schema.json").write_text(json_text(mapping_schema()), encoding="utf-8")
