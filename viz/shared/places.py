"""Abbreviated names of territories for headings of narrow columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ...words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["distinct_names", "short_territory_name", "validity_note"]

_MONTH_AND_DAY = re.compile(r"(?<=\d{4})-\d{2}-\d{2}")  # what follows the year of a day
_BOUNDS_SIGN = " ("  # before the years that tell units of one name apart


def short_territory_name(label: str, lang: str) -> str:
    """Return the name of a territory without its rank and years.

    >>> short_territory_name("Tỉnh Bắc Kạn (đến 2025-06-30)", "vi")
    'Bắc Kạn'
    >>> short_territory_name("Bac Kan Province (until 2025-06-30)", "en")
    'Bac Kan'
    """
    name = label.partition(_BOUNDS_SIGN)[0]
    for rank in catalogue(__package__, lang)["territory_ranks"].split("|"):
        name = name.removeprefix(f"{rank} ").removesuffix(f" {rank}")
    return name


def validity_note(label: str) -> str:
    """Return the years in the label of a territory; empty if it has none.

    >>> validity_note("Tỉnh Bắc Kạn (đến 2025-06-30)")
    'đến 2025-06-30'
    """
    return label.partition(_BOUNDS_SIGN)[2].rstrip(")")


def distinct_names(labels: Iterable[str], lang: str) -> list[str]:
    """Return short names of territories; those that share one are told apart by the year of their bounds.

    >>> distinct_names(["Tỉnh Hà Giang", "Tỉnh Phú Thọ (đến 2025-06-30)", "Tỉnh Phú Thọ"], "vi")
    ['Hà Giang', 'Phú Thọ (đến 2025)', 'Phú Thọ']
    """
    listed = list(labels)
    names = [short_territory_name(label, lang) for label in listed]
    uses = Counter(names)
    return [
        _with_year(name, validity_note(label)) if uses[name] > 1 else name
        for name, label in zip(names, listed, strict=True)
    ]


def _with_year(name: str, note: str) -> str:
    return f"{name} ({_MONTH_AND_DAY.sub('', note)})" if note else name
