"""Building of a state of a corpus, alone or in place of the shipped one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..pipeline.build import build
from ..pipeline.corpus import REPLACEMENT, find_articles, resolved, shipped_folder
from ..register.entries import find_registers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...graph.publish import Version


def is_corpus(folder: Path) -> bool:
    """Tell whether a folder holds articles or registers."""
    return bool(find_articles(folder) or find_registers(folder))


def build_state(folder: Path, home: Path) -> Version:
    """Build a state of a corpus and publish it.

    A state of the shipped corpus, whose registers have the names of the shipped ones, takes its place; any
    other corpus adds to it, as in every build.

    :raises InputError: with all problems of all files if one of them is an error
    :raises BuildError: if there is no article
    """
    shipped = {path.name for path in find_registers(shipped_folder())}
    own = {path.name for path in find_registers(folder)}
    is_shipped_state = bool(shipped & own) and resolved(folder) != shipped_folder()
    with _in_place_of_shipped(folder if is_shipped_state else None):
        return build([folder], home).version


@contextmanager
def _in_place_of_shipped(folder: Path | None) -> Iterator[None]:
    """Let a folder take the place of the shipped corpus for a while; `None` changes nothing."""
    if folder is None:
        yield
        return
    before = os.environ.get(REPLACEMENT)
    os.environ[REPLACEMENT] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[REPLACEMENT]
        else:
            os.environ[REPLACEMENT] = before
