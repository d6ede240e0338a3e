"""Every named question as a table of 100 characters: the subject stands in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.queries.facts.values import value_of
from egovkg.queries.questions.binding import query_text
from egovkg.queries.questions.named import questions
from egovkg.viz.tables import Grid, table_text

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore

WIDTH = 100


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_first_column_stands_in_the_row(store: OxigraphStore, lang: str) -> None:
    for question in questions():
        labels = [column.label(lang) for column in question.columns]
        rows = [list(map(value_of, row)) for row in store.select(query_text(question, {}, lang)).rows]
        heading, rule, *lines = table_text(Grid(labels, labels, rows), WIDTH).splitlines()
        assert heading.startswith(labels[0]), question.name
        assert max(map(len, (rule, *lines))) <= WIDTH, question.name
        for row in rows:
            first_word = str(row[0] if row[0] is not None else "").split()[:1]
            assert not first_word or any(line.startswith(first_word[0]) for line in lines), question.name


def test_the_most_depended_on_are_named(store: OxigraphStore) -> None:
    (question,) = [one for one in questions() if one.name == "most-depended-on"]
    rows = [list(map(value_of, row)) for row in store.select(query_text(question, {}, "vi")).rows]
    labels = [column.label("vi") for column in question.columns]
    first = table_text(Grid(labels, labels, rows), WIDTH).splitlines()[2]
    assert first.split() == ["Trung", "tâm", "dữ", "liệu", "tỉnh", "Tuyên", "Quang", "5"]
