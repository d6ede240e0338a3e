"""Answers as tables, CSV and JSON: every value kept, no cell obeyed."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml
from egovkg.errors import WriteError
from egovkg.viz.tables import (
    CellValue,
    Grid,
    Sheet,
    cell_text,
    csv_text,
    deliver,
    render,
    table_text,
    workbook,
)
from egovkg.viz.tables.csv_writer import is_formula
from hypothesis import given
from hypothesis import strategies as st

FORMULA_CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "formulas.yaml").read_text("utf-8"))
GRID = Grid(
    ["Hệ thống", "Số"],
    ["system", "count"],
    [
        ["Nền tảng\nLGSP", Decimal("1933")],
        ["=cmd()", Decimal("6.5")],
        [None, -5],
        [["=a", "b"], date(2020, 3, 19)],
    ],
)


def test_json_has_numbers_and_names() -> None:
    assert json.loads(render(GRID, "json"))[:3] == [
        {"system": "Nền tảng\nLGSP", "count": 1933},
        {"system": "=cmd()", "count": 6.5},
        {"system": None, "count": -5},
    ]
    assert [json.loads(line) for line in render(GRID, "jsonl").splitlines()] == json.loads(
        render(GRID, "json")
    )


def test_csv_keeps_lines_and_defuses_formulas() -> None:
    rows = list(csv.reader(io.StringIO(render(GRID, "csv"))))
    assert rows == [
        ["system", "count"],
        ["Nền tảng\nLGSP", "1933"],
        ["'=cmd()", "6.5"],
        ["", "-5"],
        ["'=a, b", "2020-03-19"],
    ]


def test_table_puts_long_cells_below() -> None:
    grid = Grid(["a", "câu"], ["a", "b"], [["x", "một hai " * 20], ["y", "ngắn"]])
    lines = table_text(grid, 60).splitlines()
    assert lines[0] == "a"
    assert lines[2] == "x"
    assert lines[3].startswith("    câu: một hai")
    assert max(map(len, lines)) <= 60


def test_table_without_rows_is_its_heading() -> None:
    assert table_text(Grid(["a", "b"], ["a", "b"], []), 80) == "a  b\n─  ─\n"
    assert table_text(Grid([], [], []), 80).strip() == ""


def test_terminal_is_not_told_what_to_do() -> None:
    assert "\x1b" not in table_text(Grid(["a"], ["a"], [["\x1b[2Jx\x07\u009b"]]), 80)
    assert table_text(Grid(["a"], ["a"], [["abc\u202edef"]]), 80).splitlines()[2] == "abc def"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (Decimal("1E+3"), "1000"),
        (["a", 1], "a, 1"),
        ({"a": 1}, "a=1"),
        (2.5, "2.5"),
    ],
)
def test_cell_text(value: CellValue, text: str) -> None:
    assert cell_text(value) == text


CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.text("=ab, "), max_size=3),
)
ROWS = st.lists(st.tuples(CELL, CELL), max_size=5)


@given(ROWS)
def test_no_cell_of_words_is_a_formula(rows: list[tuple[CellValue, CellValue]]) -> None:
    grid = Grid(["a", "b"], ["a", "b"], rows)
    found = list(csv.reader(io.StringIO(csv_text(grid.keys, grid.rows), newline="")))
    assert len(found) == len(rows) + 1
    for row, cells in zip(rows, found[1:], strict=True):
        for value, cell in zip(row, cells, strict=True):
            numeric = isinstance(value, (int, Decimal, date))
            assert numeric or not is_formula(cell)
            plain = cell_text(value).replace("\r\n", "\n").replace("\r", "\n")
            assert cell == (f"'{plain}" if is_formula(plain) and not numeric else plain)


def test_no_letter_or_digit_stands_for_a_sign() -> None:
    letters = [character for character in map(chr, range(sys.maxunicode + 1)) if character.isalnum()]
    starts = {unicodedata.normalize("NFKC", letter).lstrip()[:1] for letter in letters}
    assert starts.isdisjoint(("", *"=+-@"))


@pytest.mark.parametrize("formula", FORMULA_CASES["formulas"])
def test_what_a_spreadsheet_would_run_is_defused(formula: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(["a"], [[formula]]), newline=""))) == [["a"], [f"'{formula}"]]


@pytest.mark.parametrize("value", FORMULA_CASES["values"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(["a"], [[value]]), newline=""))) == [["a"], [value]]


def test_cells_of_a_workbook_have_the_type_of_the_value() -> None:
    day, beyond = date(2020, 3, 19), Decimal("12345678901234567.5")
    rows: list[list[CellValue]] = [
        [Decimal("4.9"), -5, True, day, "-5", "=1+1", beyond, date(1802, 6, 1), None]
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("a", list("abcdefghi"), rows)])))
    cells = list(book["a"][2])
    assert "".join(cell.data_type for cell in cells) == "nnbdssssn"
    values = [cell.value for cell in cells[:8]]
    assert values[:3] == [4.9, -5, True]
    assert values[3].date() == day
    assert values[4:] == ["-5", "=1+1", "12345678901234567.5", "1802-06-01"]


def test_a_text_too_long_for_a_cell_says_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("a", ["a"], [["x" * 40000]])])))
    text = book["a"]["A2"].value
    assert (len(text), text[-1]) == (32767, "…")


@given(ROWS, st.integers(1, 130))
def test_table_of_any_cells_at_any_width(rows: list[tuple[CellValue, CellValue]], width: int) -> None:
    assert table_text(Grid(["a", "b"], ["a", "b"], rows), width).endswith("\n")


@given(ROWS)
def test_json_of_any_cells(rows: list[tuple[CellValue, CellValue]]) -> None:
    assert len(json.loads(render(Grid(["a", "b"], ["a", "b"], rows), "json"))) == len(rows)


def test_deliver(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target in (None, "-"):
        deliver("chữ\n", target)
    assert capsys.readouterr().out == "chữ\nchữ\n"
    deliver("chữ\n", str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes() == "chữ\n".encode()
    with pytest.raises(WriteError, match="KG099"):
        deliver("x", str(tmp_path))


def test_a_terminal_gets_no_signs_that_it_obeys_in_headings_either() -> None:
    """What an endpoint names its columns is no less foreign than what it puts into them."""
    text = table_text(Grid(["x\x1b[2J", "y\u202e"], ["x", "y"], [["a\u202eb", "c\u2066"]]))
    assert not {*"\x1b\u202e\u2066"} & {*text}


def test_a_table_of_a_million_columns_is_cut_and_says_so() -> None:
    names = [f"c{at}" for at in range(1_000_000)]
    text = table_text(Grid(names, names, [names, ["x" * 50_000_000, *names[1:]]]))
    assert "… +999800" in text
    assert "… +49990000" in text
    assert len(text) < 100_000
