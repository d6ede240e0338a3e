"""Provinces as values: the unit, why it is judged, its article coverage, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import message
from ..facts.units import FieldRemark, ValidUnit, unit_with_curie

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ...words import Message


class Province(ValidUnit):
    """A unit of province level."""


@dataclass(frozen=True)
class JudgedProvince:
    """A province to be judged.

    :param province: the unit whose statements count
    :param requested: the province that is judged by them: the successor of that unit, or itself
    :param is_part: whether the unit is only one of several that the province was made of
    """

    province: Province
    requested: Province
    is_part: bool = False

    @property
    def source_unit(self) -> Province | None:
        """The former unit that the statements are about; `None` where they are about the province itself."""
        return None if self.province == self.requested else self.province

    def source_as_dict(self, lang: str) -> dict[str, str | None]:
        """Return the former unit that the statements are about as fields of a JSON-compatible record."""
        unit = self.source_unit
        return {
            "source_unit": unit.label(lang) if unit else None,
            "source_unit_id": unit.curie if unit else None,
        }


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


_MOST_PAIRS = 8  # of former and present provinces that a reader can take in on one line


@dataclass(frozen=True, slots=True)
class SucceededProvinces:
    """The provinces with articles that no longer exist on the day of the question, and their successors.

    :param successions: former unit → the provinces that exist in its place
    """

    successions: tuple[tuple[Province, Sequence[Province]], ...]
    day: date

    def message(self) -> Message:
        """Return the remark as a message with its values; more pairs than can be read are only counted."""
        count, day = len(self.successions), str(self.day)
        if count > _MOST_PAIRS:
            return message(__package__, "remark.succeeded-many", count=count, day=day)
        pairs = tuple(
            message(
                __package__,
                "remark.succession",
                former=unit_with_curie(former),
                successors=tuple(map(unit_with_curie, successors)),
            )
            for former, successors in self.successions
        )
        return message(__package__, "remark.succeeded-provinces", count=count, day=day, pairs=pairs)


@dataclass(frozen=True, slots=True)
class ProvincesWithoutSource(FieldRemark):
    """How many of the provinces of the day are left out, because no article tells of them."""

    count: int
    total: int
    day: date


@dataclass(frozen=True, slots=True)
class PresentProvince:
    """The user named a province that no longer exists; the answer is about its successor."""

    named: Province
    present: Province

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        named, present = unit_with_curie(self.named), unit_with_curie(self.present)
        return message(__package__, "remark.present-province", named=named, present=present)


@dataclass(frozen=True, slots=True)
class NoSource(FieldRemark):
    """No source of the corpus speaks of a province, nor of its former provinces."""

    province: Province


@dataclass(frozen=True, slots=True)
class InheritedComponents(FieldRemark):
    """The number of components that count as there because one of several former provinces has them."""

    count: int


@dataclass(frozen=True, slots=True)
class NothingMerged(FieldRemark):
    """On the day of the question, no province with articles on a former one was merged from several."""

    day: date


@dataclass(frozen=True, slots=True)
class NotMerged(FieldRemark):
    """A province that was not merged from several former provinces, so that nothing is rolled up."""

    province: Province
