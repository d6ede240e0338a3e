"""Drawings of the graph: the explorer, one page that works from a file, offline."""

from __future__ import annotations

from .explorer.page import network, render, write

__all__ = ["network", "render", "write"]
