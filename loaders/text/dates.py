"""Dates as stated: kept with their precision, never with an invented day.

A date is held as an EDTF text (`2017`, `2017-10`, `2017-10-09`, `2019-01/2019-09`) beside the two days
that bound it. Source of the notation: ISO 8601-2:2019, the extended date/time format.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])|Q([1-4])/(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated time.

    :param edtf: as stated, in EDTF
    :param earliest: first day it can mean
    :param latest: last day it can mean
    :param guessed_year: whether the year was taken from the publication date
    """

    edtf: str
    earliest: date
    latest: date
    guessed_year: bool = False


class DateError(ValueError):
    """A date that cannot be read.

    :param code: stable code
    :param what: what is wrong
    :param fix: how to write it
    """

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(f"{what} — {fix}")
        self.code, self.what, self.fix = code, what, fix


@lru_cache(maxsize=65536)
def read_date(text: str, published_year: int | None = None) -> Stated:
    """Read a date or interval.

    :param published_year: taken, and marked, where the text gives day and month only
    :raises DateError: KG040 for a day that does not exist, KG043 for a reversed interval

    >>> read_date("2019-Q4").edtf, read_date("09/10/2017").edtf, read_date("2016/2020").latest.isoformat()
    ('2019-10/2019-12', '2017-10-09', '2020-12-31')
    """
    if match := _ISO.fullmatch(text):
        return _point(match[1], match[2], match[3], text)
    if match := _QUARTER.fullmatch(text):
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return _interval(f"{year}-{quarter * 3 - 2:02}", f"{year}-{quarter * 3:02}")
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
        return _point(year, month, day, text)
    if match := _NO_YEAR.fullmatch(text):
        if published_year is None:
            raise DateError("KG041", f'"{text}" has no year', "write it out as YYYY-MM-DD")
        point = _point(str(published_year), match[2], match[1], text)
        return Stated(point.edtf, point.earliest, point.latest, guessed_year=True)
    start, slash, end = text.partition("/")
    if slash and _ISO.fullmatch(start) and _ISO.fullmatch(end):
        return _interval(start, end)
    raise DateError("KG040", f'"{text}" is no date', "write YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Q1 or FROM/TO")


def _point(year: str, month: str | None, day: str | None, text: str) -> Stated:
    y = int(year)
    if y == 0:
        raise DateError("KG040", f"{text} does not exist", "years start at 0001")
    if month is None:
        return Stated(year, date(y, 1, 1), date(y, 12, 31))
    m = int(month)
    if not 1 <= m <= 12:
        raise DateError("KG040", f"{text} does not exist", "a year has months 01 to 12")
    if day is None:
        return Stated(f"{y:04}-{m:02}", date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1]))
    try:
        exact = date(y, m, int(day))
    except ValueError:
        days = calendar.monthrange(y, m)[1]
        raise DateError("KG040", f"{text} does not exist", f"{y:04}-{m:02} has {days} days") from None
    return Stated(exact.isoformat(), exact, exact)


def _interval(start: str, end: str) -> Stated:
    first, last = read_date(start), read_date(end)
    if first.earliest > last.latest:
        raise DateError(
            "KG043", f"from {start} to {end}", "the start must not come after the end: swap them?"
        )
    return Stated(f"{first.edtf}/{last.edtf}", first.earliest, last.latest)
