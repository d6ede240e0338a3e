"""The difference of two graphs as tables and as a document: counts first, then the changes."""

from __future__ import annotations

from .document import difference_document
from .tables import DetailPage, changes_grid, difference_sheets, difference_text

__all__ = ["DetailPage", "changes_grid", "difference_document", "difference_sheets", "difference_text"]
