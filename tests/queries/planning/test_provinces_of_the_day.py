"""Rules of a day are asked of the provinces of that day; what former provinces had is evidence."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.planning.ask import (
    DutyQuestion,
    GapQuestion,
    TargetQuestion,
    ask_duties,
    ask_gaps,
    ask_roadmap,
    ask_targets,
)
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.planning.remarks import EndedLevels, EndedPeriods, remark_text

TODAY, LAST_DAY_OF_2020 = date(2026, 11, 29), date(2020, 12, 31)
# Resolution 202/2025/QH15: the provinces that the five covered ones belong to since 1 July 2025.
PRESENT = {
    "vn:bac-kan": "vn:thai-nguyen-2025",
    "vn:bac-lieu": "vn:ca-mau-2025",
    "vn:binh-phuoc": "vn:dong-nai-2025",
    "vn:phu-tho": "vn:phu-tho-2025",
    "vn:tuyen-quang": "vn:tuyen-quang-2025",
}


def targets(store: OxigraphStore, day: date, *names: str, ended: bool = False) -> list[dict[str, object]]:
    report = ask_targets(store, TargetQuestion(provinces=names, as_of=day, ended=ended))
    return [dict(row) for row in report.as_dicts("en")]


class TestTargets:
    def test_today_nobody_is_held_against_what_has_ended(self, store: OxigraphStore) -> None:
        rows = targets(store, TODAY)
        assert {row["province_id"] for row in rows} == set(PRESENT.values())
        assert set(Counter(row["province_id"] for row in rows).values()) == {24}
        ends = {str(row["period"]).rpartition("/")[2][:4] for row in rows}
        assert ends == {"2026", "2027", "2028", "2030", ".."}
        names = {str(row["target"]) for row in rows}
        assert not {
            name for name in names if name.startswith(("nq17", "tt23", "bcd126", "qd749-level", "nq76"))
        }
        assert {"bcd11-full-process-province", "qd2629-full-process-2027", "qd1425-framework"} <= names

    def test_in_2020_provinces_are_held_against_platform_and_architecture(self, store: OxigraphStore) -> None:
        """Circular 23/2018, article 3.2: Bắc Kạn took over its platform on 1 December 2019."""
        verdicts = {
            (row["province_id"], row["target"]): row["verdict"] for row in targets(store, LAST_DAY_OF_2020)
        }
        assert verdicts["vn:bac-kan", "tt23-lgsp"] == "met"
        assert verdicts["vn:tuyen-quang", "tt23-lgsp"] == "met"
        assert verdicts["vn:binh-phuoc", "tt23-lgsp"] == "not_comparable"
        assert verdicts["vn:bac-kan", "tt23-architecture"] == "met"
        assert verdicts["vn:bac-lieu", "tt23-architecture"] == "no_figure"

    def test_the_year_after_the_answer_tells_what_is_no_longer_asked(self, store: OxigraphStore) -> None:
        report = ask_targets(store, TargetQuestion(as_of=date(2021, 1, 1)))
        (over,) = [remark for remark in report.remarks if isinstance(remark, EndedPeriods)]
        assert not {cell.target.iri for cell in report.standings} & {target.iri for target in over.targets}
        assert remark_text(over, "en").startswith(
            "nobody is held against 11 targets whose period ended before 2021"
        )
        assert "2 of Circular 23/2018/TT-BTTTT" in remark_text(over, "en")
        assert "2 của Thông tư 23/2018/TT-BTTTT" in remark_text(over, "vi")
        asked = ask_targets(store, TargetQuestion(as_of=date(2021, 1, 1), ended=True))
        assert {target.iri for target in over.targets} <= {cell.target.iri for cell in asked.standings}

    @pytest.mark.parametrize(
        ("day", "names", "last", "still_count"),
        [
            (date(2022, 8, 14), set(), "", None),
            (date(2022, 8, 15), {"qd749-level-4", "qd942-level-4"}, "2022-08-14", False),
            (date(2026, 6, 30), set(), "", None),
            (TODAY, {"bcd11-full-process-province", "qd2629-full-process-2027"}, "2026-06-30", True),
        ],
    )
    def test_targets_in_ended_levels_are_told(
        self, store: OxigraphStore, day: date, names: set[str], last: str, still_count: bool | None
    ) -> None:
        """Decrees 42/2022 and 224/2026, article 90.2.b; the latter keeps full process and partial."""
        report = ask_targets(store, TargetQuestion(provinces=("vn:bac-kan",), as_of=day))
        remarks = [remark for remark in report.remarks if isinstance(remark, EndedLevels)]
        in_levels = {target.iri.rpartition("/")[2] for remark in remarks for target in remark.targets}
        assert in_levels == names
        weighed = {cell.target.iri.rpartition("/")[2] for cell in report.standings}
        for remark in remarks:
            assert (names <= weighed) is still_count
            assert last in remark_text(remark, "en")
            assert last in remark_text(remark, "vi")

    def test_what_one_former_province_had_does_not_decide_for_the_merged_one(
        self, store: OxigraphStore
    ) -> None:
        rows = {row["target"]: row for row in targets(store, TODAY, "Tuyên Quang", ended=True)}
        platform = rows["tt23-lgsp"]
        assert (platform["province_id"], platform["source_unit_id"]) == (
            "vn:tuyen-quang-2025",
            "vn:tuyen-quang",
        )
        assert (platform["verdict"], platform["reached"]) == ("not_comparable", None)
        assert str(platform["reason"]).startswith(
            "The figure or statement is about one of the former provinces"
        )
        silent = rows["bcd11-once-only"]
        assert (silent["verdict"], silent["source_unit_id"]) == ("no_figure", None)


class TestDuties:
    @pytest.mark.parametrize("name", ["Thái Nguyên", "Bắc Kạn"])
    def test_a_merged_province_has_one_row_for_each_duty(self, store: OxigraphStore, name: str) -> None:
        report = ask_duties(store, DutyQuestion(provinces=(name,), as_of=TODAY))
        rows = report.as_dicts("vi")
        assert len({row["duty"] for row in rows}) == len(rows) == 17
        assert {row["province"] for row in rows} == {"Tỉnh Thái Nguyên (từ 2025-07-01)"}
        (stated,) = [row for row in rows if row["evidence"]]
        assert (stated["duty"], stated["verdict"]) == ("meetings-tslcd", "met")
        assert stated["source_unit"] == "Tỉnh Bắc Kạn (đến 2025-06-30)"
        assert {row["source_unit"] for row in rows if row is not stated} == {None}

    def test_a_province_that_has_ended_is_told_first_with_its_successor(self, store: OxigraphStore) -> None:
        for report in (
            ask_duties(store, DutyQuestion(provinces=("Bắc Kạn",), as_of=TODAY)),
            ask_targets(store, TargetQuestion(provinces=("Bắc Kạn",), as_of=TODAY)),
            ask_roadmap(store, GapQuestion(provinces=("Bắc Kạn",), as_of=TODAY)),
        ):
            first = remark_text(report.remarks[0], "vi")
            assert first.startswith(
                "Tỉnh Bắc Kạn (đến 2025-06-30) (vn:bac-kan) không còn tồn tại vào ngày 2026-11-29"
            )
            assert "Tỉnh Thái Nguyên (từ 2025-07-01)" in first


class TestAllProvinces:
    def test_every_unit_stands_for_the_province_of_the_day(self, store: OxigraphStore) -> None:
        provinces = Provinces(store)
        on_day = {
            unit.province.curie: unit.requested.curie for unit in provinces.of_day(provinces.all(), TODAY)
        }
        assert on_day == PRESENT
        before = provinces.of_day(provinces.all(), date(2025, 6, 30))
        assert all(unit.province == unit.requested and not unit.is_part for unit in before)

    def test_gaps_name_the_successors_of_the_units_that_have_ended(self, store: OxigraphStore) -> None:
        first = remark_text(ask_gaps(store, GapQuestion(as_of=TODAY, sentences_per_cell=0)).remarks[0], "en")
        assert first.startswith("5 provinces with articles no longer exist on 2026-11-29")
        assert "Binh Phuoc Province (until 2025-06-30) (vn:binh-phuoc) belongs to Dong Nai" in first
        before = ask_gaps(store, GapQuestion(as_of=LAST_DAY_OF_2020, sentences_per_cell=0))
        assert not any("no longer exist" in remark_text(remark, "en") for remark in before.remarks)

    def test_the_provinces_left_out_are_counted(self, store: OxigraphStore) -> None:
        remarks = [
            remark_text(remark, "en") for remark in ask_duties(store, DutyQuestion(as_of=TODAY)).remarks
        ]
        assert remarks[1].startswith("29 of the 34 provinces of 2026-11-29 are not listed")

    def test_a_roadmap_is_one_of_the_merged_province(self, store: OxigraphStore) -> None:
        report = ask_roadmap(store, GapQuestion(provinces=("Cà Mau",), as_of=TODAY))
        codes = [step.gap.component.code for step in report.steps]
        assert len(codes) == len(set(codes))
        by_code = {step.gap.component.code: step.as_dict("en") for step in report.steps}
        assert {row["province_id"] for row in by_code.values()} == {"vn:ca-mau-2025"}
        network, platform = by_code["I-LAN"], by_code["L-LGSP"]
        assert (network["verdict"], network["source_unit_id"]) == ("stated_gap", "vn:bac-lieu")
        assert (platform["verdict"], platform["source_unit_id"]) == ("no_evidence", None)
