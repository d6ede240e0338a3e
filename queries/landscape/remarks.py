"""Remarks on the landscape of a province: its day, its former units, and the account of its statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled, message
from ..facts.units import FieldRemark, unit_with_curie

if TYPE_CHECKING:
    from datetime import date

    from ...words import Message
    from ..planning.units import Province


@dataclass(frozen=True, slots=True)
class LandscapeDay:
    """The province and the day of a report."""

    province: Province
    day: date

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__, "remark.day", province=Labelled.of(self.province.labels), day=self.day.isoformat()
        )


@dataclass(frozen=True, slots=True)
class FormerUnits:
    """What sources say of former units counts, under their names; they may say nothing of today."""

    province: Province
    former: tuple[Province, ...]

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__,
            "remark.former-units",
            province=Labelled.of(self.province.labels),
            former=tuple(map(unit_with_curie, self.former)),
        )


@dataclass(frozen=True, slots=True)
class LandscapeAccount(FieldRemark):
    """How many sentences of how many sources a report rests on, and what they speak of.

    :param silent: number of components of the framework that no source speaks of
    """

    sentences: int
    sources: int
    systems: int
    connections: int
    figures: int
    silent: int

    @property
    def key(self) -> str:
        """The key of the remark in the catalogue and in JSON."""
        return "account"
