"""The brief of a province as a document and as tables."""

from __future__ import annotations

from .document import brief_document
from .tables import brief_grid, brief_sheets, brief_text, section_grid

__all__ = ["brief_document", "brief_grid", "brief_sheets", "brief_text", "section_grid"]
