"""The page of answers: what the questions of `cases/questions/shipped.yaml` answer on the five articles.

`python tests/docs/test_answers.py` writes the page anew.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pytest
import yaml
from egovkg.graph.publish import open_published
from egovkg.loaders.pipeline.build import build
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.header import GROUPS
from egovkg.queries.questions.named import question
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from egovkg.graph.store import Store
    from egovkg.queries.facts.values import TermValue
    from egovkg.queries.questions.ask import Answer


class Case(TypedDict):
    """The part of a case that the page needs."""

    question: str
    params: NotRequired[dict[str, str]]
    lang: NotRequired[str]
    columns: list[str]


ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "answers.md"
CASES = ROOT / "tests" / "cases" / "questions" / "shipped.yaml"
MOST = 8  # rows shown of an answer
HEAD = f"""# Câu hỏi và câu trả lời — questions and answers

Made by `python tests/docs/test_answers.py`, which asks the questions of
`tests/cases/questions/shipped.yaml` of the five articles in `tests/corpora/five`; do not edit by hand.
That file holds the same answers as a reader worked them out from the articles;
`tests/queries/questions/test_questions.py` compares them with the program's. The shipped corpus grows, and
answers more: `EGOVKG_CORPUS=tests/corpora/five egovkg build` gives the graph that is asked here.

Mỗi câu trả lời dưới đây chỉ giữ vài cột và nhiều nhất {MOST} dòng; lệnh ghi kèm cho thấy đủ, với câu làm bằng
chứng cho từng dòng. "Chưa bài nào nêu" không có nghĩa là không có.

Each answer keeps some columns and at most {MOST} rows; the command gives all of it, with the sentence that
proves each row. That no article states something does not mean that there is none.
"""
GROUP_NAMES = {"architect": "kiến trúc sư", "planner": "người lập kế hoạch", "student": "người học"}


def cases() -> tuple[Case, ...]:
    """Each question with each set of parameters once, in order."""
    found: dict[tuple[str, str], Case] = {}
    for case in yaml.safe_load(CASES.read_text("utf-8")):
        if case.get("lang", "vi") == "vi":
            found.setdefault((case["question"], str(case.get("params", {}))), case)
    return tuple(found.values())


def page(store: Store) -> str:
    """Write the page."""
    asked = cases()
    names = {one["question"] for one in asked}
    counts = [
        f"{sum(group in question(name).groups for name in names)} cho {words}"
        for group, words in GROUP_NAMES.items()
    ]
    intro = f"{len(names)} câu hỏi ({', '.join(counts)}) · {len(names)} questions.\n"
    answers = [ask_question(store, NamedQuestion(one["question"], one.get("params", {}))) for one in asked]
    overview = [line(["câu hỏi", "question", "hỏi với · asked with", "trả lời · answer"]), line(["---"] * 4)]
    overview += map(summary, asked, answers)
    sections = (text for one, answer in zip(asked, answers, strict=True) for text in section(one, answer))
    return "\n".join([HEAD, intro, *overview, "", *sections])


def summary(case: Case, answer: Answer) -> str:
    """Write one question and the first row of its answer in a line."""
    rows = picked(answer, case["columns"])
    first = ", ".join(text for text in rows[0] if text) if rows else answer.message
    more = f" … (hiện 1 trên {len(rows)} dòng · shown 1 of {len(rows)})" if len(rows) > 1 else ""
    asks = answer.question.asks
    return line([asks["vi"], asks["en"], cell(", ".join(case.get("params", {}).values())), first + more])


def picked(answer: Answer, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Keep some columns of an answer, and each of the rows that are left once."""
    places = [[one.name for one in answer.columns].index(name) for name in columns]
    return list(dict.fromkeys(tuple(cell(row[place]) for place in places) for row in answer.rows))


def section(case: Case, answer: Answer) -> Iterator[str]:
    """Write one question, the command that asks it, and its answer."""
    given = case.get("params", {})
    yield f"## {answer.question.asks['vi']}\n"
    yield f"{answer.question.asks['en']}\n"
    words = [f"{name}={value}" for name, value in given.items()]
    command = ["egovkg", "ask", case["question"], *(part for word in words for part in ("-p", word))]
    yield f"    {shlex.join(command)}\n"
    yield from table(answer, case["columns"]) if answer.rows else [f"{answer.message}.\n"]


def table(answer: Answer, columns: Sequence[str]) -> Iterator[str]:
    """Write some columns of an answer as a table, cut after the most rows."""
    labels = [one.labels for name in columns for one in answer.columns if one.name == name]
    rows = picked(answer, columns)
    yield line([f"{pair['vi']}<br>{pair['en']}" for pair in labels])
    yield line(["---"] * len(labels))
    yield from map(line, rows[:MOST])
    if len(rows) > MOST:
        yield f"\nhiện {MOST} trên {len(rows)} dòng · shown {MOST} of {len(rows)}"
    yield ""


def cell(value: TermValue) -> str:
    """Word a value so that it stands in one cell."""
    text = "" if value is None else str(value)
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def line(cells: Sequence[str]) -> str:
    """Write a row of a table."""
    return f"| {' | '.join(cells)} |"


def made() -> str:
    """Build the five articles and write the page of them."""
    with TemporaryDirectory() as home:
        build([FIVE], Path(home))
        return page(open_published(Path(home)))


def test_page_is_what_the_program_answers() -> None:
    assert PAGE.read_text("utf-8") == made(), "run: python tests/docs/test_answers.py"


def test_page_says_where_it_is_cut_and_what_is_not_stated() -> None:
    text = PAGE.read_text("utf-8")
    tables = re.findall(r"^(?:\|.*\n)+(?:\nhiện (\d+) trên (\d+) dòng)?", text, re.MULTILINE)
    assert any(shown for shown, _ in tables)
    assert all(not shown or int(shown) == MOST < int(whole) for shown, whole in tables)
    lengths = [one[0].count("\n") for one in re.finditer(r"^(?:\|.*\n)+", text, re.MULTILINE)]
    assert lengths[0] == len(cases()) + 2
    assert max(lengths[1:]) == MOST + 2
    assert "chưa bài nào nêu — không có nghĩa là không có." in text


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_its_questions(group: str) -> None:
    names = {one["question"] for one in cases()}
    assert len(names) >= 50
    assert sum(group in question(name).groups for name in names) >= 20


def test_a_cell_stays_a_cell() -> None:
    assert cell("a | b\nc") == "a \\| b c"
    assert cell(None) == ""


if __name__ == "__main__":
    read_five_as_shipped()
    PAGE.write_text(made(), encoding="utf-8")
