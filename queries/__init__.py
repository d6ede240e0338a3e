"""Questions to the graph: named ones from `.rq` files, all facts as flat records, the portrait of an entity.

>>> from egovkg.queries import question
>>> question("depends-on").asks["en"]
'What does this system depend on directly, and which statement says so?'
"""

from __future__ import annotations

from .entities import resolve
from .facts import Fact, facts
from .header import Column, Parameter, Question
from .named import Answer, ask, bind, question, questions
from .show import Portrait, Shown, Source, show

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
