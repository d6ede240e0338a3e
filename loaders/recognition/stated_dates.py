"""Recognition of times in sentences, and of what the words before them say of a statement."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...problems import FaultError
from ..text.dates import read_date
from .spans import DateSpan, overlaps_any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .rules import DraftRules
    from .spans import Sentence

_EARLIEST_YEAR = 1945
_YEAR_LENGTH = 4
_LOOKBACK = 30  # characters before a time, in which its role stands
_YEAR_DISTANCE = (
    15  # characters between a day without a year and what tells it: the time before, or the opening
)


class DateFinder:
    """Finds the times that sentences state.

    :param published_year: year of times that have none
    """

    def __init__(self, rules: DraftRules, published_year: int) -> None:
        self._published_year = published_year
        self._calendar_words = {word: number for word, (number, *_) in rules.table("calendar_words").items()}
        self._patterns = [
            re.compile(rf"(?<![\w/.,-])(?:{pattern.pattern})(?![\w]|[/-]\d)")
            for pattern in rules.patterns("dates")
        ]
        roles = [(words, role) for role, listed in rules.table("date_roles").items() for words in listed]
        self._roles: Sequence[tuple[str, str]] = sorted(roles, key=lambda pair: -len(pair[0]))

    def find(self, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[DateSpan]:
        """List the times in a sentence in their order.

        :param taken: spans that hold no times, such as those of documents
        """
        lowered = sentence.text.lower()
        dates: list[DateSpan] = []
        spans = [*taken]
        for pattern in self._patterns:
            for match in pattern.finditer(lowered):
                first, last = match.span("at" if "at" in match.re.groupindex else 0)
                start, end = sentence.start + first, sentence.start + last
                value, has_year = self._value(match.groupdict())
                if value and not overlaps_any(start, end, spans):
                    spans.append((start, end))
                    role = self._role(lowered, match)
                    dates.append(DateSpan(start, end, value, role, is_year_assumed=not has_year))
        return [*self._with_years(sentence, sorted(dates, key=lambda date: date.start))]

    def _with_years(self, sentence: Sentence, dates: Sequence[DateSpan]) -> Iterator[DateSpan]:
        """Give a day without a year that of the time right before, or of a past year at the beginning."""
        before: DateSpan | None = None
        for date in dates:
            if date.is_year_assumed and before and self._tells_year(sentence, before, date):
                year = before.value[:4]
                date = replace(date, value=year + date.value[4:])
            yield date
            before = date

    def _tells_year(self, sentence: Sentence, before: DateSpan, date: DateSpan) -> bool:
        is_near = date.start - before.end <= _YEAR_DISTANCE
        is_opening = len(before.value) == _YEAR_LENGTH and before.start - sentence.start <= _YEAR_DISTANCE
        is_past = before.value[:4] <= str(self._published_year) and "/" not in before.value
        return is_past and (is_near or is_opening)

    def _role(self, lowered: str, match: re.Match[str]) -> str:
        """Return the attribute that the words before a time, or at its beginning, suggest."""
        before = lowered[max(0, match.start() - _LOOKBACK) : match.start()].rstrip()
        spaced = f" {before}"
        for words, role in self._roles:
            if spaced.endswith(f" {words}"):
                return role
        opening = match[0]
        return next((role for words, role in self._roles if opening.startswith(f"{words} ")), "")

    def _value(self, parts: Mapping[str, str | None]) -> tuple[str, bool]:
        """Write a time as articles do, and tell whether it states a year; empty for an impossible one."""
        numbers = {
            name: int(self._calendar_words.get(part, part))
            for name, part in parts.items()
            if part and name != "at"
        }
        value = self._written(numbers)
        try:
            year = read_date(value, self._published_year).earliest.year
        except FaultError:
            return "", False
        return value if year >= _EARLIEST_YEAR else "", "y" in numbers

    def _written(self, parts: Mapping[str, int]) -> str:
        year = parts.get("y", self._published_year)
        if "n" in parts:
            return f"{year}-01/{year}-{parts['n']:02}"
        if "e" in parts:
            return f"{year}-{13 - parts['e']:02}/{year}-12"
        if "q" in parts:
            quarter = f"Q{parts['q']}"
            return f"{year}-{quarter}"
        if "y2" in parts:
            return f"{year}/{parts['y2']}"
        return "-".join([str(year), *(f"{parts[name]:02}" for name in ("m", "d") if name in parts)])
