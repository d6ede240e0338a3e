"""The two keys under which names are compared."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from egovkg.graph.text import fold, folds, spelling, spellings
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(
    st.sampled_from(
        "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐÐƉbcghklmnpqrstvx &-"
        "\u00ad\u200b\u00a0"
    ),
    max_size=30,
)


class Case(TypedDict):
    why: str
    names: list[str]
    spelling: str
    fold: str


CASES: list[Case] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "folding.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_have_their_keys(case: Case) -> None:
    assert {(spelling(name), fold(name)) for name in case["names"]} == {(case["spelling"], case["fold"])}


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


@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=6))
def test_many_texts_have_the_keys_that_each_has_alone(texts: list[str]) -> None:
    assert spellings(texts) == [spelling(text) for text in texts]
    assert folds(texts) == [fold(text) for text in texts]
