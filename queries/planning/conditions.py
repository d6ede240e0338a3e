"""The conditions of a question: which statements count, and in which languages they are quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from datetime import date

SENTENCES_PER_CELL = 12  # statements quoted for a cell; the ids of all are there


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which statements count, and how they are quoted.

    :param as_of: the day of the question. A statement holds from its own date where it bears one, else from
        the day it was said
    :param known_by: leave out what was said after this day; everything counts when it is ``None``
    :param languages: languages in which labels and sentences are read; with none, only ids are there
    :param sentences_per_cell: statements quoted for a cell, those that decide first; 0 for verdicts alone
    """

    as_of: date
    known_by: date | None = None
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    sentences_per_cell: int = SENTENCES_PER_CELL
