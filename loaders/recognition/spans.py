"""What a draft finds in a raw text: spans with their meaning; offsets count characters, from 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable


def overlaps_any(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a span shares a character with one of others; the end of a span is not part of it.

    >>> overlaps_any(0, 4, [(4, 9)]), overlaps_any(0, 5, [(4, 9)])
    (False, True)
    """
    return any(start < other_end and other_start < end for other_start, other_end in spans)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a raw text.

    :param text: its words; line ends within it are blanks, so that offsets agree
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A name of a thing.

    :param surface: the name as printed
    :param kind: class of the thing
    :param number: number of a document; empty for other things
    :param long_form: the words for which an abbreviation stands; empty for other names
    """

    start: int
    end: int
    surface: str
    kind: str
    number: str = ""
    long_form: str = ""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A time as printed.

    :param value: the time as articles write it, such as `2019-Q4`
    :param role: the attribute that the words before it suggest, such as `by`; empty without any
    :param is_year_assumed: whether the words state a day without its year
    """

    start: int
    end: int
    value: str
    role: str = ""
    is_year_assumed: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a single day, not a month, a year or a period."""
        return read_date(self.value).is_day


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A figure as printed.

    :param value: the value with its comparator as articles write it, such as `>=70`
    :param unit: a unit of the lexicon; empty if there is none for the counted things
    :param counted: the words for what is counted, as printed
    :param is_rank: whether it is a place in a ranking
    """

    start: int
    end: int
    value: str
    unit: str
    counted: str
    is_rank: bool = False
