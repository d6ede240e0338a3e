"""The explorer: one page that shows the whole graph offline, as a drawing and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .views import VIEWS

if TYPE_CHECKING:
    from .notebook import Explorer, explore
    from .page import SiteLinks, network, render, write

__all__ = ["VIEWS", "Explorer", "SiteLinks", "explore", "network", "render", "write"]

_NOTEBOOK = ("Explorer", "explore")


def __getattr__(name: str) -> object:
    """Import the page on first access, because the names of the views can be used without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import notebook, page

    return getattr(notebook if name in _NOTEBOOK else page, name)
