"""The list of small inputs names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

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
