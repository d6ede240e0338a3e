"""Provinces as values: the unit, why it is judged, and what articles cover of it."""

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

    :param since: ISO day its validity starts; empty where none is told
    :param until: last ISO day of its validity; empty for one that goes on
    """

    iri: str
    curie: str
    labels: Mapping[str, str] = field(hash=False)
    since: str
    until: str

    def label(self, lang: str) -> str:
        """Name it in a language; by its CURIE where it has no label."""
        return label(self.labels, lang) or self.curie

    def stands(self, day: date) -> bool:
        """Tell whether it exists on a day."""
        return (not self.since or self.since <= day.isoformat()) and (
            not self.until or day.isoformat() <= self.until
        )


@dataclass(frozen=True)
class JudgedProvince:
    """A province that is to be judged.

    :param requested: the present-day unit that was asked for, when this one is its predecessor; else itself
    """

    province: Province
    requested: Province


@dataclass(frozen=True)
class ArticleCoverage:
    """What the articles cover of a province: those about it or a unit within it."""

    articles: tuple[str, ...]
    first: date
    last: date

    @property
    def span(self) -> str:
        """Word the days of publication: one day, or the first and the last."""
        return str(self.first) if self.first == self.last else f"{self.first}…{self.last}"
