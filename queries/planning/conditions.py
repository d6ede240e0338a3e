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

    :param as_of: the day of the question. A statement holds from its own date if it has one, else from the
        day it was made
    :param known_by: statements made after this day are left out; ``None`` to include all
    :param languages: languages of labels and sentences; if empty, only ids are read
    :param sentences_per_cell: the largest number of statements quoted per cell, deciding ones first; 0 for
        verdicts only
    """

    as_of: date
    known_by: date | None = None
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    sentences_per_cell: int = SENTENCES_PER_CELL
