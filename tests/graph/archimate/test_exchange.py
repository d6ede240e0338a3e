"""The exchange file: valid by the schemas of The Open Group, and the rules of its relationships."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from egovkg.files import packaged_text
from egovkg.graph.archimate import (
    ELEMENT_TYPES,
    RELATIONSHIP_TYPES,
    Element,
    Folder,
    Model,
    Property,
    Relationship,
    View,
    ViewConnection,
    ViewNode,
    exchange_file,
    is_legal,
)
from egovkg.graph.archimate.mapping import (
    class_of_element,
    element_type,
    relation_of_relationship,
    relationship_type,
)
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.tests.graph.archimate.schema import schema_errors
from lxml import etree

PROPERTY = Property("a:b", {"vi": "1"})
MODEL = Model(
    "id-m",
    {"vi": "Mô hình", "en": "Model"},
    (
        *(Element(f"id-{name}", name, {"vi": name}) for name in ELEMENT_TYPES),
        Element("id-a", "ApplicationComponent", {"vi": "A & <B>"}, {"": " hai\ndòng "}, (PROPERTY,)),
        Element("id-unnamed", "Node"),
    ),
    (
        *(
            Relationship(f"id-r-{name}", name, source="id-a", target="id-ApplicationComponent")
            for name in sorted(RELATIONSHIP_TYPES)
        ),
        Relationship("id-w", "Access", source="id-a", target="id-Artifact", details={"accessType": "Write"}),
        Relationship("id-of", "Association", source="id-a", target="id-w", details={"isDirected": "true"}),
    ),
    (Folder({"vi": "Ứng dụng"}, (Folder({"": "Trong"}, members=("id-a",)),), ("id-w",)),),
    (
        View(
            "id-v",
            {"vi": "Khung nhìn"},
            (
                ViewNode("id-g", 0, 0, 300, 200, labels={"vi": "Nhóm"}, fill="#f4f4f4", children=(
                    ViewNode("id-n1", 10, 30, 100, 50, "id-a"),
                    ViewNode("id-n2", 150, 30, 100, 50, "id-Artifact"),
                )),
                ViewNode("id-note", 0, 300, 100, 50, labels={"": "ghi chú"}, is_note=True),
            ),
            (
                ViewConnection("id-c", "id-n1", "id-n2", "id-w", ((120, 40),)),
                ViewConnection("id-l", "id-note", "id-c"),
            ),
            viewpoint="Layered",
        ),
    ),
    {"en": "About"},
    (Property("version", {"": "1"}),),
)  # fmt: skip


def test_every_part_of_a_model_is_valid_by_the_schemas() -> None:
    content = exchange_file(MODEL)
    assert schema_errors(content) == []
    assert content == exchange_file(MODEL)


def test_the_schemas_find_a_fault() -> None:
    faulty = replace(
        MODEL, relationships=(Relationship("id-x", "Serving", source="id-a", target="id-nothing"),)
    )
    assert schema_errors(exchange_file(faulty))


def test_texts_stay_as_they_are() -> None:
    root = etree.fromstring(exchange_file(MODEL))
    element = root.find(".//{*}element[@identifier='id-a']")
    assert element.find("{*}name").text == "A & <B>"
    assert element.find("{*}documentation").text == " hai\ndòng "


@pytest.mark.parametrize(
    ("relationship", "source", "target", "is_allowed"),
    [
        ("Serving", "ApplicationComponent", "BusinessActor", True),
        ("Assignment", "BusinessActor", "BusinessRole", True),
        ("Composition", "Node", "BusinessActor", False),
        ("Access", "ApplicationComponent", "DataObject", True),
        ("Access", "DataObject", "ApplicationComponent", False),
        ("Association", "Goal", "Node", True),
        ("Flow", "ApplicationComponent", "OrJunction", True),
    ],
)
def test_rules_of_archimate(relationship: str, source: str, target: str, is_allowed: bool) -> None:
    assert is_legal(relationship, source, target) is is_allowed


def test_an_association_is_allowed_between_all_elements() -> None:
    assert all(
        is_legal("Association", source, target) for source in ELEMENT_TYPES for target in ELEMENT_TYPES
    )


def test_every_class_and_relation_has_a_legal_counterpart() -> None:
    vocabulary = load_vocabulary()
    for name, term in vocabulary.properties.items():
        if term.kind == "object" and term.domain in vocabulary.classes and term.range in vocabulary.classes:
            ends = element_type(term.domain), element_type(term.range)
            shown = relationship_type(name, *ends)
            assert is_legal(shown.name, *(reversed(ends) if shown.is_reversed else ends)), name


def test_the_alignment_in_the_ontology_says_the_same() -> None:
    matches = re.findall(
        r"egov:(\w+)\s+skos:\w+Match archimate:(\w+)", packaged_text("egovkg.ontology", "align-archimate.ttl")
    )
    assert len(matches) == 4
    assert all(element_type(class_name) == name for class_name, name in matches)


def test_what_comes_in_exists_in_the_ontology() -> None:
    vocabulary = load_vocabulary()
    classes = {kind for name in ELEMENT_TYPES if (kind := class_of_element(name))}
    assert classes <= vocabulary.classes.keys()
    for relationship in RELATIONSHIP_TYPES:
        for source in classes:
            for target in classes:
                relation_of_relationship(relationship, source, target)  # no unknown relation
