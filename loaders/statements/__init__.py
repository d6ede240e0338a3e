"""Conversion of parsed articles to statements with resolved names, and of statements to N-Quads."""

from .article_quads import Emitter, becomes_edge
from .crosscheck import check_lines, merge_doubles
from .model import Claim, ClaimObject, Figure, ResolvedArticle, ResolvedMention
from .name_index import NameIndex
from .nquads import Quads
from .register_quads import register_quads
from .resolver import Counts, Resolution, Resolver

__all__ = [
    "Claim",
    "ClaimObject",
    "Counts",
    "Emitter",
    "Figure",
    "NameIndex",
    "Quads",
    "Resolution",
    "ResolvedArticle",
    "ResolvedMention",
    "Resolver",
    "becomes_edge",
    "check_lines",
    "merge_doubles",
    "register_quads",
]
