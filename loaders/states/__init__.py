"""States of a corpus for a comparison: a folder as it is, or as git holds it, built elsewhere."""

from __future__ import annotations

from .building import build_state, is_corpus
from .drafts import UnpublishedQuads, read_unpublished
from .plateau import Plateau, lay_over
from .revisions import extract_revision

__all__ = [
    "Plateau",
    "UnpublishedQuads",
    "build_state",
    "extract_revision",
    "is_corpus",
    "lay_over",
    "read_unpublished",
]
