"""The two keys under which names are compared."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from egovkg.graph import text as text_module
from egovkg.graph.text import fold, folding_table, spelling
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


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_javascript_of_the_docstring_gives_the_same_keys() -> None:
    function = (text_module.__doc__ or "").partition("In JavaScript::\n")[2]
    names = [name for case in CASES for name in case["names"]]
    script = f"""{function}
        const keys = folding({json.dumps(folding_table())});
        const names = {json.dumps(names)};
        console.log(JSON.stringify(names.map((name) => [keys.spelling(name), keys.fold(name)])));"""
    run = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [[spelling(name), fold(name)] for name in names]


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
