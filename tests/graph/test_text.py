"""The two keys under which names are found."""

from __future__ import annotations

import unicodedata

import pytest
from egovkg.graph.text import fold, spelling
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(
    st.sampled_from(
        "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐbcghklmnpqrstvx &-"
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thanh Hoá", "thanh hóa"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("hoà bình", "hòa bình"),
        ("khoẻ", "khỏe"),
        ("Bắc  Kạn ", "bắc kạn"),
        ("Bắc\u00a0Kạn", "BẮC KẠN"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Sơn La", "Son La"), ("Quý", "Qúy"), ("má", "mà"), ("hoá", "hoà"), ("đa", "da")]
)
def test_accents_tell_names_apart(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


def test_without_accents() -> None:
    assert fold("Ủy ban Nhân dân tỉnh Đắk Lắk") == "uy ban nhan dan tinh dak lak"


@given(WORDS)
def test_keys_do_not_depend_on_the_normal_form(text: str) -> None:
    for key in (spelling, fold):
        assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))


@given(WORDS)
def test_a_key_is_its_own_key(text: str) -> None:
    assert spelling(spelling(text)) == spelling(text)
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_one_spelling_has_one_bare_form(text: str) -> None:
    assert fold(spelling(text)) == fold(text)
    assert fold(text.upper()) == fold(text)


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    assert fold(spelling(text)) is not None
