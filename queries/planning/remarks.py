"""Remarks on planning answers, as values that are worded only when they are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled, message
from ..facts.units import FieldRemark, Remark, label_or_curie, remark_text
from .target_comparison import period_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ...words import Message
    from ..law.lives import RuleChange
    from .cells.framework import LegalTarget, NumericTarget, ReferenceFramework
    from .units import ArticleCoverage, Province

__all__ = [
    "ArticlesOfMany",
    "ArticlesOfProvince",
    "DoubtfulRules",
    "EndedFramework",
    "EndedLevels",
    "EndedPeriods",
    "EndedRules",
    "JudgedAgainst",
    "LaterDuties",
    "LaterTargets",
    "NoOrder",
    "NothingDiffers",
    "OrderedByDependencies",
    "Remark",
    "SilentCells",
    "SilentDuties",
    "TargetsWithoutFigure",
    "UnsourcedDuties",
    "UnsourcedTargets",
    "framework_label",
    "remark_text",
]


@dataclass(frozen=True, slots=True)
class SilentCells:
    """The number of cells that no article speaks of.

    :param applicable: number of cells whose component a province is expected to have
    """

    silent: int
    applicable: int

    @property
    def share(self) -> float:
        """The share of silent cells among the applicable ones, 0 to 1; 0 if none is applicable."""
        return self.silent / self.applicable if self.applicable else 0.0

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        percent = f"{self.share * 100:.0f}"
        return message(
            __package__,
            "remark.silent-cells",
            silent=self.silent,
            applicable=self.applicable,
            percent=percent,
        )


@dataclass(frozen=True)
class JudgedAgainst:
    """The framework that provinces are compared with, where its list comes from, and the day of the question.

    :param known_by: statements made after this day are left out; `None` if all count
    """

    framework: ReferenceFramework
    as_of: date
    known_by: date | None = None

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        values = {"framework": framework_label(self.framework), "day": str(self.as_of)}
        if self.known_by is not None:
            values["known_by"] = str(self.known_by)
        kind = "framework" if self.framework.has_issued_list else "against"
        key = f"remark.judged-{kind}" + ("" if self.known_by is None else "-known-by")
        return message(__package__, key, **values)


@dataclass(frozen=True, slots=True)
class UnsourcedTargets(FieldRemark):
    """The number of targets left out because they were seen in a code repository only, or are recalled."""

    count: int


@dataclass(frozen=True, slots=True)
class ArticlesOfMany(FieldRemark):
    """The number of articles on which the verdicts of many provinces rest.

    :param provinces: how many of them articles cover
    """

    provinces: int
    articles: int


@dataclass(frozen=True)
class ArticlesOfProvince:
    """The number and dates of the articles on which the verdicts of a province rest.

    :param coverage: `None` if no article covers the province
    """

    province: Province
    coverage: ArticleCoverage | None

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        label = label_or_curie(self.province)
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
class NothingDiffers(FieldRemark):
    """The two compared reports have the same verdicts."""


@dataclass(frozen=True, slots=True)
class TargetsWithoutFigure(FieldRemark):
    """How many cells have no figure, and how many of them belong to nationwide targets."""

    silent: int
    total: int
    national: int


@dataclass(frozen=True, slots=True)
class LaterTargets(FieldRemark):
    """The number of targets left out because they were not in force yet on the day of the question."""

    count: int
    day: date


@dataclass(frozen=True, slots=True)
class EndedRules:
    """The targets left out because their rules had ended by the day of the question."""

    targets: tuple[LegalTarget, ...]
    day: date

    def message(self) -> Message:
        """Return the remark as a message with its values; targets that ended alike stand together."""
        ended_alike: dict[tuple[str, Message], list[Labelled | str]] = {}
        for target in self.targets:
            if ending := target.life.ended_by(self.day):
                change = _change_of(target, ending)
                group = ended_alike.setdefault((str(ending.last_day), change), [])
                group.append(_target_label(target))
        ends = tuple(
            message(__package__, "remark.end-of-targets", targets=tuple(group), last=last, change=change)
            for (last, change), group in ended_alike.items()
        )
        return message(
            __package__, "remark.ended-rules", count=len(self.targets), day=str(self.day), targets=ends
        )


@dataclass(frozen=True, slots=True)
class EndedPeriods:
    """The targets whose periods had ended in a year before the day of the question.

    :param still_count: whether provinces are judged by them, because the user asked for it
    """

    targets: tuple[LegalTarget, ...]
    day: date
    still_count: bool = False

    def message(self) -> Message:
        """Return the remark as a message with its values, by the year in which the periods ended."""
        documents: dict[int, Counter[Labelled]] = defaultdict(Counter)
        for target in self.targets:
            documents[period_bounds(target.period)[1].year][Labelled.of(target.document_labels)] += 1
        years = tuple(
            message(__package__, "remark.targets-until", year=str(year), documents=_counted(counts))
            for year, counts in sorted(documents.items())
        )
        key = "remark.included-periods" if self.still_count else "remark.ended-periods"
        year = str(self.day.year)
        return message(__package__, key, count=len(self.targets), year=year, years=years)


@dataclass(frozen=True, slots=True)
class EndedLevels:
    """The targets whose documents live on, while the service levels in which they are set have ended.

    :param still_count: whether provinces are judged by them: the later levels are the same, or the user asked
    """

    targets: tuple[NumericTarget, ...]
    day: date
    still_count: bool

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        changes = (target.scheme_life.ended_by(self.day) for target in self.targets)
        levels = tuple(dict.fromkeys(_levels_ended(change) for change in changes if change))
        targets = tuple(_target_label(target) for target in self.targets)
        key = "remark.ended-levels" if self.still_count else "remark.replaced-levels"
        return message(__package__, key, count=len(self.targets), targets=targets, levels=levels)


def _change_of(target: LegalTarget, change: RuleChange) -> Message:
    """Word the change that ended a target, with what it changed if that is a rule for others too."""
    if change.rule in {target.iri, target.document}:
        return change.message()
    rule = Labelled.of(change.rule_labels)
    return message(__package__, "remark.change-of", rule=rule, change=change.message())


def _counted(documents: Mapping[Labelled, int]) -> tuple[Message, ...]:
    counted = documents.items()
    return tuple(
        message(__package__, "remark.targets-of", count=count, document=name) for name, count in counted
    )


def _levels_ended(change: RuleChange) -> Message:
    return message(
        __package__,
        "remark.end-of-levels",
        levels=Labelled.of(change.rule_labels),
        last=str(change.last_day),
        replacement=Labelled.of(change.replacement_labels),
        change=change.message(),
    )


@dataclass(frozen=True, slots=True)
class DoubtfulRules:
    """The targets whose rules are said to have ended by the day, by sources that do not decide."""

    targets: tuple[LegalTarget, ...]
    day: date

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        changes = (target.life.doubtful_end_by(self.day) for target in self.targets)
        ends = tuple(dict.fromkeys(change.message() for change in changes if change))
        return message(__package__, "remark.doubtful-rules", count=len(self.targets), changes=ends)


@dataclass(frozen=True, slots=True)
class EndedFramework:
    """The framework of the question had ended by its day, or is said to have ended."""

    framework: ReferenceFramework
    ending: RuleChange

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        key = "remark.ended-framework" if self.ending.is_verified else "remark.doubtful-framework"
        return message(
            __package__,
            key,
            framework=framework_label(self.framework),
            last=str(self.ending.last_day),
            change=self.ending.message(),
        )


@dataclass(frozen=True, slots=True)
class SilentDuties(FieldRemark):
    """How many duties no article speaks of, out of all that were asked."""

    silent: int
    total: int


@dataclass(frozen=True, slots=True)
class LaterDuties(FieldRemark):
    """The number of duties left out because they were not in force on the day of the question."""

    count: int
    day: date


@dataclass(frozen=True, slots=True)
class UnsourcedDuties(FieldRemark):
    """The number of duties left out because their source could not be verified."""

    count: int


@dataclass(frozen=True, slots=True)
class OrderedByDependencies:
    """The number of expected dependencies that determine the order of the steps.

    :param unsourced_included: whether dependencies without a source determine the order as well
    """

    count: int
    unsourced_included: bool

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        key = "remark.ordered-by-all" if self.unsourced_included else "remark.ordered-by-sourced"
        return message(__package__, key, count=self.count)


@dataclass(frozen=True, slots=True)
class NoOrder:
    """Provinces without an order of steps, as no expected dependency links their missing components.

    :param unsourced_included: whether dependencies without a source were considered
    """

    provinces: tuple[Province, ...]
    unsourced_included: bool

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        key = "remark.no-order-of-all" if self.unsourced_included else "remark.no-order-of-sourced"
        return message(__package__, key, provinces=tuple(label_or_curie(unit) for unit in self.provinces))


def framework_label(framework: ReferenceFramework) -> Labelled | str:
    """Return the label of a framework in all languages; its address where it has none."""
    return Labelled.of(framework.labels) if framework.labels else framework.iri


def _target_label(target: LegalTarget) -> Labelled | str:
    return Labelled.of(target.labels) if target.labels else target.iri
