"""The conditions of a question: which statements and targets count, and how statements are quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import CODE
from ...ontology.qualifiers import has_same_levels
from ...words import DEFAULT_LANGUAGE
from .cells.framework import NumericTarget
from .target_comparison import period_bounds

if TYPE_CHECKING:
    from datetime import date

    from .cells.framework import LegalTarget

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


def runs_on(target: LegalTarget, day: date) -> bool:
    """Tell whether neither the period of a target nor the service levels that it counts have ended."""
    return not period_is_over(target.period, day) and not levels_are_replaced(target, day)


def period_is_over(period: str, day: date) -> bool:
    """Tell whether the year in which the period of a target ends has passed by a day.

    To the end of that year provinces report on it, so that a deadline within the year can be missed.

    >>> from datetime import date
    >>> [period_is_over("2019-02-11/2020-12-30", day) for day in (date(2020, 12, 31), date(2021, 1, 1))]
    [False, True]
    """
    return period_bounds(period)[1].year < day.year


def levels_are_replaced(target: LegalTarget, day: date) -> bool:
    """Tell whether services are graded by other levels on a day than those that a target counts."""
    if not isinstance(target, NumericTarget) or target.scheme is None:
        return False
    ending = target.scheme_life.ended_by(day)
    if ending is None:
        return False
    replacement = (ending.replacement or "").removeprefix(CODE)
    return not replacement or not has_same_levels(target.scheme, replacement)
