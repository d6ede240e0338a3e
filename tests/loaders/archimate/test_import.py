"""A model drawn elsewhere becomes register entries and statements, and the account adds up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import InputError
from egovkg.loaders.archimate import ModelImport, import_model
from egovkg.loaders.workbook import SourceDefaults
from egovkg.tests.loaders.archimate.models import EXCHANGE_3

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = SourceDefaults(publisher="nat:bo-tttt", published="2026-01-15", scope="vn:viet-nam")


@pytest.fixture
def request_of(tmp_path: Path) -> ModelImport:
    path = tmp_path / "so-do.xml"
    path.write_text(EXCHANGE_3, encoding="utf-8")
    return ModelImport(path, tmp_path / "corpus", SOURCE)


def test_the_account_adds_up_and_names_what_has_no_counterpart(request_of: ModelImport) -> None:
    report = import_model(request_of)
    for part, number in report.read.items():
        assert number == report.taken.get(part, 0) + report.not_taken(part), part
    assert report.taken["elements"] == 4
    assert report.taken["relationships"] == 3
    listed = {(entry.part, entry.id): entry.reason for entry in report.left_out}
    assert listed == {
        ("elements", "id-5"): "no-class",
        ("relationships", "id-r4"): "no-ends",
        ("views", "id-v"): "no-view",
    }
    assert report.list_file
    assert len(report.list_file.read_text("utf-8").splitlines()) == 1 + len(report.left_out)


def test_entries_and_statements(request_of: ModelImport) -> None:
    import_model(request_of)
    register = (request_of.folder / "register" / "sodo.yaml").read_text("utf-8")
    assert "mot-cua:\n    kind: InformationSystem\n    vi: Một cửa\n    en: One-stop\n" in register
    assert "ban-quan-tri:\n    kind: Body\n" in register
    article = (request_of.folder / "articles" / "so-do.kg.md").read_text("utf-8")
    assert 'title: "Mô hình Small"' in article
    assert "Mô hình “so-do.xml” nối “Trục dữ liệu” với “Một cửa” bằng quan hệ Serving." in article
    for claim in (
        "sodo:mot-cua  directlyDependsOn  sodo:truc-du-lieu",
        "sodo:truc-du-lieu  hostedOn  sodo:may-chu",
        "sodo:mot-cua  usedBy  sodo:ban-quan-tri",
    ):
        assert claim in article


def test_a_second_import_changes_nothing_and_a_status_is_taken(request_of: ModelImport) -> None:
    import_model(request_of)
    assert import_model(request_of).rows.written == ()
    import_model(replace(request_of, status="planned"))
    article = (request_of.folder / "articles" / "so-do.kg.md").read_text("utf-8")
    assert "sodo:truc-du-lieu  hostedOn  sodo:may-chu  {status: planned}" in article


def test_nothing_is_written_where_something_is_missing(request_of: ModelImport) -> None:
    with pytest.raises(InputError) as caught:
        import_model(replace(request_of, defaults=SourceDefaults()))
    assert [problem.text("vi") for problem in caught.value.problems] == [
        "so-do.xml:1:1 KG142 chưa nêu về mô hình: cơ quan giữ mô hình — nêu trên dòng lệnh",
        "so-do.xml:1:1 KG142 chưa nêu về mô hình: ngày của mô hình — nêu trên dòng lệnh",
        "so-do.xml:1:1 KG142 chưa nêu về mô hình: địa bàn của mô hình — nêu trên dòng lệnh",
    ]
    import_model(replace(request_of, only_checked=True))
    assert not request_of.folder.exists()


def test_same_names_are_told_apart(request_of: ModelImport) -> None:
    request_of.path.write_text(EXCHANGE_3.replace("Trục dữ liệu", "Một cửa"), encoding="utf-8")
    import_model(request_of)
    register = (request_of.folder / "register" / "sodo.yaml").read_text("utf-8")
    assert "vi: Một cửa (id-1)" in register
    assert "vi: Một cửa (id-2)" in register


def test_concepts_that_share_a_line_stay_apart(request_of: ModelImport) -> None:
    import_model(request_of)
    written = [request_of.folder / name for name in ("register/sodo.yaml", "articles/so-do.kg.md")]
    expected = [path.read_text("utf-8").rpartition(" -->")[2].splitlines()[1:] for path in written]
    one_line = EXCHANGE_3.replace("\n", " ")
    request_of.path.write_text(one_line, encoding="utf-8")
    import_model(request_of)
    assert [path.read_text("utf-8").rpartition(" -->")[2].splitlines()[1:] for path in written] == expected
    faulty = one_line.replace('source="id-3"', 'source="id-9"')
    request_of.path.write_text(faulty, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_model(request_of)
    start = faulty.index('<relationship identifier="id-r2"') + 1
    assert f"so-do.xml:1:{start} KG141" in caught.value.problems[0].text("en")


def test_several_statements_of_an_exported_relation_come_back(request_of: ModelImport) -> None:
    stated = {
        "relation": "connectsTo",
        "statements": "claim/x/1; claim/y/2",
        "status": "approved; planned",
        "polarity": "no; yes",
        "due_by": "–; 2027",
        "certainty": "medium",
        "stated": "2024-05~; 2025",
    }
    tag = "propertyDefinition"
    names = "".join(
        f'<{tag} identifier="{name}" type="string"><name>egovkg:{name}</name></{tag}>' for name in stated
    )

    def model(values: dict[str, str]) -> str:
        entries = "".join(
            f'<property propertyDefinitionRef="{name}"><value>{text}</value></property>'
            for name, text in values.items()
        )
        link = 'source="id-2" target="id-1" />'
        described = link.replace(" />", f"><properties>{entries}</properties></relationship>")
        text = EXCHANGE_3.replace(link, described, 1)
        return text.replace("<propertyDefinitions>", f"<propertyDefinitions>{names}")

    request_of.path.write_text(model(stated), encoding="utf-8")
    import_model(request_of)
    article = (request_of.folder / "articles" / "so-do.kg.md").read_text("utf-8")
    claims = [line.partition("{")[2] for line in article.splitlines() if "  connectsTo  " in line]
    assert claims == [
        "status: approved, polarity: no, asOf: 2024-05, certainty: medium}",
        "status: planned, asOf: 2025, by: 2027, certainty: medium}",
    ]
    request_of.path.write_text(model({**stated, "status": "approved; planned; planned"}), encoding="utf-8")
    report = import_model(request_of)
    assert ("id-r1", "unmatched-values") in {(entry.id, entry.reason) for entry in report.left_out}
