"""The dependencies of the five articles, opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.queries.dependencies.network.dependencies import Dependencies

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def corpus(home: Path) -> Dependencies:
    return Dependencies.published(home)
