"""What a planner should know beside an answer: remarks as values, worded only when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled, message
from ..facts.units import Remark, remark_text

if TYPE_CHECKING:
    from datetime import date

    from ...words import Message
    from .cells.framework import ReferenceFramework
    from .units import ArticleCoverage, Province

__all__ = [
    "ArticlesOfProvince",
    "JudgedAgainst",
    "LaterTargets",
    "NoOrder",
    "NothingDiffers",
    "OrderedByDependencies",
    "Remark",
    "SilentCells",
    "SilentSteps",
    "TargetsWithoutFigure",
    "UnsourcedComponents",
    "remark_text",
]


@dataclass(frozen=True, slots=True)
class SilentCells:
    """How many of the cells no article speaks of.

    :param applicable: cells of components that a province is to build
    """

    silent: int
    applicable: int

    @property
    def share(self) -> float:
        """The share of silent cells, 0 to 1; 0 when no cell applies."""
        return self.silent / self.applicable if self.applicable else 0.0

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        percent = f"{self.share * 100:.0f}"
        return message(
            __package__,
            "remark.silent-cells",
            silent=self.silent,
            applicable=self.applicable,
            percent=percent,
        )


@dataclass(frozen=True, slots=True)
class JudgedAgainst:
    """The framework, and the day of the question.

    :param known_by: what was said after this day is left out; `None` when everything counts
    """

    framework: ReferenceFramework
    as_of: date
    known_by: date | None = None

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        label = Labelled.of(self.framework.labels) if self.framework.labels else self.framework.iri
        if self.known_by is None:
            return message(__package__, "remark.judged-against", framework=label, day=str(self.as_of))
        return message(
            __package__,
            "remark.judged-against-known-by",
            framework=label,
            day=str(self.as_of),
            known_by=str(self.known_by),
        )


@dataclass(frozen=True, slots=True)
class UnsourcedComponents:
    """How many components of the framework are left out because no source was found for them."""

    count: int

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(__package__, "remark.unsourced-components", count=self.count)


@dataclass(frozen=True, slots=True)
class ArticlesOfProvince:
    """The articles that a province is judged by.

    :param coverage: `None` where no article covers it
    """

    province: Province
    coverage: ArticleCoverage | None

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        label = _label(self.province)
        if self.coverage is None:
            return message(__package__, "remark.no-article", province=label)
        return message(
            __package__,
            "remark.articles-of-province",
            province=label,
            articles=self.coverage.articles,
            span=self.coverage.span,
        )


@dataclass(frozen=True, slots=True)
class NothingDiffers:
    """Two reports whose verdicts are all the same."""

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(__package__, "remark.nothing-differs")


@dataclass(frozen=True, slots=True)
class TargetsWithoutFigure:
    """How many cells have no figure, and how many are of targets for the whole country."""

    without_figure: int
    national: int
    total: int

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(
            __package__,
            "remark.targets-without-figure",
            silent=self.without_figure,
            total=self.total,
            national=self.national,
        )


@dataclass(frozen=True, slots=True)
class LaterTargets:
    """How many targets are left out because their documents were issued after the day of the question."""

    count: int
    day: date

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(__package__, "remark.later-targets", count=self.count, day=str(self.day))


@dataclass(frozen=True, slots=True)
class OrderedByDependencies:
    """How many expected dependencies order the steps.

    :param unsourced_included: whether those without a source order them as well
    """

    count: int
    unsourced_included: bool

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        key = "remark.ordered-by-all" if self.unsourced_included else "remark.ordered-by-sourced"
        return message(__package__, key, count=self.count)


@dataclass(frozen=True, slots=True)
class NoOrder:
    """Provinces whose lacking components no expected dependency joins, so that there is no order to give.

    :param unsourced_included: whether dependencies without a source were considered
    """

    provinces: tuple[Province, ...]
    unsourced_included: bool

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        key = "remark.no-order-of-all" if self.unsourced_included else "remark.no-order-of-sourced"
        return message(__package__, key, provinces=tuple(_label(unit) for unit in self.provinces))


@dataclass(frozen=True, slots=True)
class SilentSteps:
    """How many steps of a roadmap no article speaks of, and how many wait for another step."""

    silent: int
    waiting: int
    total: int

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(
            __package__,
            "remark.silent-steps",
            silent=self.silent,
            total=self.total,
            waiting=self.waiting,
        )


def _label(province: Province) -> Labelled | str:
    return Labelled.of(province.labels) if province.labels else province.curie
