"""Verdicts on small corpora: each case of a kind, with the verdict that a reader gives it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.reference_file import read_reference_file
from egovkg.ontology.verdicts import GapSign, Verdict
from egovkg.queries.planning.ask import (
    GapComparison,
    GapQuestion,
    ask_gap_difference,
    ask_gaps,
    ask_roadmap,
)
from egovkg.queries.planning.assessment import assessment_iri, assessments_turtle
from egovkg.queries.planning.gap_report import GapReport
from egovkg.queries.planning.remarks import NoOrder, OrderedByDependencies, remark_text
from egovkg.queries.planning.texts import cell_symbol
from egovkg.tests.queries.planning.rules_in_sparql import rules_by_sparql
from egovkg.tests.queries.planning.small_corpora import small_store
from egovkg.tests.queries.planning.test_gaps import conforms
from egovkg.viz.tables.gaps import cells_grid

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "gaps" / "small.yaml").read_text("utf-8")
)
LGSP = {"lgsp": "IntegrationPlatform"}


def report_of(store: OxigraphStore, day: date) -> GapReport:
    return ask_gaps(store, GapQuestion(provinces=("mh:tinh",), as_of=day, frameworks=("2.0",)))


def in_json(value: object) -> object:
    """Give a value of a case as JSON has it: a day as text, nothing for an empty text."""
    return value if isinstance(value, list) else str(value) or None


@pytest.mark.parametrize("name", CASES)
def test_each_cell_is_a_readers(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    store = small_store(tmp_path, case["things"], case["articles"])
    for cell in case["cells"]:
        report = report_of(store, cell["day"])
        (row,) = [row for row in report.as_dicts("en") if row["component"] == cell["component"]]
        expected = {key: value for key, value in cell.items() if key not in {"day", "component"}}
        assert {key: row[key] for key in expected} == {key: in_json(value) for key, value in expected.items()}
        by_sparql = rules_by_sparql(report)
        assert [cell for cell in report.cells if by_sparql[assessment_iri(cell)] != cell.rule] == []


@pytest.mark.parametrize("name", ["other-version", "operational-from-to", "ended-and-replaced"])
def test_shacl_agrees(name: str, tmp_path: Path) -> None:
    store = small_store(tmp_path, CASES[name]["things"], CASES[name]["articles"])
    turtle = assessments_turtle([report_of(store, date(2026, 11, 23))])
    assert conforms(turtle)
    assert not conforms(turtle.replace("verdict-no-evidence", "verdict-spoken-of", 1))


def report_claim(report: GapReport) -> str:
    """Name the one statement about the architecture of the province."""
    (cell,) = [cell for cell in report.cells if cell.component.code == "G-ARCH"]
    (weighed,) = cell.statements
    return weighed.id


class TestEveryForm:
    def test_what_does_not_count_stands_in_json_with_its_reason(self, tmp_path: Path) -> None:
        case = CASES["other-version"]
        store = small_store(tmp_path, case["things"], case["articles"])
        report = report_of(store, date(2020, 6, 30))
        (row,) = [row for row in report.as_dicts("vi") if row["component"] == "G-ARCH"]
        assert row["evidence"] == ["Tỉnh có hệ thống."]
        assert row["evidence_date"] == "2019-12-05"
        claim = report_claim(report)
        assert row["claims"] == [claim]
        text = "về phiên bản 1.0, trong khi khung yêu cầu 2.0"
        reason = {"claim": claim, "reason": "other_version", "detail": "1.0", "text": text}
        assert row["not_counted"] == [reason]

    @pytest.mark.parametrize(
        ("case", "symbol", "words", "age"),
        [("about-a-year", "● ~2023", "about 2023", 2), ("some-months", "● 2025", "2025-07/2025-12", 0)],
    )
    def test_a_guessed_day_of_publication_is_never_shown(
        self, case: str, symbol: str, words: str, age: int, tmp_path: Path
    ) -> None:
        store = small_store(tmp_path, CASES[case]["things"], CASES[case]["articles"])
        report = report_of(store, date(2026, 6, 30))
        (cell,) = [cell for cell in report.cells if cell.component.code == "A-VC"]
        assert (cell_symbol(cell), cell.age_in_years(report.as_of)) == (symbol, age)
        (row,) = cells_grid([cell], "en").objects()
        assert (row["since"], row["evidence_date"]) == (words, words)

    def test_silence_counts_silence_alone(self, tmp_path: Path) -> None:
        case = CASES["other-version"]
        report = report_of(small_store(tmp_path, case["things"], case["articles"]), date(2020, 6, 30))
        counts = report.counts()
        assert counts[Verdict.SPOKEN_OF] == 1
        assert report.silent_cells.silent == counts[Verdict.NO_EVIDENCE]
        assert report.silent_cells.silent == report.silent_cells.applicable - 1


class TestDifferences:
    @pytest.mark.parametrize(("day", "is_overdue"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)])
    def test_a_plan_that_became_overdue_is_a_difference(
        self, tmp_path: Path, day: date, is_overdue: bool
    ) -> None:
        store = small_store(
            tmp_path, LGSP, {date(2020, 3, 19): ["mh:lgsp serves mh:tinh {status: planned, by: 2020}"]}
        )
        question = GapQuestion(provinces=("mh:tinh",), as_of=date(2020, 4, 1))
        pairs = ask_gap_difference(store, GapComparison(question, day=day)).pairs
        assert [pair.second.is_overdue for pair in pairs] == ([True] if is_overdue else [])

    def test_a_plan_without_a_day_never_becomes_overdue(self, tmp_path: Path) -> None:
        store = small_store(tmp_path, LGSP, {date(2020, 3, 19): ["mh:lgsp serves mh:tinh {status: planned}"]})
        question = GapQuestion(provinces=("mh:tinh",), as_of=date(2020, 4, 1))
        difference = ask_gap_difference(store, GapComparison(question, day=date(2026, 11, 29)))
        assert difference.pairs == ()

    @pytest.mark.parametrize(
        ("merged", "number"), [("Cà Mau", 2), ("vn:thai-nguyen-2025", 2), ("vn:tuyen-quang-2025", 2)]
    )
    def test_all_predecessors_of_a_merged_unit_are_compared(
        self, tmp_path: Path, merged: str, number: int
    ) -> None:
        store = small_store(tmp_path, LGSP, {date(2020, 3, 19): ["mh:lgsp serves mh:tinh"]})
        question = GapQuestion(provinces=("mh:tinh",), as_of=date(2026, 11, 29))
        pairs = ask_gap_difference(store, GapComparison(question, province=merged)).pairs
        units = {pair.second.judged.province.curie for pair in pairs}
        assert len(units) == number
        assert {pair.first.component.code for pair in pairs} == {"L-LGSP"}


WITHOUT_NEEDS = """\
framework: khung-nho
vi: Khung nhỏ
en: Small framework
components:
  H-QLVB: {vi: Quản lý văn bản, en: Document management, layer: applications, source: Quyết định 1/QĐ-UBND}
  H-DC: {vi: Trung tâm dữ liệu, en: Data centre, layer: infrastructure, source: Quyết định 1/QĐ-UBND}
"""


class TestRoadmapOrder:
    def test_without_a_need_between_lacking_components_there_is_no_order(self, tmp_path: Path) -> None:
        store = small_store(tmp_path, LGSP, {date(2020, 3, 19): ["mh:lgsp serves mh:tinh"]})
        own = tmp_path / "own.yaml"
        own.write_text(WITHOUT_NEEDS, encoding="utf-8")
        question = GapQuestion(
            provinces=("mh:tinh",),
            as_of=date(2020, 4, 1),
            reference=read_reference_file(own),
            frameworks=("khung-nho",),
        )
        report = ask_roadmap(store, question)
        assert {step.order for step in report.steps} == {None}
        (remark,) = [remark for remark in report.scope if isinstance(remark, NoOrder)]
        assert "so there is no order" in remark_text(remark, "en")
        assert not any(isinstance(remark, OrderedByDependencies) for remark in report.scope)

    def test_with_such_a_need_there_is_one(self, tmp_path: Path) -> None:
        store = small_store(tmp_path, LGSP, {date(2020, 3, 19): ["mh:lgsp serves mh:tinh"]})
        report = ask_roadmap(store, GapQuestion(provinces=("mh:tinh",), as_of=date(2020, 4, 1)))
        assert None not in {step.order for step in report.steps}
        orders = {step.gap.component.code: step.order or 0 for step in report.steps}
        assert orders["A-ONESTOP"] < orders["P-DVC"]  # Circular 22/2019/TT-BTTTT, article 6.1.t
        assert orders["A-ONESTOP"] < orders["C-PAC"]  # Decree 61/2018/NĐ-CP, article 7.6
        assert not any(isinstance(remark, NoOrder) for remark in report.scope)


def test_pulling_signs_are_those_of_the_same_time_or_later(tmp_path: Path) -> None:
    case = CASES["taken-over-and-unfinished"]
    report = report_of(small_store(tmp_path, case["things"], case["articles"]), date(2020, 1, 1))
    (cell,) = [cell for cell in report.cells if cell.component.code == "L-LGSP"]
    assert cell.pulling_apart == (GapSign.UNDER_WAY,)
    assert cell.age_in_years(date(2022, 1, 1)) == 2
