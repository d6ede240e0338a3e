"""Facts as flat records, and the lookup of entities by name."""

from __future__ import annotations

from .ask import EntityQuestion, EntityReport, FactQuestion, FactReport, ask_entity, ask_facts
from .entities import EntityNames, name_remarks, resolve, resolve_all
from .facts import Fact, facts
from .terms import term_label

__all__ = [
    "EntityNames",
    "EntityQuestion",
    "EntityReport",
    "Fact",
    "FactQuestion",
    "FactReport",
    "ask_entity",
    "ask_facts",
    "facts",
    "name_remarks",
    "resolve",
    "resolve_all",
    "term_label",
]
