"""Provinces as values: the unit, why it is judged, and its article coverage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...words import label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class Province:
    """A unit of province level.

    :param since: ISO day its validity starts; empty if not stated
    :param until: last ISO day of its validity; empty while it exists
    """

    iri: str
    curie: str
    labels: Mapping[str, str] = field(hash=False)
    since: str
    until: str

    def label(self, lang: str) -> str:
        """Return its label in a language, else its CURIE."""
        return label(self.labels, lang) or self.curie

    def stands(self, day: date) -> bool:
        """Tell whether the province exists on a day."""
        return (not self.since or self.since <= day.isoformat()) and (
            not self.until or day.isoformat() <= self.until
        )


@dataclass(frozen=True)
class JudgedProvince:
    """A province to be judged.

    :param requested: the province that the user named: its present-day successor, or itself
    """

    province: Province
    requested: Province


@dataclass(frozen=True)
class ArticleCoverage:
    """The articles about a province or a unit within it."""

    articles: tuple[str, ...]
    first: date
    last: date

    @property
    def span(self) -> str:
        """Word the days of publication: a single day, or the first and the last."""
        return str(self.first) if self.first == self.last else f"{self.first}…{self.last}"
