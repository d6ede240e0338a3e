"""Formatting of dates, sizes and shares in a language: `19/3/2020`, `19 March 2020`."""

from __future__ import annotations

import re
from functools import lru_cache

from ....queries.facts.sources import published_text
from ....words import catalogue, written_date, written_number

__all__ = ["shown_date", "shown_percent", "shown_size", "with_shown_days"]

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MONTHS = range(1, 13)
_QUARTERS = range(33, 37)  # EDTF writes the quarters of a year as months 33 to 36
_OPEN_END = "/.."


@lru_cache(maxsize=4096)  # asked for each cell of a table
def shown_date(text: str, lang: str) -> str:
    """Format an EDTF date for readers at the stated precision; a text that is no date is unchanged.

    >>> shown_date("2020-03-19", "vi"), shown_date("2019-36", "en"), shown_date("2016/2020", "vi")
    ('19/3/2020', 'Q4 2019', '2016–2020')
    >>> shown_date("2020/..", "vi"), shown_date("2025-08~", "en")
    ('từ 2020', 'about August 2025')
    """
    return published_text(text, lang, lambda moment: _shown_moment(moment, lang))


def _shown_moment(text: str, lang: str) -> str:
    """Format a date or an interval without a mark of uncertainty."""
    start = text.removesuffix(_OPEN_END)
    if not all(map(_DATE.fullmatch, start.split("/"))):
        return text
    if start != text:
        return catalogue(__package__, lang)("date.from", date=_shown_day(start, lang))
    return "–".join(_shown_day(part, lang) for part in text.split("/"))


def with_shown_days(text: str, lang: str) -> str:
    """Format the ISO days within a sentence for readers.

    >>> with_shown_days("stated on 2019-12-05, ended 2020", "vi")
    'stated on 5/12/2019, ended 2020'
    """
    if "-" not in text:  # most texts; asked for each link of a page
        return text
    return _ISO_DAY.sub(lambda match: shown_date(match[0], lang), text)


def _shown_day(text: str, lang: str) -> str:
    """Format a year, a quarter, a month or a day."""
    match = _DATE.fullmatch(text)
    if match is None or match[2] is None:
        return text
    year, month, day = match[1], int(match[2]), match[3]
    if month in _QUARTERS:
        return catalogue(__package__, lang)("date.quarter", quarter=month - _QUARTERS.start + 1, year=year)
    if month not in _MONTHS:
        return text
    return written_date(year, month, int(day) if day else None, lang)


def shown_size(byte_count: int, lang: str) -> str:
    """Format the size of a file in kilobytes of 1000 bytes.

    >>> shown_size(1_234_567, "vi")
    '1.234,6 kB'
    """
    return catalogue(__package__, lang)("number.kilobytes", size=written_number(byte_count / 1000, lang, 1))


def shown_percent(share: float, lang: str) -> str:
    """Format a share of 0 to 1 in whole per cent.

    >>> shown_percent(0.625, "en")
    '62 %'
    """
    return catalogue(__package__, lang)("number.percent", share=written_number(share * 100, lang, 0))
