"""The site: everything that the graph holds as pages that work from files, offline."""

from __future__ import annotations

__all__ = ()  # left empty: the addresses of pages shall be had without loading the whole site
