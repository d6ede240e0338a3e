"""Remarks on a brief: its days, the units that it covers, and what its lines can and cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled, message
from ..facts.units import FieldRemark

if TYPE_CHECKING:
    from ...words import Message
    from ..planning.units import Province
    from .report import Period


@dataclass(frozen=True, slots=True)
class BriefDays:
    """The days of a brief."""

    province: Province
    period: Period

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__,
            "remark.days",
            province=Labelled.of(self.province.labels),
            since=self.period.since.isoformat(),
            as_of=self.period.as_of.isoformat(),
            until=self.period.until.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class DayAhead:
    """The day of a brief has not come yet."""

    period: Period

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(__package__, "remark.day-ahead", as_of=self.period.as_of.isoformat())


@dataclass(frozen=True, slots=True)
class NothingPublished(FieldRemark):
    """No source about a province is dated in the period of a brief."""

    latest: str


@dataclass(frozen=True, slots=True)
class ChangesKnown(FieldRemark):
    """What a changed verdict means, given that the corpus knows the days of articles."""


@dataclass(frozen=True, slots=True)
class OverdueBefore:
    """What was due before the period, without a source that says that it was reached, is not listed."""

    period: Period
    plans: int
    targets: int

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__,
            "remark.overdue-before",
            since=self.period.since.isoformat(),
            plans=message(__package__, "remark.plans", count=self.plans),
            targets=message(__package__, "remark.targets", count=self.targets),
        )
