"""Tone: the colour family and line style of a status or verdict."""

from __future__ import annotations

from enum import StrEnum

from .codes import CodeEnum

__all__ = ["Line", "Tone"]


class Line(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


class Tone(CodeEnum):
    """A family of colours that style sheets know by this name.

    >>> Tone.OPEN.slug, Tone.OPEN.line
    ('tone-open', <Line.DASHED: 'dashed'>)
    """

    SURE = "sure"
    OPEN = "open"
    PARTIAL = "partial"
    DENIED = "denied"
    CONFLICT = "conflict"
    ASIDE = "aside"
    SILENT = "silent"

    @property
    def slug(self) -> str:
        """Local name of the code."""
        return f"tone-{self.value}"

    @property
    def line(self) -> Line:
        """How lines of the tone are drawn."""
        return Line(self.code.annotation("line"))
