"""The faults that loaders report: their texts in every language, name suggestions, and reports."""

from .messages import fault, message
from .report import as_json, as_sarif, as_text, summary
from .suggest import suggestion, with_suggestion, with_suggestion_first

__all__ = [
    "as_json",
    "as_sarif",
    "as_text",
    "fault",
    "message",
    "suggestion",
    "summary",
    "with_suggestion",
    "with_suggestion_first",
]
