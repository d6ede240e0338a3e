"""Units that change name, rank or extent, or merge: their form in the register, names, `show`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.register.assembly import LexiconParts, assemble
from egovkg.loaders.register.entries import read_register
from egovkg.loaders.register.unit_changes import read_unit_change
from egovkg.loaders.statements.register_quads import register_quads
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.problems import FaultError
from egovkg.queries.facts.entities import resolve, resolve_all
from egovkg.queries.facts.entity_report import entity_report
from egovkg.queries.facts.units import absence_remark
from egovkg.tests.corpora.stores import register_store

ID = "https://w3id.org/egovkg/id/unit/"
MADE_UP = """
prefix: gd
entities:
  nuoc: {kind: Country, vi: Nước giả định, en: Made-up country}
  rang-dong:
    kind: Province
    vi: Thành phố Rạng Đông (từ 2001-01-01)
    en: Rang Dong City (since 2001-01-01)
    short: Rạng Đông
    within: gd:nuoc
    from: 2001-01-01
    changes:
      - 2010-05-01 renamed from Tỉnh Bình Minh by Nghị quyết 5/2010/QH99
      - 2012 extended by Nghị quyết 6/2012/QH99
      - 2024-01-01 raised from Tỉnh Rạng Đông by Nghị quyết 7/2023/QH99
  hoang-hon:
    kind: Commune
    vi: Phường Hoàng Hôn
    en: Hoang Hon Ward
    within: gd:rang-dong
    changes: [2019-03-01 reduced from Xã Hoàng Hôn by Nghị quyết 8/NQ-UBTVQH99]
"""


@lru_cache(maxsize=1)
def made_up() -> OxigraphStore:
    register, problems = read_register(MADE_UP, "gd.yaml")
    assert register
    assert not problems
    lexicon, problems = assemble(load_vocabulary(), LexiconParts([register], [], []))
    assert not problems
    store = OxigraphStore.in_memory()
    store.load(register_quads(lexicon))
    return store


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Rạng Đông", "gd-rang-dong"),
        ("tỉnh Bình Minh", "gd-rang-dong"),
        ("tinh rang dong", "gd-rang-dong"),
        ("xã Hoàng Hôn", "gd-hoang-hon"),
        ("Phường Hoàng Hôn", "gd-hoang-hon"),
    ],
)
def test_former_and_present_names_are_found(name: str, unit: str) -> None:
    assert resolve(made_up(), name) == ID + unit


def test_show_lists_the_changes_by_day() -> None:
    changes = entity_report(made_up(), ID + "gd-rang-dong", "en").changes
    assert changes == (
        "2010-05-01: renamed, formerly Tỉnh Bình Minh (Nghị quyết 5/2010/QH99)",
        "2012: extended (Nghị quyết 6/2012/QH99)",
        "2024-01-01: raised in rank, formerly Tỉnh Rạng Đông (Nghị quyết 7/2023/QH99)",
    )
    in_vietnamese = entity_report(made_up(), ID + "gd-rang-dong", "vi").changes
    assert in_vietnamese[1] == "2012: mở rộng địa giới (Nghị quyết 6/2012/QH99)"


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01 merged from A by Nghị quyết 1",
        "2024-01-01 renamed by Nghị quyết 1",
        "2024-02-30 raised from A by Nghị quyết 1",
        "raised by Nghị quyết 1",
        "2024-01-01 raised from A",
        "",
    ],
)
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(FaultError):
        read_unit_change(text)


def test_binh_phuoc_is_in_the_city_of_dong_nai_today() -> None:
    report = entity_report(register_store(), ID + "vn-dong-nai-2025", "vi")
    assert report.label.startswith("Thành phố Đồng Nai")
    assert "2026-04-30" in report.changes[-1]
    assert "Nghị quyết 30/2026/QH16" in report.changes[-1]
    remark = absence_remark(register_store(), ID + "vn-binh-phuoc", date(2026, 11, 23))
    assert remark
    assert "Thành phố Đồng Nai" in remark.message().text("vi")


@pytest.mark.parametrize(
    ("unit", "label", "day", "resolution", "former"),
    [
        ("vn-quang-ninh-2025", "Thành phố Quảng Ninh", "2026-09-01", "36/2026/QH16", "tỉnh Quảng Ninh"),
        ("vn-bac-ninh-2025", "Thành phố Bắc Ninh", "2026-09-20", "39/2026/QH16", "tỉnh Bắc Ninh"),
    ],
)
def test_cities_of_central_rank_of_september_2026(
    unit: str, label: str, day: str, resolution: str, former: str
) -> None:
    report = entity_report(register_store(), ID + unit, "vi")
    assert report.label.startswith(label)
    assert report.changes[-1].startswith(day)
    assert f"Nghị quyết {resolution}" in report.changes[-1]
    assert ID + unit in resolve_all(register_store(), former)
    assert ID + unit in resolve_all(register_store(), label)


def test_hue_is_a_city_of_central_rank_since_2025_01_01() -> None:
    report = entity_report(register_store(), ID + "vn-hue-2025", "vi")
    assert "2025-01-01" in report.label
    assert "Tỉnh Thừa Thiên Huế" in report.changes[0]


def test_merged_provinces_and_what_they_became_name_the_resolution() -> None:
    path = Path(__file__).parents[3] / "corpus" / "register" / "vn.yaml"
    entries = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["entities"]
    parts: dict[str, list[str]] = {}
    for name, entry in entries.items():
        if entry["kind"] == "Province":
            for successor in entry.get("succeeded_by", ()):
                parts.setdefault(successor.removeprefix("vn:"), []).append(name)
    merged = {unit for whole, names in parts.items() if len(names) > 1 for unit in (whole, *names)}
    assert len(merged) == 23 + 52  # the resolution makes 23 provinces of 52
    change = "2025-07-01 merged by Nghị quyết 202/2025/QH15"
    assert {name for name, entry in entries.items() if change in entry.get("changes", ())} == merged
    assert read_unit_change(change).text("en") == "2025-07-01: merged (Nghị quyết 202/2025/QH15)"
