"""The list of named questions, by user group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..queries.questions.header import GROUPS
from ..queries.questions.named import questions
from ..viz.tables import Grid

if TYPE_CHECKING:
    from ..queries.questions.header import Question

_GROUPS = {
    "vi": {"architect": "Kiến trúc sư", "planner": "Người lập kế hoạch", "student": "Sinh viên"},
    "en": {"architect": "Architects", "planner": "Planners", "student": "Students"},
}
_HINT = {
    "vi": "Hỏi: egovkg ask TÊN -p tham_số=giá_trị   ([…] là tham số có sẵn giá trị, * là bất kỳ)",
    "en": "Ask: egovkg ask NAME -p parameter=value   ([…] has a default, * is any)",
}


def question_grid(lang: str) -> Grid:
    """List every question once, under the first group it is for."""
    rows = [
        (group, one.name, one.asks[lang], parameters(one))
        for group in GROUPS
        for one in questions()
        if group == one.groups[0]
    ]
    keys = ("group", "name", "question", "parameters")
    return Grid(keys, keys, rows)


def parameters(question: Question) -> str:
    """Write the parameters of a question: `system, [from=2019-01-01]`."""
    named = ((p.name, p.default) for p in question.parameters)
    return ", ".join(name if default is None else f"[{name}={default}]" for name, default in named)


def question_text(lang: str) -> str:
    """Write the list for people.

    >>> "systems-of-province" in question_text("en")
    True
    """
    rows = question_grid(lang).rows
    width = max(len(str(row[1])) for row in rows)
    lines = []
    group = ""
    for row in rows:
        if row[0] != group:
            group = str(row[0])
            lines += ["", _GROUPS[lang][group]]
        asked = f"  {row[1]:<{width}}  {row[2]}"
        lines.append(f"{asked}  ({row[3]})" if row[3] else asked)
    return "\n".join([*lines[1:], "", _HINT[lang]]) + "\n"
