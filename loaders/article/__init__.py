"""The annotated-article format `*.kg.md`: its parser and its formatter."""

from .attributes import Attributes, read_attributes
from .document import MentionLink, ParsedArticle, ParsedParagraph
from .formatting import format_file, formatted, would_change
from .frontmatter import FrontMatter, read_front
from .parser import parse_article
from .statement_lines import ClaimLine, FigureLine

__all__ = [
    "Attributes",
    "ClaimLine",
    "FigureLine",
    "FrontMatter",
    "MentionLink",
    "ParsedArticle",
    "ParsedParagraph",
    "format_file",
    "formatted",
    "parse_article",
    "read_attributes",
    "read_front",
    "would_change",
]
