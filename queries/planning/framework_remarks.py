"""Remarks on frameworks: their lists, what is left out, and what provinces say they follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled, languages, message
from ..facts.sources import published_text
from ..facts.units import FieldRemark, label_or_curie

if TYPE_CHECKING:
    from datetime import date

    from ...words import Message
    from .cells.framework import ReferenceFramework
    from .frameworks.followed import FollowedFramework
    from .remarks import SilentCells
    from .units import Province

__all__ = [
    "FollowedByMany",
    "FollowedByProvince",
    "FrameworkLater",
    "ListOfFramework",
    "NoneFollowed",
    "SilentCellsOf",
    "UnsourcedComponents",
    "UnsourcedIncluded",
]


@dataclass(frozen=True, slots=True)
class SilentCellsOf:
    """The number of cells that no article speaks of, for one framework of several."""

    framework: str
    cells: SilentCells

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        cells = self.cells.message()
        return message(__package__, "remark.silent-cells-of", framework=self.framework, cells=cells)


@dataclass(frozen=True)
class ListOfFramework:
    """Where the list of components of a framework comes from: as a rule it is a checklist of our own."""

    framework: ReferenceFramework

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        framework = self.framework
        own, count = framework.components_of_its_own, len(framework.components)
        return message(
            __package__,
            "remark.list-of-framework" if own == count else "remark.list-in-part",
            name=framework.short_name,
            basis=Labelled.of(framework.list_texts),
            **({} if own == count else {"own": own, "total": count}),
        )


@dataclass(frozen=True)
class FrameworkLater:
    """A framework that was issued after the day of the question."""

    framework: ReferenceFramework
    issued: date

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        return message(
            __package__,
            "remark.framework-later",
            framework=self.framework.short_name,
            issued=str(self.issued),
        )


@dataclass(frozen=True, slots=True)
class UnsourcedComponents:
    """The number of components left out of the framework for the kind of their source.

    :param sourcing: slug of that kind: only recalled, or seen only in code repositories
    :param framework: short name of the framework
    """

    count: int
    sourcing: str
    framework: str

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        key = f"remark.unsourced-components-{self.sourcing}"
        return message(__package__, key, count=self.count, framework=self.framework)


@dataclass(frozen=True, slots=True)
class UnsourcedIncluded:
    """The number of components that are judged although no page or clause tells of them, as the user asked.

    :param sourcing: slug of the kind of their source
    :param framework: short name of the framework
    """

    count: int
    sourcing: str
    framework: str

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        key = f"remark.unsourced-included-{self.sourcing}"
        return message(__package__, key, count=self.count, framework=self.framework)


@dataclass(frozen=True)
class FollowedByProvince:
    """What a province says it follows: its own architectures, which may rest on another framework.

    :param followed: in order of the day
    """

    province: Province
    followed: tuple[FollowedFramework, ...]

    def message(self) -> Message:
        """Return the remark as a message with its values."""
        architectures = tuple(_followed(followed) for followed in self.followed)
        return message(
            __package__,
            "remark.followed",
            province=label_or_curie(self.province),
            architectures=architectures,
        )


@dataclass(frozen=True, slots=True)
class FollowedByMany(FieldRemark):
    """The number of provinces of which a source tells which framework they follow."""

    count: int


@dataclass(frozen=True, slots=True)
class NoneFollowed(FieldRemark):
    """The number of provinces of which nothing tells which framework they follow."""

    count: int


def _followed(followed: FollowedFramework) -> Message:
    key = "followed.planned" if followed.is_planned else "followed.stated"
    if followed.based_on:
        key = "followed.issued"
    return message(
        __package__,
        key,
        architecture=Labelled.of(followed.labels),
        day=Labelled.of({lang: published_text(followed.stated_text, lang) for lang in languages()}),
        base=followed.based_on,
    )
