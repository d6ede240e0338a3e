"""The list of named questions, by user group."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from ..queries.questions.header import GROUPS
from ..queries.questions.named import questions
from ..viz.tables import Grid
from ..words import catalogue

if TYPE_CHECKING:
    from ..queries.questions.header import Question

_KEYS = ("group", "name", "question", "parameters")


def _by_group() -> list[Question]:
    """List every question once, under the first group it is for."""
    return sorted(questions(), key=lambda question: (GROUPS.index(question.groups[0]), question.name))


def question_grid(lang: str) -> Grid:
    """Lay out every question once, under the first group it is for."""
    rows = [
        (question.groups[0], question.name, question.wording(lang), parameter_text(question))
        for question in _by_group()
    ]
    return Grid(_KEYS, _KEYS, rows)


def parameter_text(question: Question) -> str:
    """Write the parameters of a question: `system, [from=2019-01-01]`."""
    return ", ".join(
        parameter.name if parameter.default is None else f"[{parameter.name}={parameter.default}]"
        for parameter in question.parameters
    )


def question_text(lang: str) -> str:
    """Write the list for people.

    >>> "systems-of-province" in question_text("en")
    True
    """
    group_names = catalogue("egovkg.queries.questions", lang).below("group")
    width = max(len(question.name) for question in questions())
    lines: list[str] = []
    for groups, members in groupby(_by_group(), attrgetter("groups")):
        heading = group_names[groups[0]]
        lines += [] if heading in lines else ["", heading]
        lines += [_question_line(question, width, lang) for question in members]
    return "\n".join([*lines[1:], "", catalogue(__package__, lang)["message.how_to_ask"]]) + "\n"


def _question_line(question: Question, width: int, lang: str) -> str:
    line = f"  {question.name:<{width}}  {question.wording(lang)}"
    return f"{line}  ({parameter_text(question)})" if question.parameters else line
