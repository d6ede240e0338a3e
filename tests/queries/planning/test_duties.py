"""Duties: links that the law asks for, told as done, planned or denied, and those nobody speaks of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.ask import ImpactQuestion, ask_impact
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.text import words_in
from egovkg.queries.planning.ask import DutyQuestion, ask_duties
from egovkg.queries.planning.duties import DutyStanding, read_duties
from egovkg.tests.queries.planning.small_corpora import small_store
from egovkg.viz.dependencies.drawing import of_impact
from egovkg.viz.dependencies.page_data import legend_entries, page_texts
from egovkg.viz.dependencies.picture import svg
from egovkg.viz.tables.duties import duties_grid

THINGS = {"hop": "VideoConferenceSystem", "mang": "DedicatedDataNetwork"}
NOTHING = {date(2021, 5, 4): ["mh:hop serves mh:tinh"]}
IN_FORCE, TODAY = date(2026, 3, 30), date(2026, 11, 29)
NAME = "meetings-tslcd"


def standing(store: OxigraphStore, day: date = TODAY, known_by: date | None = None) -> DutyStanding:
    report = ask_duties(store, DutyQuestion(provinces=("mh:tinh",), as_of=day, known_by=known_by))
    return next(cell for cell in report.standings if cell.duty.iri.endswith("/" + NAME))


@pytest.mark.parametrize(
    ("claim", "verdict", "rule"),
    [
        ("mh:hop usesNetwork mh:mang", "met", "G4"),
        ("mh:mang connectsTo mh:hop", "met", "G4"),
        ("mh:hop connectsTo mh:mang {status: planned}", "planned", "G7"),
        ("mh:hop connectsTo mh:mang {polarity: no}", "stated_gap", "G3"),
        ("mh:hop connectsTo mh:mang {polarity: no, status: planned}", "stated_gap", "G3"),
        ("mh:hop connectsTo mh:mang {certainty: low}", "no_evidence", "G8"),
        ("mh:hop serves mh:tinh", "no_evidence", "G8"),
    ],
)
def test_done_planned_denied_and_silent_are_kept_apart(
    tmp_path: Path, claim: str, verdict: str, rule: str
) -> None:
    cell = standing(small_store(tmp_path, THINGS, {date(2021, 5, 4): [claim]}))
    assert (cell.verdict.value, cell.rule) == (verdict, rule)
    assert bool(cell.sentences("en")) == (verdict != "no_evidence")


def test_a_duty_counts_from_its_day_and_statements_from_theirs(tmp_path: Path) -> None:
    links = {date(2021, 5, 4): ["mh:hop connectsTo mh:mang {from: 2020-06-01}"]}
    store = small_store(tmp_path, THINGS, links)
    with pytest.raises(StopIteration):
        standing(store, date(2026, 3, 29))
    assert standing(store, IN_FORCE).verdict.value == "met"
    assert standing(store, known_by=date(2021, 5, 3)).verdict.value == "no_evidence"
    report = ask_duties(store, DutyQuestion(as_of=date(2026, 3, 29)))
    assert [cell.duty.iri.rpartition("/")[2] for cell in report.standings] == ["lgsp-ndxp", "lgsp-ndop"]
    assert report.later == len(read_duties(store)) - len(report.standings) - report.unsourced


def test_every_duty_names_its_clause_or_the_page_that_tells_of_it(tmp_path: Path) -> None:
    store = small_store(tmp_path, THINGS, NOTHING)
    duties = read_duties(store)
    assert len(duties) == 18
    assert {duty.iri.rpartition("/")[2] for duty in duties if not duty.is_sourced} == {"open-data"}
    assert all(duty.clause for duty in duties if duty.sourcing == "clause")
    assert all(duty.life.first for duty in duties)
    with_unsourced = ask_duties(store, DutyQuestion(as_of=TODAY, unverified=True))
    assert len(with_unsourced.standings) == 18
    assert with_unsourced.unsourced == 0


def test_the_table_and_the_record_say_the_same(tmp_path: Path) -> None:
    store = small_store(tmp_path, THINGS, {date(2021, 5, 4): ["mh:hop connectsTo mh:mang {polarity: no}"]})
    report = ask_duties(store, DutyQuestion(as_of=TODAY))
    position = next(n for n, cell in enumerate(report.standings) if cell.duty.iri.endswith("/" + NAME))
    row, cells = report.as_dicts("en")[position], duties_grid(report, "en").rows[position]
    assert (row["dependent"], row["provider"], row["clause"]) == ("A-VC", "I-TSLCD", "6.2")
    assert (row["verdict"], row["in_force_from"], row["overdue"]) == ("stated_gap", "2026-03-30", False)
    assert list(cells[3:7]) == ["A-VC", "I-TSLCD", row["document"], "6.2"]
    assert cells[9] == "✕ stated gap"


def test_a_day_that_has_passed_is_overdue_only_without_the_link(tmp_path: Path) -> None:
    report = ask_duties(small_store(tmp_path, THINGS, NOTHING), DutyQuestion(as_of=TODAY))
    dated = next(cell for cell in report.standings if cell.duty.due)
    assert dated.duty.due == date(2026, 12, 31)
    assert not dated.is_overdue(date(2026, 12, 31))
    assert dated.is_overdue(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("basis", "day", "edges"),
    [("duty", TODAY, 1), ("duty", date(2026, 3, 29), 0), ("stated", TODAY, 0), ("both", TODAY, 0)],
)
def test_the_law_is_a_basis_of_its_own(tmp_path: Path, basis: str, day: date, edges: int) -> None:
    store = small_store(tmp_path, THINGS, NOTHING)
    network = Dependencies.of(store, EdgeChoice(basis=basis, as_of=day)).network
    named = [(one.rpartition("/")[2], other.rpartition("/")[2]) for one, _, other, _ in network.edges()]
    assert named.count(("mh-hop", "mh-mang")) + named.count(("hop", "mang")) == edges
    assert ("duty" in {edge[3] for edge in network.edges()}) is (basis == "duty")


@pytest.mark.parametrize(
    ("lang", "word", "rule"),
    [
        ("vi", "do pháp luật đòi hỏi", "nếu pháp luật đòi hỏi"),
        ("en", "asked for by the law", "where the law asks"),
    ],
)
def test_what_the_law_asks_for_bears_its_own_word_everywhere(
    tmp_path: Path, lang: str, word: str, rule: str
) -> None:
    choice = EdgeChoice(basis="duty", lang=lang)
    report = ask_impact(small_store(tmp_path, THINGS, NOTHING), ImpactQuestion(("mh:mang",), choice=choice))
    (affected,) = [row for row in report.affected if row.system.curie == "mh:hop"]
    assert (affected.basis, words_in(lang)[affected.basis]) == ("duty", word)
    picture = of_impact(report)
    assert {entry["meaning"] for entry in legend_entries(picture)} >= {word}
    assert rule in str(page_texts(picture)["rule"])
    assert "reference architecture" not in svg(picture)
