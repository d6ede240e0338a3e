"""Tones: the colours and line style of a status or verdict."""

from __future__ import annotations

from enum import StrEnum

from .codes import CodeEnum

__all__ = ["Line", "Tone"]


class Line(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


class Tone(CodeEnum, prefix="tone-"):
    """A group of colours, known to style sheets by its name.

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
    def line(self) -> Line:
        """The style of lines drawn in the tone."""
        return Line(self.code.annotation("line"))
