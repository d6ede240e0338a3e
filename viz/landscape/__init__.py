"""The landscape of a province as a document: pictures, tables, and a footnote for every statement."""

from __future__ import annotations

from .document import landscape_document

__all__ = ["landscape_document"]
