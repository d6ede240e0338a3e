"""What the explorer holds beside the picture of a graph: guided tours, and the verdicts on provinces."""

from __future__ import annotations

from .news import news_period
from .reading import NO_SUPPLEMENTS, Supplements, read_supplements, supplements_of

__all__ = ["NO_SUPPLEMENTS", "Supplements", "news_period", "read_supplements", "supplements_of"]
