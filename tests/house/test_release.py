"""A release: its notes come from the changelog, and every verb of the Makefile says what it does."""

from __future__ import annotations

import re
from pathlib import Path

import egovkg
import pytest
from egovkg.tests.house.release_notes import CHANGELOG, release_notes

MAKEFILE = (Path(egovkg.__file__).parent / "Makefile").read_text("utf-8")
TEXT = "# Changelog\n\n## [Unreleased]\n\n- soon\n\n## [0.1.0] - 2026-01-01\n\n- first\n"


def test_notes_are_those_of_the_version() -> None:
    assert release_notes(TEXT, "0.1.0") == "# egovkg 0.1.0\n\n- first\n"
    assert release_notes(TEXT, "0.2.0") == "# egovkg 0.2.0\n\n- soon\n"
    assert release_notes(CHANGELOG.read_text("utf-8"), egovkg.__version__)


def test_no_notes_is_a_fault() -> None:
    with pytest.raises(ValueError, match=r"no part for 1\.0\.0"):
        release_notes("# Changelog\n", "1.0.0")


def test_make_help_names_every_verb() -> None:
    (verbs,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert set(re.findall(r"^([a-z0-9]+):.*## ", MAKEFILE, re.MULTILINE)) == {*verbs.split()}
