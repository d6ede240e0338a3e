"""The verbs, a module for those of one kind; it is imported when one of its verbs runs."""

from __future__ import annotations

__all__ = []
