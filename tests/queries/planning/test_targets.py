"""Figures held against targets: the arithmetic, and what may not be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.graph.store import OxigraphStore
from egovkg.ontology.verdicts import TargetVerdict
from egovkg.queries.planning.ask import TargetQuestion, ask_targets, target_standings
from egovkg.queries.planning.conditions import Conditions
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.planning.target_comparison import Obstacle, decide
from egovkg.queries.planning.target_reading import read_targets
from egovkg.queries.planning.targets import TargetStanding
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("home_in_memory")
ROWS = yaml.safe_load((Path(__file__).parents[2] / "cases" / "gaps" / "targets.yaml").read_text("utf-8"))
TODAY, BEFORE_MERGER = date(2026, 11, 23), date(2025, 6, 30)


def held(store: OxigraphStore, day: date = TODAY) -> dict[tuple[str, str], TargetStanding]:
    provinces = Provinces(store)
    found = target_standings(provinces, provinces.all(), read_targets(store), Conditions(day))
    return {(each.judged.province.curie, each.target.iri.rpartition("/")[2]): each for each in found}


class TestReadersRows:
    def test_enough_of_them_are_written_down(self) -> None:
        assert sum(len(targets) for provinces in ROWS.values() for targets in provinces.values()) >= 20

    @pytest.mark.parametrize("day", ROWS, ids=str)
    def test_each_verdict_is_a_readers_and_rests_on_its_sentence(
        self, store: OxigraphStore, day: date
    ) -> None:
        cells = held(store, day)
        for province, targets in ROWS[day].items():
            for target, expected in targets.items():
                cell = cells[province, target]
                row = cell.as_dict("vi")
                words = expected.get("words", "")
                assert words in " ".join(cell.sentences("vi")), (province, target)
                figures = {key: value for key, value in expected.items() if key != "words"}
                assert {key: row[key] for key in figures} == figures, (province, target)


class TestShipped:
    def test_level_4_share_of_tuyen_quang_is_below_before_the_end(self, store: OxigraphStore) -> None:
        cell = held(store)["vn:tuyen-quang", "nq17-level-4"]
        assert (cell.verdict, cell.obstacle) == ("not_comparable", "early")
        assert (cell.value, cell.distance, cell.is_reached) == (Decimal("4.9"), Decimal("-25.1"), False)
        assert cell.quotient is not None
        assert cell.quotient.words("vi") == "95 trên 1.933 = 4,9%"
        assert cell.is_early
        assert all("1.933" in sentence for sentence in cell.sentences("vi"))

    def test_online_dossiers_of_bac_kan_are_those_of_levels_3_and_4(self, store: OxigraphStore) -> None:
        cell = held(store)["vn:bac-kan", "nq17-online-dossiers"]
        assert (cell.verdict, cell.obstacle, cell.value) == ("not_comparable", "early", Decimal("4.4"))
        assert cell.quotient is not None
        assert (cell.quotient.numerator, cell.quotient.denominator) == (Decimal(1933 + 475), Decimal(55337))
        assert cell.period == "2019-01-01/2019-09-30"

    def test_dossiers_wholly_online_are_those_of_level_4(self, store: OxigraphStore) -> None:
        last_day = date(2025, 11, 30)  # decision 2629/QĐ-TTg replaced decision 942/QĐ-TTg on the next day
        cell = held(store, last_day)["vn:bac-kan", "qd942-online-dossiers"]
        assert (cell.verdict, cell.obstacle, cell.value) == ("not_comparable", "before", Decimal("0.9"))
        assert cell.quotient is not None
        assert cell.quotient.words("en") == "475 of 55,337 = 0.9%"

    @pytest.mark.parametrize(
        ("day", "months", "time_left"),
        [
            (date(2020, 3, 31), 9, "9 months left"),
            (date(2020, 11, 30), 1, "1 month left"),
            (date(2020, 12, 30), 0, "less than a month left"),
        ],
    )
    def test_before_the_end_of_the_period_nothing_is_due(
        self, store: OxigraphStore, day: date, months: int, time_left: str
    ) -> None:
        cell = held(store, day)["vn:tuyen-quang", "nq17-level-4"]
        assert (cell.verdict, cell.is_reached, cell.months_left) == ("not_due", False, months)
        assert cell.remark("en") == f"Short of what is required so far; {time_left}, to 2020-12-31."
        assert cell.distance == Decimal("-25.1")

    def test_a_figure_from_before_the_period_is_not_compared(self, store: OxigraphStore) -> None:
        cell = held(store)["vn:bac-kan", "nq17-level-4"]
        assert (cell.verdict, cell.obstacle, cell.distance) == ("not_comparable", "before", None)

    def test_dossiers_without_their_online_part_give_no_share(self, store: OxigraphStore) -> None:
        assert held(store)["vn:tuyen-quang", "nq17-online-dossiers"].verdict == "no_figure"

    def test_national_targets_are_not_held_against_a_province(self, store: OxigraphStore) -> None:
        cell = held(store)["vn:bac-lieu", "nq17-authentication-2020"]
        assert (cell.verdict, cell.obstacle) == ("not_comparable", "national")

    def test_figures_of_later_days_are_left_out(self, store: OxigraphStore) -> None:
        cell = held(store, date(2019, 12, 31))["vn:tuyen-quang", "nq17-level-4"]
        assert cell.verdict == "no_figure"

    def test_what_was_said_later_is_left_out(self, store: OxigraphStore) -> None:
        """The figure is of 2019, and was said on 19 March 2020."""
        for day, verdict in ((date(2020, 3, 18), "no_figure"), (date(2020, 3, 19), "not_comparable")):
            question = TargetQuestion(
                provinces=("vn:tuyen-quang",), as_of=BEFORE_MERGER, known_by=day, ended=True
            )
            standings = {
                each.target.iri.rpartition("/")[2]: each for each in ask_targets(store, question).standings
            }
            assert standings["nq17-level-4"].verdict == verdict

    def test_every_target_has_a_source(self, store: OxigraphStore) -> None:
        targets = read_targets(store)
        assert len(targets) == 66
        assert all(target.sources and target.is_sourced for target in targets)


ROUNDING = (Decimal("0.5"), Decimal(5), Decimal(50))  # of "about", by the zeros at the end of the number
BOUNDS = st.sampled_from(["equal", "about", "at-least", "more-than", "at-most", "less-than"])


@given(
    st.integers(0, 100), BOUNDS, st.integers(0, 100), st.sampled_from(["at-least", "more-than", "at-most"])
)
def test_a_decision_holds_for_every_number_that_the_figure_can_mean(
    value: int, comparator: str, wanted: int, asked: str
) -> None:
    """A verdict is given just where all numbers that fit the figure agree on it."""
    verdict = decide(Decimal(value), comparator, Decimal(wanted), asked)
    fits: Callable[[Decimal], bool] = {
        "equal": lambda n: n == value,
        "about": lambda n: abs(n - value) <= ROUNDING[len(str(value)) - len(str(value).rstrip("0") or "0")],
        "at-least": lambda n: n >= value,
        "more-than": lambda n: n > value,
        "at-most": lambda n: n <= value,
        "less-than": lambda n: n < value,
    }[comparator]
    good: dict[str, Callable[[Decimal], bool]] = {
        "at-least": lambda n: n >= wanted,
        "more-than": lambda n: n > wanted,
        "at-most": lambda n: n <= wanted,
    }
    reached = {good[asked](n) for n in (Decimal(x) / 2 for x in range(-4, 308)) if fits(n)}
    if verdict is TargetVerdict.MET:
        assert reached == {True}
    elif verdict is TargetVerdict.MISSED:
        assert reached == {False}
    else:
        assert len(reached) == 2


def test_every_reason_has_words_in_both_languages() -> None:
    assert all(obstacle.text("vi") != obstacle.text("en") for obstacle in Obstacle)


def test_the_command_shows_the_arithmetic(home: Path) -> None:
    words = ["targets", "--province", "vn:tuyen-quang", "--graph", str(home)]
    words += ["--as-of", str(BEFORE_MERGER), "--ended"]
    table = CliRunner().invoke(main, [*words, "--lang", "en"])
    assert table.exit_code == 0
    assert "95 of 1,933 = 4.9%" in table.stdout
    assert "-25.1" in table.stdout
    in_vietnamese = CliRunner().invoke(main, [*words, "--lang", "vi", "--format", "csv"]).stdout
    lines = [line for line in in_vietnamese.splitlines() if "95 trên 1.933" in line]
    assert any(",-25.1," in line for line in lines), "a number for programs"
    assert all("4,9%" in line for line in lines), "words for people"
    rows = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)
    (row,) = [row for row in rows if row["target"] == "nq17-level-4"]
    assert (row["verdict"], row["value"], row["distance"]) == ("not_comparable", 4.9, -25.1)
    assert (row["reached"], row["months_left"], row["before_period_end"]) == (False, None, True)
    assert row["remark"].startswith("Trước khi hết kỳ 10 tháng")
    assert row["asked"] == ">= 30%"
