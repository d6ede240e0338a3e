"""The brief of a province for a period: what is new, changed, overdue or due soon, and whom to ask."""

from __future__ import annotations

from .ask import BriefQuestion, ask_brief, ask_briefs
from .report import BriefLine, BriefReport, BriefSection, LineKind, RuleClause
from .sentences import QuotedSentence

__all__ = [
    "BriefLine",
    "BriefQuestion",
    "BriefReport",
    "BriefSection",
    "LineKind",
    "QuotedSentence",
    "RuleClause",
    "ask_brief",
    "ask_briefs",
]
