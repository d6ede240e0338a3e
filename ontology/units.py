"""The unit, in annotations, whose figures need words beside the number."""

from __future__ import annotations

__all__ = ["RANK_UNIT"]

RANK_UNIT = "hạng"  # of a rank: it means nothing without the index and the year
