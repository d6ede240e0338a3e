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

STATED, REFERENCE, BOTH, DUTY = CHOICES


class Widening(StrEnum):
    """A further kind of edges that a choice can include."""

    REFERENCE = "reference"
    PLANS = "plans"
    IMPLIED = "implied"
    PARTS = "parts"


@dataclass(frozen=True)
class EdgeChoice:
    """Which edges count as dependencies.

    :param basis: `stated` (edges that articles state), `reference` (edges that the reference architecture
        expects), `both` of these, or `duty` (edges that the law asks for)
    :param as_of: the day of the answer: only statements made by that day and valid on it count; ``None`` for
        all
    :param plans: whether planned, approved and unfinished connections count; trial and limited ones always
        count
    :param implied: whether connections that the annotator only inferred count
    :param parts: whether a part inherits the dependencies of its whole
    :param unverified: whether expectations without a source count
    :param lang: language of the quoted sentences and of sorting by name
    :param framework: address of the framework whose expectations count; empty for the default one
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
        """Whether the stated edges are exactly the plain edges stored in the graph."""
        return self.as_of is None and not (self.plans or self.implied or self.parts)

    @property
    def is_expected_only(self) -> bool:
        """Whether no stated edges count: only those of the reference architecture, or of the law."""
        return self.basis in {REFERENCE, DUTY}

    @property
    def expected_basis(self) -> str:
        """The basis of the expected edges that count, `reference` or `duty`; `stated` if none do."""
        return REFERENCE if self.basis == BOTH else self.basis

    @property
    def mixes_edges(self) -> bool:
        """Whether edges in force are combined with planned, implied or expected ones."""
        return self.basis == BOTH or self.plans or self.implied

    def in_force(self) -> EdgeChoice:
        """Return the choice of edges in force only: no plans, inferences or expectations.

        >>> EdgeChoice("both", plans=True).in_force() == EdgeChoice()
        True
        """
        return replace(self, basis=STATED, plans=False, implied=False)

    def widened(self) -> ChoiceByWidening:
        """List the choices that include one further kind of edges than this one, one per kind.

        >>> [widening.value for widening in EdgeChoice("both", plans=True).widened()]
        ['implied', 'parts']
        """
        wider: dict[Widening, EdgeChoice] = {}
        if self.of_reference:
            return wider
        if self.basis == STATED:
            wider[Widening.REFERENCE] = replace(self, basis=BOTH)
        if not self.is_expected_only:
            wider[Widening.PLANS] = replace(self, plans=True)
            wider[Widening.IMPLIED] = replace(self, implied=True)
            wider[Widening.PARTS] = replace(self, parts=True)
        return {widening: choice for widening, choice in wider.items() if choice != self}
