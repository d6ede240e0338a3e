"""Questions to the graph: named ones from `.rq` files, all facts as flat records, the portrait of an entity.

>>> from egovkg.queries import question
>>> question("depends-on").asks["en"]
'What does this system depend on directly, and which statement says so?'
"""

from __future__ import annotations

from .facts.entities import resolve
from .facts.facts import Fact, facts
from .facts.show import Portrait, Shown, Source, show
from .questions.header import Column, Parameter, Question
from .questions.named import Answer, ask, bind, question, questions

__all__ = [
    "Answer",
    "Column",
    "Fact",
    "Parameter",
    "Portrait",
    "Question",
    "Shown",
    "Source",
    "ask",
    "bind",
    "facts",
    "question",
    "questions",
    "resolve",
    "show",
]
