"""The static site: the whole graph as HTML pages that work offline."""

from __future__ import annotations

__all__ = ()  # left empty: the addresses of pages shall be had without loading the whole site
