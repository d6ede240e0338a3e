"""Names found by words, in the spellings that people use, over the shipped register and the five articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import EntityError
from egovkg.queries.facts.ask import EntityQuestion, ask_entity
from egovkg.queries.facts.entities import EntityNames, name_remarks, resolve, resolve_all
from egovkg.queries.facts.name_words import (
    name_words,
    telling_words,
    telling_words_of_names,
    words_of_names,
)
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.tests.corpora.stores import register_store
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable

ID = "https://w3id.org/egovkg/id/"


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("QLVB Tuyên Quang", "system/tq-qlvb"),
        ("qlvb binh phuoc", "system/bp-qlvb"),
        ("một cửa Bình Phước", "system/bp-mot-cua"),
        ("trung tam du lieu bac lieu", "system/bl-ttdl"),
        ("TTDL Bạc Liêu", "system/bl-ttdl"),
        ("mang truyen so lieu binh phuoc", "system/bp-mang-tslcd"),
        ("trung tâm dữ liệu Bắc Kạn", "system/bk-tt-tich-hop-du-lieu"),
        ("UBND Bình Phước", "agent/bp-ubnd-tinh"),
        ("Tuyen Quang public service portal", "system/tq-cong-dvc"),
        ("cổng DVC Tuyên Quang", "system/tq-cong-dvc"),
    ],
)
def test_kind_and_territory_name_an_entity(words: str, entity: str) -> None:
    assert resolve(register_store(), words) == ID + entity


@pytest.mark.parametrize(
    ("words", "bearers"),
    [
        ("Trung tâm dữ liệu", {"tq:ttdl", "bl:ttdl", "bk:tt-tich-hop-du-lieu"}),
        ("QLVB", {"bk:qlvb", "bl:qlvb", "bp:qlvb", "pt:qlvb", "tq:qlvb"}),
        ("UBND tỉnh", {"bk:ubnd-tinh", "bl:ubnd-tinh", "bp:ubnd-tinh", "pt:ubnd-tinh", "tq:ubnd-tinh"}),
        ("một cửa Bắc Kạn", {"bk:he-thong-mot-cua-dvc", "bk:mot-cua", "bk:mot-cua-lien-thong"}),
    ],
)
def test_a_name_of_several_gives_candidates_that_can_be_given_back(words: str, bearers: set[str]) -> None:
    with pytest.raises(EntityError) as caught:
        resolve(register_store(), words)
    assert caught.value.ambiguous
    assert {candidate.rpartition("(")[2].rstrip(")") for candidate in caught.value.candidates} == bearers
    assert len(_resolved(caught.value.candidates)) == len(bearers)


def _resolved(candidates: Iterable[str]) -> set[str]:
    return {resolve(register_store(), candidate) for candidate in candidates}


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("TP. Hồ Chí Minh", {"vn-ho-chi-minh", "vn-ho-chi-minh-2025"}),
        ("TP.HCM", {"vn-ho-chi-minh", "vn-ho-chi-minh-2025"}),
        ("tp hcm", {"vn-ho-chi-minh", "vn-ho-chi-minh-2025"}),
        ("Tp.Đà Nẵng", {"vn-da-nang", "vn-da-nang-2025"}),
        ("Thừa Thiên-Huế", {"vn-thua-thien-hue"}),
        ("Thừa Thiên – Huế", {"vn-thua-thien-hue"}),
        ("Bà Rịa – Vũng Tàu", {"vn-ba-ria-vung-tau"}),
        ("Bà Rịa—Vũng Tàu", {"vn-ba-ria-vung-tau"}),
        ("ba ria vung tau", {"vn-ba-ria-vung-tau"}),
        ("Danang", {"vn-da-nang", "vn-da-nang-2025"}),
        ("Daklak", {"vn-dak-lak", "vn-dak-lak-2025"}),
        ("T. Bắc Kạn", {"vn-bac-kan"}),
        ("H. Yên Lập", {"vn-yen-lap"}),
        ("h.yen lap", {"vn-yen-lap"}),
        ("HCMC", {"vn-ho-chi-minh", "vn-ho-chi-minh-2025"}),
    ],
)
def test_a_territory_in_the_spellings_of_people(words: str, units: set[str]) -> None:
    assert set(resolve_all(register_store(), words, folder="unit")) == {f"{ID}unit/{unit}" for unit in units}


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Bac Lieu province", "vn-bac-lieu"),
        ("Binh Phuoc Province", "vn-binh-phuoc"),
        ("province of Bac Lieu", "vn-bac-lieu"),
        ("Yen Lap district", "vn-yen-lap"),
        ("tỉnh Bạc Liêu", "vn-bac-lieu"),
        ("Laichau", "vn-lai-chau"),
    ],
)
def test_a_territory_alone_is_no_thing_within_it(words: str, unit: str) -> None:
    assert f"{ID}unit/{unit}" in EntityNames.of(register_store()).find(words)
    assert all(iri.startswith(f"{ID}unit/") for iri in EntityNames.of(register_store()).find(words))


@pytest.mark.parametrize(
    "printed",
    [
        "document/tq-qd-464-2017",
        "id:document/tq-qd-464-2017",
        f"{ID}document/tq-qd-464-2017",
        f"<{ID}document/tq-qd-464-2017>",
        "tq:qd-464-2017",
        "Quyết định 464/QĐ-UBND năm 2017 của UBND tỉnh Tuyên Quang",
        "Quyết định 464/QĐ-UBND năm 2017 của UBND tỉnh Tuyên Quang (tq:qd-464-2017)",
    ],
)
def test_what_is_printed_can_be_given_back(printed: str) -> None:
    assert resolve(register_store(), printed) == f"{ID}document/tq-qd-464-2017"


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Tỉnh Bình Phước (đến 2025-06-30)", "vn-binh-phuoc"),
        ("Thành phố Hồ Chí Minh (từ 2025-07-01)", "vn-ho-chi-minh-2025"),
        ("Tuyen Quang Province (until 2025-06-30)", "vn-tuyen-quang"),
    ],
)
def test_labels_with_time_bounds(label: str, unit: str) -> None:
    assert resolve(register_store(), label) == f"{ID}unit/{unit}"


@pytest.mark.parametrize(
    "words", ["công báo bình phước", "thư điện tử Bắc Kạn", "LGSP Hà Nội", "một cửa Cà Mau"]
)
def test_words_that_stand_in_no_name_fit_nothing(words: str) -> None:
    with pytest.raises(EntityError) as caught:
        resolve(register_store(), words)
    assert not caught.value.ambiguous


def test_what_was_taken_is_said() -> None:
    taken = "“QLVB Tuyên Quang” is understood as "
    report = ask_entity(register_store(), EntityQuestion("QLVB Tuyên Quang", "en"))
    assert [remark.startswith(taken) and remark.endswith(" (tq:qlvb)") for remark in report.remarks] == [True]
    assert report.as_dict()["remarks"] == list(report.remarks)
    answer = ask_question(register_store(), NamedQuestion("dependents", {"system": "QLVB Tuyên Quang"}, "en"))
    assert answer.as_dict()["remarks"] == list(report.remarks)


@pytest.mark.parametrize("words", ["tq:qlvb", "tq-qlvb", "QLVBĐH Tuyên Quang", "qlvbđh tuyên quang"])
def test_own_names_need_no_word(words: str) -> None:
    assert ask_entity(register_store(), EntityQuestion(words)).remarks == ()


def test_a_name_of_units_that_followed_one_another() -> None:
    addresses = resolve_all(register_store(), "Tuyên Quang", folder="unit")
    (remark,) = name_remarks(register_store(), "Tuyên Quang", addresses, "en")
    assert "vn:tuyen-quang)" in remark.message().text("en")
    assert "vn:tuyen-quang-2025)" in remark.message().text("en")


def test_what_was_taken_is_said_of_a_province() -> None:
    named = Provinces(register_store()).named("Thừa Thiên – Huế", date(2020, 1, 1), "vi")
    assert [remark.message().text("vi") for remark in named.remarks] == []
    named = Provinces(register_store()).named("tỉnh Thừa Thiên – Huế", date(2020, 1, 1), "vi")
    assert "vn:thua-thien-hue" in named.remarks[0].message().text("vi")


PIECES = ("của", "cua", "TP.HCM", "tỉnh", "hệ thống", "thông tin", "QLVB", "Bắc Kạn", "–", "\0", "_")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join), max_size=5))
def test_many_names_have_the_words_that_each_has_alone(names: list[str]) -> None:
    words = words_of_names(names)
    assert words == [name_words(name) for name in names]
    assert telling_words_of_names(words) == [telling_words(name) for name in words]
