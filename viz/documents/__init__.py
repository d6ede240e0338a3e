"""Documents to read and to print: one model of headings, tables and notes, written as DOCX and as HTML."""

from __future__ import annotations

from .model import Heading, Illustration, Note, Notes, Remarks, Span, TextDocument, TextTable
from .page import document_page
from .word import word_document

__all__ = [
    "Heading",
    "Illustration",
    "Note",
    "Notes",
    "Remarks",
    "Span",
    "TextDocument",
    "TextTable",
    "document_page",
    "word_document",
]
