"""Queries on the graph: facts, entities, named questions, dependencies, planning, data for the explorer.

>>> from egovkg.queries import question
>>> question("depends-on").wording("en")
'What does this system depend on directly, and which statement says so?'
"""

from __future__ import annotations

from .facts import EntityQuestion, EntityReport, Fact, FactQuestion, ask_entity, ask_facts, facts, resolve
from .questions import Answer, NamedQuestion, Question, ask_question, question, questions

__all__ = [
    "Answer",
    "EntityQuestion",
    "EntityReport",
    "Fact",
    "FactQuestion",
    "NamedQuestion",
    "Question",
    "ask_entity",
    "ask_facts",
    "ask_question",
    "facts",
    "question",
    "questions",
    "resolve",
]
