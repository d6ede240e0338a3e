"""The verbs of dependency analysis: results on one stream, talk on the other, a clear line for bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main

VERBS = (
    ["impact", "tq:ttdl"],
    ["path", "bp:qlvb", "nat:truc-van-ban"],
    ["spof"],
    ["matrix"],
    ["critical"],
    ["compare", "Tuyên Quang", "Bình Phước"],
)


@pytest.fixture
def here(tmp_path: Path, home_in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EGOVKG_HOME", str(home_in_memory))
    return tmp_path


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def ids(result: Result, key: str = "entity") -> list[str]:
    return [one[key] for one in json.loads(result.stdout)]


@pytest.mark.usefixtures("here")
class TestForms:
    @pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_table_says_how_arrows_read(self, words: list[str], lang: str) -> None:
        result = run(*words, "--lang", lang)
        assert result.exit_code == 0
        assert result.stdout
        assert {"vi": "A → B: A phụ thuộc", "en": "A → B: A depends"}[lang] in result.stderr

    @pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
    def test_json_and_csv_are_clean(self, words: list[str]) -> None:
        assert json.loads(run(*words, "--format", "json").stdout)
        rows = list(csv.reader(io.StringIO(run(*words, "--format", "csv").stdout)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1

    @pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
    def test_written_to_a_file(self, words: list[str], here: Path) -> None:
        assert run(*words, "--format", "json", "-o", "out.json").stdout == ""
        assert json.loads((here / "out.json").read_text("utf-8"))

    @pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
    def test_same_every_time(self, words: list[str]) -> None:
        assert run(*words, "--format", "json").stdout == run(*words, "--format", "json").stdout


@pytest.mark.usefixtures("here")
class TestImpact:
    def test_contract(self) -> None:
        found = json.loads(run("impact", "Trung tâm dữ liệu tỉnh Tuyên Quang", "--format", "json").stdout)
        assert {one["entity"] for one in found} == {
            "tq:phan-mem-dung-chung",
            "tq:thu-cong-vu",
            "tq:hnth",
            "tq:cong-ttdt",
            "tq:trang-doi-ngoai",
        }
        for one in found:
            assert (one["hops"], one["basis"]) == (1, "stated")
            assert one["path"] == ["tq:ttdl", one["entity"]]
            assert one["steps"][0]["implied"][0].startswith("hostedOn")

    def test_hosting_that_is_only_implied_is_marked(self) -> None:
        assert "[implied: hosted on]" in run("impact", "tq:ttdl", "--lang", "en").stdout

    def test_bases(self) -> None:
        stated = ids(run("impact", "nat:cong-dvcqg", "--format", "json"))
        both = json.loads(run("impact", "nat:cong-dvcqg", "--basis", "both", "--format", "json").stdout)
        assert {one["entity"] for one in both if one["stated_hops"]} == set(stated)
        only = {one["entity"] for one in both if one["basis"] == "reference"}
        assert only
        assert not only & set(stated)

    def test_the_rule_is_shown_with_expected_edges(self) -> None:
        assert (
            "Rule: where the reference architecture"
            in run("impact", "nat:cong-dvcqg", "--basis", "reference", "--lang", "en").stderr
        )
        assert "Rule:" not in run("impact", "nat:cong-dvcqg", "--lang", "en").stderr

    def test_upstream(self) -> None:
        found = ids(run("impact", "bp:qlvb", "--upstream", "--format", "json"))
        assert set(found) == {"bp:chu-ky-so", "bp:truc-lgsp", "nat:truc-van-ban"}

    def test_filters(self) -> None:
        assert ids(run("impact", "tq:ttdl", "--kind", "EmailSystem", "--format", "json")) == [
            "tq:thu-cong-vu"
        ]
        assert len(ids(run("impact", "tq:ttdl", "--layer", "portals", "--format", "json"))) == 2
        assert ids(run("impact", "tq:ttdl", "--province", "Bắc Kạn", "--format", "json")) == []

    def test_as_of(self) -> None:
        assert ids(run("impact", "tq:ttdl", "--as-of", "2020-03-18", "--format", "json")) == []
        assert len(ids(run("impact", "tq:ttdl", "--as-of", "2020-03", "--format", "json"))) == 5

    def test_several_fail_together(self) -> None:
        found = ids(run("impact", "tq:ttdl", "nat:cong-dvcqg", "bk:tt-tich-hop-du-lieu", "--format", "json"))
        assert len(found) == 10  # with the services that are delivered through the portals

    def test_reference_component(self) -> None:
        result = run("impact", "f2:n-npsp", "--format", "json")
        assert "f2:p-dvc" in ids(result)


@pytest.mark.usefixtures("here")
class TestBadInput:
    @pytest.fixture(autouse=True)
    def english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EGOVKG_LANG", "en")

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            (["impact", "UBND tỉnh Tuyên Quang"], 1, "are not recorded — name a system"),
            (["impact", "khong co gi nhu the"], 1, "no entity is called"),
            (["impact", "LGSP"], 1, "LGSP"),
            (["impact"], 2, "Missing argument"),
            (["impact", "tq:ttdl", "--kind", "Decision"], 2, "no class of systems"),
            (["impact", "tq:ttdl", "--layer", "cellar"], 2, "no layer is called"),
            (["impact", "tq:ttdl", "--basis", "guess"], 2, "is not one of"),
            (["impact", "tq:ttdl", "--as-of", "2020-02-30"], 2, "2020-02-30"),
            (["impact", "tq:ttdl", "f2:n-npsp"], 2, "cannot mix"),
            (["spof", "--province", "Atlantis"], 1, "Atlantis"),
            (["compare", "Tuyên Quang", "Atlantis"], 1, "Atlantis"),
            (["path", "tq:ttdl"], 2, "Missing argument"),
            (["path", "tq:ttdl", "bp:qlvb", "--most", "0"], 2, "0 is not in the range"),
            (["matrix", "--format", "xlsx"], 2, "xlsx must be written to a file — add -o FILE.xlsx"),
            (["draw", "impact"], 2, "takes at least one entity"),
            (["draw", "path", "tq:ttdl"], 2, "takes two entities"),
            (["draw", "spof", "tq:ttdl"], 2, "takes no entities"),
            (["draw", "explorer", "-o", "x.gexf"], 2, "cannot be written as gexf — choose one of: html"),
        ],
    )
    def test_one_clear_line(self, words: list[str], status: int, said: str, here: Path) -> None:
        result = run(*words)
        assert (result.exit_code, result.stdout) == (status, "")
        assert said in result.stderr
        assert list(here.iterdir()) == []

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["path", "tq:qlvb", "bp:qlvb"], "no path is stated between"),
            (["impact", "tq:lgsp"], "which does not mean"),
            (
                ["spof", "--province", "Phú Thọ"],
                "by the chosen edges, there is no dependency in the scope Phú Thọ",
            ),
            (
                ["matrix", "--province", "Phú Thọ"],
                "by the chosen edges, there is no dependency in the scope Phú Thọ",
            ),
            (
                ["critical", "--kind", "Database"],
                "by the chosen edges, there is no dependency in the scope Database",
            ),
        ],
    )
    def test_nothing_found_is_no_failure(self, words: list[str], said: str) -> None:
        result = run(*words, "--lang", "en")
        assert (result.exit_code, result.stdout) == (0, "")
        assert said in result.stderr

    def test_bounds_are_printed(self) -> None:
        words = ["path", "tq:mot-cua", "nat:cong-dvcqg", "--lang", "en"]
        assert "limits of the search: 20 paths of at most 8 steps" in run(*words).stderr
        assert "the matrix shows 3 of" in run("matrix", "--most", "3", "--lang", "en").stderr


@pytest.mark.usefixtures("here")
class TestMatrixFiles:
    def test_workbook_has_no_formulas_and_the_same_bytes(self, here: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            assert run("matrix", "--basis", "both", "-o", name).exit_code == 0
        assert (here / "a.xlsx").read_bytes() == (here / "b.xlsx").read_bytes()
        book = openpyxl.load_workbook(here / "a.xlsx")
        assert len(book.sheetnames) == 4
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
        assert kinds <= {"s", "n"}
        marks = {cell.value for row in book.worksheets[0].iter_rows(min_row=2, min_col=4) for cell in row}
        assert {"S", "H", "C"} <= marks

    def test_page_works_without_scripts(self, here: Path) -> None:
        assert run("matrix", "-o", "m.html").exit_code == 0
        text = (here / "m.html").read_text("utf-8")
        assert "default-src 'none'" in unescape(text)
        assert "<script" not in text
        assert not re.search(r'(src|href)="(?!data:)', text)


@pytest.mark.usefixtures("here")
class TestDraw:
    @pytest.mark.parametrize(
        "words",
        [
            ["impact", "tq:ttdl"],
            ["impact", "bp:qlvb", "--upstream"],
            ["path", "bp:qlvb", "nat:truc-van-ban"],
            ["spof", "--province", "Bắc Kạn"],
            ["matrix"],
            ["compare", "Tuyên Quang", "Bình Phước"],
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("suffix", ["html", "mmd", "graphml", "gexf"])
    def test_every_answer_draws_itself(self, words: list[str], suffix: str, here: Path) -> None:
        result = run("draw", *words, "-o", f"one.{suffix}")
        assert (result.exit_code, result.stdout) == (0, f"one.{suffix}\n")
        first = (here / f"one.{suffix}").read_bytes()
        run("draw", *words, "-o", f"two.{suffix}")
        assert (here / f"two.{suffix}").read_bytes() == first
        assert b"/work/" not in first

    def test_default_names(self, here: Path) -> None:
        assert run("draw", "impact", "tq:ttdl").stdout == "impact.html\n"
        assert run("draw", "impact", "tq:ttdl", "--format", "mermaid").stdout == "impact.mmd\n"
        assert {path.name for path in here.iterdir()} == {"impact.html", "impact.mmd"}

    def test_standard_output(self, here: Path) -> None:
        assert "flowchart RL" in run("draw", "impact", "tq:ttdl", "--format", "mermaid", "-o", "-").stdout
        assert list(here.iterdir()) == []

    def test_graph_files_are_read_by_networkx(self, here: Path) -> None:
        run("draw", "impact", "tq:ttdl", "-o", "a.graphml")
        run("draw", "impact", "tq:ttdl", "-o", "a.gexf")
        for graph in (nx.read_graphml(here / "a.graphml"), nx.read_gexf(here / "a.gexf")):
            assert {one for one, other in graph.edges() if other == "tq:ttdl"} == set(graph) - {"tq:ttdl"}
            assert len(graph) == 6
            for _, _, data in graph.edges(data=True):
                assert data["claims"].startswith("claim/tuyen-quang-2020/")
                assert data["basis"] == "stated"
                assert data["evidence"]

    def test_an_empty_answer_is_a_page_too(self, here: Path) -> None:
        assert run("draw", "impact", "tq:lgsp", "-o", "none.html").exit_code == 0
        assert run("draw", "spof", "--province", "Phú Thọ", "-o", "empty.html").exit_code == 0
        assert "Phú Thọ" in (here / "empty.html").read_text("utf-8")
