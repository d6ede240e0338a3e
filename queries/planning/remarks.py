"""What a planner should know beside an answer: remarks as values, worded only when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ...words import Labelled, message

if TYPE_CHECKING:
    from datetime import date

    from ...words import Message
    from .framework import ReferenceFramework
    from .units import ArticleCoverage, Province


class Remark(Protocol):
    """A remark on an answer, in no language yet."""

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        ...


def remark_text(remark: Remark, lang: str) -> str:
    """Word a remark in a language.

    >>> remark_text(UnsourcedComponents(1), "en")
    '1 component without a source is left out'
    """
    return remark.message().text(lang)


@dataclass(frozen=True, slots=True)
class NameOfSeveralUnits:
    """A name that was borne by several units, of which one was taken.

    :param name: as the user wrote it
    :param taken: the unit that is judged, with its predecessors
    """

    name: str
    units: tuple[Province, ...]
    taken: Province

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        units = tuple(unit_with_curie(unit) for unit in self.units)
        return message(
            __package__,
            "remark.name_of_several_units",
            name=self.name,
            number=len(units),
            units=units,
            taken=self.taken.curie,
        )


@dataclass(frozen=True, slots=True)
class ProvinceDoesNotExist:
    """A named province that does not exist on the day of the question; it is judged all the same.

    :param successors: the units it was merged into, or became; none while its time is yet to come
    """

    province: Province
    day: date
    successors: tuple[Province, ...] = ()

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        key = "remark.province_succeeded" if self.successors else "remark.province_does_not_exist"
        values = {"province": _label(self.province), "day": str(self.day)}
        if not self.successors:
            return message(__package__, key, **values)
        return message(__package__, key, **values, successors=tuple(map(unit_with_curie, self.successors)))


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
            "remark.silent_cells",
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
            return message(__package__, "remark.judged_against", framework=label, day=str(self.as_of))
        return message(
            __package__,
            "remark.judged_against_known_by",
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
        return message(__package__, "remark.unsourced_components", count=self.count)


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
            return message(__package__, "remark.no_article", province=label)
        return message(
            __package__,
            "remark.articles_of_province",
            province=label,
            articles=self.coverage.articles,
            span=self.coverage.span,
        )


@dataclass(frozen=True, slots=True)
class NothingDiffers:
    """Two reports whose verdicts are all the same."""

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        return message(__package__, "remark.nothing_differs")


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
            "remark.targets_without_figure",
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
        return message(__package__, "remark.later_targets", count=self.count, day=str(self.day))


@dataclass(frozen=True, slots=True)
class OrderedByDependencies:
    """How many expected dependencies order the steps.

    :param unsourced_included: whether those without a source order them as well
    """

    count: int
    unsourced_included: bool

    def message(self) -> Message:
        """Give the text of the remark with its values."""
        key = "remark.ordered_by_all" if self.unsourced_included else "remark.ordered_by_sourced"
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
        key = "remark.no_order_of_all" if self.unsourced_included else "remark.no_order_of_sourced"
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
            "remark.silent_steps",
            silent=self.silent,
            total=self.total,
            waiting=self.waiting,
        )


def _label(province: Province) -> Labelled | str:
    return Labelled.of(province.labels) if province.labels else province.curie


def unit_with_curie(province: Province) -> Message:
    """Name a province with its CURIE, in no language yet."""
    return message(__package__, "unit_with_curie", unit=_label(province), curie=province.curie)
