"""The life of rules: first day, changes, end, and what only an unverified source says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from egovkg.graph.names import CODE, ID
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.shipped_quads import ontology_quads, reference_quads
from egovkg.ontology.codes import Code, code_list
from egovkg.ontology.qualifiers import ChangeKind
from egovkg.queries.law import RuleChange, RuleLife, RuleLives, read_lives

DECREE_47 = ID + "document/nat-nd-47-2020"


@pytest.fixture(scope="module")
def lives() -> RuleLives:
    store = OxigraphStore.in_memory()
    store.load(ontology_quads())
    store.load(reference_quads())
    return read_lives(store)


def test_a_decree_repealed_in_part_stays_until_it_is_replaced(lives: RuleLives) -> None:
    life = lives.of(DECREE_47)
    assert (life.first, life.last) == (date(2020, 5, 25), date(2025, 10, 21))
    assert [change.kind for change in life.changes] == [ChangeKind.PARTLY_REPEALED, ChangeKind.REPLACED]
    assert [life.is_in_force(day) for day in (date(2020, 5, 24), date(2025, 8, 19), date(2025, 10, 22))] == [
        False,
        True,
        False,
    ]


def test_times_of_open_data_end_before_their_decree(lives: RuleLives) -> None:
    life = lives.of(ID + "target/nd47-open-data-review", DECREE_47, CODE + "province")
    assert life.last == date(2025, 8, 18)
    assert life.ending is not None
    assert life.ending.clause == "40.2.b"
    assert life.ending.message().text("vi").startswith("bãi bỏ bởi Nghị định 194/2025/NĐ-CP")


def test_a_target_of_districts_ends_with_the_districts(lives: RuleLives) -> None:
    target = ID + "target/qd749-work-files-district"
    assert lives.of(target, ID + "document/nat-qd-749-2020", CODE + "district").last == date(2025, 6, 30)
    assert lives.of(target, ID + "document/nat-qd-749-2020", CODE + "commune").last is None


def test_what_a_repository_alone_says_ends_nothing_and_is_told(lives: RuleLives) -> None:
    life = lives.of(ID + "document/luat-67-2006")
    assert life.is_in_force(date(2026, 11, 29))
    doubtful = life.doubtful_end_by(date(2026, 7, 1))
    assert doubtful is not None
    assert doubtful.document == ID + "document/luat-148-2025"
    assert life.doubtful_end_by(date(2026, 6, 30)) is None


def test_the_decision_of_2025_ends_with_that_of_2026(lives: RuleLives) -> None:
    assert lives.of(ID + "document/nat-qd-3090-2025").last == date(2026, 7, 28)


@pytest.mark.parametrize("scheme", code_list("ServiceScheme"), ids=lambda scheme: scheme.slug)
def test_schemes_end_on_the_day_that_their_codes_say(lives: RuleLives, scheme: Code) -> None:

    life = lives.of(scheme.iri)
    used_to = scheme.annotations.get("usedTo")
    assert (life.last.isoformat() if life.last else None) == used_to
    if life.ending and life.last:
        successor = next(code for code in code_list("ServiceScheme") if code.iri == life.ending.replacement)
        assert successor.annotation("usedFrom") == (life.last + timedelta(days=1)).isoformat()


def test_a_change_without_a_day_ends_nothing() -> None:
    undated = RuleChange("urn:a", "urn:b", ChangeKind.REPLACED, "clause")
    assert RuleLife(None, (undated,)).is_in_force(date.max)
