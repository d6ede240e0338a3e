"""The brief of a province for a period: what is new, changed, overdue or due soon, and whom to ask."""

from __future__ import annotations

from ..facts.sentences import DigestSentence, sentence_place
from .ask import BriefQuestion, ask_brief, ask_briefs
from .report import BriefLine, BriefReport, BriefSection, LineKind, Period, RuleClause

__all__ = [
    "BriefLine",
    "BriefQuestion",
    "BriefReport",
    "BriefSection",
    "DigestSentence",
    "LineKind",
    "Period",
    "RuleClause",
    "ask_brief",
    "ask_briefs",
    "sentence_place",
]
