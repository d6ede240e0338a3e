"""The explorer: one page that shows the whole graph offline, as a drawing and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .views import VIEWS

if TYPE_CHECKING:
    from .notebook import Explorer, explore
    from .page import SiteLinks, render, write
    from .pyvis_network import network

__all__ = ["VIEWS", "Explorer", "SiteLinks", "explore", "network", "render", "write"]


def __getattr__(name: str) -> object:
    """Import the page on first access, because the names of the views can be used without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import notebook, page, pyvis_network

    homes = (notebook, page, pyvis_network)
    return getattr(next(home for home in homes if name in home.__all__), name)
