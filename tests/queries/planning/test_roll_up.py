"""The roll-up of a merged province: what it has twice, and what only one of its former provinces has."""

from __future__ import annotations

import json
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
def parts(tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    folder: Path = tmp_path_factory.mktemp("merged")
    return small_store(folder, THINGS, {date(2020, 3, 1): CLAIMS})


def inherited(parts: OxigraphStore, province: str) -> dict[str, dict[str, Json]]:
    question = GapQuestion(provinces=(province,), as_of=date(2026, 1, 1))
    return {str(record["component"]): record for record in ask_roll_up(parts, question).as_dicts("en")}


@pytest.mark.parametrize("component", ["L-LGSP", "I-DC"])
def test_what_both_parts_have_is_there_twice(parts: OxigraphStore, component: str) -> None:
    record = inherited(parts, "vn:tuyen-quang-2025")[component]
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
    parts: OxigraphStore, component: str, holder: str, others: dict[str, str]
) -> None:
    record = inherited(parts, "vn:tuyen-quang-2025")[component]
    assert not record["duplicate"]
    assert record["holders"] == [holder]
    assert record["others"] == others
    assert record["sentences"]


def test_what_no_part_has_is_left_out(parts: OxigraphStore) -> None:
    assert set(inherited(parts, "vn:tuyen-quang-2025")) == {"L-LGSP", "I-DC", "A-MAIL", "A-QLVB"}


@pytest.mark.parametrize("province", ["vn:tuyen-quang", "vn:hue-2025", "vn:lai-chau"])
def test_a_province_that_nothing_was_merged_into_has_none(parts: OxigraphStore, province: str) -> None:
    rolled_up = ask_roll_up(parts, GapQuestion(provinces=(province,), as_of=date(2026, 1, 1)))
    assert rolled_up.components == ()
    assert "remark.not-merged" in {remark.message().key for remark in rolled_up.remarks}


MERGED_WITH_ARTICLES = {
    "vn:ca-mau-2025",
    "vn:dong-nai-2025",
    "vn:phu-tho-2025",
    "vn:thai-nguyen-2025",
    "vn:tuyen-quang-2025",
}


def test_without_a_name_all_merged_provinces_with_articles_are_rolled_up(store: OxigraphStore) -> None:
    rolled_up = ask_roll_up(store, GapQuestion(as_of=date(2026, 1, 1)))
    assert {component.merged.curie for component in rolled_up.components} == MERGED_WITH_ARTICLES
    assert "remark.not-merged" not in {remark.message().key for remark in rolled_up.remarks}
    before = ask_roll_up(store, GapQuestion(as_of=date(2025, 1, 1)))
    assert before.components == ()
    assert before.remarks[-1].message().key == "remark.nothing-merged"


def test_the_site_shows_the_roll_up_with_the_verdicts_of_its_cells(site_pages: dict[str, bytes]) -> None:
    page = site_pages["en/merged.html"].decode()
    assert "merged.html" in site_pages["en/gaps.html"].decode()
    assert page.count("<h2 id=") == len(MERGED_WITH_ARTICLES)
    records = json.loads(site_pages["merged.json"])
    assert {record["province"] for record in records} == MERGED_WITH_ARTICLES
    of_bac_kan = {record["component"]: record for record in records if "vn:bac-kan" in record["holders"]}
    lgsp = of_bac_kan["L-LGSP"]
    assert lgsp["others"] == {"vn:thai-nguyen": "no_evidence"}
    assert "gap/vn-bac-kan.html#l-lgsp" in page
