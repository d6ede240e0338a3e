"""The verbs, grouped into modules; each module is imported when one of its verbs runs."""

from __future__ import annotations

__all__ = []
