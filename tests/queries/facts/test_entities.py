"""Finding the entity that a user means."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.errors import EntityError
from egovkg.graph.store import OxigraphStore
from egovkg.graph.text import fold, spelling
from egovkg.queries.facts.entities import EntityNames, resolve, resolve_all
from egovkg.tests.corpora.stores import store_of
from egovkg.words import DEFAULT_LANGUAGE, languages
from hypothesis import given
from hypothesis import strategies as st

BASE = Path(__file__).parents[2] / "cases" / "questions" / "base.trig"
ID = "https://w3id.org/egovkg/id/"
LETTERS = st.text(st.sampled_from("aăâeêioôơuưyđ hqt òóỏõọ ùúủũụỳýỷỹỵ"), max_size=30)


@lru_cache(maxsize=1)
def store() -> OxigraphStore:
    return store_of(BASE.read_bytes())


@pytest.mark.parametrize(
    "words",
    [
        ID + "system/ex-lgsp-mot",
        "ex:lgsp-mot",
        "ex-lgsp-mot",
        "Nền tảng tích hợp tỉnh Một",
        "NỀN TẢNG  tích hợp tỉnh một ",
        "nen tang tich hop tinh mot",
        unicodedata.normalize("NFD", "Nền tảng tích hợp tỉnh Một"),
        "LGSP Một",
        "lgsp mot",
        "Integration platform of Province One",
    ],
)
def test_every_way_to_name_one(words: str) -> None:
    assert resolve(store(), words) == ID + "system/ex-lgsp-mot"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("certificatesIssued", "measure/certificatesIssued"),
        ("Số chứng thư số đã cấp", "measure/certificatesIssued"),
        ("mot-2019", "article/mot-2019"),
        ("ex:mot", "unit/ex-mot"),
        ("Một", "unit/ex-mot"),
        ("Tỉnh Một", "unit/ex-mot"),
    ],
)
def test_other_things_with_a_name(words: str, found: str) -> None:
    assert resolve(store(), words) == ID + found


def test_alias_of_two_is_ambiguous() -> None:
    with pytest.raises(EntityError) as caught:
        resolve(store(), "LGSP")
    assert caught.value.ambiguous
    assert caught.value.candidates == (
        "Nền tảng tích hợp tỉnh Hai (ex:lgsp-hai)",
        "Nền tảng tích hợp tỉnh Một (ex:lgsp-mot)",
    )


def test_words_that_fit_two_are_ambiguous() -> None:
    with pytest.raises(EntityError, match=r"ex:lgsp-hai.*ex:lgsp-mot") as caught:
        resolve(store(), "nen tang tich hop")
    assert caught.value.ambiguous


def test_candidates_in_english() -> None:
    with pytest.raises(EntityError, match=r"Integration platform of Province One \(ex:lgsp-mot\)"):
        resolve(store(), "LGSP", "en")


@pytest.mark.parametrize("words", ["Nền tảng tích hợp tỉnh Mộc", "lgsp mott", "nen tang tich hopp"])
def test_unknown_offers_the_nearest(words: str) -> None:
    with pytest.raises(EntityError) as caught:
        resolve(store(), words)
    assert not caught.value.ambiguous
    assert any("ex:lgsp-mot" in candidate for candidate in caught.value.candidates)


@pytest.mark.parametrize(
    "words", ["", "ex:nothing", ID + "system/nothing", "http://not an address/", "不知道"]
)
def test_nonsense_fits_nothing(words: str) -> None:
    with pytest.raises(EntityError) as caught:
        resolve(store(), words)
    assert not caught.value.ambiguous


def test_a_folder_limits_what_fits() -> None:
    assert resolve(store(), "Một", folder="unit") == ID + "unit/ex-mot"
    with pytest.raises(EntityError):
        resolve(store(), "ex:lgsp-mot", folder="unit")


def test_a_thing_before_the_component_called_like_it() -> None:
    label, alias = (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#altLabel",
    )
    thing, component = f"{ID}system/a", f"{ID}component/a"
    names = [(thing, alias, "LGSP"), (component, label, "LGSP"), (component, label, "Lớp nền")]
    lines = [f'<{iri}> <{relation}> "{words}"@vi <urn:g> .' for iri, relation, words in names]
    lines += [
        f'<{iri}> <https://w3id.org/egovkg/ontology#curie> "x:{iri[-9]}" <urn:g> .'
        for iri in (thing, component)
    ]
    opened = OxigraphStore.in_memory()
    opened.load("\n".join(lines).encode())
    assert resolve(opened, "lgsp") == thing
    assert resolve(opened, "lớp nền") == resolve(opened, "LGSP", folder="component") == component


def test_a_name_that_outlived_its_unit_means_all_units_that_bore_it() -> None:
    opened = OxigraphStore.in_memory()
    opened.load(
        f"""
<{ID}unit/a> <https://w3id.org/egovkg/ontology#succeededBy> <{ID}unit/b> <urn:g> .
<{ID}unit/b> <https://w3id.org/egovkg/ontology#succeededBy> <{ID}unit/c> <urn:g> .
<{ID}unit/other> <https://w3id.org/egovkg/ontology#succeededBy> <{ID}unit/c> <urn:g> .
""".encode()
    )
    name = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = [f'<{ID}unit/{one}> <{name}> "Hoà Bình"@vi <urn:g> .' for one in "abc"]
    lines += [f'<{ID}unit/{one}> <{name}> "Tân Tiến"@vi <urn:g> .' for one in ("a", "other")]
    curie = "https://w3id.org/egovkg/ontology#curie"
    lines += [f'<{ID}unit/{one}> <{curie}> "x:{one}" <urn:g> .' for one in ("a", "b", "c", "other")]
    opened.load("\n".join(lines).encode())
    assert resolve_all(opened, "hoa binh", folder="unit") == tuple(f"{ID}unit/{one}" for one in "abc")
    assert resolve_all(opened, "x:b") == (f"{ID}unit/b",)
    for words, find in (("hòa bình", resolve), ("Tân Tiến", resolve), ("Tân Tiến", resolve_all)):
        with pytest.raises(EntityError) as caught:
            find(opened, words)
        assert caught.value.ambiguous
    with pytest.raises(EntityError):
        resolve_all(opened, "Hải Phòng")


def test_label_before_short_name_before_alias() -> None:
    names = {
        "label": ("http://www.w3.org/2000/01/rdf-schema#label", "Sở"),
        "short": ("https://w3id.org/egovkg/ontology#shortName", "Sở"),
        "alias": ("http://www.w3.org/2004/02/skos/core#altLabel", "Sở"),
        "bare": ("http://www.w3.org/2000/01/rdf-schema#label", "So"),
    }
    lines = [f'<urn:{one}> <{relation}> "{words}"@vi <urn:g> .' for one, (relation, words) in names.items()]
    lines += [f'<urn:{one}> <https://w3id.org/egovkg/ontology#curie> "x:{one}" <urn:g> .' for one in names]
    opened = OxigraphStore.in_memory()
    opened.load("\n".join(lines).encode())
    assert resolve(opened, "sở") == "urn:label"
    assert resolve(opened, "So") == "urn:bare"
    assert EntityNames.of(opened).find("sỡ") == ("urn:bare", "urn:label")


@given(LETTERS)
def test_normal_forms_have_one_key(words: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, words) for form in ("NFC", "NFD"))
    assert spelling(composed) == spelling(decomposed)
    assert fold(composed) == fold(decomposed)


@given(LETTERS)
def test_keys_are_their_own_keys(words: str) -> None:
    assert spelling(spelling(words)) == spelling(words)
    assert fold(fold(words)) == fold(words)
    assert fold(spelling(words)) == fold(words)


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("Khoẻ", "khỏe"), ("thuỷ", "thủy"), ("Uỷ ban", "ủy ban")]
)
def test_tone_on_either_letter(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hoà"), ("quý", "qúy"), ("hoàn", "hòan"), ("đa", "da")])
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


def test_an_error_speaks_one_language_whichever_the_candidates_are_in() -> None:
    for lang in languages():
        with pytest.raises(EntityError) as caught:
            resolve(store(), "LGSP", lang)
        error = caught.value
        assert "Integration platform of Province One (ex:lgsp-mot)" in str(error)
        assert "Nền tảng tích hợp tỉnh Một (ex:lgsp-mot)" in error.text(DEFAULT_LANGUAGE)
        assert all(candidate in error.text(lang) for candidate in error.candidates)
