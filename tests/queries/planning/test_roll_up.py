"""The roll-up of a merged province: what it has twice, and what only one of its former provinces has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from egovkg.queries.planning.ask import GapQuestion, ask_roll_up

from .small_corpora import small_store

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.graph.store import OxigraphStore
    from egovkg.queries.facts.values import Json

THINGS = {
    "lgsp-a": "IntegrationPlatform of vn:tuyen-quang",
    "lgsp-b": "IntegrationPlatform of vn:ha-giang",
    "dc-a": "DataCentre of vn:tuyen-quang",
    "dc-b": "DataCentre of vn:ha-giang",
    "mail": "EmailSystem of vn:ha-giang",
    "docs-a": "DocumentManagementSystem of vn:tuyen-quang",
    "docs-b": "DocumentManagementSystem of vn:ha-giang",
}
CLAIMS = [
    "mh:lgsp-a serves vn:tuyen-quang",
    "mh:lgsp-b serves vn:ha-giang",
    "mh:dc-a serves vn:tuyen-quang",
    "mh:dc-b serves vn:ha-giang",
    "mh:mail serves vn:ha-giang",
    "mh:docs-a serves vn:tuyen-quang",
    "mh:docs-b serves vn:ha-giang {status: planned}",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    folder: Path = tmp_path_factory.mktemp("merged")
    return small_store(folder, THINGS, {date(2020, 3, 1): CLAIMS})


def inherited(store: OxigraphStore, province: str) -> dict[str, dict[str, Json]]:
    question = GapQuestion(provinces=(province,), as_of=date(2026, 1, 1))
    return {str(record["component"]): record for record in ask_roll_up(store, question).as_dicts("en")}


@pytest.mark.parametrize("component", ["L-LGSP", "I-DC"])
def test_what_both_parts_have_is_there_twice(store: OxigraphStore, component: str) -> None:
    record = inherited(store, "vn:tuyen-quang-2025")[component]
    assert record["duplicate"]
    assert record["holders"] == ["vn:ha-giang", "vn:tuyen-quang"]
    assert record["others"] == {}


@pytest.mark.parametrize(
    ("component", "holder", "others"),
    [
        ("A-MAIL", "vn:ha-giang", {"vn:tuyen-quang": "no_evidence"}),
        ("A-QLVB", "vn:tuyen-quang", {"vn:ha-giang": "planned"}),
    ],
)
def test_what_one_part_has_and_the_other_lacks(
    store: OxigraphStore, component: str, holder: str, others: dict[str, str]
) -> None:
    record = inherited(store, "vn:tuyen-quang-2025")[component]
    assert not record["duplicate"]
    assert record["holders"] == [holder]
    assert record["others"] == others
    assert record["sentences"]


def test_what_no_part_has_is_left_out(store: OxigraphStore) -> None:
    assert set(inherited(store, "vn:tuyen-quang-2025")) == {"L-LGSP", "I-DC", "A-MAIL", "A-QLVB"}


def test_a_province_that_nothing_was_merged_into_has_none(store: OxigraphStore) -> None:
    assert inherited(store, "vn:tuyen-quang") == {}
