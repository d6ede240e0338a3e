"""The lists of small inputs and of long tests name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from egovkg.tests.conftest import LONG, SLOW, THOROUGH

TESTS = Path(__file__).parents[1]


def test_every_test_of_the_list_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (TESTS / "README.md").read_text("utf-8"))
    assert len(named) > 50
    missing = [
        f"{file}::{name}" for file, name in named if f"def {name}(" not in (TESTS / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_row_of_the_soak_exists() -> None:
    named = re.findall(r"`soak: ([^`]+)`", (TESTS / "README.md").read_text("utf-8"))
    sources = "".join(path.read_text("utf-8") for path in (TESTS.parent / "benchmarks" / "soak").glob("*.py"))
    assert len({*named}) > 10
    assert [name for name in named if f'"{name}"' not in sources] == []


@pytest.mark.parametrize("entry", [*LONG, *SLOW, *THOROUGH])
def test_every_long_test_exists(entry: str) -> None:
    place, _, name = entry.partition("::")
    path = TESTS / place
    assert path.exists()
    name = name.partition("[")[0]
    assert not name or re.search(rf"^(def|class) {name}\b", path.read_text("utf-8"), re.MULTILINE)
