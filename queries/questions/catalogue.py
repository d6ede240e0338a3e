"""The page that lists the named questions, generated from their headers.

python -m egovkg.queries.questions.catalogue > docs/questions.md
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...files import packaged_text
from ...words import catalogue, languages
from .header import ANY, GROUPS
from .named import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .header import Question, QuestionParameter

HEAD = "questions.md"  # what stands above the tables


def page() -> str:
    """Return the page: one table per group of users, with the questions meant for the group."""
    parts = [packaged_text(__package__, HEAD), f"There are {len(questions())} questions.\n"]
    for group in GROUPS:
        parts.append(f"## {_group_heading(group)}\n")
        parts.append(_table([question for question in questions() if group in question.groups]))
    return "\n".join(parts)


def _group_heading(group: str) -> str:
    return " — ".join(catalogue(__package__, lang)[f"group.{group}"] for lang in languages())


def _table(rows: Sequence[Question]) -> str:
    headings = ("name", *languages(), "parameters")
    lines = [f"| {' | '.join(headings)} |", "|---" * len(headings) + "|"]
    for question in rows:
        parameters = ", ".join(map(_parameter, question.parameters))
        file = f"[`{question.name}`](../queries/questions/{question.name}.rq)"
        wordings = " | ".join(question.wording(lang) for lang in languages())
        lines.append(f"| {file} | {wordings} | {parameters} |")
    return "\n".join(lines) + "\n"


def _parameter(parameter: QuestionParameter) -> str:
    if parameter.default is None:
        return f"`{parameter.name}` ({parameter.kind})"
    default = "any" if parameter.default == ANY else parameter.default
    return f"`{parameter.name}` ({parameter.kind}, default {default})"


if __name__ == "__main__":
    sys.stdout.write(page())
