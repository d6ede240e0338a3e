"""Presentation of answers: drawings, tables and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .explorer import Explorer, explore, network, render, write

__all__ = ["Explorer", "explore", "network", "render", "write"]


def __getattr__(name: str) -> object:
    """Import the explorer on first access, because tables do not need its templates."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import explorer

    return getattr(explorer, name)
