"""Drawings, tables and pages: what shows the answers to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .explorer import Explorer, explore, network, render, write

__all__ = ["Explorer", "explore", "network", "render", "write"]


def __getattr__(name: str) -> object:
    """Load the explorer when it is needed: a table needs no templates."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import explorer

    return getattr(explorer, name)
