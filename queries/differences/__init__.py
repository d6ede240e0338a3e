"""How two graphs differ, by meaning: entities, statements, dependencies, verdicts and answers."""

from __future__ import annotations

from .ask import DifferenceQuestion, ask_difference
from .changes import Change, DifferenceKind, FieldChange, GraphPart
from .graphs import ComparedGraph
from .report import DifferenceReport
from .what_if import WhatIfQuestion, ask_what_if

__all__ = [
    "Change",
    "ComparedGraph",
    "DifferenceKind",
    "DifferenceQuestion",
    "DifferenceReport",
    "FieldChange",
    "GraphPart",
    "WhatIfQuestion",
    "ask_difference",
    "ask_what_if",
]
