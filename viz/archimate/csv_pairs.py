"""Models as CSV files: the three that the tool Archi reads, and the node and edge tables of Gephi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.archimate.mapping import CLASS_PROPERTY, CURIE_PROPERTY, PROPERTY_PREFIX, STATUS_PROPERTY
from ...words import label
from ..tables.csv_writer import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...graph.archimate.model import Concept, LabelsByLanguage, Model, Relationship

_CONCEPT = ("ID", "Type", "Name", "Documentation")
_SPECIALIZATION = "Specialization"
_MODEL_TYPE = "ArchimateModel"
_JUNCTION = "Junction"
_DETAIL_KEYS = {"accessType": "Access_Type", "modifier": "Influence_Strength", "isDirected": "Directed"}


def archi_files(model: Model, lang: str) -> dict[str, str]:
    """Write the files that Archi imports as CSV: elements, relations and properties.

    :param lang: language of names and texts; the default language where one is missing
    :returns: name of each file → its text
    """
    own_texts = _texts(model.names, model.documentation, lang)
    elements = [
        (model.id, _MODEL_TYPE, *own_texts, ""),
        *(_archi_concept(concept, _element_type(concept.type), lang) for concept in model.elements),
    ]
    relations = [
        (*_archi_concept(link, f"{link.type}Relationship", lang)[:-1], link.source, link.target, "")
        for link in model.relationships
    ]
    properties = list(_archi_properties(model, lang))
    return {
        "elements.csv": csv_text((*_CONCEPT, _SPECIALIZATION), elements),
        "relations.csv": csv_text((*_CONCEPT, "Source", "Target", _SPECIALIZATION), relations),
        "properties.csv": csv_text(("ID", "Key", "Value"), properties),
    }


def _texts(names: LabelsByLanguage, documentation: LabelsByLanguage, lang: str) -> tuple[str, str]:
    return _text(names, lang), _text(documentation, lang)


def _text(texts: LabelsByLanguage, lang: str) -> str:
    return label(texts, lang) if texts else ""


def _archi_concept(concept: Concept, type_name: str, lang: str) -> tuple[str, ...]:
    return (concept.id, type_name, *_texts(concept.names, concept.documentation, lang), "")


def _element_type(name: str) -> str:
    return _JUNCTION if name.endswith(_JUNCTION) else name


def _archi_properties(model: Model, lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield the properties of all, and what Archi keeps of some types in properties of its own."""
    stated = [(model.id, model.properties)]
    stated += [(concept.id, concept.properties) for concept in (*model.elements, *model.relationships)]
    for concept_id, properties in stated:
        yield from ((concept_id, entry.name, _text(entry.values, lang)) for entry in properties)
    for element in model.elements:
        if element.type.endswith(_JUNCTION):
            yield element.id, "Junction_Type", element.type.removesuffix(_JUNCTION)
    for link in model.relationships:
        yield from ((link.id, _DETAIL_KEYS[name], value) for name, value in link.details.items())


def gephi_files(model: Model, lang: str) -> dict[str, str]:
    """Write the files that Gephi imports as node table and edge table.

    :param lang: language of names; the default language where one is missing
    :returns: name of each file → its text; relationships of which one end is a relationship are left out
    """
    ids = {element.id for element in model.elements}
    nodes = [
        (
            element.id,
            _text(element.names, lang),
            element.type,
            *(element.stated(name) for name in (CLASS_PROPERTY, CURIE_PROPERTY)),
            *(element.stated(f"{PROPERTY_PREFIX}{name}") for name in ("layer", "province")),
        )
        for element in model.elements
    ]
    edges = [_gephi_edge(link, lang) for link in model.relationships if {link.source, link.target} <= ids]
    return {
        "nodes.csv": csv_text(("Id", "Label", "Type", "Class", "Curie", "Layer", "Province"), nodes),
        "edges.csv": csv_text(
            ("Source", "Target", "Type", "Id", "Label", "Relationship", "Status", "Sources"), edges
        ),
    }


def _gephi_edge(link: Relationship, lang: str) -> tuple[str, ...]:
    stated = (link.stated(STATUS_PROPERTY), link.stated(f"{PROPERTY_PREFIX}sources"))
    return (link.source, link.target, "Directed", link.id, _text(link.names, lang), link.type, *stated)
