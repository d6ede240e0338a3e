"""The remarks of the answers about dependencies, as values; :func:`remark_text` words them.

A remark says what was understood, what was left out, and what another choice would add. It names no switch of
a command and no parameter of a request: each face adds how one chooses otherwise there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from ....words import Labelled, Message, message
from ...facts.units import Remark, remark_text
from .choice import Widening
from .systems import System

if TYPE_CHECKING:
    from ....words import MessageValue

_WORDS = "egovkg.queries.dependencies"
LISTED_NAMES = 6  # names that a sentence lists; of more it says how many more there are
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True)
class DependencyRemark:
    """What an answer has to say beside its rows."""

    def message(self) -> Message:
        """Give the remark as a message that can be worded in any language."""
        values = {field.name: _message_value(getattr(self, field.name)) for field in fields(self)}
        return message(_WORDS, f"remark.{self.key}", **values)

    @property
    def key(self) -> str:
        """Its name in the catalogue of words and in JSON: that of the class, with dashes."""
        return _CAPITAL.sub("-", type(self).__name__).lower()


@dataclass(frozen=True)
class NameUnderstood(DependencyRemark):
    """Which system a name was taken for; none where it is its label or identifier."""

    words: str
    system: System

    def message(self) -> Message:
        """Give the remark with the identifier of the system."""
        return message(_WORDS, f"remark.{self.key}", words=self.words, system=_identified(self.system))


@dataclass(frozen=True)
class FilterApplied(DependencyRemark):
    """How many of the systems found the filter keeps; paths lead through the others all the same."""

    listed: int
    total: int


@dataclass(frozen=True)
class ScopeEmpty(DependencyRemark):
    """A scope in which no system has an edge.

    :param scope: the names of territory, classes and layers
    """

    scope: str


@dataclass(frozen=True)
class NetworkEmpty(DependencyRemark):
    """A network without an edge."""


@dataclass(frozen=True)
class NothingStated(DependencyRemark):
    """Systems of which no statement tells a dependency."""

    systems: tuple[System, ...]


@dataclass(frozen=True)
class NothingAffected(DependencyRemark):
    """Systems on which nothing depends by the edges chosen."""

    systems: tuple[System, ...]


@dataclass(frozen=True)
class RestsOnNothing(DependencyRemark):
    """Systems that depend on nothing by the edges chosen."""

    systems: tuple[System, ...]


@dataclass(frozen=True)
class DependenciesDenied(DependencyRemark):
    """How many statements deny a dependency of the systems asked about."""

    count: int


@dataclass(frozen=True)
class DependencyLoop(DependencyRemark):
    """Systems that depend on one another in a circle: each on the next, the first repeated at the end."""

    path: tuple[System, ...]

    def message(self) -> Message:
        """Give the loop as a chain of names."""
        chain = _label(self.path[0])
        for system in self.path[1:]:
            chain = message(_WORDS, "chain", before=chain, system=_label(system))
        return message(_WORDS, f"remark.{self.key}", path=chain)


@dataclass(frozen=True)
class MoreSystems(DependencyRemark):
    """How many further systems an answer would list if it counted one more kind of edges."""

    widening: Widening
    count: int

    @property
    def key(self) -> str:
        """Its name in the catalogue, one for each kind of edges."""
        return f"more-systems.{self.widening}"

    def message(self) -> Message:
        """Give the remark as a message."""
        return message(_WORDS, f"remark.{self.key}", count=self.count)


@dataclass(frozen=True)
class PathByWidening(DependencyRemark):
    """A kind of edges that would give a path where there is none."""

    widening: Widening

    @property
    def key(self) -> str:
        """Its name in the catalogue, one for each kind of edges."""
        return f"path-by-widening.{self.widening}"

    def message(self) -> Message:
        """Give the remark as a message."""
        return message(_WORDS, f"remark.{self.key}")


@dataclass(frozen=True)
class StatementsMadeLater(DependencyRemark):
    """How many statements do not count because they were made after the day of the answer."""

    count: int
    day: date


@dataclass(frozen=True)
class FrameworkCounted(DependencyRemark):
    """The framework whose expectations count."""

    framework: System


@dataclass(frozen=True)
class FrameworksLeftOut(DependencyRemark):
    """The framework whose expectations count, and the others in the data, which are never mixed in."""

    framework: System
    others: tuple[System, ...]


@dataclass(frozen=True)
class UnverifiedCounted(DependencyRemark):
    """Expectations for which no source was found count too."""


@dataclass(frozen=True)
class PlansCounted(DependencyRemark):
    """How many edges count that are only planned or being built."""

    count: int


@dataclass(frozen=True)
class ImpliedCounted(DependencyRemark):
    """How many edges count that are only implied."""

    count: int


@dataclass(frozen=True)
class SentencesNotRead(DependencyRemark):
    """The sentences behind the edges were not read, as there are more pairs of systems than the bound."""

    pairs: int
    bound: int


@dataclass(frozen=True)
class SameSystem(DependencyRemark):
    """A path was asked for from a system to itself."""

    system: System


@dataclass(frozen=True)
class NoPathStated(DependencyRemark):
    """No path is stated between two systems, in either direction."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class NoPathChosen(DependencyRemark):
    """The edges chosen make no path between two systems, in either direction."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class DependsTheOtherWay(DependencyRemark):
    """The system asked for as the dependent is the one that is depended on."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class SearchBounds(DependencyRemark):
    """The bounds of a search for paths."""

    max_paths: int
    max_length: int


@dataclass(frozen=True)
class LongerThanBound(DependencyRemark):
    """The shortest path is longer than the bound, and is given all the same."""

    count: int


@dataclass(frozen=True)
class PathsCut(DependencyRemark):
    """The search stopped at the number of paths; there may be more."""

    count: int


@dataclass(frozen=True)
class LengthCut(DependencyRemark):
    """Paths with more steps were not looked for; there may be some."""

    count: int


@dataclass(frozen=True)
class SearchCut(DependencyRemark):
    """The search stopped after so many steps of work; there may be more paths."""

    count: int


@dataclass(frozen=True)
class NoSinglePoint(DependencyRemark):
    """The scope has no single point of failure."""


@dataclass(frozen=True)
class PointsCut(DependencyRemark):
    """Of many points of failure only some are listed: those with the highest bound of what may fail."""

    listed: int
    total: int


@dataclass(frozen=True)
class NoJoin(DependencyRemark):
    """No system joins parts of the network that would otherwise be apart."""


@dataclass(frozen=True)
class NoAlternative(DependencyRemark):
    """No statement names an alternative to a single point of failure."""


@dataclass(frozen=True)
class ReachBounded(DependencyRemark):
    """Reach was counted only for some systems, betweenness from some sources."""

    systems: int
    sources: int


@dataclass(frozen=True)
class MatrixCut(DependencyRemark):
    """The matrix shows only the first systems."""

    listed: int
    total: int


@dataclass(frozen=True)
class LoopsCut(DependencyRemark):
    """Only the shortest loops are listed."""

    count: int


@dataclass(frozen=True)
class NoLoop(DependencyRemark):
    """The network of the answer has no loop."""


@dataclass(frozen=True)
class NoLoopShown(DependencyRemark):
    """There is no loop among the systems shown; what was cut off was not searched."""


def remark_texts(remarks: tuple[Remark, ...], lang: str) -> list[str]:
    """Word remarks, in their order.

    >>> remark_texts((FilterApplied(listed=2, total=5),), "en")
    ['the filter keeps 2 of 5 systems; paths still lead through the others']
    """
    return [remark_text(remark, lang) for remark in remarks]


def names_message(named: tuple[System, ...]) -> Message:
    """Give names in a row; beyond :data:`LISTED_NAMES`, how many more there are."""
    names = tuple(_label(entity) for entity in named[:LISTED_NAMES])
    if len(named) <= LISTED_NAMES:
        return message(_WORDS, "names", names=names)
    return message(_WORDS, "names-and-more", names=names, hidden=len(named) - LISTED_NAMES)


def _message_value(value: object) -> MessageValue:
    match value:
        case System():
            return _label(value)
        case tuple():
            return names_message(value)
        case int():
            return value
    return str(value)


def _label(named: System) -> MessageValue:
    return Labelled.of(named.labels) if named.labels else named.curie


def _identified(named: System) -> Message:
    return message(_WORDS, "identified", label=_label(named), curie=named.curie)
