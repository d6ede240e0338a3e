"""The marks of a statement beside its status: the same in the explorer, on the site, in saved pictures."""

from __future__ import annotations

__all__ = ["MARKS"]

MARKS = {"denied": "✕", "unsure": "?", "partly": "½"}
