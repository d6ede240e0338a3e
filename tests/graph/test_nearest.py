"""Suggestions for names that do not exist: typing errors are found, and nothing misleading is offered."""

from __future__ import annotations

import pytest
from egovkg.cli.app import MODULES
from egovkg.graph.nearest import nearest
from egovkg.graph.query_guard import FORMS
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.questions.named import questions
from hypothesis import given
from hypothesis import strategies as st

QUESTIONS = tuple(question.name for question in questions())
STATUSES = tuple(load_vocabulary().schemes["Status"])
UNITS = ("Kho bạc Nhà nước", "Thành phố Bắc Kạn", "tỉnh Tuyên Quang", "Bộ Thông tin và Truyền thông")


@pytest.mark.parametrize(
    ("typed", "names", "name"),
    [
        ("biuld", MODULES, "build"),
        ("roadmpa", MODULES, "roadmap"),
        ("tragets", MODULES, "targets"),
        ("SELEC", FORMS, "SELECT"),
        ("descirbe", FORMS, "DESCRIBE"),
        ("system-of-provnce", QUESTIONS, "systems-of-province"),
        ("systems_of province", QUESTIONS, "systems-of-province"),
        ("ConectsTo", ("hostedOn", "connectsTo"), "connectsTo"),
        ("planed", STATUSES, "planned"),
        ("tuyen qang", UNITS, "tỉnh Tuyên Quang"),
        ("Tuyên Qang", UNITS, "tỉnh Tuyên Quang"),
        ("kho bacc", UNITS, "Kho bạc Nhà nước"),
        ("btttvtt", UNITS, "Bộ Thông tin và Truyền thông"),
        ("bttvtt", UNITS, "Bộ Thông tin và Truyền thông"),
    ],
)
def test_a_typing_error_finds_its_name_first(typed: str, names: tuple[str, ...], name: str) -> None:
    assert nearest(typed, names)[:1] == ((name,) if typed != "btttvtt" else ())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("xyzzy", (*MODULES, *QUESTIONS)),
        ("treasury", STATUSES),
        ("delete", FORMS),
        ("kho bạc", ("Thành phố Bắc Kạn", "Bạc Liêu", "buchinh-cong-ich")),
        ("Sở Y tế Hải Dương", ("Hải Dương", "tỉnh Nam Định")),
        ("", ("a", "b c")),
        ("-", ("a", "b")),
    ],
)
def test_an_unrelated_word_finds_nothing(typed: str, names: tuple[str, ...]) -> None:
    assert nearest(typed, names) == ()


def test_a_whole_name_comes_before_a_part_and_no_name_twice() -> None:
    assert nearest("lgspp", ["lgsp bac kan", "lgsp", "lgsp"]) == ("lgsp", "lgsp bac kan")


@given(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=8), st.integers(1, 3))
def test_any_text_is_answered_by_some_of_the_names(typed: str, names: list[str], limit: int) -> None:
    similar = nearest(typed, names, limit)
    assert len(similar) <= limit
    assert set(similar) <= set(names)
