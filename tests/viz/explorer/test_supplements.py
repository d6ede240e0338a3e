"""What the explorer holds beside the picture says what the questions of the package say."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from egovkg.ontology.verdicts import Verdict
from egovkg.viz.explorer.supplements.verdicts import verdict_record
from egovkg.viz.site.content.snapshot import GraphSnapshot

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore


@pytest.fixture(scope="module")
def snapshot(store: OxigraphStore) -> GraphSnapshot:
    return GraphSnapshot(store)


@pytest.fixture(scope="module")
def verdicts(snapshot: GraphSnapshot) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(verdict_record(snapshot)))
    return record


def test_verdicts_of_a_province_are_those_of_the_question(verdicts: dict[str, Any]) -> None:
    names = [verdict["id"] for verdict in verdicts["verdicts"]]
    cells = verdicts["provinces"]["vn:bac-lieu"]["cells"]
    assert len(cells) == len(verdicts["components"])
    counts = Counter(names[verdict] for verdict, _, _ in cells)
    assert counts[Verdict.STATED_GAP.slug] == 1  # “còn hạn chế”: one component only
    assert Verdict.NOT_APPLICABLE.slug not in names


def test_a_verdict_names_the_statements_that_it_rests_on(
    snapshot: GraphSnapshot, verdicts: dict[str, Any]
) -> None:
    place = [code for code, _ in verdicts["components"]].index("L-LGSP")
    number, age, positions = verdicts["provinces"]["vn:tuyen-quang"]["cells"][place]
    assert verdicts["verdicts"][number]["id"] == Verdict.MET.slug
    assert {snapshot.statements[position].fact.subject for position in positions} == {"tq:lgsp"}
    assert age >= 5  # the article is of 2020
    silent = next(cell for cell in verdicts["provinces"]["vn:tuyen-quang"]["cells"] if not cell[2])
    assert silent[1] is None
