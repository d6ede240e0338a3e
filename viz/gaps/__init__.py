"""The heat map of gaps: one self-contained page."""

from __future__ import annotations

from .page import gap_page

__all__ = ["gap_page"]
