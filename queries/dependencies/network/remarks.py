"""The remarks of the answers about dependencies, as values; :func:`remark_text` words them.

A remark says how the question was understood, what was left out, and what another choice of edges would add.
It names no command-line option and no request parameter: the command line and the service add how to change
the choice there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ....words import message
from ...facts.units import FieldRemark, label_or_curie, remark_text
from .choice import Widening
from .systems import System

if TYPE_CHECKING:
    from ....words import Message, MessageValue
    from ...facts.units import Remark

_WORDS = "egovkg.queries.dependencies"
LISTED_NAMES = 6  # names that a sentence lists; of more it says how many more there are


@dataclass(frozen=True)
class DependencyRemark(FieldRemark):
    """A remark on an answer about dependencies."""

    @property
    def package(self) -> str:
        """The package whose catalogue words the remark."""
        return _WORDS

    def worded(self, content: object) -> MessageValue:
        """Return a field as a value of the message; several systems are joined."""
        return names_message(content) if isinstance(content, tuple) else super().worded(content)


@dataclass(frozen=True)
class CountedRemark(DependencyRemark):
    """A remark that gives a number."""

    count: int


@dataclass(frozen=True)
class ListedRemark(DependencyRemark):
    """A remark on how many of all rows are listed."""

    listed: int
    total: int


@dataclass(frozen=True)
class NameUnderstood(DependencyRemark):
    """The system that a name was taken for; no remark if the name is its label or identifier."""

    words: str
    system: System

    def message(self) -> Message:
        """Return the remark with the identifier of the system."""
        return message(_WORDS, f"remark.{self.key}", words=self.words, system=_identified(self.system))


class FilterApplied(ListedRemark):
    """How many of the systems reached the filter lists; paths may run through the others."""


@dataclass(frozen=True)
class ScopeEmpty(DependencyRemark):
    """A scope in which no system has an edge.

    :param scope: the names of territory, classes and layers
    """

    scope: str


class NetworkEmpty(DependencyRemark):
    """A network without an edge."""


@dataclass(frozen=True)
class NothingStated(DependencyRemark):
    """The systems have no stated dependency."""

    systems: tuple[System, ...]


@dataclass(frozen=True)
class NothingAffected(DependencyRemark):
    """No system depends on the given ones by the chosen edges."""

    systems: tuple[System, ...]


@dataclass(frozen=True)
class RestsOnNothing(DependencyRemark):
    """The given systems depend on nothing by the chosen edges."""

    systems: tuple[System, ...]


class DependenciesDenied(CountedRemark):
    """How many statements deny a dependency of the systems asked about."""


@dataclass(frozen=True)
class DependencyLoop(DependencyRemark):
    """Systems that depend on one another in a loop; the first is repeated at the end."""

    path: tuple[System, ...]

    def message(self) -> Message:
        """Return the remark with the loop as a chain of names."""
        chain: MessageValue = label_or_curie(self.path[0])
        for system in self.path[1:]:
            chain = message(_WORDS, "chain", before=chain, system=label_or_curie(system))
        return message(_WORDS, f"remark.{self.key}", path=chain)


class ServicesDelivered(CountedRemark):
    """How many services stop because they are delivered through what fails."""


@dataclass(frozen=True)
class MoreSystems(DependencyRemark):
    """How many more systems, and services delivered through them, one further kind of edges would add."""

    widening: Widening
    systems: int
    services: int = 0

    @property
    def key(self) -> str:
        """The key of the remark in the catalogue: one for each further kind of edges."""
        return f"more-systems.{self.widening}"

    def message(self) -> Message:
        """Return the remark with the number of systems and that of services; a number of 0 is left out."""
        counts = {"systems": self.systems, "services": self.services}
        parts = {
            kind: message(_WORDS, f"more.{kind}", count=count) for kind, count in counts.items() if count
        }
        more = message(_WORDS, "more.both", **parts) if len(parts) > 1 else next(iter(parts.values()))
        return message(_WORDS, f"remark.{self.key}", more=more)


@dataclass(frozen=True)
class PathByWidening(DependencyRemark):
    """A further kind of edges that would give a path where none was found."""

    widening: Widening

    @property
    def key(self) -> str:
        """The key of the remark in the catalogue: one for each further kind of edges."""
        return f"path-by-widening.{self.widening}"

    def message(self) -> Message:
        """Return the remark as a message."""
        return message(_WORDS, f"remark.{self.key}")


@dataclass(frozen=True)
class StatementsMadeLater(DependencyRemark):
    """How many statements do not count because they were made after the day of the question."""

    count: int
    day: date


@dataclass(frozen=True)
class FrameworkCounted(DependencyRemark):
    """The reference framework whose expected dependencies count."""

    framework: System


@dataclass(frozen=True)
class FrameworksLeftOut(DependencyRemark):
    """The framework whose expected dependencies count, and the other frameworks, which are ignored."""

    framework: System
    others: tuple[System, ...]


@dataclass(frozen=True)
class FrameworkEnded(DependencyRemark):
    """The framework whose expected dependencies count had ended by the day of the question.

    :param last: its last day in force
    :param change: what ended it
    """

    framework: System
    last: date
    change: Message


class UnverifiedCounted(DependencyRemark):
    """Expected dependencies without a source count as well."""


class PlansCounted(CountedRemark):
    """How many of the counted edges are only planned or being built."""


class ImpliedCounted(CountedRemark):
    """How many of the counted edges are only inferred."""


@dataclass(frozen=True)
class SentencesNotRead(DependencyRemark):
    """The sentences behind the edges were not read because there are too many pairs of systems."""

    pairs: int
    bound: int


@dataclass(frozen=True)
class SameSystem(DependencyRemark):
    """Start and end of the requested path are the same system."""

    system: System


@dataclass(frozen=True)
class NoPathStated(DependencyRemark):
    """No stated path connects two systems, in either direction."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class NoPathChosen(DependencyRemark):
    """No path of the chosen edges connects two systems, in either direction."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class DependsTheOtherWay(DependencyRemark):
    """The dependency runs opposite to the question: the system asked for as dependent is the provider."""

    dependent: System
    provider: System


@dataclass(frozen=True)
class SearchBounds(DependencyRemark):
    """The limits of a search for paths."""

    max_paths: int
    max_length: int


class LongerThanBound(CountedRemark):
    """The shortest path has more steps than the limit, and is returned nevertheless."""


class PathsCut(CountedRemark):
    """The search stopped at the limit on the number of paths; there may be more."""


class LengthCut(CountedRemark):
    """The search left out paths beyond the limit of steps; there may be some."""


class SearchCut(CountedRemark):
    """The search stopped after its maximal number of steps; there may be more paths."""


class NoSinglePoint(DependencyRemark):
    """The scope has no single point of failure."""


class PointsCut(ListedRemark):
    """Only some of many single points of failure are listed: those that may affect most systems."""


class NoJoin(DependencyRemark):
    """The scope has no system without which its network would fall apart."""


class NoAlternative(DependencyRemark):
    """No statement names an alternative to any single point of failure."""


@dataclass(frozen=True)
class ReachBounded(DependencyRemark):
    """Reach was computed only for some systems, and betweenness only from some source systems."""

    systems: int
    sources: int


class MatrixCut(ListedRemark):
    """The matrix shows only the first systems of its order."""


class LoopsCut(CountedRemark):
    """Only the shortest loops are listed."""


class NoLoop(DependencyRemark):
    """The network of the answer has no loop."""


class NoLoopShown(DependencyRemark):
    """The systems shown form no loop; systems that were cut off were not searched."""


def remark_texts(remarks: tuple[Remark, ...], lang: str) -> list[str]:
    """Word remarks, keeping their order.

    >>> remark_texts((FilterApplied(listed=2, total=5),), "en")
    ['the filter keeps 2 of 5 systems; paths may run through the others']
    """
    return [remark_text(remark, lang) for remark in remarks]


def names_message(systems: tuple[System, ...]) -> Message:
    """Join names into a list; beyond :data:`LISTED_NAMES`, state how many more there are."""
    names = tuple(label_or_curie(system) for system in systems[:LISTED_NAMES])
    if len(systems) <= LISTED_NAMES:
        return message(_WORDS, "names", names=names)
    return message(_WORDS, "names-and-more", names=names, hidden=len(systems) - LISTED_NAMES)


def _identified(system: System) -> Message:
    return message(_WORDS, "identified", label=label_or_curie(system), curie=system.curie)
