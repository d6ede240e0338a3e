"""Dates as people write them: `19/3/2020` in Vietnamese, `19 March 2020` in English; only what is stated."""

from __future__ import annotations

import re

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_QUARTERS = range(33, 37)  # EDTF writes the quarters of a year as months 33 to 36


def shown_date(text: str, lang: str) -> str:
    """Write an EDTF date for people; what is no date stays as it is.

    >>> shown_date("2020-03-19", "vi"), shown_date("2019-36", "en"), shown_date("2016/2020", "vi")
    ('19/3/2020', 'Q4 2019', '2016–2020')
    >>> shown_date("2020/..", "vi")
    'từ 2020'
    """
    if text.endswith("/..") and _is_date(text[:-3]):
        return f"{'từ' if lang == 'vi' else 'from'} {_one(text[:-3], lang)}"
    return "–".join(_one(part, lang) for part in text.split("/")) if _is_date(text) else text


def _is_date(text: str) -> bool:
    return all(_DATE.fullmatch(part) for part in text.split("/"))


def _one(text: str, lang: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None or match[2] is None:
        return text
    year, month, day = match[1], int(match[2]), match[3]
    if month in _QUARTERS:
        quarter = month - _QUARTERS.start + 1
        return f"quý {quarter}/{year}" if lang == "vi" else f"Q{quarter} {year}"
    if not 1 <= month <= len(_MONTHS):
        return text
    if lang == "vi":
        return f"{int(day)}/{month}/{year}" if day else f"{month}/{year}"
    return f"{int(day)} {_MONTHS[month - 1]} {year}" if day else f"{_MONTHS[month - 1]} {year}"
