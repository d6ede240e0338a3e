"""What a change would do: a plateau equals the graph that a build with the change publishes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.errors import CorpusError, EntityError, InputError
from egovkg.graph.names import GRAPH_CATALOGUE
from egovkg.graph.publish import Version
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.states import lay_over, read_unpublished
from egovkg.queries.differences import (
    ComparedGraph,
    DifferenceReport,
    GraphPart,
    WhatIfQuestion,
    ask_what_if,
)
from egovkg.queries.facts.entities import resolve
from egovkg.tests.loaders.workbook.books import xlsx
from egovkg.tests.queries.differences.test_differences import OTHER, REGISTER, write

BASE = """
## d1

Phần mềm văn bản và thư điện tử đặt ở trung tâm dữ liệu.

```claims
vd:edoc  hostedOn  vd:ttdl
vd:mail  hostedOn  vd:ttdl
```
"""
DRAFT = """
## d1

Nền tảng sẽ nối với cổng.

```claims
vd:lgsp  hostedOn    vd:ttdl
vd:edoc  connectsTo  vd:lgsp
vd:portal  connectsTo  vd:lgsp
```
"""
PORTAL = "  portal: {kind: PublicServicePortal, vi: Cổng tỉnh A, en: Portal of A, territory: vd:tinh-a}\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Version:
    folder = tmp_path_factory.mktemp("as-is")
    corpus = write(folder / "corpus", REGISTER, {"mot": BASE, "hai": OTHER})
    return build([corpus], folder / "home").version


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with a draft of a third article, an article rewritten, and a system more in the register."""
    rewritten = BASE.replace("vd:mail  hostedOn  vd:ttdl\n", "")
    articles = {"mot": rewritten, "hai": OTHER, "ba": DRAFT}
    return write(tmp_path_factory.mktemp("to-be") / "corpus", REGISTER + PORTAL, articles)


def content(store: OxigraphStore) -> set[bytes]:
    """The quads of a graph without those on its sources."""
    return {line for line in store.dump().splitlines() if GRAPH_CATALOGUE.encode() not in line}


def asked(version: Version, store: OxigraphStore, question: WhatIfQuestion) -> DifferenceReport:
    return ask_what_if(ComparedGraph.of_version(version), ComparedGraph("to be", store), question)


def rows(report: DifferenceReport, part: GraphPart) -> dict[str, dict[str, tuple[str, str]]]:
    return {
        change.id: {field.name: (field.before, field.after) for field in change.fields}
        for change in report.of_part(part)
    }


def test_a_plateau_is_the_graph_that_a_build_would_publish(
    published: Version, changed: Path, tmp_path: Path
) -> None:
    plateau = lay_over(published, [read_unpublished(changed, tmp_path / "work")], ())
    built = build([changed], tmp_path / "home").version
    assert content(plateau.store) == content(built.open())
    assert plateau.articles == {"mot", "hai", "ba"}


def test_one_article_is_laid_over_with_the_register_beside_it(
    published: Version, changed: Path, tmp_path: Path
) -> None:
    article = changed / "articles" / "ba.kg.md"
    plateau = lay_over(published, [read_unpublished(article, tmp_path)], ())
    report = asked(published, plateau.store, WhatIfQuestion(("vd:ttdl",)))
    assert plateau.articles == {"ba"}
    assert rows(report, GraphPart.IMPACT) == {
        "vd:lgsp": {"state": ("goes_on", "fails"), "hops": ("", "1")},
        "vd:portal": {"state": ("goes_on", "fails"), "hops": ("", "2")},
    }
    assert rows(report, GraphPart.SINGLE_POINT) == {
        "vd:lgsp": {"failing": ("", "2")},
        "vd:ttdl": {"failing": ("2", "4")},
    }
    assert set(rows(report, GraphPart.ENTITY)) == {"vd:portal"}
    assert len(report.of_part(GraphPart.DEPENDENCY)) == 3
    assert report.of_part(GraphPart.STATEMENT) == ()


def test_without_an_entity_what_needs_it_fails(published: Version) -> None:
    store = published.open()
    plateau = lay_over(published, (), [resolve(store, "vd:ttdl")])
    assert plateau.articles == {"mot"}
    assert b"vd-ttdl" not in plateau.store.dump()
    report = asked(published, plateau.store, WhatIfQuestion(removed=("vd:ttdl",)))
    lost = {"state": ("goes_on", "fails"), "hops": ("", "1")}
    assert rows(report, GraphPart.IMPACT) == {"vd:edoc": lost, "vd:mail": lost}
    assert rows(report, GraphPart.SINGLE_POINT) == {"vd:ttdl": {"failing": ("2", "")}}


def test_what_neither_graph_has_is_refused(published: Version) -> None:
    same = lay_over(published, (), ()).store
    assert asked(published, same, WhatIfQuestion(("vd:ttdl",))).changes == ()
    with pytest.raises(EntityError):
        asked(published, same, WhatIfQuestion(("vd:nothing",)))


def test_a_workbook_and_a_register_are_laid_over(published: Version, tmp_path: Path) -> None:
    book = tmp_path / "inventory.xlsx"
    row = ("CSDL đất đai", "Land database", "Database")
    xlsx(book, {"Hệ thống": [("Tên", "Tên tiếng Anh", "Loại"), row]})
    register = tmp_path / "moi.yaml"
    register.write_text("prefix: moi\nentities:\n  kho: {kind: Database, vi: Kho, en: Store}\n", "utf-8")
    drafts = [read_unpublished(path, tmp_path / path.stem) for path in (book, register)]
    report = asked(published, lay_over(published, drafts, ()).store, WhatIfQuestion())
    assert {change.label for change in report.of_part(GraphPart.ENTITY)} == {"CSDL đất đai", "Kho"}
    with pytest.raises(CorpusError, match=r"no article .* register"):
        read_unpublished(Path(shutil.copy(book, tmp_path / "x.bin")), tmp_path / "none")
    register.write_text("prefix: moi\nentities:\n  kho: {kind: Nothing, vi: Kho, en: Store}\n", "utf-8")
    with pytest.raises(InputError):
        read_unpublished(register, tmp_path / "faulty")


def run(home: Path, *words: str) -> Result:
    environment = {"EGOVKG_HOME": str(home)}
    return CliRunner().invoke(main, ["impact", *words, "--lang", "en"], env=environment)


def test_the_verb_shows_the_plateau_beside_the_graph(published: Version, changed: Path) -> None:
    home = published.folder.parents[1]
    draft = str(changed / "articles" / "ba.kg.md")
    result = run(home, "vd:ttdl", "--with", draft, "--without", "vd:mail", "--format", "json")
    assert result.exit_code == 0, result.output
    changes = {(change["part"], change["id"]) for change in json.loads(result.stdout)}
    assert {("impact", "vd:portal"), ("impact", "vd:mail"), ("entity", "vd:mail")} <= changes


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--without", "vd:mail", "--upstream"), "leave --upstream out"),
        (("--without", "vd:mail", "--endpoint", "http://127.0.0.1:9/sparql"), "leave --endpoint out"),
        (("--without", "vd:mail", "--format", "gexf"), "cannot be written as gexf"),
        ((), "Missing argument 'ENTITY...'"),
    ],
)
def test_wrong_use(published: Version, words: tuple[str, ...], fault: str) -> None:
    result = run(published.folder.parents[1], *words)
    assert result.exit_code == 2, result.output
    assert fault in result.stderr
