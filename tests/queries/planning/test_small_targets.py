"""Targets on small corpora: when a target is due, and which service levels are wholly online."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from egovkg.queries.planning.ask import TargetQuestion, ask_targets
from egovkg.queries.planning.targets import TargetStanding
from egovkg.tests.queries.planning.small_corpora import small_store

THINGS = {"dv": "InformationSystem"}


def standing(folder: Path, said: date | str, figures: list[str], day: date, target: str) -> TargetStanding:
    """Hold the figures of one article against one target."""
    store = small_store(folder, THINGS, {}, {said: figures})
    question = TargetQuestion(provinces=("mh:tinh",), as_of=day, ended=True)
    standings = ask_targets(store, question).standings
    return next(item for item in standings if item.target.iri.endswith(f"/{target}"))


@pytest.mark.parametrize(
    ("share", "of", "day", "verdict", "is_reached", "months_left"),
    [
        ("20", "2020-02-29", date(2020, 3, 31), "not_due", False, 9),
        ("40", "2020-02-29", date(2020, 3, 31), "not_due", True, 9),
        ("30", "2020-02-29", date(2020, 12, 30), "not_due", True, 0),
        ("20", "2020-12-31", date(2020, 12, 31), "missed", False, 0),
        ("20", "2020", date(2021, 6, 1), "missed", False, 0),
        ("40", "2020", date(2021, 6, 1), "met", True, 0),
        ("40", "2020-02-29", date(2021, 6, 1), "met", True, 0),
        ("20", "2020-02-29", date(2021, 6, 1), "not_comparable", False, 0),
        ("20", "2018-12-31", date(2020, 3, 31), "not_comparable", None, 9),
    ],
)
def test_a_target_is_missed_only_by_a_figure_of_the_end(
    tmp_path: Path,
    share: str,
    of: str,
    day: date,
    verdict: str,
    is_reached: bool | None,
    months_left: int,
) -> None:
    figures = [f"mh:dv serviceLevelShare {share} % {{level: 4, asOf: {of}}}"]
    cell = standing(tmp_path, date(2021, 3, 1), figures, day, "nq17-level-4")
    assert (cell.verdict, cell.is_reached, cell.months_left) == (verdict, is_reached, months_left)
    assert (cell.distance is None) is (is_reached is None)


@pytest.mark.parametrize(
    ("said", "attributes", "period"),
    [
        ("2020~", "level: 4", "2020~"),
        ("2020-07/2020-12", "level: 4", "2020-07/2020-12"),
        (date(2021, 3, 1), "level: 4", "2021-03-01"),
        ("2020~", "level: 4, asOf: 2020-02-29", "2020-02-29"),
    ],
)
def test_a_figure_without_a_period_is_of_the_time_that_its_article_is_known_to_be_of(
    tmp_path: Path, said: date | str, attributes: str, period: str
) -> None:
    figures = [f"mh:dv serviceLevelShare 40 % {{{attributes}}}"]
    cell = standing(tmp_path, said, figures, date(2022, 6, 1), "nq17-level-4")
    assert (cell.stated_period, cell.as_dict("en")["figure_period"]) == (period, period)


def test_a_figure_from_before_the_period_says_so(tmp_path: Path) -> None:
    figures = ["mh:dv serviceLevelShare 25 % {level: 4, asOf: 2018-12-31}"]
    cell = standing(tmp_path, date(2019, 3, 1), figures, date(2020, 3, 31), "nq17-level-4")
    assert cell.remark("en") == "The figure is from before the target's period."
    assert cell.remark("vi") == "Số liệu có trước kỳ của chỉ tiêu."


@pytest.mark.parametrize("day", [date(2019, 3, 31), date(2019, 9, 29)])
def test_a_figure_of_a_period_is_not_there_on_its_first_day(tmp_path: Path, day: date) -> None:
    figures = ["mh:dv serviceLevelShare 25 % {level: 4, period: 2019-01/2019-09}"]
    assert standing(tmp_path, date(2019, 12, 5), figures, day, "nq17-level-4").verdict == "no_figure"


PARTS = [
    "mh:dv dossiersReceived 55.337 hồ-sơ {period: 2022}",
    "mh:dv onlineDossiers 1.933 hồ-sơ {period: 2022, level: 3}",
    "mh:dv onlineDossiers 475 hồ-sơ {period: 2022, level: 4}",
]


@pytest.mark.parametrize(
    ("figures", "value"),
    [
        (PARTS, "0.9"),
        ([*PARTS[:2], "mh:dv onlineDossiers 5.534 hồ-sơ {period: 2022, level: full-process}"], "10.0"),
        (["mh:dv onlineDossierShare 12 % {period: 2022, level: full-process}"], "12"),
    ],
)
def test_wholly_online_is_level_4_or_full_process(tmp_path: Path, figures: list[str], value: str) -> None:
    cell = standing(tmp_path, date(2023, 1, 15), figures, date(2023, 3, 1), "qd942-online-dossiers")
    assert (cell.verdict, str(cell.value), cell.is_reached) == ("not_due", value, False)


@pytest.mark.parametrize(
    ("day", "verdict", "remark"),
    [
        (date(2026, 11, 29), "not_due", "Not begun: the period of the target begins on 2027-07-01."),
        (date(2027, 7, 1), "no_figure", ""),
    ],
)
def test_a_target_is_not_due_before_its_period_begins(
    tmp_path: Path, day: date, verdict: str, remark: str
) -> None:
    cell = standing(tmp_path, date(2026, 3, 1), [], day, "nd224-platforms-new")
    assert (cell.verdict, cell.is_reached, cell.remark("en")) == (verdict, None, remark)


@pytest.mark.parametrize("figures", [PARTS[:2], ["mh:dv onlineDossierShare 12 % {period: 2022, level: 3}"]])
def test_level_3_alone_is_no_figure_of_what_is_wholly_online(tmp_path: Path, figures: list[str]) -> None:
    cell = standing(tmp_path, date(2023, 1, 15), figures, date(2023, 3, 1), "qd942-online-dossiers")
    assert (cell.verdict, cell.value) == ("no_figure", None)


def test_a_share_without_a_level_is_not_compared_with_what_is_wholly_online(tmp_path: Path) -> None:
    figures = ["mh:dv onlineDossierShare 12 % {period: 2022}"]
    cell = standing(tmp_path, date(2023, 1, 15), figures, date(2023, 3, 1), "qd942-online-dossiers")
    assert (cell.verdict, cell.obstacle) == ("not_comparable", "unstated_level")


@pytest.mark.parametrize(
    ("scopes", "obstacle"),
    [
        ("[central, province, district, commune]", None),
        ("[province, district, commune]", None),
        ("commune", "scope"),
        ("[central, commune]", "scope"),
    ],
)
def test_four_levels_with_the_centre_count_all(tmp_path: Path, scopes: str, obstacle: str | None) -> None:
    figures = [f"mh:dv serviceLevelShare 20 % {{level: 4, asOf: 2020-02-29, scope: {scopes}}}"]
    cell = standing(tmp_path, date(2020, 3, 19), figures, date(2020, 3, 31), "nq17-level-4")
    assert cell.obstacle == obstacle


@pytest.mark.parametrize(
    ("share", "verdict", "obstacle"),
    [
        ("~31", "met", None),
        ("~30", "not_comparable", "bound"),
        ("~20", "missed", None),
        ("~>30", "met", None),
        ("~>20", "missed", None),
        ("~>29,5", "missed", None),
        ("~>29", "missed", None),
        ("~>2", "missed", None),
        (">30", "met", None),
        (">=30", "met", None),
        (">20", "not_comparable", "bound"),
        ("<30", "missed", None),
        ("<40", "not_comparable", "bound"),
    ],
)
def test_about_and_more_than_decide_only_what_they_say(
    tmp_path: Path, share: str, verdict: str, obstacle: str | None
) -> None:
    figures = [f"mh:dv serviceLevelShare {share} % {{level: 4, asOf: 2020-12-31}}"]
    cell = standing(tmp_path, date(2021, 3, 1), figures, date(2021, 6, 1), "nq17-level-4")
    assert (cell.verdict, cell.obstacle) == (verdict, obstacle)


@pytest.mark.parametrize(
    ("day", "quarters", "needed"),
    [(date(2026, 11, 29), 5, "6"), (date(2027, 9, 30), 1, "30"), (date(2027, 12, 30), 1, "30")],
)
def test_a_target_of_today_says_what_each_quarter_needs(
    tmp_path: Path, day: date, quarters: int, needed: str
) -> None:
    """70 % in October 2026, graded as since July; 100 % by the end of 2027: 30 points to go."""
    figures = ["mh:dv eligibleFullProcessShare 70 % {level: full-process, asOf: 2026-10-31}"]
    cell = standing(tmp_path, date(2026, 11, 1), figures, day, "qd2629-full-process-2027")
    assert (cell.verdict, cell.obstacle, cell.is_reached) == ("not_due", None, False)
    assert (cell.quarters_left, cell.needed_per_quarter) == (quarters, Decimal(needed))
    assert cell.as_dict("en")["needed_per_quarter"] == float(needed)


def test_a_reached_target_needs_nothing(tmp_path: Path) -> None:
    figures = ["mh:dv eligibleFullProcessShare 100 % {level: full-process, asOf: 2026-10-31}"]
    day = date(2026, 11, 29)
    cell = standing(tmp_path, date(2026, 11, 1), figures, day, "qd2629-full-process-2027")
    assert (cell.is_reached, cell.needed_per_quarter) == (True, None)
