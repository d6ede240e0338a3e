"""One edge of an answer about dependencies, and how firmly each of its relations is said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ...ontology.codes import default_code
from ...ontology.qualifiers import Certainty
from ...ontology.statuses import find_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.network.network import Basis
    from ..facts.facts import Fact
    from ..facts.values import Json
    from .edge_claims import Expectation


class Standing(StrEnum):
    """How a relation is said: in force, planned or unfinished, by inference, or by the reference only."""

    FIRM = "firm"
    PLANNED = "planned"
    IMPLIED = "implied"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of an answer: `dependent` depends on `provider`.

    :param relations: names of the relations, stated ones first
    :param basis: `stated` when any stated edge is chosen, else `reference`
    :param claims: the claims on which it rests; none for an expected edge
    :param implied: claims that say it only by inference
    :param others: claims about the same pair that do not count here: denied, planned, ended
    :param expectations: what the reference says of the components that the two realise
    """

    dependent: str
    provider: str
    relations: tuple[str, ...]
    basis: Basis
    claims: tuple[Fact, ...] = ()
    implied: tuple[Fact, ...] = ()
    others: tuple[Fact, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    def standing(self, relation: str) -> Standing:
        """Tell how firmly a relation is said; one whose claims were not read counts as firm."""
        if relation == "expects":
            return Standing.EXPECTED
        said = self.said(relation)
        if any(find_status(fact.status).is_in_force for fact in said):
            return Standing.FIRM
        if said:
            return Standing.PLANNED
        is_guess = any(fact.predicate == relation for fact in self.implied)
        return Standing.IMPLIED if is_guess else Standing.FIRM

    def said(self, relation: str) -> Sequence[Fact]:
        """List the claims that say one of the relations outright."""
        return [fact for fact in self.claims if fact.predicate == relation]

    @property
    def is_firm(self) -> bool:
        """Whether a relation is stated to be in force."""
        return any(self.standing(name) is Standing.FIRM for name in self.relations)

    def as_dict(self) -> dict[str, Json]:
        """Give the step in a form that JSON can hold."""
        return {
            "dependent": self.dependent,
            "provider": self.provider,
            "relations": list(self.relations),
            "standing": {name: self.standing(name).value for name in self.relations},
            "basis": self.basis,
            "claims": [fact.id for fact in self.claims],
            "statuses": [*sorted({fact.status for fact in self.claims})],
            "hedges": [*sorted({word for name in self.relations for word in self.hedges(name)})],
            "implied": [f"{fact.predicate} ({fact.id})" for fact in self.implied],
            "denied": [fact.id for fact in self.others if fact.polarity == "no"],
            "expectations": [one.id for one in self.expectations],
            "sourcing": [*sorted({one.sourcing for one in self.expectations})],
        }

    def hedges(self, relation: str) -> Sequence[str]:
        """List what bounds every claim of a relation: of some or most only, or of medium certainty."""
        said = self.said(relation)
        whole = default_code("Extent")
        extents = {str(fact.qualifiers.get("extent", whole)) for fact in said}
        doubts = {str(fact.qualifiers.get("certainty", Certainty.HIGH)) for fact in said}
        bounds = sorted(extents) if said and whole not in extents else []
        return [*bounds, *([Certainty.MEDIUM.value] if doubts == {Certainty.MEDIUM} else [])]
