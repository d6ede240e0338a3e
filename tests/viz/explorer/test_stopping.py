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
from egovkg.queries.picture.picture import picture
from egovkg.viz.explorer.compression import inflated
from egovkg.viz.explorer.page import render

NODE = shutil.which("node")
SCRIPT = Path(__file__).parent / "scripts" / "count_stopping.js"


@pytest.mark.skipif(NODE is None, reason="no Node.js found; install it to test the scripts of the pages")
def test_counts_are_those_of_impact(store: OxigraphStore, tmp_path: Path) -> None:
    assert NODE
    counted = counted_by_page(NODE, store, tmp_path)
    told = {curie: told_by_impact(store, curie) for curie in counted}
    assert {curie: counted[curie] for curie, numbers in told.items() if numbers} == {
        curie: numbers for curie, numbers in told.items() if numbers
    }
    assert sum(numbers != (0, 0) for numbers in told.values() if numbers) >= 10


def counted_by_page(node: str, store: OxigraphStore, folder: Path) -> dict[str, tuple[int, int]]:
    """Return the systems and services that the page counts, by CURIE."""
    element = re.search(r'id="data">([^<]*)<', render(picture(store)))
    assert element
    data = folder / "data.json"
    page = json.loads(inflated(element[1]))
    data.write_text(json.dumps({"page": page, "folding": None, "formulas": None}), "utf-8")
    environment = os.environ | {"EGOVKG_SCRIPT_DATA": str(data)}
    printed = subprocess.run(
        [node, SCRIPT], env=environment, capture_output=True, text=True, check=True
    ).stdout
    return {curie: (systems, services) for curie, (systems, services) in json.loads(printed).items()}


def told_by_impact(store: OxigraphStore, curie: str) -> tuple[int, int] | None:
    """Return the systems and services that stop with an entity; `None` for classes without dependencies."""
    try:
        report = ask_impact(store, ImpactQuestion((curie,), compare_choices=False))
    except DependencyError:
        return None
    failing = len(report.failing)
    return failing, sum(row.fails for row in report.affected) - failing
