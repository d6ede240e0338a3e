"""Several frameworks side by side: deltas, correspondence, own frameworks, and what a province follows."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import FrameworkError, InputError
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.reference_file import read_reference_file
from egovkg.ontology.verdicts import Verdict
from egovkg.queries.planning.ask import GapQuestion, ask_gap_columns, ask_gaps, framework_questions
from egovkg.queries.planning.assessment import (
    assessment_iri,
    assessments_turtle,
)
from egovkg.queries.planning.columns import GapColumns
from egovkg.queries.planning.framework_remarks import FrameworkLater
from egovkg.queries.planning.frameworks import Frameworks
from egovkg.queries.planning.gap_report import GapReport
from egovkg.queries.planning.remarks import EndedFramework, remark_text
from egovkg.tests.queries.planning.rules_in_sparql import rules_by_sparql
from egovkg.tests.queries.planning.small_corpora import small_store
from egovkg.tests.queries.planning.test_gaps import conforms

TODAY = date(2026, 11, 23)
SHIPPED = ("1.0", "2.0", "3.0", "4.0", "1736", "3090", "1425", "2352", "3388", "3985", "2906")


@pytest.fixture(scope="module")
def store(home: Path) -> OxigraphStore:
    return open_published(home)


@pytest.fixture(scope="module")
def frameworks(store: OxigraphStore) -> Frameworks:
    return Frameworks.of(store)


@pytest.fixture(scope="module")
def columns(store: OxigraphStore) -> GapColumns:
    """Hold the provinces of the articles against every shipped framework, recalled components too."""
    question = GapQuestion(as_of=TODAY, frameworks=SHIPPED, unverified=True, sentences_per_cell=0)
    return ask_gap_columns(store, question)


def report_on(columns: GapColumns, short_name: str) -> GapReport:
    return next(report for report in columns.reports if report.framework.short_name == short_name)


def codes_of(frameworks: Frameworks, name: str) -> set[str]:
    framework = frameworks.read(frameworks.named(name, TODAY), unsourced=True)
    return {component.code for component in framework.components}


class TestShippedFrameworks:
    def test_each_has_a_name_of_its_own(self, frameworks: Frameworks) -> None:
        assert {record.short_name for record in frameworks.with_components} == {*SHIPPED}
        for name in SHIPPED:
            assert frameworks.records[frameworks.named(name, TODAY)].short_name == name

    @pytest.mark.parametrize(
        ("name", "short_name"),
        [
            ("3090/QĐ-BKHCN", "3090"),
            ("ref:framework-3-0", "3.0"),
            ("Khung kiến trúc số tỉnh Hưng Yên", "2352"),
            ("in-force", "1425"),
        ],
    )
    def test_it_is_found_by_number_curie_label_and_day(
        self, frameworks: Frameworks, name: str, short_name: str
    ) -> None:
        assert frameworks.records[frameworks.named(name, TODAY)].short_name == short_name

    @pytest.mark.parametrize(
        ("day", "short_name"),
        [
            (date(2019, 12, 30), "1.0"),
            (date(2019, 12, 31), "2.0"),
            (date(2023, 12, 29), "3.0"),
            (date(2025, 3, 25), "4.0"),
            (date(2025, 10, 8), "3090"),
            (date(2026, 7, 28), "3090"),
            (date(2026, 7, 29), "1425"),
        ],
    )
    def test_the_one_in_force_is_that_of_the_day(
        self, frameworks: Frameworks, day: date, short_name: str
    ) -> None:
        assert frameworks.records[frameworks.in_force(day)].short_name == short_name
        assert frameworks.default(day) == frameworks.in_force(day)

    def test_before_the_first_framework_the_first_is_taken_and_said(self, store: OxigraphStore) -> None:
        question = GapQuestion(provinces=("vn:bac-kan",), as_of=date(2015, 3, 31), sentences_per_cell=0)
        report = ask_gaps(store, question)
        assert report.framework.short_name == "1.0"
        assert [remark.issued for remark in report.scope if isinstance(remark, FrameworkLater)] == [
            date(2015, 4, 1)
        ]

    @pytest.mark.parametrize(
        ("day", "first_words"),
        [
            (date(2021, 6, 30), "2.0: A list that egovkg assembled"),
            (date(2026, 1, 1), "3090: Only the layers and a few components could be read"),
            (date(2024, 6, 30), "3.0: Only the changes from an earlier framework could be read"),
        ],
    )
    def test_a_list_that_is_not_the_issued_one_is_said_first(
        self, store: OxigraphStore, day: date, first_words: str
    ) -> None:
        question = GapQuestion(provinces=("vn:hung-yen",), as_of=day, sentences_per_cell=0)
        assert remark_text(ask_gaps(store, question).remarks[0], "en").startswith(first_words)

    def test_the_list_of_today_is_the_issued_one(self, store: OxigraphStore) -> None:
        report = ask_gaps(store, GapQuestion(provinces=("vn:bac-kan",), as_of=TODAY, sentences_per_cell=0))
        assert report.framework.short_name == "1425"
        assert report.first_remarks == ()
        assert {component.sourcing for component in report.framework.components} == {"clause"}

    def test_an_unknown_name_lists_the_others(self, frameworks: Frameworks) -> None:
        with pytest.raises(FrameworkError, match=r'no framework "5\.0" — use one of the names: 1\.0, 2\.0'):
            frameworks.named("5.0", TODAY)

    def test_a_delta_has_what_pages_tell_of_the_change(self, frameworks: Frameworks) -> None:
        two, three, four = (codes_of(frameworks, name) for name in ("2.0", "3.0", "4.0"))
        assert three - two == {"N-EID", "N-NDC", "N-PEOPLE", "N-AGGREGATE"}
        assert two - three == set()
        assert four == three
        of_today = codes_of(frameworks, "3090")
        assert four - of_today == {"P-DVC"}  # the national portal is the only one since 27 June 2025
        assert of_today - four >= {"L-AI", "L-BIGDATA", "I-CLOUD", "L-API", "C-MEASURE"}
        for name in ("2352", "3388", "3985", "2906"):
            assert codes_of(frameworks, name) == of_today

    def test_each_asks_for_an_architecture_of_its_version(self, frameworks: Frameworks) -> None:
        versions = {
            name: frameworks.read(frameworks.named(name, TODAY)).component("G-ARCH").version
            for name in ("1.0", "2.0", "3.0", "4.0", "3090")
        }
        assert versions == {"1.0": "1.0", "2.0": "2.0", "3.0": "3.0", "4.0": "4.0", "3090": None}

    def test_what_is_only_recalled_bears_no_verdict_by_default(self, store: OxigraphStore) -> None:
        report = ask_gaps(store, GapQuestion(as_of=TODAY, frameworks=("3.0",), sentences_per_cell=0))
        assert report.framework.left_out == {"recalled": 7}
        assert all(cell.component.is_sourced for cell in report.cells)
        texts = [remark_text(remark, "en") for remark in report.scope]
        assert "3.0: 7 components that are only recalled, without a source, are left out" in texts

    def test_a_switch_brings_it_in_and_the_answer_says_so(self, columns: GapColumns) -> None:
        texts = [remark_text(remark, "en") for remark in columns.remarks]
        assert "2.0: 7 components that are only recalled, without a source, are judged too" in texts

    def test_the_framework_of_2026_gives_clauses(self, frameworks: Frameworks) -> None:
        framework = frameworks.read(frameworks.named("1425", TODAY))
        basis = framework.component("C-DASHBOARD").basis
        assert basis.kind == "clause"
        assert basis.text("en") == "annex I.3.d, Decision 1425/QĐ-TTg of 2026"
        assert basis.addresses


class TestThreeRoutes:
    def test_sparql_gives_the_rule_that_python_gave_for_every_framework(self, columns: GapColumns) -> None:
        for report in columns.reports:
            by_sparql = rules_by_sparql(report)
            assert len(by_sparql) == len(report.cells)
            assert [c for c in report.cells if by_sparql[assessment_iri(c)] != c.rule] == []

    def test_shacl_finds_every_verdict_of_every_framework_right(self, columns: GapColumns) -> None:
        sound = assessments_turtle(columns.reports)
        assert conforms(sound)
        assert not conforms(sound.replace("verdict-planned", "verdict-met", 1))

    def test_shared_components_have_one_verdict(self, columns: GapColumns) -> None:
        rules: dict[tuple[str, str], set[str]] = {}
        for report in columns.reports:
            for cell in report.cells:
                key = cell.judged.province.iri, cell.component.iri
                rules.setdefault(key, set()).add(cell.rule)
        assert {len(found) for found in rules.values()} == {1}


class TestSideBySide:
    def test_what_corresponds_stands_in_one_row(self, columns: GapColumns) -> None:
        rows = {row.leading.code: row for row in columns.rows}
        names = [framework.short_name for framework in columns.frameworks]
        two, today, latest = names.index("2.0"), names.index("3090"), names.index("1425")
        documents = rows["A-QLVB"]
        assert [part.code for part in documents.components[latest]] == ["A-DIRECTION"]
        assert (documents.bases[today], documents.bases[latest]) == ("mapping-same", "mapping-placed")
        assert rows["P-DVC"].components[today] == ()
        assert rows["L-AI"].components[two] == ()
        placed = [part for row in columns.rows for part in row.components[today]]
        assert len(placed) == len({part.iri for part in placed}) == len(columns.frameworks[today].components)

    def test_what_an_architecture_of_2_0_is_for_depends_on_the_framework(self, columns: GapColumns) -> None:
        (row,) = [row for row in columns.rows if row.leading.code == "G-ARCH"]
        unit = next(unit for unit in columns.provinces if unit.curie == "vn:tuyen-quang")
        verdicts = {
            framework.short_name: [cell.verdict for cell in columns.cells_of(row, place, unit)]
            for place, framework in enumerate(columns.frameworks)
        }
        assert verdicts["1.0"] == [Verdict.MET]
        assert verdicts["2.0"] == [Verdict.PLANNED]
        assert verdicts["3.0"] == verdicts["4.0"] == [Verdict.SPOKEN_OF]
        assert verdicts["3090"] == [Verdict.NO_EVIDENCE]

    def test_each_ended_framework_is_said_first(self, columns: GapColumns) -> None:
        first = [remark for remark in columns.remarks if isinstance(remark, EndedFramework)]
        assert [*columns.remarks[: len(first)]] == first
        ended = {remark.framework.short_name for remark in first}
        assert ended >= {"1.0", "2.0", "3.0", "3090"}
        assert "1425" not in ended


class TestFollowed:
    def test_what_a_province_follows_is_not_what_it_is_held_against(self, store: OxigraphStore) -> None:
        question = GapQuestion(
            provinces=("vn:tuyen-quang",), as_of=TODAY, frameworks=("3090",), sentences_per_cell=0
        )
        report = ask_gaps(store, question)
        (row, *_) = report.as_dicts("en")
        assert row["reference"] == "national-digital-2025-10"
        follows = row["follows"]
        assert isinstance(follows, list)
        assert [(found["label"], found["only_planned"]) for found in follows if isinstance(found, dict)] == [
            ("Tuyên Quang e-government architecture, version 1.0", False),
            ("Tuyên Quang e-government architecture, version 2.0", True),
        ]

    def test_a_framework_that_a_province_issued_counts_from_its_day(self, store: OxigraphStore) -> None:
        for day, names in ((date(2025, 12, 28), []), (date(2025, 12, 29), ["3090"])):
            question = GapQuestion(provinces=("vn:hung-yen-2025",), as_of=day, sentences_per_cell=0)
            report = ask_gaps(store, question)
            followed = {found for judged in report.judged for found in report.followed_by(judged)}
            assert [found.based_on for found in followed] == names


OWN = """\
framework: tinh-thu
vi: Khung kiến trúc số tỉnh Thử
en: Digital framework of the test province
version: "1.0"
layers:
  kho: {vi: Kho và hồ dữ liệu, en: Data stores, under: data}
components:
  D-LAKE: {vi: Hồ dữ liệu, en: Data lake, layer: kho, named: [hồ dữ liệu, data lake],
           source: Quyết định 9/QĐ-UBND, clause: Điều 3 khoản 2}
  L-AI: {vi: Nền tảng trí tuệ nhân tạo, en: AI platform, layer: platform, named: [trí tuệ nhân tạo],
         needs: [D-LAKE], source: Quyết định 9/QĐ-UBND}
  L-SHARE: {vi: Trục chia sẻ, en: Sharing axis, layer: platform, equals: [f2:l-lgsp],
            source: Quyết định 9/QĐ-UBND}
  G-KTS: {vi: Khung kiến trúc số, en: Digital framework, layer: steering, realised_by: [Architecture],
          version: "4.0", source: Quyết định 9/QĐ-UBND}
  L-LATER: {vi: Nền tảng khác, en: Another platform, layer: platform}
"""
THINGS = {
    "ho": "Database: Hồ dữ liệu tỉnh Thử",
    "ai": "InformationSystem: Nền tảng trí tuệ nhân tạo dùng chung",
    "lgsp": "IntegrationPlatform",
    "kt": "Architecture: Kiến trúc chính quyền số",
}
CLAIMS = [
    "mh:ho serves mh:tinh",
    "mh:ai serves mh:tinh {status: planned}",
    "mh:lgsp serves mh:tinh",
    "mh:kt architectureOf mh:tinh",
    'mh:kt versionLabel "3.0"',
]


@pytest.fixture(scope="module")
def own_columns(tmp_path_factory: pytest.TempPathFactory) -> GapColumns:
    folder = tmp_path_factory.mktemp("own")
    small = small_store(folder, THINGS, {date(2026, 3, 19): CLAIMS})
    path = folder / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    question = GapQuestion(provinces=("mh:tinh",), as_of=TODAY, reference=read_reference_file(path))
    assert len(framework_questions(small, question)) == 2
    return ask_gap_columns(small, question)


class TestOwnFramework:
    def test_it_is_added_and_reaches_every_component(self, own_columns: GapColumns) -> None:
        assert [framework.short_name for framework in own_columns.frameworks] == ["1425", "tinh-thu"]
        own = own_columns.reports[1]
        assert {cell.component.code: cell.verdict for cell in own.cells} == {
            "D-LAKE": Verdict.MET,
            "L-AI": Verdict.PLANNED,
            "L-SHARE": Verdict.MET,
            "G-KTS": Verdict.SPOKEN_OF,
        }
        remarks = [cell.remark("en") for cell in own.cells if cell.component.code == "G-KTS"]
        assert remarks == ["about version 3.0, where 4.0 is required"]
        assert own.framework.left_out == {"recalled": 1}

    def test_it_may_name_layers_clauses_and_equivalents(self, own_columns: GapColumns) -> None:
        rows = {(row["reference"], row["component"]): row for row in own_columns.as_dicts("vi")}
        lake, axis = (rows["own-tinh-thu", code] for code in ("D-LAKE", "L-SHARE"))
        component = own_columns.frameworks[1].component("D-LAKE")
        assert (component.layer, component.layer_label("vi")) == ("data", "Kho và hồ dữ liệu")
        basis = lake["basis"]
        assert isinstance(basis, dict)
        assert (basis["kind"], basis["text"]) == ("clause", "Điều 3 khoản 2, Quyết định 9/QĐ-UBND")
        assert axis["corresponds"] == [
            {"reference": "national-digital-2026", "component": "L-LGSP", "basis": "mapping-placed"}
        ]

    def test_the_three_routes_agree_on_it(self, own_columns: GapColumns) -> None:
        for report in own_columns.reports:
            by_sparql = rules_by_sparql(report)
            assert [c for c in report.cells if by_sparql[assessment_iri(c)] != c.rule] == []
        assert conforms(assessments_turtle(own_columns.reports))

    @pytest.mark.parametrize(
        ("old", "new", "code", "words"),
        [
            ("layer: kho", "layer: khoo", "KG036", 'did you mean "kho"?'),
            ("under: data", "under: dat", "KG036", 'did you mean "data"?'),
            ("f2:l-lgsp", "f2:l-lgps", "KG021", 'did you mean "f2:l-lgsp"?'),
            ("  kho:", "  Kho dữ liệu:", "KG019", "data-stores"),
            (
                "layer: platform}",
                "layer: platform, clause: Điều 4}",
                "KG014",
                '"source" missing for "clause"',
            ),
        ],
    )
    def test_each_fault_is_told_at_its_place(
        self, tmp_path: Path, old: str, new: str, code: str, words: str
    ) -> None:
        assert old in OWN
        path = tmp_path / "own.yaml"
        path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_reference_file(path)
        problems = [problem for problem in caught.value.problems if problem.code == code]
        assert any(words in str(problem) for problem in problems), caught.value
        assert all(problem.line > 1 for problem in problems)


class TestForms:
    ASKED = ("gaps", "--framework", "2.0", "--framework", "3090", "--as-of", "2026-11-23", "--lang", "en")

    def run(self, home: Path, *words: str) -> tuple[str, str]:
        result = CliRunner().invoke(main, [*self.ASKED, *words, "--graph", str(home)])
        assert result.exit_code == 0, result.output
        return result.stdout, result.stderr

    def test_the_table_has_a_column_each(self, home: Path) -> None:
        out, err = self.run(home, "--province", "vn:bac-kan")
        (heading,) = [line for line in out.splitlines() if line.startswith("layer")]
        assert heading.split() == ["layer", "component", "2.0", "3090"]
        cells = {" ".join(line.split()[1:-2]): line.split()[-4:] for line in out.splitlines()}
        (portal,) = [line for line in out.splitlines() if "Provincial public service portal" in line]
        assert portal.split()[-3:] == ["●", "2019", "–"]
        assert cells
        assert "says it follows: Bắc Kạn e-government architecture, version 1.0" in err
        assert "Framework 2.0" in err.splitlines()[0]
        assert "2568/QĐ-BTTTT" in err.splitlines()[0]

    def test_rows_name_their_framework_and_what_corresponds(self, home: Path) -> None:
        text, _ = self.run(home, "--province", "vn:bac-kan", "--format", "csv")
        rows = [*csv.DictReader(io.StringIO(text))]
        assert {row["framework"] for row in rows} == {"2.0", "3090"}
        text, _ = self.run(home, "--province", "vn:bac-kan", "--format", "json")
        found = {(row["reference"], row["component"]): row for row in json.loads(text)}
        documents = found["national-digital-2025-10", "A-QLVB"]
        assert documents["corresponds"] == [
            {"reference": "framework-2-0", "component": "A-QLVB", "basis": "mapping-same"}
        ]
        assert documents["layer"] == "four-applications"
        assert len(found) == len(rows)

    def test_book_and_page_hold_both(self, home: Path, tmp_path: Path) -> None:
        self.run(home, "-o", str(tmp_path / "a.xlsx"))
        book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
        assert book.sheetnames == ["about", "matrix", "counts", "cells", "mapping"]
        assert [cell.value for cell in next(book["mapping"].iter_rows())][2:] == [
            "2.0",
            "3090",
            "basis of the mapping",
        ]
        self.run(home, "-o", str(tmp_path / "a.html"))
        page = (tmp_path / "a.html").read_text("utf-8")
        assert page.count('<th scope="col">3090</th>') == 5
        ids = [part.split('"')[0] for part in page.split('<article id="')[1:]]
        assert len(ids) == len({*ids})
        assert {part.split('"')[0] for part in page.split('href="#vn-')[1:]} <= {
            anchor.removeprefix("vn-") for anchor in ids
        }

    def test_the_order_is_given_for_each(self, home: Path) -> None:
        words = ["roadmap", *self.ASKED[1:], "--province", "vn:tuyen-quang", "--format", "json"]
        result = CliRunner().invoke(main, [*words, "--graph", str(home)])
        assert result.exit_code == 0, result.output
        references = [row["reference"] for row in json.loads(result.stdout)]
        assert {*references} == {"framework-2-0", "national-digital-2025-10"}
