"""The page on processes names every ending of a worker that the code has, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import egovkg
from egovkg.service.workers.endings import Ending

PAGE = (Path(egovkg.__file__).parent / "docs" / "processes.md").read_text("utf-8")
CAPITALS = re.compile(r"\b[A-Z]{4,}\b")


def test_the_diagram_and_the_table_have_every_ending() -> None:
    diagram = PAGE.partition("## A worker")[2].partition("```mermaid\n")[2].partition("```")[0]
    table = re.findall(r"^\| ([A-Z, ]+) \|", PAGE, re.MULTILINE)
    endings = {ending.name for ending in Ending} - {Ending.UNKNOWN.name}
    assert {*CAPITALS.findall(diagram)} == endings
    assert {*CAPITALS.findall(" ".join(table))} == endings
