"""Dates as stated: their precision is kept, and no day is invented.

A date consists of an EDTF text (`2017`, `2017-10`, `2017-10-09`, `2019-01/2019-09`) and the first and last
day that it can mean. Source of the notation: ISO 8601-2:2019, extended date/time format.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ...problems import FaultError
from ..faults.messages import fault

__all__ = ["StatedTime", "read_date", "read_publication_time"]

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])|Q([1-4])/(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_UNCERTAIN = re.compile(r"(.+)([?~%])", re.DOTALL)  # EDTF: uncertain, approximate, both
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A day, month, year or interval as stated.

    :param edtf: the stated time in EDTF
    :param earliest: first day that it can mean
    :param latest: last day that it can mean
    :param guessed_year: whether its year was taken from the publication date
    """

    edtf: str
    earliest: date
    latest: date
    guessed_year: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.earliest == self.latest

    @property
    def year(self) -> int | None:
        """The year that it lies in; ``None`` if it can lie in several."""
        return self.earliest.year if self.earliest.year == self.latest.year else None


@lru_cache(maxsize=65536)
def read_date(text: str, published_year: int | None = None) -> StatedTime:
    """Parse a date or an interval.

    :param published_year: used as year, and recorded as such, if the text has only day and month
    :raises FaultError: KG040 for a day that does not exist, KG041 for a date without a year, KG043 for a
        reversed interval

    >>> read_date("2019-Q4").edtf, read_date("09/10/2017").edtf, read_date("2016/2020").latest.isoformat()
    ('2019-10/2019-12', '2017-10-09', '2020-12-31')
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return _point(year, month, day, text)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _point(year, month, day, text)
    if match := _NO_YEAR.fullmatch(text):
        if published_year is None:
            raise FaultError(fault("KG041.no-year", text=text))
        day, month = match.groups()
        return replace(_point(str(published_year), month, day, text), guessed_year=True)
    return _read_interval(text)


@lru_cache(maxsize=4096)
def read_publication_time(text: str) -> StatedTime:
    """Parse a time of publication: a date or an interval, which may be marked as uncertain.

    A mark `~`, `?` or `%` after a day, month or year says that it may be one earlier or later: `2025-08~` can
    be any day from July to September 2025.

    :raises FaultError: KG040 for a day that does not exist or a marked interval, KG041 for a date without a
        year, KG043 for a reversed interval

    >>> time = read_publication_time("2025-08~")
    >>> time.edtf, time.earliest.isoformat(), time.latest.isoformat()
    ('2025-08~', '2025-07-01', '2025-09-30')
    """
    match = _UNCERTAIN.fullmatch(text)
    if match is None:
        return read_date(text)
    time, mark = read_date(match[1]), match[2]
    if "/" in time.edtf or time.earliest == date.min or time.latest == date.max:
        raise FaultError(fault("KG040.uncertain-interval", text=text))
    days = (time.earliest - _ONE_DAY, time.latest + _ONE_DAY)
    before, after = (read_date(day.isoformat()[: len(time.edtf)]) for day in days)  # at the same precision
    return StatedTime(f"{time.edtf}{mark}", before.earliest, after.latest)


def _point(year: str, month: str | None, day: str | None, text: str) -> StatedTime:
    y = int(year)
    if y == 0:
        raise FaultError(fault("KG040.year-0", text=text))
    if month is None:
        return StatedTime(year, date(y, 1, 1), date(y, 12, 31))
    m = int(month)
    if not 1 <= m <= 12:
        raise FaultError(fault("KG040.no-month", text=text))
    days = calendar.monthrange(y, m)[1]
    if day is None:
        return StatedTime(f"{y:04}-{m:02}", date(y, m, 1), date(y, m, days))
    if not 1 <= int(day) <= days:
        raise FaultError(fault("KG040.no-day", text=text, month=f"{y:04}-{m:02}", days=days))
    exact = date(y, m, int(day))
    return StatedTime(exact.isoformat(), exact, exact)


def _read_interval(text: str) -> StatedTime:
    """Parse a quarter or a pair `FROM/TO`."""
    if match := _QUARTER.fullmatch(text):
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return _interval(f"{year}-{quarter * 3 - 2:02}", f"{year}-{quarter * 3:02}")
    start, slash, end = text.partition("/")
    if slash and _ISO.fullmatch(start) and _ISO.fullmatch(end):
        return _interval(start, end)
    raise FaultError(fault("KG040.no-date", text=text))


def _interval(start: str, end: str) -> StatedTime:
    first, last = read_date(start), read_date(end)
    if first.earliest > last.latest:
        raise FaultError(fault("KG043.reversed-interval", start=start, end=end))
    return StatedTime(f"{first.edtf}/{last.edtf}", first.earliest, last.latest)
