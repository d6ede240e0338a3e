"""The elements and relationships of a model: entities and relations of the graph with their properties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.archimate.concepts import ASSOCIATION
from ...graph.archimate.mapping import (
    CLASS_PROPERTY,
    CURIE_PROPERTY,
    PROPERTY_PREFIX,
    RELATION_PROPERTY,
    STATED_PROPERTY,
    STATEMENTS_PROPERTY,
    STATUS_PROPERTY,
    SUBJECT_PROPERTY,
    element_type,
    has_own_type,
    relationship_type,
    values_text,
)
from ...graph.archimate.model import Element, Property, Relationship, short_hash
from ...ontology.codes import default_code, find_code
from ...ontology.statuses import find_status
from ...words import DEFAULT_LANGUAGE, catalogue, label, languages
from ..pictures import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...graph.archimate.model import LabelsByLanguage
    from ...queries.facts.qualifiers import Qualifier
    from ...queries.picture.parts import Edge, Node, Picture, Statement, TextsByName
    from ...words import Texts

_BETWEEN = "; "
_TIMES = ("as_of", "period", "due_by")  # qualifiers that state a time
_STRENGTHS = ("certainty", "extent")  # qualifiers that weaken a statement


@dataclass(frozen=True)
class Concepts:
    """The elements and relationships of a picture, and what of it a model cannot show.

    :param denied: number of relations that are only denied, and therefore no relationship
    :param associated: number of relations shown as associations because ArchiMate forbids what fits best
    """

    elements: tuple[Element, ...]
    relationships: tuple[Relationship, ...]
    denied: int
    associated: int


def element_id(curie: str) -> str:
    """Return the identifier of an element: the CURIE in the letters that XML allows.

    >>> element_id("tq:lgsp"), element_id("hệ:1")
    ('id-tq.lgsp', 'id-h_7879_.1')
    """
    letters = (
        sign if sign.isascii() and (sign.isalnum() or sign == "-") else _escaped(sign) for sign in curie
    )
    return "id-" + "".join(letters)


def _escaped(sign: str) -> str:
    return "." if sign == ":" else f"_{ord(sign)}_"


def concepts(picture: Picture) -> Concepts:
    """Turn the entities and relations of a picture into elements and relationships.

    Cost: linear in the statements
    """
    own_statements: dict[str, list[Statement]] = defaultdict(list)
    node_curies = {node.curie for node in picture.nodes}
    for statement in picture.statements:
        if statement.fact.object not in node_curies:
            own_statements[statement.fact.subject].append(statement)
    elements = tuple(_element(node, own_statements[node.curie]) for node in picture.nodes)
    types = {node.curie: element_type(node.kind) for node in picture.nodes}
    relationships, denied, associated = [], 0, 0
    for edge in picture.edges:
        statements = [picture.statements[position] for position in edge.statements]
        if not any(_is_asserted(statement) for statement in statements):
            denied += 1
            continue
        relationship = _relationship(edge, statements, types, picture.words.relations)
        relationships.append(relationship)
        associated += has_own_type(edge.predicate) and relationship.type == ASSOCIATION
    return Concepts(elements, tuple(relationships), denied, associated)


def in_languages(texts: Texts) -> LabelsByLanguage:
    """Return texts in the order of the languages, the default first, without what XML forbids."""
    order = dict.fromkeys((DEFAULT_LANGUAGE, *languages()))
    return {lang: xml_text(texts[lang]) for lang in order if texts.get(lang)}


def _element(node: Node, statements: Iterable[Statement]) -> Element:
    values = [
        (CURIE_PROPERTY, node.curie),
        (CLASS_PROPERTY, node.kind),
        (f"{PROPERTY_PREFIX}layer", node.layer),
        (f"{PROPERTY_PREFIX}province", node.province or ""),
        (f"{PROPERTY_PREFIX}shortName", node.short),
        (f"{PROPERTY_PREFIX}otherNames", _BETWEEN.join(node.aliases)),
        (f"{PROPERTY_PREFIX}address", node.iri),
        (f"{PROPERTY_PREFIX}sources", _BETWEEN.join(node.articles)),
    ]
    details = (Property(f"{PROPERTY_PREFIX}{d.relation}", in_languages(d.text)) for d in node.details)
    stated = (
        Property(f"{PROPERTY_PREFIX}{statement.fact.predicate}", _statement_texts(statement))
        for statement in statements
    )
    return Element(
        element_id(node.curie),
        element_type(node.kind),
        in_languages(node.labels),
        properties=(*_properties(values), *details, *stated),
    )


def _properties(values: Iterable[tuple[str, str]]) -> Iterator[Property]:
    return (Property(name, {"": xml_text(value)}) for name, value in values if value)


def _statement_texts(statement: Statement) -> LabelsByLanguage:
    """Word what is stated of one element: its text or figure, and in brackets status, time and source."""
    texts = {}
    for lang in languages():
        words = catalogue(__package__ or "", lang)
        texts[lang] = words("statement", text=_content(statement, lang), details=_details(statement, lang))
    return in_languages(texts)


def _content(statement: Statement, lang: str) -> str:
    fact = statement.fact
    if fact.value is None:
        return label(statement.text, lang) if statement.text else fact.text or fact.object_label or ""
    comparator = "" if fact.comparator == _equal() else fact.comparator or ""
    return " ".join(filter(None, (f"{comparator}{fact.value}", fact.unit)))


def _equal() -> str:
    return find_code(default_code("Comparator")).written


def _details(statement: Statement, lang: str) -> str:
    fact = statement.fact
    times = [_written(fact.qualifiers.get(name)) for name in _TIMES]
    span = (
        "/".join((fact.valid_from or "..", fact.valid_to or "..")) if fact.valid_from or fact.valid_to else ""
    )
    parts = (find_status(fact.status).label(lang), span, *times, fact.article)
    return _BETWEEN.join(filter(None, parts))


def _written(value: Qualifier | None) -> str:
    if value is None:
        return ""
    return _BETWEEN.join(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_asserted(statement: Statement) -> bool:
    return statement.fact.polarity == find_code(default_code("Polarity")).written


def _relationship(
    edge: Edge, statements: Sequence[Statement], types: dict[str, str], relations: TextsByName
) -> Relationship:
    shown_as = relationship_type(edge.predicate, types[edge.subject], types[edge.object])
    ends = [element_id(edge.subject), element_id(edge.object)]
    source, target = reversed(ends) if shown_as.is_reversed else ends
    return Relationship(
        f"id-{short_hash(edge.subject, edge.predicate, edge.object)}",
        shown_as.name,
        _relationship_names(edge.predicate, statements, relations),
        in_languages({lang: _sentences(statements, lang) for lang in languages()}),
        tuple(_properties(_relationship_values(edge, statements))),
        source=source,
        target=target,
        details={"isDirected": "true"} if shown_as.name == ASSOCIATION else {},
    )


def _relationship_names(
    relation: str, statements: Sequence[Statement], relations: TextsByName
) -> LabelsByLanguage:
    """Name a relationship like its relation; what is not in force says so in brackets."""
    states = dict.fromkeys(statement.fact.status for statement in statements)
    is_in_force = any(find_status(status).materialises for status in states)
    names = {}
    for lang in languages():
        text = label(relations.get(relation, {DEFAULT_LANGUAGE: relation}), lang)
        words = catalogue(__package__ or "", lang)
        labels = _BETWEEN.join(find_status(status).label(lang) for status in states)
        names[lang] = text if is_in_force else words("relation_with_status", relation=text, status=labels)
    return in_languages(names)


def _sentences(statements: Sequence[Statement], lang: str) -> str:
    return "\n".join(dict.fromkeys(label(statement.sentence, lang) for statement in statements))


def _relationship_values(edge: Edge, statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Yield the properties of a relationship: what its statements say, in one order."""
    facts = [statement.fact for statement in statements]
    columns = {
        STATUS_PROPERTY: [fact.status for fact in facts],
        f"{PROPERTY_PREFIX}polarity": [fact.polarity for fact in facts],
        f"{PROPERTY_PREFIX}from": [fact.valid_from or "" for fact in facts],
        f"{PROPERTY_PREFIX}to": [fact.valid_to or "" for fact in facts],
        **{
            f"{PROPERTY_PREFIX}{name}": [_written(f.qualifiers.get(name)) for f in facts]
            for name in (*_TIMES, *_STRENGTHS)
        },
        STATED_PROPERTY: [fact.published for fact in facts],
        f"{PROPERTY_PREFIX}sources": [fact.article for fact in facts],
        STATEMENTS_PROPERTY: [fact.id for fact in facts],
    }
    yield RELATION_PROPERTY, edge.predicate
    yield SUBJECT_PROPERTY, edge.subject
    for name, values in columns.items():
        yield name, values_text(values)
