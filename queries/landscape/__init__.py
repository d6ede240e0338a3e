"""The landscape of a province: its systems, their connections, figures and gaps, and the sources of all."""

from __future__ import annotations

from .ask import LandscapeQuestion, ask_landscape
from .report import LandscapeReport, SystemEntry

__all__ = ["LandscapeQuestion", "LandscapeReport", "SystemEntry", "ask_landscape"]
