"""The template of a workbook, and the verbs that write and read workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.files import write_together
from egovkg.loaders.workbook.article_text import escaped
from egovkg.tests.loaders.workbook.books import xlsx
from hypothesis import given
from hypothesis import strategies as st


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("lang", "sheets", "statuses"),
    [
        ("vi", ["Hướng dẫn", "Nguồn", "Hệ thống", "Kết nối"], ["dự kiến", "đã phê duyệt"]),
        ("en", ["Guide", "Sources", "Systems", "Connections"], ["planned", "approved"]),
    ],
)
def test_the_template_offers_values_in_the_language_of_the_reader(
    tmp_path: Path, lang: str, sheets: list[str], statuses: list[str]
) -> None:
    path = tmp_path / "t.xlsx"
    assert run("new", "--workbook", str(path), "--lang", lang).output == f"{path}\n"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:4] == sheets
    systems, lists = book[sheets[2]], book["_lists"]
    assert lists.sheet_state == "hidden"
    headings = {cell.value: cell.column_letter for cell in systems[1]}
    rules = {
        str(rule.sqref).partition("2")[0]: rule.formula1 for rule in systems.data_validations.dataValidation
    }
    heading = "Trạng thái" if lang == "vi" else "Status"
    column = rules[headings[heading]].split("!$")[1][0]
    assert [cell.value for cell in lists[column][:2]] == statuses
    assert ("Loại *" if lang == "vi" else "Kind *") in headings


def test_a_filled_template_is_read_in_either_language(tmp_path: Path) -> None:
    for lang, kind in (("vi", "Cổng dịch vụ công"), ("en", "public service portal")):
        path = tmp_path / f"{lang}.xlsx"
        run("new", "--workbook", str(path), "--lang", lang)
        book = openpyxl.load_workbook(path)
        sources, systems = book.worksheets[1], book.worksheets[2]
        for number, value in enumerate(
            ("thu", None, "Bảng thử", None, "tq:so-tttt", "2020-01-01", "tuyên quang"), 1
        ):
            sources.cell(2, number).value = value
        for number, value in enumerate((None, "Cổng thử", "Trial portal", kind), 1):
            systems.cell(2, number).value = value
        book.save(path)
        result = run("import", str(path), "-o", str(tmp_path / lang), "--lang", "en")
        assert result.exit_code == 0, result.output
        assert (tmp_path / lang / "articles" / "thu.kg.md").is_file()


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"mine")
    assert run("new", "--workbook", str(path)).exit_code == 1
    assert path.read_bytes() == b"mine"
    assert run("new", "--workbook", str(path), "--province", "Huế").exit_code == 2
    assert run("new", "x", "--workbook", str(path)).exit_code == 2
    for other in ("bang.ods", "bang.csv", "bang"):
        refused = run("new", "--workbook", str(tmp_path / other), "--lang", "en")
        assert "name a file that ends in .xlsx" in refused.output
        assert not (tmp_path / other).exists()


def test_the_verb_accounts_for_every_row(tmp_path: Path) -> None:
    rows = [("Tên", "Tên tiếng Anh", "Loại"), ("A", "A", "Database"), ("B", "B", "Nonsense")]
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": rows})
    words = ("import", str(path), "-o", str(tmp_path / "c"), "--lang", "en")
    checked = run(*words, "--check")
    assert checked.exit_code == 1
    assert checked.output == (
        'a.xlsx[Hệ thống]:3:3 KG019 C3 “Kind”: no class "Nonsense"'
        " — docs/ontology.md lists the classes\n1 error\n"
    )
    partial = run(*words, "--partial")
    assert partial.exit_code == 1
    assert "egovkg: Systems: 2 rows read = 1 imported + 1 left out\n" in partial.output
    assert "egovkg: lines: 1 read = 1 emitted + 0 merged + 0 rejected\n" in partial.output


def test_a_list_of_text_needs_its_source_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "he-thong.csv"
    path.write_text("Tên;Loại\nCSDL thử;Cơ sở dữ liệu\n", encoding="utf-8")
    corpus = str(tmp_path / "c")
    assert run("import", str(path), "-o", corpus).exit_code == 1
    source = ("--publisher", "tq:so-tttt", "--published", "2020-01-01", "--scope", "Tuyên Quang")
    result = run("import", str(path), "-o", corpus, *source)
    assert result.exit_code == 0, result.output
    text = (tmp_path / "c" / "articles" / "he-thong.kg.md").read_text("utf-8")
    assert "Bảng kê “he-thong.csv”, dòng 2: Tên: CSDL thử; Loại: Cơ sở dữ liệu" in text


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1).map(
        lambda text: f"a {text} b"
    )
)
def test_any_sentence_is_read_as_it_is_written(text: str) -> None:
    from egovkg.loaders.article.parser import parse_article

    article, problems = parse_article(f"---\nkg: 1\n---\n\n## d1\n\n{escaped(text)}\n", "a.kg.md")
    assert article.paragraphs[0].text == text
    assert [problem for problem in problems if problem.code != "KG014"] == []


@pytest.mark.parametrize(
    "text", ["- a", "1. a", "2) a", "> a", "# a", "+ a", "=== a", "[a](b)", "<b>", "&amp;", "*a*"]
)
def test_sentences_that_look_like_markdown(text: str) -> None:
    test_any_sentence_is_read_as_it_is_written.hypothesis.inner_test(text)  # type: ignore[attr-defined]


def test_several_files_change_together_or_not_at_all(tmp_path: Path) -> None:
    first, second = tmp_path / "new" / "a", tmp_path / "b"
    assert write_together({first: b"1", second: b"2"}) == (first, second)
    assert write_together({first: b"1", second: b"3"}) == (second,)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Exception, match="KG099"):
        write_together({first: b"9", tmp_path / "folder": b"9"})
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"3")
