"""The elements of a dependency drawing: boxes, arrows, and their styles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ...graph.network.network import EXPECTS
from ...ontology.directions import PART
from ...ontology.verdicts import EdgeStanding
from ...queries.dependencies.text import edge_text, relation_text
from ...queries.facts.terms import term_label
from ...words import DEFAULT_LANGUAGE, label

if TYPE_CHECKING:
    from datetime import date

    from ...queries.dependencies.network.edge import DependencyEdge
    from ...queries.dependencies.network.systems import System

__all__ = ["Arrow", "ArrowStyle", "Box", "BoxRole", "Drawing", "arrow_style", "short_label"]


class BoxRole(StrEnum):
    """The role of a system in a drawing; style sheets use the values as class names."""

    FAILED = "failed"
    SUBJECT = "asked"  # the question is about it
    LISTED = "listed"
    PASSED = "passed"  # left out by the filter, but on a path
    SINGLE_POINT = "single"


class ArrowStyle(StrEnum):
    """The line style of an edge; style sheets use the values as class names."""

    STATED = "stated"
    REFERENCE = "reference"
    DUTY = "duty"
    PLANNED = "plans"
    IMPLIED = "implied"
    PART = "parts"


@dataclass(frozen=True)
class Box:
    """One system in a drawing.

    :param column: column from the left, from 0
    :param row: vertical position from the top, in heights of a box
    """

    system: System
    column: int
    row: float
    role: BoxRole

    def label(self, lang: str) -> str:
        """Return the text in the box."""
        return short_label(self.system, lang)

    def detail(self, lang: str) -> str:
        """Return the second line of the box: class and province."""
        parts = (term_label(self.system.kind, lang), label(self.system.place, lang))
        return " · ".join(filter(None, parts))


def short_label(system: System, lang: str) -> str:
    """Return the short name, which exists only in the default language, or else the label."""
    return system.short if lang == DEFAULT_LANGUAGE else system.label(lang)


@dataclass(frozen=True)
class Arrow:
    """One edge in a drawing, from the dependent to the provider.

    :param number: number of its row in the table of evidence, from 1
    """

    edge: DependencyEdge
    style: ArrowStyle
    number: int

    def label(self, lang: str) -> str:
        """Return the names of its relations; for an expected edge, the reference components behind it."""
        if self.style not in {ArrowStyle.REFERENCE, ArrowStyle.DUTY}:
            return edge_text(self.edge, lang)
        for expectation in self.edge.expectations:
            return f"{expectation.needing} → {expectation.needed}"
        return relation_text(EXPECTS, lang)


@dataclass(frozen=True)
class Drawing:
    """A complete drawing: boxes, arrows, title and notes.

    :param notes: remarks that stand below the drawing
    :param as_of: the day that it shows; `None` for all statements regardless of date
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...]
    lang: str
    as_of: date | None = None


def arrow_style(edge: DependencyEdge) -> ArrowStyle:
    """Choose the line style of an edge by its basis and by whether only plans or inferences state it."""
    if edge.basis in {ArrowStyle.REFERENCE.value, ArrowStyle.DUTY.value}:
        return ArrowStyle(edge.basis)
    if edge.relations == (PART,):
        return ArrowStyle.PART
    if edge.is_firm:
        return ArrowStyle.STATED
    is_planned = any(edge.standing(name) is EdgeStanding.PLANNED for name in edge.relations)
    return ArrowStyle.PLANNED if is_planned else ArrowStyle.IMPLIED
