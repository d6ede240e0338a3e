"""A little of `make fuzz` in every run, and that it finds what it is there to find."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from egovkg.tests.fuzz.__main__ import run
from egovkg.tests.fuzz.targets import TARGETS, Target

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it stops slow texts by a signal")


@pytest.mark.parametrize("target", TARGETS, ids=[each.name for each in TARGETS])
def test_changed_texts_are_taken_or_refused(target: Target, tmp_path: Path) -> None:
    done = run(target, seed=1, seconds=4, limit=120, folder=tmp_path / "kept")
    assert done.faults == []
    assert done.inputs > len(target.seeds())


def test_the_sound_texts_are_taken() -> None:
    for target in TARGETS:
        refused = [each for each in target.seeds() if not target.take(each)]
        assert refused == [], target.name


def test_a_fault_is_found_and_kept(tmp_path: Path) -> None:
    def take(data: bytes) -> bool:
        return b"\xff" not in data or data.decode() == ""  # as a reader that forgot about encodings

    done = run(
        Target("careless", lambda: [b"one two\nthree\n"], take), 1, limit=500, folder=tmp_path / "kept"
    )
    assert done.inputs == 500
    assert len(done.faults) == 1
    assert "UnicodeDecodeError" in done.faults[0]
    (folder,) = (tmp_path / "kept").iterdir()
    assert b"\xff" in folder.read_bytes()
    assert str(folder) in done.faults[0]
