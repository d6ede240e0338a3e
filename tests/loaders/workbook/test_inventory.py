"""The inventory of an architect: forty systems of an invented province go in, are asked, and come out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.verbs.workbook_sheets import fact_sheets, form_sheets
from egovkg.graph.publish import open_published
from egovkg.graph.store import Store
from egovkg.loaders.article.formatting import would_change
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.text.dates import read_date
from egovkg.loaders.workbook import ImportReport, SourceDefaults, WorkbookImport, import_workbook
from egovkg.queries.facts.ask import FactQuestion, ask_facts
from egovkg.queries.facts.facts import facts
from egovkg.queries.facts.statement_tables import statement_tables
from egovkg.queries.facts.values import text_of
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.tests.loaders.workbook.books import ods, rows_of, xlsx
from egovkg.viz.tables import workbook

if TYPE_CHECKING:
    from egovkg.tests.loaders.workbook.books import Rows

CASE = Path(__file__).parents[2] / "cases" / "workbook" / "minh-hoa"
NAMES = {"sources": "Nguồn", "entities": "Đối tượng", "systems": "Hệ thống", "connections": "Kết nối"}
NAMES |= {"figures": "Số liệu", "documents": "Văn bản"}
SHEETS = {name: rows_of(CASE / f"{key}.csv") for key, name in NAMES.items()}


def imported(path: Path, folder: Path) -> ImportReport:
    return import_workbook(WorkbookImport(path, folder, SourceDefaults()))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minh-hoa")
    book = xlsx(folder / "kiem-ke.xlsx", SHEETS, sources=())
    report = imported(book, folder / "corpus")
    assert report.rows == {
        "sources": 1,
        "entities": 9,
        "systems": 40,
        "connections": 31,
        "figures": 2,
        "documents": 1,
    }
    assert (report.problems, report.left_out, report.existing) == ((), {}, ())
    return folder / "corpus"


@pytest.fixture(scope="module")
def store(corpus: Path) -> Store:
    home = corpus.parent / "home"
    build([corpus], home)
    return open_published(home)


def content(store: Store, lang: str = "vi") -> list[str]:
    """What facts say: without identifiers and lines, which depend on how an article is written.

    The total that a figure is part of is told by its value.
    """
    read = facts(store, lang=lang)
    values = {fact.id: fact.value for fact in read}
    totals = {fact.id: values.get(str(fact.qualifiers.get("part_of"))) for fact in read}
    stated = (
        replace(fact, id="", line=0, qualifiers={**fact.qualifiers, "part_of": str(totals[fact.id])})
        for fact in read
    )
    return sorted(str(replace(fact, object=None) if fact.text else fact) for fact in stated)


def test_the_files_are_a_register_and_an_article_that_pass_every_check(corpus: Path) -> None:
    written = sorted(path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file())
    assert written == ["articles/kiem-ke-minh-hoa.kg.md", "register/kiemkeminhhoa.yaml"]
    assert check([corpus]) == ()
    assert not would_change(corpus / "articles" / "kiem-ke-minh-hoa.kg.md", "a")


def test_every_row_is_a_statement_of_the_workbook(store: Store) -> None:
    stated = facts(store)
    assert {fact.article for fact in stated} == {"kiem-ke-minh-hoa"}
    assert {fact.stated_on.isoformat() for fact in stated} == {"2026-06-30"}
    lgsp = [fact for fact in stated if fact.subject == "kiemkeminhhoa:lgsp"]
    serves = next(fact for fact in lgsp if fact.predicate == "serves")
    assert serves.evidence.startswith("Bảng kê “kiem-ke.xlsx”, trang “Hệ thống”, dòng 2: Tên: Nền tảng LGSP")
    assert (serves.object, serves.valid_from, serves.status) == ("kiemkeminhhoa:tinh", "2021", "operational")
    assert {fact.predicate for fact in lgsp} == {"serves", "ownedBy", "suppliedBy", "connectsTo"} | {
        "usesNetwork",
        "hostedOn",
    }


def test_an_inventory_is_told_from_a_published_article(store: Store) -> None:
    kinds = store.select(
        "SELECT ?kind { ?source a <https://w3id.org/egovkg/ontology#Inventory>, ?kind } ORDER BY ?kind"
    ).rows
    assert [text_of(kind).rpartition("#")[2] for (kind,) in kinds] == ["Article", "Inventory"]


def test_systems_of_the_province_can_be_asked(store: Store) -> None:
    answer = ask_question(store, NamedQuestion("systems-of-province", {"province": "tinh minh hoa"}, "en"))
    assert len(answer.rows) == 40
    statuses = [row[[column.name for column in answer.columns].index("status")] for row in answer.rows]
    assert {status: statuses.count(status) for status in set(statuses)} == {
        "operational": 28,
        "planned": 9,
        "pilot": 2,
        "under construction": 1,
    }


def test_what_stops_with_the_platform_is_drawn(store: Store, corpus: Path) -> None:
    picture = corpus.parent / "impact.svg"
    words = ["impact", "lgsp minh hoa", "--graph", str(corpus.parent / "home"), "-o", str(picture)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    drawn = picture.read_text("utf-8")
    names = ("Nền tảng LGSP", "Hệ thống quản lý văn bản", "Hệ thống giải quyết thủ tục")
    assert [name for name in names if name not in drawn] == []


def test_figures_keep_their_value(store: Store) -> None:
    figures = {fact.predicate: (str(fact.value), fact.unit) for fact in facts(store) if fact.kind == "figure"}
    assert figures == {"onlineDossiers": ("12500", "hồ-sơ"), "onlineDossierShare": ("61.5", "%")}


def test_ods_gives_the_same_facts(store: Store, tmp_path: Path) -> None:
    book = ods(tmp_path / "kiem-ke.ods", SHEETS)
    imported(book, tmp_path / "corpus")
    build([tmp_path / "corpus"], tmp_path / "home")
    other = [replace(fact, evidence="") for fact in facts(open_published(tmp_path / "home"))]
    assert other == [replace(fact, evidence="") for fact in facts(store)]


def entries(corpus: Path) -> dict[str, object]:
    """The entries of the registers of a corpus: CURIE → keys and values, days in one form."""
    registers = [yaml.safe_load(path.read_text("utf-8")) for path in (corpus / "register").glob("*.yaml")]
    return {
        f"{register['prefix']}:{name}": entry | {"date": read_date(str(entry.get("date", 1900))).edtf}
        for register in registers
        for name, entry in register["entities"].items()
    }


def test_facts_as_a_workbook_and_back(corpus: Path, store: Store, tmp_path: Path) -> None:
    book = tmp_path / "out.xlsx"
    book.write_bytes(workbook(fact_sheets(statement_tables(store), "en")))
    report = imported(book, tmp_path / "corpus")
    assert (report.left_out, report.statements.rejected, report.statements.merged) == ({}, 0, 0)
    build([tmp_path / "corpus"], tmp_path / "home")
    again = open_published(tmp_path / "home")
    for language in ("vi", "en"):
        assert content(again, language) == content(store, language)
    written, written_again = (fact_sheets(statement_tables(graph), "en") for graph in (store, again))
    entities = next(sheet for sheet in written if sheet.name == "Entities")
    assert {"kiemkeminhhoa:lgsp", "kiemkeminhhoa:tinh"} <= {row[0] for row in entities.rows}
    assert [(sheet.name, sheet.headings, sheet.rows) for sheet in written_again] == [
        (sheet.name, sheet.headings, sheet.rows) for sheet in written
    ]
    assert entries(tmp_path / "corpus") == entries(corpus)


def test_a_second_import_changes_nothing_and_one_row_changes_one_article(
    corpus: Path, tmp_path: Path
) -> None:
    book = xlsx(tmp_path / "kiem-ke.xlsx", SHEETS, sources=())
    first = imported(book, tmp_path / "corpus")
    assert len(first.written) == 2
    assert imported(book, tmp_path / "corpus").written == ()
    build([tmp_path / "corpus"], tmp_path / "home")
    rows = [list(row) for row in SHEETS["Hệ thống"]]
    rows[1][5] = "thí điểm"
    changed = imported(xlsx(book, {**SHEETS, "Hệ thống": rows}, sources=()), tmp_path / "corpus")
    assert [path.name for path in changed.written] == ["kiem-ke-minh-hoa.kg.md"]
    built = build([tmp_path / "corpus"], tmp_path / "home")
    assert (built.read, built.reused, built.changed) == (1, 0, True)


def test_the_facts_of_the_shipped_corpus_go_out_and_come_back(home: Path, tmp_path: Path) -> None:
    """Identifiers, lines and mentions are what the form cannot hold; everything else is equal."""
    shipped = open_published(home)
    book = tmp_path / "facts.xlsx"
    book.write_bytes(workbook(fact_sheets(statement_tables(shipped), "vi")))
    report = imported(book, tmp_path / "corpus")
    assert len(report.existing) == report.rows["entities"]  # all of the shipped register
    assert report.statements.read == report.statements.emitted == 853
    build([tmp_path / "corpus"], tmp_path / "home")
    again = open_published(tmp_path / "home")
    assert content(again) == content(shipped)


FORM: dict[str, Rows] = {
    "Hệ thống": [
        ("Mã", "Tên", "Tên tiếng Anh", "Loại", "Chủ quản", "Trạng thái", "Thành phần tham chiếu"),
        ("thu:hang-rao", "Hàng rào thử", "Trial portal", "PublicServicePortal", "tq:so-tttt", "", "f2:g-cio"),
        ("thu:kho", "Kho thử", "Trial store", "Database", "", "dự kiến", ""),
    ],
    "Kết nối": [
        (
            "Hệ thống nguồn",
            "Hệ thống đích",
            "Dữ liệu trao đổi",
            "Kênh kết nối",
            "Giao thức",
            "Tần suất",
            "Ghi chú",
        ),
        ("thu:hang-rao", "tq:lgsp", "hồ sơ", "LGSP", "REST/HTTPS", "hằng ngày", "bản thử"),
        ("thu:kho", "tq:lgsp", "", "LGSP", "", "", ""),
    ],
    "Phương án xử lý": [
        ("Hệ thống", "Phương án", "Trạng thái", "Thời hạn", "Chịu trách nhiệm", "Ghi chú"),
        ("thu:hang-rao", "nâng cấp", "dự kiến", "2027", "tq:so-tttt", "Giai đoạn 1"),
        ("tq:lgsp", "Tiếp tục sử dụng", "dự kiến", "", "", ""),
        ("thu:kho", "bo sung moi", "đã phê duyệt", "2027-06", "", ""),
    ],
}


def test_the_form_of_a_province_goes_out_and_comes_back(tmp_path: Path) -> None:
    report = imported(xlsx(tmp_path / "form.xlsx", FORM), tmp_path / "corpus")
    assert report.problems == ()
    build([tmp_path / "corpus"], tmp_path / "home")
    first = open_published(tmp_path / "home")
    read = ask_facts(first, FactQuestion(province="vn:tuyen-quang")).facts
    changes = {(fact.subject, fact.object, fact.status) for fact in read if fact.predicate == "undergoes"}
    assert changes == {
        ("thu:hang-rao", "code:upgrade", "planned"),
        ("tq:lgsp", "code:keep", "planned"),
        ("thu:kho", "code:add", "approved"),
    }
    notes = {fact.qualifiers.get("note") for fact in read if fact.predicate == "connectsTo"}
    noted = "Dữ liệu trao đổi: hồ sơ; Kênh: LGSP; Giao thức: REST/HTTPS; Tần suất: hằng ngày"
    assert notes == {f"bản thử; {noted}", "Kênh: LGSP"}
    sheets = form_sheets(statement_tables(first, None, {fact.id for fact in read}), "en")
    book = tmp_path / "out.xlsx"
    book.write_bytes(workbook(sheets))
    assert [sheet.name for sheet in sheets][:5] == ["Guide", "Sources", "Systems", "Connections", "Handling"]
    assert any("NOT an issued form" in str(row) for row in sheets[0].rows)
    connection = dict(zip(sheets[3].headings, sheets[3].rows[0], strict=True))
    assert (connection["Channel"], connection["Frequency"], connection["Note"]) == (
        "LGSP",
        "hằng ngày",
        "bản thử",
    )
    layers = {row[0]: dict(zip(sheets[2].headings, row, strict=True))["Layer"] for row in sheets[2].rows}
    assert layers == {"thu:hang-rao": "portals", "thu:kho": "data"}
    assert "f2:g-cio" in sheets[2].rows[0]
    again = imported(book, tmp_path / "again")
    assert (again.left_out, again.statements.rejected) == ({}, 0)
    build([tmp_path / "again"], tmp_path / "home-again")
    assert content(open_published(tmp_path / "home-again")) == content(first)


def test_facts_of_one_province_only(home: Path) -> None:
    shipped = open_published(home)
    read = ask_facts(shipped, FactQuestion(province="Bắc Kạn")).facts
    assert {fact.article for fact in read} == {"bac-kan-2019"}
    assert 0 < len(read) < len(facts(shipped))
