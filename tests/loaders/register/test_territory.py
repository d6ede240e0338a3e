"""Traps in the codes and names of provinces, over the shipped register: numbers were used again in 2025."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache

import pytest
from egovkg.graph.text import fold
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.queries.facts.entities import EntityNames, resolve_all
from egovkg.tests.corpora.stores import register_store
from egovkg.tests.loaders.pipeline.test_shipped_corpus import REUSED

ID = "https://w3id.org/egovkg/id/unit/vn-"
LEGACY, PRESENT = "legacy (before 2025-07-01)", "QĐ 19/2025/QĐ-TTg"
# Resolution 202/2025/QH15, read from it: the provinces that stayed as they were.
UNCHANGED = {
    "Cao Bằng",
    "Hà Nội",
    "Hà Tĩnh",
    "Huế",
    "Lai Châu",
    "Lạng Sơn",
    "Nghệ An",
    "Quảng Ninh",
    "Sơn La",
    "Thanh Hóa",
    "Điện Biên",
}


@lru_cache(maxsize=1)
def provinces() -> dict[str, dict[str, str]]:
    """Every province: its values, with `succeeded_by` as one CURIE."""
    found = {}
    for one in load_lexicon([]).lexicon.register.entities:
        if one.kind == "Province":
            heirs = one.lists.get("succeeded_by", ())
            assert len(heirs) <= 1
            found[one.curie] = {**one.values, "heir": heirs[0] if heirs else ""}
    return found


def of(edition: str) -> dict[str, dict[str, str]]:
    return {curie: values for curie, values in provinces().items() if values["edition"] == edition}


def test_sixty_three_became_thirty_four() -> None:
    old, new = of(LEGACY), of(PRESENT)
    assert (len(old), len(new), len(provinces())) == (63, 34, 97)
    ends = {curie: values["until"] for curie, values in old.items()}
    begins = {curie: values["from"] for curie, values in new.items()}
    # Huế was raised half a year earlier (resolution 175/2024/QH15).
    assert (ends.pop("vn:thua-thien-hue"), begins.pop("vn:hue-2025")) == ("2024-12-31", "2025-01-01")
    assert set(ends.values()) == {"2025-06-30"}
    assert set(begins.values()) == {"2025-07-01"}
    assert {values["heir"] for values in old.values()} == set(new)


def test_a_code_is_a_key_only_with_its_edition() -> None:
    keys = Counter((values["edition"], values["code"]) for values in provinces().values())
    assert max(keys.values()) == 1
    codes = Counter(values["code"] for values in provinces().values())
    assert sum(count == 2 for count in codes.values()) == 34
    assert sum(count == 1 for count in codes.values()) == 29


def test_the_code_follows_the_seat_so_eight_changed_their_meaning() -> None:
    new = {values["code"]: values["short"] for values in of(PRESENT).values()}
    changed = {
        values["code"]: (values["short"], new[values["code"]])
        for values in of(LEGACY).values()
        if new.get(values["code"], values["short"]) != values["short"]
    }
    assert changed == REUSED


def test_the_same_name_is_most_often_a_larger_province() -> None:
    parts: dict[str, list[str]] = defaultdict(list)
    for values in of(LEGACY).values():
        parts[values["heir"]].append(values["short"])
    alone = {values["short"] for curie, values in of(PRESENT).items() if len(parts[curie]) == 1}
    assert alone == UNCHANGED
    assert sum(len(former) for former in parts.values() if len(former) > 1) == 52
    assert sum(len(former) > 1 for former in parts.values()) == 23


@pytest.mark.parametrize(
    ("former", "heir"),
    [
        ("tuyen-quang", "tuyen-quang-2025"),
        ("ha-giang", "tuyen-quang-2025"),
        ("phu-tho", "phu-tho-2025"),
        ("vinh-phuc", "phu-tho-2025"),
        ("hoa-binh", "phu-tho-2025"),
        ("bac-kan", "thai-nguyen-2025"),
        ("binh-phuoc", "dong-nai-2025"),
        ("bac-lieu", "ca-mau-2025"),
        ("tien-giang", "dong-thap-2025"),
        ("son-la", "son-la-2025"),
    ],
)
def test_each_former_province_has_the_heir_that_the_resolution_names(former: str, heir: str) -> None:
    assert provinces()[f"vn:{former}"]["heir"] == f"vn:{heir}"


def test_every_name_of_a_province_is_understood() -> None:
    """With and without accents, and in capitals: the former province and the present one."""
    names = EntityNames.of(register_store()).within("unit")
    for name in {values["short"] for values in provinces().values()}:
        bearers = {curie for curie, values in provinces().items() if values["short"] == name}
        wanted = {ID + curie.removeprefix("vn:") for curie in bearers}
        assert all(set(names.find(words)) == wanted for words in (name, name.upper(), fold(name)))


@pytest.mark.parametrize(
    "name", ["Hoà Bình", "hai phong", "Thái Nguyên", "tỉnh Tuyên Quang", "DONG NAI", "Huế"]
)
def test_no_name_of_a_province_is_refused_as_ambiguous(name: str) -> None:
    assert resolve_all(register_store(), name, folder="unit")


def test_districts_of_the_articles_ended_with_their_level() -> None:
    districts = [one for one in load_lexicon([]).lexicon.register.entities if one.kind == "District"]
    assert len(districts) >= 6
    assert {one.values["until"] for one in districts} == {"2025-06-30"}
