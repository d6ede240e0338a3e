"""Figures side by side: the verdicts by statement are those that the named questions give in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from egovkg.graph.names import ID
from egovkg.ontology.codes import code_list
from egovkg.queries.picture.comparability import UNDATED, MeasureFigures, comparable_measures
from egovkg.queries.picture.picture import Picture, picture
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.named import question

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore

LANG = "en"


@pytest.fixture(scope="module")
def drawn(store: OxigraphStore) -> Picture:
    return picture(store)


@pytest.fixture(scope="module")
def measures(drawn: Picture) -> dict[str, MeasureFigures]:
    return {figures.measure: figures for figures in comparable_measures(drawn)}


def worded(drawn: Picture, position: int, province: str) -> tuple[str, str]:
    """Word a figure as the questions do: its territory, and sign, value and unit."""
    fact = drawn.statements[position].fact
    labels = {node.curie: node.labels[LANG] for node in drawn.nodes}
    sign = next(code.label(LANG) for code in code_list("Comparator") if code.written == fact.comparator)
    unit = drawn.words.units[fact.unit][LANG] if fact.unit else ""
    return labels[province], f"{sign} {fact.value} {unit}".strip()


def test_figures_of_one_group_are_those_that_the_question_finds_comparable(
    store: OxigraphStore, drawn: Picture, measures: dict[str, MeasureFigures]
) -> None:
    answer = ask_question(store, NamedQuestion("comparable-figures", lang=LANG))
    names = [column.name for column in answer.columns]
    asked = {frozenset(str(row[names.index("values")]).split("; ")) for row in answer.rows}
    grouped = set()
    for figures in measures.values():
        for group in {figure.group for figure in figures.figures}:
            of_group = [figure for figure in figures.figures if figure.group == group]
            if len({figure.province for figure in of_group}) > 1:
                texts = (worded(drawn, figure.statement, figure.province) for figure in of_group)
                grouped.add(frozenset(": ".join(pair) for pair in texts))
    assert grouped
    assert grouped == asked


def test_reasons_are_those_of_the_question(
    store: OxigraphStore, drawn: Picture, measures: dict[str, MeasureFigures]
) -> None:
    words = {key: texts[LANG] for key, texts in question("not-comparable").words.items()}
    checked = 0
    for measure, figures in measures.items():
        asked = ask_question(
            store, NamedQuestion("not-comparable", {"measure": f"{ID}measure/{measure}"}, LANG)
        )
        pairs: dict[frozenset[tuple[str, str]], list[set[str]]] = defaultdict(list)
        for row in asked.rows:
            if row[2] == drawn.words.measures[measure][LANG] and row[0] != row[3]:
                key = frozenset(((str(row[0]), str(row[1])), (str(row[3]), str(row[4]))))
                pairs[key].append(set(str(row[5]).split("; ")))
        for one in figures.figures:
            for other in figures.figures:
                key = frozenset(worded(drawn, figure.statement, figure.province) for figure in (one, other))
                numbers = (one.group, other.group)
                if key in pairs and one.province != other.province and numbers in figures.reasons:
                    reasons = {words[reason] for reason in figures.reasons[numbers] if reason != UNDATED}
                    assert reasons in pairs[key], (measure, key)
                    checked += 1
    assert checked >= 2
