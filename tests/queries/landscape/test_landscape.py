"""The landscape of Thái Nguyên by the article on Bắc Kạn, its former unit, and that of a silent province."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from egovkg.ontology.verdicts import Verdict
from egovkg.queries.facts import FactQuestion, ask_facts
from egovkg.queries.facts.statement_bounds import is_denied, reservations
from egovkg.queries.landscape import LandscapeQuestion, LandscapeReport, ask_landscape

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def thai_nguyen(store: OxigraphStore) -> LandscapeReport:
    """The landscape that is asked for under the name of a former province."""
    return ask_landscape(store, LandscapeQuestion(province="Bắc Kạn", as_of=DAY, lang="en"))


def remarks(report: LandscapeReport) -> str:
    return "\n".join(remark.message().text(report.lang) for remark in report.remarks)


def test_former_units_count_and_the_report_says_so(thai_nguyen: LandscapeReport) -> None:
    assert thai_nguyen.province.curie == "vn:thai-nguyen-2025"
    said = remarks(thai_nguyen)
    assert "(vn:bac-kan) no longer exists; this answer is about Thai Nguyen" in said
    assert "what sources say of former units counts here, under the name of each unit: Bac Kan" in said
    owners = {entry.unit.curie if entry.unit else None for entry in thai_nguyen.systems}
    assert owners == {"vn:bac-kan"}


def test_every_statement_stands_in_one_place(store: OxigraphStore, thai_nguyen: LandscapeReport) -> None:
    placed = [
        statement.fact.id
        for part in (
            *((*entry.states, *entry.parties) for entry in thai_nguyen.systems),
            thai_nguyen.connections,
            thai_nguyen.figures,
            thai_nguyen.others,
        )
        for statement in part
    ]
    stated = ask_facts(store, FactQuestion(province="Bắc Kạn")).facts
    assert sorted(placed) == sorted(fact.id for fact in stated)
    assert set(placed) <= thai_nguyen.sentences.keys()


def test_a_denied_connection_is_told_but_not_drawn(thai_nguyen: LandscapeReport) -> None:
    denied = [statement for statement in thai_nguyen.connections if is_denied(statement.fact)]
    assert [(row.fact.subject, row.fact.predicate, row.fact.object) for row in denied] == [
        ("bk:phan-mem-dung-chung", "hostedOn", "bk:may-chu-don-vi")
    ]
    drawn = {edge.ends for edge in thai_nguyen.network.cells.values()}
    assert ("bk:phan-mem-dung-chung", "bk:may-chu-don-vi") not in drawn
    assert ("bk:hnth", "bk:mang-tslcd") in drawn


def test_codes_and_goals_are_no_systems(thai_nguyen: LandscapeReport) -> None:
    connected = {row.fact.predicate for row in thai_nguyen.connections}
    assert {"hostedOn", "usesNetwork", "partOfSystem"} <= connected
    assert connected.isdisjoint({"undergoes", "hasGoal", "usesTechnology"})


def test_reservations_are_worded(thai_nguyen: LandscapeReport) -> None:
    hosted = {
        row.fact.subject: [*reservations(row.fact, "en")]
        for row in thai_nguyen.connections
        if row.fact.object == "bk:tt-tich-hop-du-lieu" and row.fact.predicate == "hostedOn"
    }
    assert hosted["bk:phan-mem-chuyen-nganh"] == ["some", "certainty medium"]


def test_numbers_follow_the_digest(thai_nguyen: LandscapeReport) -> None:
    paragraphs = [int(sentence.paragraph[1:]) for sentence in thai_nguyen.cited_sentences]
    assert paragraphs == sorted(paragraphs)
    first, *_, last = thai_nguyen.numbers_of_source("bac-kan-2019")
    assert (first, last) == (1, len(paragraphs))


def test_statements_made_later_are_left_out(store: OxigraphStore) -> None:
    report = ask_landscape(store, LandscapeQuestion(province="vn:bac-kan", as_of=date(2019, 1, 1), lang="en"))
    assert report.province.curie == "vn:bac-kan"
    assert [*report.systems, *report.connections, *report.figures, *report.others, *report.sources] == []


def test_a_silent_province_is_not_empty_of_systems(store: OxigraphStore) -> None:
    report = ask_landscape(store, LandscapeQuestion(province="Lai Châu", as_of=DAY, lang="en"))
    assert "is not spoken of by any source of the corpus; that does not mean that it has nothing" in remarks(
        report
    )
    assert not report.systems
    assert {cell.verdict for cell in report.cells} <= {Verdict.NO_EVIDENCE, Verdict.NOT_APPLICABLE}
