"""The content of the pages: entities, statements, answers, tours and coverage, as values without HTML."""

from __future__ import annotations

__all__ = ()  # left empty: the addresses of pages shall be had without loading the whole site
