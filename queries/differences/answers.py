"""Rows of the answers to named questions that came or went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..facts.values import json_value
from ..questions.ask import ask_question
from .changes import Change, DifferenceKind, GraphPart

if TYPE_CHECKING:
    from ..questions.ask import Answer, NamedQuestion
    from .graphs import ComparedGraph


def answer_changes(
    before: ComparedGraph, after: ComparedGraph, question: NamedQuestion
) -> tuple[Change, ...]:
    """Compare the answers to a question row by row; the order of rows does not matter.

    :raises QuestionError: if the question, a parameter or the language is unknown, or a parameter is missing
    :raises EntityError: if a name matches no entity of one of the graphs, or more than one
    """
    earlier, later = (ask_question(graph.store, question) for graph in (before, after))
    return (
        *_rows(DifferenceKind.CAME, later, earlier),
        *_rows(DifferenceKind.WENT, earlier, later),
    )


def _rows(kind: DifferenceKind, answer: Answer, other: Answer) -> list[Change]:
    """Make a change of each row that the other answer lacks."""
    lacking = Counter(_texts(answer)) - Counter(_texts(other))
    wording = answer.question.wording(answer.lang)
    return [
        Change(GraphPart.ANSWER, kind, answer.question.name, wording, text)
        for text in _texts(answer)
        for _ in range(lacking.pop(text, 0))
    ]


def _texts(answer: Answer) -> list[str]:
    """Write each row as text: the columns with their names, without empty ones."""
    names = answer.labels
    return [
        "; ".join(
            f"{name}: {value}"
            for name, value in zip(names, map(json_value, row), strict=True)
            if value not in {None, ""}
        )
        for row in answer.rows
    ]
