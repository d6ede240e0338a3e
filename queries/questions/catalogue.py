"""The page that lists the named questions, made from their headers.

python -m egovkg.queries.questions.catalogue > docs/questions.md
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .header import ANY, GROUPS
from .named import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .header import Parameter, Question

_HEAD = """# Named questions

Made from the headers of `queries/questions/*.rq` by
`python -m egovkg.queries.questions.catalogue`; do not edit by hand.
Ask one with `egovkg ask NAME -p parameter=value`; `--lang en` gives English labels and sentences.
Each file is plain SPARQL 1.1 with sample values in its `VALUES` lines, and runs on any engine.
An answer without rows means that no article states it, never that there is none.
A name such as "Tuyên Quang", borne by a province and by its successor of 2025, asks about both.
What they answer on the shipped articles: [Câu hỏi và câu trả lời — questions and answers](answers.md).
"""
_GROUP_NAMES = {
    "architect": "Kiến trúc sư — enterprise architects",
    "planner": "Người lập kế hoạch — planners",
    "student": "Người học — students",
}


def page() -> str:
    """Write the page: one table a user group, a question in the table of each group it is for."""
    asked = questions()
    parts = [_HEAD, f"There are {len(asked)} questions.\n"]
    for group in GROUPS:
        parts.append(f"## {_GROUP_NAMES[group]}\n")
        parts.append(_table([one for one in asked if group in one.groups]))
    return "\n".join(parts)


def _table(asked: Sequence[Question]) -> str:
    lines = ["| name | câu hỏi | question | parameters |", "|---|---|---|---|"]
    for one in asked:
        parameters = ", ".join(map(_parameter, one.parameters))
        file = f"[`{one.name}`](../queries/questions/{one.name}.rq)"
        lines.append(f"| {file} | {one.asks['vi']} | {one.asks['en']} | {parameters} |")
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    if parameter.default is None:
        return f"`{parameter.name}` ({parameter.kind})"
    shown = "any" if parameter.default == ANY else parameter.default
    return f"`{parameter.name}` ({parameter.kind}, default {shown})"


if __name__ == "__main__":
    sys.stdout.write(page())
