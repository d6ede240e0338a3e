"""What the page counts as stopping is what `egovkg impact` tells, for every entity of the five articles."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from egovkg.errors import DependencyError
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.ask import ImpactQuestion, ask_impact
from egovkg.queries.dependencies.impact import ImpactReport
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.picture.picture import picture
from egovkg.viz.explorer.compression import inflated
from egovkg.viz.explorer.page import render

STATED = EdgeChoice()
FORESEEN = EdgeChoice(plans=True, implied=True)
NODE = shutil.which("node")
SCRIPT = Path(__file__).parent / "scripts" / "count_stopping.js"


@pytest.mark.skipif(NODE is None, reason="no Node.js found; install it to test the scripts of the pages")
def test_counts_are_those_of_impact(store: OxigraphStore, tmp_path: Path) -> None:
    assert NODE
    counted, _ = counted_by_page(NODE, store, tmp_path)
    told = {curie: told_by_impact(store, curie) for curie in counted}
    assert {curie: counted[curie] for curie, numbers in told.items() if numbers} == {
        curie: numbers for curie, numbers in told.items() if numbers
    }
    assert sum(numbers != (0, 0) for numbers in told.values() if numbers) >= 10


@pytest.mark.skipif(NODE is None, reason="no Node.js found; install it to test the scripts of the pages")
def test_fates_are_those_of_impact(store: OxigraphStore, tmp_path: Path) -> None:
    """What stops, what would by planned or inferred links, and what goes on is told apart as there."""
    assert NODE
    _, drawn = counted_by_page(NODE, store, tmp_path)
    asked = {curie: fates_by_impact(store, curie) for curie, fates in drawn.items() if fates}
    told = {curie: fates for curie, fates in asked.items() if fates}
    beyond = {drawn[curie][other] for curie in told for other in drawn[curie].keys() - told[curie].keys()}
    assert beyond <= {"goesOn"}  # impact does not list what lies behind one that goes on, or behind a service
    assert {curie: {other: drawn[curie].get(other) for other in told[curie]} for curie in told} == told
    assert {fate for fates in told.values() for fate in fates.values()} == {"stops", "foreseen", "goesOn"}


def fates_by_impact(store: OxigraphStore, curie: str) -> dict[str, str]:
    """Return the fate of each system and service that depends on an entity; empty as `report_of` is."""
    today, later = (report_of(store, curie, choice) for choice in (STATED, FORESEEN))
    if today is None or later is None:
        return {}
    fates = {row.system.curie: "foreseen" if row.fails else "goesOn" for row in later.affected}
    return fates | {row.system.curie: "stops" for row in today.affected if row.fails}


def counted_by_page(
    node: str, store: OxigraphStore, folder: Path
) -> tuple[dict[str, tuple[int, int]], dict[str, dict[str, str]]]:
    """Return the systems and services that the page counts, and the fates that it draws, by CURIE."""
    element = re.search(r'id="data">([^<]*)<', render(picture(store)))
    assert element
    data = folder / "data.json"
    page = json.loads(inflated(element[1]))
    data.write_text(json.dumps({"page": page, "folding": None, "formulas": None}), "utf-8")
    environment = os.environ | {"EGOVKG_SCRIPT_DATA": str(data)}
    printed = subprocess.run(
        [node, SCRIPT], env=environment, capture_output=True, text=True, check=True
    ).stdout
    answer = json.loads(printed)
    counts = {curie: (systems, services) for curie, (systems, services) in answer["counts"].items()}
    return counts, answer["fates"]


def told_by_impact(store: OxigraphStore, curie: str) -> tuple[int, int] | None:
    """Return the systems and services that stop with an entity; `None` for classes without dependencies."""
    report = report_of(store, curie, STATED)
    if report is None:
        return None
    failing = len(report.failing)
    return failing, sum(row.fails for row in report.affected) - failing


def report_of(store: OxigraphStore, curie: str, choice: EdgeChoice) -> ImpactReport | None:
    """Ask what is affected when an entity fails; `None` for classes without dependencies."""
    try:
        return ask_impact(store, ImpactQuestion((curie,), choice=choice, compare_choices=False))
    except DependencyError:
        return None
