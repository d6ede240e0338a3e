"""Drawings, tables and pages: what shows the answers to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .explorer.page import network, render, write

__all__ = ["network", "render", "write"]


def __getattr__(name: str) -> object:
    """Load the explorer when it is asked for: a table needs no templates."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .explorer import page

    return getattr(page, name)
