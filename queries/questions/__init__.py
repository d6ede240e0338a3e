"""Named questions (one `.rq` file each), and SPARQL queries written by users."""

from __future__ import annotations

from .ask import Answer, NamedQuestion, ask_question
from .binding import bind
from .header import AnswerColumn, Question, QuestionParameter
from .named import question, questions
from .proposals import Proposals, QuestionProposal, SentenceQuestion, ask_proposals

__all__ = [
    "Answer",
    "AnswerColumn",
    "NamedQuestion",
    "Proposals",
    "Question",
    "QuestionParameter",
    "QuestionProposal",
    "SentenceQuestion",
    "ask_proposals",
    "ask_question",
    "bind",
    "question",
    "questions",
]
