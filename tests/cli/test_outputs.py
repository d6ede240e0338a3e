"""One rule for every output: the ending chooses, `--format` wins, the impossible is refused at once."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.viz import pictures

QUERY = 'SELECT ?x { VALUES ?x { "Bắc Kạn" 4.9 } }'
ROWS = [
    ["ask", "articles"],
    ["ask"],
    ["sparql", QUERY],
    ["facts"],
    ["show", "tq:lgsp"],
    ["gaps"],
    ["targets"],
    ["roadmap"],
    ["impact", "tq:ttdl"],
    ["path", "tq:qlvbdh", "tq:ky-so"],
    ["spof"],
    ["matrix"],
    ["critical"],
    ["compare", "Tuyên Quang", "Bình Phước"],
    ["check"],
    ["push", "--endpoint", "http://127.0.0.1:9/"],
    ["serve", "--check"],
]
DRAWINGS = [["draw", "impact", "tq:ttdl"], ["draw", "matrix"], ["draw", "explorer"]]


@pytest.fixture
def here(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EGOVKG_HOME", str(home))
    monkeypatch.delenv("EGOVKG_LANG", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("words", [["build"], ["site"], ["export"], ["new", "moi-2020"]], ids=" ".join)
@pytest.mark.parametrize("name", ["x.csv", "X.HTML", "x.ttl", "x.tar.gz"])
def test_a_folder_has_no_ending_of_a_file(words: list[str], name: str, here: Path) -> None:
    result = run(*words, "-o", name, "--lang", "en")
    assert result.exit_code == 2
    assert f'"{name}": this verb writes a folder' in result.stderr
    assert [*here.iterdir()] == []


@pytest.mark.parametrize("words", [["build"], ["site"], ["export"], ["new", "moi-2020"]], ids=" ".join)
def test_a_place_without_the_right_to_write_is_refused_before_any_work(
    words: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    result = run(*words, "-o", "new/folder", "--lang", "en")
    assert result.exit_code == 1
    assert "new/folder: KG099 cannot write (Permission denied)" in result.stderr
    assert result.stdout == ""
    assert [*here.iterdir()] == []


def test_sarif_has_two_endings(here: Path) -> None:
    for name in ("a.sarif", "a.sarif.json"):
        run("check", "-o", name)
        assert json.loads((here / name).read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize("names", [("vn:bac-kan", "vn:tuyen-quang"), ("bac kan", "TUYÊN QUANG")])
def test_territories_bear_their_names(names: tuple[str, str], here: Path) -> None:
    run("compare", *names, "-o", "x.svg")
    title = (here / "x.svg").read_text("utf-8").partition("<title>")[2].partition("</title>")[0]
    assert [*map(str.strip, re.sub(r"Tỉnh |\(đến 2025-06-30\)", "", title).split("–"))] == [
        "Bắc Kạn",
        "Tuyên Quang",
    ]


@pytest.mark.parametrize("words", [*ROWS, *DRAWINGS, ["link", "wikidata"]], ids=" ".join)
@pytest.mark.parametrize("name", ["x.docx", "x.md", "x.csv.gz"])
def test_an_unknown_ending_is_refused_before_any_work(
    words: list[str], name: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EGOVKG_HOME", "nowhere")  # whoever opened the graph would say so
    ending = Path(name).suffix
    for lang, told in (("vi", f'dạng nào có đuôi "{ending}"'), ("en", f'no form that ends in "{ending}"')):
        result = run(*words, "-o", name, "--lang", lang)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr
        assert (
            ".yaml" if words[0] == "link" else ".html" if words[0] == "draw" else ".xlsx"
        ) in result.stderr
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["facts", "-o", "x.png"], 'đuôi ".png"'),
        (["critical", "-o", "x.svg"], 'đuôi ".svg"'),
        (["draw", "impact", "tq:ttdl", "-o", "x.xlsx"], 'đuôi ".xlsx"'),
        (["draw", "explorer", "-o", "x.png"], "không ghi được dạng png — hãy chọn một trong: html"),
        (
            ["gaps", "--compare", "2019", "-o", "x.html"],
            "không ghi được dạng html — hãy chọn một trong: table, csv",
        ),
        (["sparql", QUERY, "-o", "x.ttl"], "không ghi được dạng turtle — hãy chọn một trong: table"),
        (["spof", "--joins", "-o", "x.svg"], "không ghi được dạng svg"),
        (["gaps", "--format", "xlsx"], "xlsx phải ghi vào tệp — thêm -o FILE.xlsx"),
        (["gaps", "--format", "png", "-o", "-"], "png phải ghi vào tệp — thêm -o FILE.png"),
        (["impact", "tq:ttdl", "--format", "pdf"], "pdf phải ghi vào tệp"),
        (["draw", "matrix", "--format", "png", "-o", "-"], "png phải ghi vào tệp"),
        (["facts", "--excel"], "--excel chỉ dùng cho csv, không dùng cho table"),
        (["facts", "--excel", "-o", "x.xlsx"], "--excel chỉ dùng cho csv, không dùng cho xlsx"),
        (["check", "--format", "table"], "'table'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_impossible_is_refused_before_any_work(
    words: list[str], told: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EGOVKG_HOME", "nowhere")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_without_the_renderer_one_line_says_what_to_do(
    form: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "has_renderer", lambda: False)
    for words in (["gaps"], ["spof"], ["draw", "spof"]):
        result = run(*words, "-o", f"x.{form}", "--lang", "en")
        assert (result.exit_code, result.stdout) == (2, "")
        told = f'Error: {form} needs the package typst — pip install "egovkg[pictures]", or write .svg'
        assert result.stderr.splitlines()[-1].startswith(told)
    assert run("spof", "-o", "x.svg").exit_code == 0


def test_the_format_wins_over_the_ending(here: Path) -> None:
    for name in ("x.csv", "x.png", "x.docx", "x"):
        assert run("sparql", QUERY, "--format", "json", "-o", name).exit_code == 0
        assert json.loads((here / name).read_text("utf-8")) == [{"x": "Bắc Kạn"}, {"x": 4.9}]


def test_an_ending_in_capitals_and_none_at_all(here: Path) -> None:
    run("sparql", QUERY, "-o", "X.CSV")
    run("sparql", QUERY, "-o", "x")
    assert (here / "X.CSV").read_text("utf-8") == "x\nBắc Kạn\n4.9\n"
    assert (here / "x").read_text("utf-8").splitlines()[1].startswith("─")


def test_the_mark_that_excel_needs(here: Path) -> None:
    run("sparql", QUERY, "-o", "x.csv", "--excel")
    assert (here / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfx\n")
    assert list(csv.reader(io.StringIO((here / "x.csv").read_text("utf-8-sig")))) == [
        ["x"],
        ["Bắc Kạn"],
        ["4.9"],
    ]
    assert run("sparql", QUERY, "--format", "csv", "--excel").stdout.startswith("\ufeffx")
    assert not run("sparql", QUERY, "--format", "csv").stdout.startswith("\ufeff")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "QLVB Tuyên Quang"], "tq:qlvb"),
        (["ask", "systems-of-province", "-p", "province=tuyen quang"], "vn:tuyen-quang"),
        (["spof", "--province", "Tuyên Quang"], "vn:tuyen-quang-2025"),
        (["gaps", "--province", "Bắc Kạn"], "bac-kan-2019"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_a_name_was_taken_for_is_in_the_workbook_and_beside_csv(
    words: list[str], told: str, here: Path
) -> None:
    result = run(*words, "-o", "x.csv")
    assert told in result.stderr
    assert told not in (here / "x.csv").read_text("utf-8").partition("\n")[0]
    run(*words, "-o", "x.xlsx")
    book = openpyxl.load_workbook(here / "x.xlsx")
    sheet = book["căn cứ" if words[0] == "gaps" else "lưu ý"]
    assert any(told in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_figures_of_targets_are_numbers(here: Path) -> None:
    run("targets", "--province", "Tuyên Quang", "--as-of", "2020-12-31", "-o", "x.xlsx")
    sheet = openpyxl.load_workbook(here / "x.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    headings = [cell.value for cell in sheet[1]]
    values = [row[headings.index("giá trị")] for row in rows]
    assert {type(value) for value in values} <= {int, float, type(None)}
    assert any(isinstance(value, int | float) for value in values)
