"""Few questions stand for all where an engine is slow: nothing that any of them uses is left out."""

from __future__ import annotations

from egovkg.queries.questions.named import questions
from egovkg.tests.queries.questions.covering import constructs, covering

TEXTS = {asked.name: asked.text for asked in questions()}


def test_constructs_of_a_query() -> None:
    query = "SELECT ?a { ?a ex:b/ex:c ?d . FILTER(STR(?d) = 'x') } # MINUS"
    assert constructs(query) == {"/", "FILTER STR", "SELECT FILTER"}


def test_the_few_use_whatever_any_question_uses() -> None:
    few = covering(TEXTS)
    used = frozenset().union(*map(constructs, TEXTS.values()))
    assert frozenset().union(*(constructs(TEXTS[name]) for name in few)) == used
    assert len(few) < len(TEXTS) / 2


def test_a_new_construct_brings_its_question_in() -> None:
    assert "new" in covering({**TEXTS, "new": "SELECT ?a { ?a ex:b ?c FILTER(UUID() = REPLACE(?c)) }"})
