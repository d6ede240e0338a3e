"""The choice of edges: which statements and expectations count as dependencies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from ....graph.network.network import CHOICES
from ....words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ChoiceByWidening: TypeAlias = "Mapping[Widening, EdgeChoice]"

STATED, REFERENCE, BOTH = CHOICES


class Widening(StrEnum):
    """A kind of edges that a choice may count in addition."""

    REFERENCE = "reference"
    PLANS = "plans"
    IMPLIED = "implied"
    PARTS = "parts"


@dataclass(frozen=True)
class EdgeChoice:
    """Which edges count.

    :param basis: `stated` (edges that articles state), `reference` (edges that the reference architecture
        expects) or `both`
    :param as_of: the day the answer is about: what was said by that day, of that day; any day when ``None``
    :param plans: whether planned, approved and unfinished connections count too; trial and limited ones run,
        and count anyhow
    :param implied: whether what the annotator only infers counts too
    :param parts: whether a part shares what its whole depends on
    :param unverified: whether expectations without a source count too
    :param lang: language of the sentences that the answer quotes, and of the order by name
    :param framework: address of the framework whose expectations count; empty for the usual one
    :param of_reference: whether the nodes are components of the reference architecture rather than systems
    """

    basis: str = STATED
    as_of: date | None = None
    plans: bool = False
    implied: bool = False
    parts: bool = False
    unverified: bool = False
    lang: str = DEFAULT_LANGUAGE
    of_reference: bool = False
    framework: str = ""

    @property
    def has_plain_edges(self) -> bool:
        """Whether the stated edges are just the plain edges of the graph."""
        return self.as_of is None and not (self.plans or self.implied or self.parts)

    @property
    def mixes_edges(self) -> bool:
        """Whether edges in force are counted together with others."""
        return self.basis == BOTH or self.plans or self.implied

    def in_force(self) -> EdgeChoice:
        """Leave out plans, inferences and expectations.

        >>> EdgeChoice("both", plans=True).in_force() == EdgeChoice()
        True
        """
        return replace(self, basis=STATED, plans=False, implied=False)

    def widened(self) -> ChoiceByWidening:
        """List the choices that count one more kind of edges each.

        >>> [widening.value for widening in EdgeChoice("both", plans=True).widened()]
        ['implied', 'parts']
        """
        wider: dict[Widening, EdgeChoice] = {}
        if self.of_reference:
            return wider
        if self.basis == STATED:
            wider[Widening.REFERENCE] = replace(self, basis=BOTH)
        if self.basis != REFERENCE:
            wider[Widening.PLANS] = replace(self, plans=True)
            wider[Widening.IMPLIED] = replace(self, implied=True)
            wider[Widening.PARTS] = replace(self, parts=True)
        return {widening: choice for widening, choice in wider.items() if choice != self}
