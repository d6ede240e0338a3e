"""The verbs about change: the versions of a graph, how two graphs differ, and what a change would do."""

from __future__ import annotations

__all__ = []
