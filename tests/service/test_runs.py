"""The log of runs in the docs: each run is a line, and the last line adds them up."""

from __future__ import annotations

from pathlib import Path

import egovkg
import pytest
from egovkg.benchmarks.soak.runs import COLUMNS, add_run

PAGE = Path(egovkg.__file__).parent / "docs" / "soak.md"


def rows(page: Path) -> list[list[str]]:
    lines = page.read_text("utf-8").partition("| run |")[2].splitlines()[2:]
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]


def test_runs_add_up(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    head = "| run | command | load | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (3 + len(COLUMNS))
    page.write_text(f"# Runs\n\n{head}\n\nafter\n", encoding="utf-8")
    add_run(page, "soak", {"good requests": 7, "killed processes": 3})
    add_run(page, "fuzz", {"good requests": 5, "fuzzed inputs": 11})
    assert [row[1] for row in rows(page)] == ["soak", "fuzz", ""]
    total = dict(zip(COLUMNS, rows(page)[-1][3:], strict=True))
    assert (total["good requests"], total["fuzzed inputs"], total["wrong"]) == ("12", "11", "0")
    assert page.read_text("utf-8").endswith("|\n\nafter\n")


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no table"):
        add_run(page, "soak", {})


def test_the_page_in_the_docs_adds_up() -> None:
    *runs, total = ([int(cell) for cell in row[3:]] for row in rows(PAGE))
    assert [sum(column) for column in zip(*runs, strict=True)] == total
