"""Differences of two graphs, on two states of a small corpus whose changes are known one by one."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.errors import CorpusError, QuestionError
from egovkg.graph.patch import store_patch, version_patch
from egovkg.graph.publish import Version
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.states import build_state, extract_revision
from egovkg.queries.differences import (
    ComparedGraph,
    DifferenceKind,
    DifferenceQuestion,
    DifferenceReport,
    GraphPart,
    ask_difference,
)
from egovkg.queries.differences.changes import FieldChange
from egovkg.queries.questions.ask import NamedQuestion
from egovkg.viz.differences import DetailPage, difference_document, difference_sheets, difference_text
from egovkg.viz.documents import document_page
from egovkg.viz.tables import grid_sheet, workbook

DAY = date(2026, 11, 30)
REGISTER = """\
prefix: vd
entities:
  tinh-a: {kind: Province, vi: Tỉnh A, en: Province A, within: vn:viet-nam}
  bao: {kind: MediaOutlet, vi: Báo A, en: Newspaper A}
  lgsp: {kind: IntegrationPlatform, vi: Nền tảng LGSP tỉnh A, en: LGSP of A, territory: vd:tinh-a}
  edoc: {kind: DocumentManagementSystem, vi: Phần mềm văn bản A, en: Documents of A, territory: vd:tinh-a}
  mail: {kind: EmailSystem, vi: Thư điện tử tỉnh A, en: E-mail of A, territory: vd:tinh-a}
  ttdl: {kind: DataCentre, vi: Trung tâm dữ liệu tỉnh A, en: Data centre of A, territory: vd:tinh-a}
"""
HEAD = """\
---
kg: 1
article: {id}
title: {title}
publisher: vd:bao
published: 2021-06-30
scope: vd:tinh-a
---
"""
BEFORE = """
## d1

[Tỉnh A](vd:tinh-a) có nền tảng chia sẻ và phần mềm văn bản.

```claims
vd:lgsp  serves      vd:tinh-a  {from: 2020}
vd:edoc  connectsTo  vd:lgsp    {status: planned, by: 2022}
vd:edoc  hostedOn    vd:ttdl
vd:mail  hasLimitation  "hay nghẽn"
```

```figures
vd:edoc  documentsExchanged  75.005 văn-bản  {period: 2020}
```

## d2

Thư điện tử đặt ở trung tâm dữ liệu.

```claims
vd:mail  hostedOn  vd:ttdl
```
"""
AFTER = """
<!-- a comment, and the paragraphs in another order -->

## d2

Thư điện tử đặt tại trung tâm dữ liệu của tỉnh.

```claims
vd:mail  hostedOn  vd:ttdl
```


## d1

[Tỉnh A](vd:tinh-a) có nền tảng chia sẻ và phần mềm văn bản.

```claims
vd:edoc  connectsTo  vd:truc    {status: operational}
vd:truc  serves      vd:tinh-a  {from: 2020}
vd:mail  hasLimitation  "hay nghẽn vào buổi sáng"
vd:truc  hostedOn    vd:ttdl
```

```figures
vd:edoc  documentsExchanged  80.000 văn-bản  {period: 2020}
```
"""


def write(folder: Path, register: str, articles: dict[str, str]) -> Path:
    """Write a corpus: id of each article → its paragraphs."""
    (folder / "register").mkdir(parents=True)
    (folder / "articles").mkdir()
    (folder / "register" / "vd.yaml").write_text(register, encoding="utf-8")
    for name, text in articles.items():
        head = HEAD.format(id=name, title=f"Bài {'về thư' if text == OTHER else 'mẫu'}")
        (folder / "articles" / f"{name}.kg.md").write_text(head + text, encoding="utf-8")
    return folder


OTHER = "\n## d1\n\nThư điện tử chạy.\n\n```claims\nvd:mail  serves  vd:tinh-a\n```\n"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The earlier and the later state of the corpus."""
    folder = tmp_path_factory.mktemp("differences")
    renamed = REGISTER.replace("  lgsp:", "  truc:").replace("Thư điện tử tỉnh A", "Thư công vụ tỉnh A")
    before = write(folder / "before", REGISTER, {"mot": BEFORE, "hai": OTHER})
    after = write(folder / "after", renamed, {"mot": AFTER, "ba": OTHER})
    return before, after


@pytest.fixture(scope="module")
def versions(corpora: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    home = tmp_path_factory.mktemp("home")
    before, after = (build([corpus], home).version for corpus in corpora)
    return before, after


@pytest.fixture(scope="module")
def graphs(versions: tuple[Version, Version]) -> tuple[ComparedGraph, ComparedGraph]:
    before, after = versions
    return ComparedGraph.of_version(before), ComparedGraph.of_version(after)


@pytest.fixture(scope="module")
def report(graphs: tuple[ComparedGraph, ComparedGraph]) -> DifferenceReport:
    return ask_difference(*graphs, DifferenceQuestion(as_of=DAY, lang="en"))


def fields(report: DifferenceReport, part: GraphPart) -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """The changes of a part: kind, subject with what is stated, and what differs."""
    return [
        (
            change.kind.value,
            f"{change.label}: {change.detail}".removesuffix(": "),
            {field.name: (field.before, field.after) for field in change.fields},
        )
        for change in report.of_part(part)
    ]


def test_a_new_name_and_a_new_identifier_are_one_change_each(report: DifferenceReport) -> None:
    assert fields(report, GraphPart.ENTITY) == [
        (
            "changed",
            "E-mail of A: official e-mail system",
            {"vi": ("Thư điện tử tỉnh A", "Thư công vụ tỉnh A")},
        ),
        ("changed", "LGSP of A: data integration and sharing platform", {"id": ("vd:lgsp", "vd:truc")}),
    ]
    assert fields(report, GraphPart.SOURCE) == [("changed", "Bài về thư", {"id": ("hai", "ba")})]


def test_statements_differ_by_what_they_state(report: DifferenceReport) -> None:
    assert fields(report, GraphPart.STATEMENT) == [
        (
            "changed",
            "Documents of A: connects to → LGSP of A",
            {
                "status": ("planned", "operational"),
                "as_of_basis": ("explicit", "publication"),
                "due_by": ("2022", ""),
            },
        ),
        (
            "changed",
            "E-mail of A: has limitation → hay nghẽn vào buổi sáng",
            {"text": ("hay nghẽn", "hay nghẽn vào buổi sáng")},
        ),
        ("went", "Documents of A: hosted on → Data centre of A", {}),
        ("came", "LGSP of A: hosted on → Data centre of A", {}),
    ]
    assert fields(report, GraphPart.FIGURE) == [
        (
            "changed",
            "Documents of A: Documents exchanged: 80,000 documents",
            {"value": ("75005", "80000")},
        )
    ]
    assert report.reworded == 1  # the sentence on the mail


def test_dependencies_differ(report: DifferenceReport) -> None:
    assert [(kind, text) for kind, text, _ in fields(report, GraphPart.DEPENDENCY)] == [
        ("went", "Documents of A: hosted on → Data centre of A"),
        ("came", "Documents of A: connects to → LGSP of A"),
        ("came", "LGSP of A: hosted on → Data centre of A"),
    ]


def test_every_change_is_of_the_province_and_counted(report: DifferenceReport) -> None:
    assert {change.province for change in report.changes} == {"vd:tinh-a"}
    assert report.counts()[GraphPart.STATEMENT] == {
        DifferenceKind.CAME: 1,
        DifferenceKind.WENT: 1,
        DifferenceKind.CHANGED: 2,
    }
    (province,) = report.counts_by_province()
    assert province == "Province A"
    assert sum(report.counts_by_province()[province].values()) == len(report.changes)


def test_the_reverse_of_a_difference_swaps_new_and_gone(
    graphs: tuple[ComparedGraph, ComparedGraph], report: DifferenceReport
) -> None:
    before, after = graphs
    back = ask_difference(after, before, DifferenceQuestion(as_of=DAY, lang="en"))
    swapped = {DifferenceKind.CAME: DifferenceKind.WENT, DifferenceKind.WENT: DifferenceKind.CAME}
    for part, counts in report.counts().items():
        assert {swapped.get(kind, kind): count for kind, count in counts.items()} == back.counts()[part]


def test_stores_without_a_record_differ_alike(
    graphs: tuple[ComparedGraph, ComparedGraph], report: DifferenceReport
) -> None:
    """An endpoint and a store in memory tell nothing of their articles: all of them are compared."""
    before, after = (
        ComparedGraph(graph.name, OxigraphStore.copied_to_memory(graph.store)) for graph in graphs
    )
    assert ask_difference(before, after, DifferenceQuestion(as_of=DAY, lang="en")) == report


def test_an_equal_graph_has_no_difference(graphs: tuple[ComparedGraph, ComparedGraph]) -> None:
    for graph in (graphs[0], ComparedGraph("memory", OxigraphStore.copied_to_memory(graphs[0].store))):
        assert ask_difference(graph, graphs[0]).as_dicts() == []


def test_verdicts_of_the_framework_follow_the_statements(
    graphs: tuple[ComparedGraph, ComparedGraph], corpora: tuple[Path, Path], tmp_path: Path
) -> None:
    portal = "  cong: {kind: WebPortal, vi: Cổng tỉnh A, en: Portal of A, territory: vd:tinh-a}\n"
    register = (corpora[1] / "register/vd.yaml").read_text(encoding="utf-8") + portal
    opened = OTHER.replace("vd:mail  serves", "vd:cong  serves")
    folder = write(tmp_path / "portal", register, {"mot": AFTER, "ba": OTHER, "bon": opened})
    later = ComparedGraph.of_version(build([folder], tmp_path / "home").version)
    asked = DifferenceQuestion(parts=(GraphPart.GAP,), as_of=DAY, lang="en")
    changes = ask_difference(graphs[1], later, asked).changes
    (change,) = changes
    assert (change.id, change.kind) == ("P-PORTAL", DifferenceKind.CHANGED)
    assert change.fields == (FieldChange("verdict", "no_evidence", "met"),)


def test_answers_of_named_questions_are_compared(graphs: tuple[ComparedGraph, ComparedGraph]) -> None:
    question = NamedQuestion("depends-on", {"system": "vd:edoc"}, "en")
    asked = DifferenceQuestion(parts=(GraphPart.ANSWER,), questions=(question,), as_of=DAY, lang="en")
    changes = ask_difference(*graphs, asked).changes
    assert {change.id for change in changes} == {"depends-on"}
    assert [change.kind.value for change in changes if "Data centre of A" in change.detail] == ["went"]
    with pytest.raises(QuestionError):
        ask_difference(*graphs, replace(asked, questions=(NamedQuestion("nothing-such"),)))


def test_changes_are_limited_to_a_province(graphs: tuple[ComparedGraph, ComparedGraph]) -> None:
    question = DifferenceQuestion(parts=(GraphPart.ENTITY,), as_of=DAY)
    assert len(ask_difference(*graphs, replace(question, province="Tỉnh A")).changes) == 2
    assert ask_difference(*graphs, replace(question, province="vn:bac-kan")).changes == ()


def test_answers_are_of_the_whole_country_also_beside_a_province(
    graphs: tuple[ComparedGraph, ComparedGraph],
) -> None:
    """Rows of a named question have no province that could be told: they stay, whatever is asked for."""
    named = (NamedQuestion("depends-on", {"system": "vd:edoc"}, "en"),)
    asked = DifferenceQuestion(parts=(GraphPart.ANSWER,), questions=named, as_of=DAY, lang="en")
    everywhere = ask_difference(*graphs, asked).changes
    assert everywhere
    assert ask_difference(*graphs, replace(asked, province="vn:bac-kan")).changes == everywhere


def test_the_verb_offers_every_part_of_two_versions() -> None:
    alone = {GraphPart.IMPACT, GraphPart.SINGLE_POINT}  # of `impact --without`
    verb = main.get_command(click.Context(main), "diff")
    assert verb
    (offered,) = (option.type for option in verb.params if option.name == "parts")
    assert isinstance(offered, click.Choice)
    assert {*map(GraphPart, offered.choices)} == set(GraphPart) - alone - {GraphPart.ANSWER}


def test_a_patch_turns_one_graph_into_the_other(
    versions: tuple[Version, Version], graphs: tuple[ComparedGraph, ComparedGraph]
) -> None:
    before, after = (graph.store for graph in graphs)
    patch = store_patch(before, after).splitlines()
    assert (patch[0], patch[-1]) == ("TX .", "TC .")
    lines = set(before.dump().decode().splitlines())
    lines -= {line[2:] for line in patch if line.startswith("D ")}
    lines |= {line[2:] for line in patch if line.startswith("A ")}
    assert lines == set(after.dump().decode().splitlines())
    assert len(version_patch(*versions).splitlines()) == len(patch)
    assert version_patch(versions[0], versions[0]) == ""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["diff", *words, "--lang", "en"], catch_exceptions=False)


def test_a_comment_changes_nothing(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    """The command line compares two folders; equal ones give an empty list."""
    commented = write(tmp_path / "c", REGISTER, {"mot": "\n<!-- moved -->\n" + BEFORE, "hai": OTHER})
    result = run(str(corpora[0]), str(commented), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_the_only_version_has_none_before_it(small_home: Path) -> None:
    result = run("--graph", str(small_home))
    assert result.exit_code == 2
    assert f"{small_home} holds one version only" in result.stderr


def test_counts_come_first_and_the_changes_are_paged(report: DifferenceReport) -> None:
    lines = difference_text(report, DetailPage(3), "en").splitlines()
    assert lines[0].endswith("Verdicts of both as of 2026-11-30.")
    assert lines[1] == "1 statement differs in its sentence only, and is not counted."
    assert next(line for line in lines if line.startswith("── ")) == "── Counts"
    assert "── claims (1–3 of 4)" in lines
    assert "── claims (4–4 of 4)" in difference_text(report, DetailPage(3, 2), "en")


def test_a_page_and_a_workbook_hold_the_changes(report: DifferenceReport) -> None:
    page = document_page(difference_document(report, DetailPage(), "en"))
    assert "status: planned → operational" in page
    assert "Kết luận của cả hai bên" in document_page(difference_document(report, DetailPage(), "vi"))
    grids = difference_sheets(report, "en")
    book = openpyxl.load_workbook(BytesIO(workbook([grid_sheet(*item) for item in grids.items()])))
    assert book.sheetnames[:2] == ["what was compared", "Counts"]
    assert book["claims"].max_row == 5


def test_a_state_in_git_is_compared(
    corpora: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "corpus", REGISTER, {"hai": OTHER})
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *words], check=True)
    for number, name in enumerate(("HEAD", "HEAD:corpus", "HEAD:./corpus")):
        target = extract_revision(name, tmp_path / f"state-{number}")
        assert (target / "register" / "vd.yaml").read_text("utf-8") == REGISTER
    assert build_state(tmp_path / "state-0", tmp_path / "home").manifest()["counts"]["articles"] == 1  # type: ignore[index]
    for name in ("nowhere", "HEAD:nowhere", "--help"):
        with pytest.raises(CorpusError, match="is no version of the graph, no folder"):
            extract_revision(name, tmp_path / "none")
    result = run("nowhere", "HEAD")
    assert result.exit_code == 1
    assert result.stderr.startswith('egovkg: "nowhere" is no version of the graph')
