"""Provinces as values: the unit, why it is judged, and its article coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..facts.units import ValidUnit

if TYPE_CHECKING:
    from datetime import date


class Province(ValidUnit):
    """A unit of province level."""


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
