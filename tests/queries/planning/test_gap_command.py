"""The verb `gaps` in its forms: table, JSON, CSV, workbook, page, and what it says of bad input."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from egovkg.cli import main

pytestmark = pytest.mark.usefixtures("home_in_memory")


class TestCommand:
    def run(self, home: Path, *words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, [*words, "--graph", str(home)])
        return result.exit_code, result.stdout, result.stderr

    def test_json_holds_the_contract(self, home: Path) -> None:
        code, out, err = self.run(
            home, "gaps", "--framework", "2.0", "--province", "vn:tuyen-quang", "--format", "json"
        )
        assert code == 0
        rows = {row["component"]: row for row in json.loads(out)}
        report = rows["A-REPORT"]
        keys = [
            "province",
            "component",
            "component_label",
            "layer",
            "verdict",
            "since",
            "claims",
            "evidence",
            "reference",
        ]
        assert list(report)[:9] == keys
        assert (report["verdict"], report["layer"]) == ("planned", "applications")
        assert report["claims"][0].startswith("claim/tuyen-quang-2020/")
        assert "không có nghĩa là không có" in err
        assert rows["P-DVC"]["connections"][0]["route"] == "unstated"

    def test_many_provinces_are_counted_by_component(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("egovkg.queries.planning.gap_report._MOST_PROVINCES", 4)
        monkeypatch.setattr("egovkg.queries.planning.units._MOST_PAIRS", 4)
        code, out, err = self.run(home, "gaps", "--framework", "2.0", "--as-of", "2026-07-29", "--lang", "en")
        assert code == 0
        assert "5 provinces before and after the reform, by 5 articles; see each" in out + err
        assert "5 provinces with articles no longer exist on 2026-07-29; statements" in out + err
        rows = {line[:44].strip(): line[44:].split() for line in out.splitlines()}
        portal = rows["Provincial public service portal"]
        assert sum(map(int, portal)) == 5
        assert "bac-kan-2019 (" not in out + err

    def test_every_form_says_first_how_much_is_silent(self, home: Path, tmp_path: Path) -> None:
        for name in ("a.html", "a.xlsx", "a.csv", "a.json", "a.ttl"):
            day = ("--as-of", "2026-07-29")  # the first day of framework 1425
            code, _, err = self.run(home, "gaps", *day, "-o", str(tmp_path / name), "--lang", "en")
            assert code == 0
            ended, silent = err.splitlines()[:2]
            assert ended.startswith("5 provinces with articles no longer exist on 2026-07-29")
            assert "cells have no evidence" in silent
            assert (tmp_path / name).stat().st_size > 1000
        page = (tmp_path / "a.html").read_text("utf-8")
        assert page.index("cells have no evidence") < page.index("<table")
        sheets = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).sheetnames
        assert sheets == ["about", "matrix", "counts", "cells"]
        self.run(home, "gaps", "--framework", "2.0", "-o", str(tmp_path / "b.xlsx"))
        book = openpyxl.load_workbook(io.BytesIO((tmp_path / "b.xlsx").read_bytes()))
        assert book.sheetnames == ["căn cứ", "ma trận", "số ô", "từng ô"]
        assert {row[8].value for row in book["từng ô"].iter_rows(min_row=2)} == {
            "đã đọc điều khoản",
            "có nguồn công khai",
            "do bài viết nêu",
        }

    def test_what_does_not_count_stands_in_every_form_with_its_reason(
        self, home: Path, tmp_path: Path
    ) -> None:
        reason, label, number = (
            "about version 1.0, where 2.0 is required",
            "spoken of, not counted",
            "1597/QĐ-UBND",
        )
        asked = (
            "gaps",
            "--framework",
            "2.0",
            "--province",
            "vn:bac-kan",
            "--as-of",
            "2026-11-23",
            "--lang",
            "en",
        )
        for name in ("a.html", "a.csv", "a.json", "a.txt"):
            self.run(
                home, *asked, "-o", str(tmp_path / name), *(["--format", "table"] if name == "a.txt" else [])
            )
            text = (tmp_path / name).read_text("utf-8")
            assert reason in text, name
            assert number in text, name
            assert label in text or '"spoken_of"' in text, name
        self.run(home, *asked, "-o", str(tmp_path / "a.xlsx"))
        book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
        rows = [row for row in book["cells"].iter_rows(values_only=True) if "G-ARCH" in row]
        assert [reason in row for row in rows] == [True]
        matrix = [row for row in book["matrix"].iter_rows(values_only=True) if "G-ARCH" in row]
        assert matrix[0][3] == f"◇ {label}, 2019, {reason}"

    def test_the_year_and_a_tension_stand_in_the_cell(self, home: Path, tmp_path: Path) -> None:
        _, table, _ = self.run(home, "gaps", "--as-of", "2023-12-28", "--lang", "en")
        (row,) = [line for line in table.splitlines() if "Local government service platform" in line]
        assert row.split("platform", 2)[2].split() == ["●!", "2019", "·", "○", "2020", "·", "●", "2020"]
        self.run(home, "gaps", "--as-of", "2023-12-28", "--lang", "en", "-o", str(tmp_path / "a.html"))
        page = (tmp_path / "a.html").read_text("utf-8")
        assert "statements disagree; others say: under way" in page
        assert '<td class="cell tone-sure old">' in page

    def test_a_page_and_a_book_have_the_same_bytes_each_time(self, home: Path, tmp_path: Path) -> None:
        for name in ("a.html", "a.xlsx", "a.ttl"):
            one, two = tmp_path / f"1{name}", tmp_path / f"2{name}"
            for path in (one, two):
                self.run(home, "gaps", "--as-of", "2020-12-31", "-o", str(path))
            assert one.read_bytes() == two.read_bytes(), name

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (["--province", "Tuyn Quang"], 1, "vn:tuyen-quang"),
            (["--province", "Yên Lập", "--lang", "en"], 1, "is not a province"),
            (["--as-of", "2020-02-30", "--lang", "en"], 2, "does not exist"),
            (["--as-of", "2019/2020", "--lang", "en"], 2, "is an interval"),
            (["--as-of", "2019/2020"], 2, "là một khoảng thời gian"),
            (["--format", "xlsx", "--lang", "en"], 2, "add -o FILE"),
            (["--compare", "2020-13-01", "--lang", "en"], 2, "does not exist"),
            (["--merged", "--compare", "2020-01-01", "--lang", "en"], 2, "leave one of them out"),
            (["--merged", "--compare", "Bắc Kạn"], 2, "hãy bỏ một trong hai"),
            (["--province", "QLVB", "--lang", "en"], 1, '"QLVB" is not a territory'),
        ],
    )
    def test_bad_input_gets_a_clear_line(self, home: Path, words: list[str], code: int, message: str) -> None:
        got, _, err = self.run(home, "gaps", *words)
        assert got == code
        assert message in err

    def test_provinces_are_compared(self, home: Path) -> None:
        words = ("gaps", "--as-of", "2023-12-28", "--province", "vn:tuyen-quang", "--compare", "Bắc Kạn")
        code, out, _ = self.run(home, *words, "--format", "json")
        assert code == 0
        rows = {row["component"]: row for row in json.loads(out)}
        assert "A-QLVB" not in rows
        assert (rows["C-POST"]["verdict"], rows["C-POST"]["other_verdict"]) == ("no_evidence", "met")
        assert rows["C-POST"]["other_province"] == "vn:bac-kan"
