"""One row of an impact: a system that fails with others, or that an alternative keeps running."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ...ontology.directions import DELIVERED

if TYPE_CHECKING:
    from ...graph.network.network import Basis
    from .network.edge import DependencyEdge
    from .network.systems import System


class FailureState(StrEnum):
    """The state of a system after a failure; upstream, its role for the systems asked about."""

    FAILS = "fails"
    GOES_ON = "goes_on"
    UNDETERMINED = "undetermined"  # upstream, beyond MAX_WEIGHED providers


@dataclass(frozen=True)
class Alternative:
    """A need that lost providers but has others left: redundancy that is stated.

    :param dependent: the system that keeps running
    :param relation: the relation by which it depends on the providers
    :param lost: the providers that failed
    :param providers: the remaining providers: same class, same relation; never empty
    """

    dependent: System
    relation: str
    lost: tuple[System, ...]
    providers: tuple[System, ...]


@dataclass(frozen=True)
class AffectedSystem:
    """One system reached by a failure; upstream, one that the systems asked about depend on.

    :param hops: length of the path in edges, at least 1
    :param path: CURIEs from a failing system to this one
    :param edges: the edges of the path
    :param basis: `stated` when each edge is stated, else `reference` or `duty`
    :param stated_hops: hops along edges stated to be in force; ``None`` if those do not reach the system
    :param planned_only: whether it is reached only because plans count
    :param implied_only: whether it is reached only because inferences count
    :param state: whether it fails or keeps running; upstream, whether the systems asked about fail without it
    :param alternatives: the alternatives that keep it running; upstream, those that replace it
    :param parts: how many parts it has, with their own parts; they are listed if parts count
    """

    system: System
    hops: int
    path: tuple[str, ...]
    edges: tuple[DependencyEdge, ...]
    basis: Basis
    stated_hops: int | None = None
    planned_only: bool = False
    implied_only: bool = False
    state: FailureState = FailureState.FAILS
    alternatives: tuple[Alternative, ...] = ()
    parts: int = 0

    @property
    def is_delivered(self) -> bool:
        """Whether it is a service that stops only because a system that it is delivered through stops."""
        return bool(self.edges) and self.edges[-1].relations == (DELIVERED,)

    @property
    def fails(self) -> bool:
        """Whether it fails; `False` if an alternative keeps it running."""
        return self.state is FailureState.FAILS
