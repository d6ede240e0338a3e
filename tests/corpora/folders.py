"""The corpora that tests read instead of the shipped one, which grows."""

from __future__ import annotations

import os
from pathlib import Path

from egovkg.loaders.pipeline.corpus import REPLACEMENT

FIVE = Path(__file__).resolve().parent / "five"  # the shipped corpus of November 2026, five articles


def read_five_as_shipped() -> None:
    """Let this process, and every process that it starts, take the five articles for the shipped corpus."""
    os.environ[REPLACEMENT] = str(FIVE)
