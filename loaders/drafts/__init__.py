"""Drafts of articles: proposals for a raw text by rules and dictionaries, and their acceptance."""

from .acceptance import DraftArticle
from .desk import DraftDesk, DraftedText, DraftRequest
from .drafting import Drafter, TextFrame
from .records import draft_record
from .review import Review, Selection

__all__ = [
    "DraftArticle",
    "DraftDesk",
    "DraftRequest",
    "DraftedText",
    "Drafter",
    "Review",
    "Selection",
    "TextFrame",
    "draft_record",
]
