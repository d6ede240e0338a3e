"""What the pages show: entities, statements, answers, tours and coverage, as values free of HTML."""

from __future__ import annotations

__all__ = ()  # left empty: the addresses of pages shall be had without loading the whole site
