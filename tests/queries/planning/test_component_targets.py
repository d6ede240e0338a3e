"""Targets that ask for a component: circular 23/2018/TT-BTTTT wants the LGSP before 31 December 2020."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.planning.ask import TargetQuestion, ask_targets
from egovkg.queries.planning.remarks import EndedRules
from egovkg.queries.planning.targets import TargetStanding
from egovkg.tests.queries.planning.small_corpora import small_store
from egovkg.viz.tables.targets import targets_table

LGSP = {"lgsp": "IntegrationPlatform"}
DUE, TODAY = date(2020, 12, 31), date(2026, 11, 29)


def lgsp_target(store: OxigraphStore, day: date) -> TargetStanding:
    question = TargetQuestion(provinces=("mh:tinh",), as_of=day, ended=True)
    standings = ask_targets(store, question).standings
    return next(cell for cell in standings if cell.target.iri.endswith("/tt23-lgsp"))


@pytest.mark.parametrize(
    ("said", "claim", "day", "verdict", "obstacle", "is_reached"),
    [
        (date(2019, 12, 5), "", DUE, "met", None, True),
        (date(2019, 12, 5), "", TODAY, "met", None, True),
        (date(2019, 12, 5), "", date(2020, 6, 30), "not_due", None, True),
        (date(2022, 5, 4), "", TODAY, "not_comparable", "stated_later", True),
        (date(2022, 5, 4), "{from: 2020-06-01}", TODAY, "met", None, True),
        (date(2020, 3, 19), "{status: planned}", DUE, "not_comparable", "stated_earlier", False),
        (date(2020, 3, 19), "{status: planned}", date(2020, 6, 30), "not_due", None, False),
        (date(2022, 5, 4), "{status: planned}", TODAY, "missed", None, False),
        (date(2022, 5, 4), "{status: under-construction}", TODAY, "missed", None, False),
        (date(2022, 5, 4), "", DUE, "no_figure", None, None),
    ],
)
def test_only_what_is_said_of_the_due_day_or_later_misses(
    tmp_path: Path,
    said: date,
    claim: str,
    day: date,
    verdict: str,
    obstacle: str | None,
    is_reached: bool | None,
) -> None:
    store = small_store(tmp_path, LGSP, {said: [f"mh:lgsp serves mh:tinh {claim}".rstrip()]})
    cell = lgsp_target(store, day)
    assert (cell.verdict, cell.obstacle, cell.is_reached) == (verdict, obstacle, is_reached)
    assert (cell.distance, cell.needed_per_quarter, cell.value) == (None, None, None)


def test_the_answer_names_clause_component_and_sentence(tmp_path: Path) -> None:
    store = small_store(tmp_path, LGSP, {date(2019, 12, 5): ["mh:lgsp serves mh:tinh"]})
    cell = lgsp_target(store, DUE)
    row = cell.as_dict("en")
    assert (row["clause"], row["component"], row["component_verdict"]) == ("3.2.a", "L-LGSP", "met")
    assert row["evidence"] == ["The province has a system."]
    (cells,) = targets_table([cell], "en").rows
    assert "Circular 23/2018/TT-BTTTT (target programme of IT 2016–2020), article 3.2.a" in cells
    assert "● met" in cells


@pytest.mark.parametrize("day", [date(2019, 2, 10), date(2018, 12, 28)])
def test_nobody_is_held_against_it_before_it_is_in_force(tmp_path: Path, day: date) -> None:
    store = small_store(tmp_path, LGSP, {date(2018, 12, 5): ["mh:lgsp serves mh:tinh"]})
    with pytest.raises(StopIteration):
        lgsp_target(store, day)


def test_an_ended_rule_stands_in_the_first_line(tmp_path: Path) -> None:
    store = small_store(tmp_path, LGSP, {date(2019, 12, 5): ["mh:lgsp serves mh:tinh"]})
    report = ask_targets(store, TargetQuestion(as_of=TODAY))
    ended = {
        target.iri.rpartition("/")[2]: target for target in report.targets if target.life.ended_by(TODAY)
    }
    assert {"nd47-open-data-review", "nd47-open-data-update", "qd942-work-files-district"} <= ended.keys()
    assert not {cell.target.iri for cell in report.standings} & {target.iri for target in ended.values()}
    first = next(remark for remark in report.remarks if isinstance(remark, EndedRules)).message().text("en")
    assert first.startswith("nobody is held against 17 targets, which had ended by 2026-11-29: ")
    assert "(last day 2025-08-18; repealed by Decree 194/2025/NĐ-CP" in first
    before = ask_targets(store, TargetQuestion(as_of=date(2025, 8, 18)))
    asked = {cell.target.iri.rpartition("/")[2] for cell in before.standings}
    assert "nd47-open-data-review" in asked


@pytest.mark.parametrize(
    ("name", "reached"),
    [("Kiến trúc Chính quyền điện tử tỉnh 1.0", None), ("Khung kiến trúc số của tỉnh", True)],
)
def test_an_older_architecture_is_no_digital_framework(
    tmp_path: Path, name: str, reached: bool | None
) -> None:
    """Decision 1425/QĐ-TTg, article 3.4: the framework within six months of 29 July 2026."""
    claims = {date(2026, 8, 19): ["mh:kt architectureOf mh:tinh"]}
    store = small_store(tmp_path, {"kt": f"Architecture: {name}"}, claims)
    question = TargetQuestion(provinces=("mh:tinh",), as_of=TODAY, ended=True)
    by_target = {cell.target.iri.rpartition("/")[2]: cell for cell in ask_targets(store, question).standings}
    asked = by_target["qd1425-framework"]
    assert (asked.is_reached, asked.target.period) == (reached, "2026-07-29/2027-01-29")
    assert by_target["tt23-architecture"].is_reached is True
