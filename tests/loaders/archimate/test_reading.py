"""Models of other tools, read and written again: every form, and every fault in one clear line."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import InputError
from egovkg.graph.archimate import exchange_file
from egovkg.loaders.archimate import is_model, read_model
from egovkg.tests.graph.archimate.schema import schema_errors
from egovkg.tests.loaders.archimate.models import ARCHI, EXCHANGE_3, EXCHANGE_21, FOLDER, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.graph.archimate import Model


def written(folder: Path, text: str, name: str = "m.xml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def model_of(folder: Path, text: str) -> Model:
    return read_model(written(folder, text)).model


def counts(model: Model) -> tuple[int, int, int]:
    return len(model.elements), len(model.relationships), len(model.views)


@pytest.mark.parametrize(
    ("text", "expected"), [(EXCHANGE_3, (5, 4, 1)), (EXCHANGE_21, (3, 2, 1)), (ARCHI, (3, 2, 1))]
)
def test_in_and_out_keeps_every_part(tmp_path: Path, text: str, expected: tuple[int, int, int]) -> None:
    model = model_of(tmp_path, text)
    assert counts(model) == expected
    content = exchange_file(model)
    assert schema_errors(content) == []
    again = read_model(written(tmp_path, content.decode(), "again.xml")).model
    assert counts(again) == expected
    assert exchange_file(again) == content


def test_a_folder_with_a_file_a_concept(tmp_path: Path) -> None:
    model = read_model(write_folder(tmp_path / "model")).model
    assert counts(model) == (2, 1, 1)
    assert (model.relationships[0].source, model.relationships[0].target) == ("id-2", "id-1")
    assert model.elements[0].documentation == {"": "Tiếp nhận"}
    assert model.views[0].nodes[0].element == "id-1"
    assert [folder.labels[""] for folder in model.folders] == ["Application", "Views", "Relations"]
    assert schema_errors(exchange_file(model)) == []
    assert counts(read_model(tmp_path).model) == (2, 1, 1)  # the folder above it


def test_names_of_version_2_are_those_of_version_3(tmp_path: Path) -> None:
    model = model_of(tmp_path, EXCHANGE_21)
    expected = ["ApplicationComponent", "TechnologyService", "CommunicationNetwork"]
    assert [element.type for element in model.elements] == expected
    assert [link.type for link in model.relationships] == ["Serving", "Realization"]
    assert model.elements[0].names == {"vi": "Một cửa"}
    assert model.elements[0].stated("Class") == "A"
    assert len(list(model.views[0].all_nodes())) == 3


def test_archi_states_places_from_the_box_around(tmp_path: Path) -> None:
    reading = read_model(written(tmp_path, ARCHI, "m.archimate"))
    group, note = reading.model.views[0].nodes
    assert (group.x, group.y) == (0, 10)  # moved by 20, so that nothing is left of the view
    assert [(box.x, box.y, box.width, box.height) for box in group.children] == [
        (10, 40, 120, 55),
        (200, 40, 120, 55),
    ]
    assert note.is_note
    assert note.labels == {"": "Ghi chú"}
    assert reading.model.relationships[1].details == {"accessType": "Read"}
    assert reading.model.elements[2].type == "OrJunction"
    assert dict(reading.passed_over) == {"SketchModel": 1}
    assert reading.model.elements[0].id == "id-1"  # XML asks for a letter first


def test_a_model_with_images_is_an_archive(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("model.xml", ARCHI)
    path = tmp_path / "m.archimate"
    path.write_bytes(packed.getvalue())
    assert counts(read_model(path).model) == (3, 2, 1)


def test_what_is_taken_for_a_model(tmp_path: Path) -> None:
    assert is_model(written(tmp_path, EXCHANGE_3))
    assert is_model(written(tmp_path, ARCHI, "m.archimate"))
    assert is_model(write_folder(tmp_path / "x" / "model").parent)
    assert not is_model(written(tmp_path, "<html/>", "page.xml"))
    assert not is_model(tmp_path / "x" / "model" / "relations")


BAD = {
    "empty": ("  ", ["1:1 KG140 the file is empty"]),
    "broken": (
        EXCHANGE_3.replace("</elements>", ""),
        [":38:3 KG140 the XML is faulty here"],
    ),
    "encoding": (EXCHANGE_3.replace("UTF-8", "big5"), [":1:1 KG140 the file declares an encoding"]),
    "doctype": (
        EXCHANGE_3.replace("<model ", '<!DOCTYPE model [<!ENTITY a "b">]>\n<model ', 1),
        [":2:17 KG140 the file declares a document type"],
    ),
    "namespace": (
        EXCHANGE_3.replace("archimate/3.0/", "archimate/4.0/"),
        ["1 KG140 this is http://www.opengroup.org/xsd/archimate/4.0/, not a model of ArchiMate"],
    ),
    "repeated": (
        EXCHANGE_3.replace('identifier="id-2"', 'identifier="id-1"'),
        [
            "KG141 the identifier id-1 is given already at m.xml:6",
            "KG141 the relationship id-r1 leads to id-2",
        ],
    ),
    "dangling": (
        EXCHANGE_3.replace('target="id-4"', 'target="id-9"'),
        ["KG141 the relationship id-r3 leads to id-9, which is not in the model"],
    ),
    "no source": (
        EXCHANGE_3.replace('source="id-3" ', "").replace('source="id-n2" ', ""),
        [
            "KG141 the relationship id-r2 states no source",
            "KG141 the view id-v has a line that states no box at one of its ends",
        ],
    ),
    "unknown type": (
        EXCHANGE_3.replace('xsi:type="Node"', 'xsi:type="Gizmo"'),
        ['KG141 id-3 is of the type "Gizmo", which ArchiMate does not have'],
    ),
    "no member": (
        EXCHANGE_3.replace('identifierRef="id-1"', 'identifierRef="id-9"'),
        ["KG141 a folder lists id-9, which is not in the model"],
    ),
    "circle": (
        EXCHANGE_3.replace('identifierRef="id-1"', 'identifierRef="id-f"'),
        ["KG141 the folder id-f lies inside itself"],
    ),
    "nothing shown": (
        EXCHANGE_3.replace('elementRef="id-2"', 'elementRef="id-9"'),
        ["KG141 the view id-v shows id-9, which is not there"],
    ),
    "no concepts": (
        '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" identifier="id-m"/>',
        ["1:1 KG140 the model has no elements, relationships or views"],
    ),
    "too deep": ("<a>" * 300 + "</a>" * 300, ["KG140 more than 200 elements lie inside each other"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_line_each(tmp_path: Path, name: str) -> None:
    text, expected = BAD[name]
    with pytest.raises(InputError) as caught:
        read_model(written(tmp_path, text))
    lines = [problem.text("en") for problem in caught.value.problems]
    for part in expected:
        assert any(part in line for line in lines), lines
    assert all(line.startswith("m.xml:") for line in lines)
    assert all(problem.text("vi") != problem.text("en") for problem in caught.value.problems)


def test_faults_of_all_files_of_a_folder(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model")
    for name in ("application/ApplicationComponent_id-1.xml", "relations/ServingRelationship_id-r1.xml"):
        (folder / name).write_text(FOLDER[name].replace("archimate:", "<", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_model(folder)
    places = [problem.text("en").split(" ", 1)[0] for problem in caught.value.problems]
    assert [place.split(":")[0] for place in places] == [
        "model/application/ApplicationComponent_id-1.xml",
        "model/relations/ServingRelationship_id-r1.xml",
    ]
    (tmp_path / "model" / "folder.xml").unlink()
    with pytest.raises(InputError, match=r"KG140 this folder has no folder\.xml"):
        read_model(folder)
