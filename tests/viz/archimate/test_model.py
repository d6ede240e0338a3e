"""The graph of five articles as an ArchiMate model."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from egovkg.graph.archimate import exchange_file, is_legal
from egovkg.graph.publish import open_published
from egovkg.queries.picture.picture import picture
from egovkg.tests.graph.archimate.schema import schema_errors
from egovkg.viz.archimate import ModelExport, archi_files, archimate_model, gephi_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from egovkg.graph.archimate import Model, ViewNode
    from egovkg.graph.store import Store


@pytest.fixture(scope="module")
def export(store: Store) -> ModelExport:
    return archimate_model(store, ("bp:truc-lgsp",), "v1")


@pytest.fixture(scope="module")
def model(export: ModelExport) -> Model:
    return export.model


def test_the_file_is_valid_by_the_schemas(model: Model) -> None:
    assert schema_errors(exchange_file(model)) == []


def test_every_entity_and_asserted_relation_is_there_once(small_home: Path) -> None:
    store = open_published(small_home)
    content, export = picture(store), archimate_model(store)
    assert len(export.model.elements) == len(content.nodes) > 0
    assert len(export.model.relationships) + export.denied == len(content.edges) > 0
    assert exchange_file(archimate_model(store).model) == exchange_file(export.model)


def test_relationships_are_legal_and_name_their_relation(model: Model) -> None:
    types = {element.id: element.type for element in model.elements}
    for link in model.relationships:
        assert is_legal(link.type, types[link.source], types[link.target])
        assert link.stated("egovkg:relation")
        assert link.stated("egovkg:sources")
        assert set(link.documentation) == {"vi", "en"}


def test_a_connection_serves_the_one_that_connects(model: Model) -> None:
    # "Hệ thống một cửa … kết nối với Trục LGSP": the axis serves the one-stop system.
    links = [link for link in model.relationships if link.stated("egovkg:relation") == "connectsTo"]
    to_axis = [link for link in links if link.source == "id-bp.truc-lgsp"]
    assert to_axis
    assert all(link.type == "Serving" for link in links)
    assert all(link.names["vi"].startswith("kết nối với") for link in links)


def test_what_is_only_planned_says_so_in_its_name(model: Model) -> None:
    planned = [link for link in model.relationships if link.stated("egovkg:status") == "planned"]
    assert planned
    assert all("dự kiến" in link.names["vi"] and "(planned)" in link.names["en"] for link in planned)


def test_the_tree_holds_every_concept_and_view_once(model: Model) -> None:
    def members(folders: Iterable[object]) -> Iterable[str]:
        for folder in folders:
            yield from folder.members  # type: ignore[attr-defined]
            yield from members(folder.folders)  # type: ignore[attr-defined]

    listed = sorted(members(model.folders))
    concepts = [concept.id for concept in (*model.elements, *model.relationships)]
    assert listed == sorted([*concepts, *(view.id for view in model.views)])


def test_boxes_lie_in_their_frames_and_apart(model: Model) -> None:
    for view in model.views:
        _assert_apart(view.nodes)
        for frame in view.all_nodes():
            _assert_apart(frame.children)
            assert all(_is_inside(child, frame) for child in frame.children)


def _assert_apart(nodes: tuple[ViewNode, ...]) -> None:
    for position, first in enumerate(nodes):
        for second in nodes[position + 1 :]:
            beside = first.x + first.width <= second.x or second.x + second.width <= first.x
            below = first.y + first.height <= second.y or second.y + second.height <= first.y
            assert beside or below, (first.labels, first.element, second.element)


def _is_inside(child: ViewNode, frame: ViewNode) -> bool:
    across = frame.x <= child.x and child.x + child.width <= frame.x + frame.width
    return across and frame.y <= child.y and child.y + child.height <= frame.y + frame.height


def test_views_of_layers_provinces_and_impact(model: Model) -> None:
    names = [view.names["en"] for view in model.views]
    assert names[0] == "Layers of the architecture by province"
    assert sum(name.startswith("Landscape of systems: ") for name in names) >= 5
    assert names[-1].startswith("Impact when a system stops: ")
    assert all(view.nodes for view in model.views)
    assert any(line.relationship for line in model.views[-1].connections)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_for_archi_has_every_concept(model: Model) -> None:
    files = archi_files(model, "vi")
    elements = _rows(files["elements.csv"])
    assert elements[0]["Type"] == "ArchimateModel"
    assert [row["ID"] for row in elements[1:]] == [element.id for element in model.elements]
    relations = _rows(files["relations.csv"])
    assert {row["Type"].endswith("Relationship") for row in relations} == {True}
    assert {row["Source"] for row in relations} <= {row["ID"] for row in elements}
    keys = {row["Key"] for row in _rows(files["properties.csv"])}
    assert {"egovkg:id", "egovkg:status", "Directed"} <= keys


def test_csv_for_gephi_joins_nodes_and_edges(model: Model) -> None:
    files = gephi_files(model, "en")
    nodes, edges = _rows(files["nodes.csv"]), _rows(files["edges.csv"])
    assert len(nodes) == len(model.elements)
    assert len(edges) == len(model.relationships)
    assert {end for row in edges for end in (row["Source"], row["Target"])} <= {row["Id"] for row in nodes}
    assert {row["Type"] for row in edges} == {"Directed"}
