"""One edge of an answer about dependencies, and how firmly each of its relations is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....graph.network.network import EXPECTS
from ....ontology.codes import default_code
from ....ontology.qualifiers import Certainty
from ....ontology.statuses import find_status
from ....ontology.verdicts import EdgeStanding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ....graph.network.network import Basis
    from ...facts.facts import Fact
    from ...facts.values import Json

CuriePair: TypeAlias = tuple[str, str]  # dependent, provider


@dataclass(frozen=True, slots=True)
class EdgeExpectation:
    """An expectation of the reference architecture between the components that two systems realise.

    :param needing: code of the component that needs the other, such as `A-QLVB`
    :param needed: code of the other
    :param sourcing: `confirmed`, `repository`, `article`, or `recalled` where no source was found
    """

    id: str
    needing: str
    needed: str
    sourcing: str


@dataclass(frozen=True, slots=True)
class DependencyEdge:
    """One edge of an answer: `dependent` depends on `provider`.

    :param dependent: CURIE, as is `provider`
    :param relations: names of the relations, stated ones first
    :param basis: `stated` when any stated edge is chosen, else `reference`
    :param claims: the claims on which it rests; none for an expected edge
    :param implied: claims that say it only by inference
    :param not_counted: claims about the same pair that do not count: denied, planned or ended
    :param expectations: what the reference says of the components that the two systems realise
    """

    dependent: str
    provider: str
    relations: tuple[str, ...]
    basis: Basis
    claims: tuple[Fact, ...] = ()
    implied: tuple[Fact, ...] = ()
    not_counted: tuple[Fact, ...] = ()
    expectations: tuple[EdgeExpectation, ...] = ()

    @property
    def ends(self) -> CuriePair:
        """The CURIEs of dependent and provider."""
        return self.dependent, self.provider

    def standing(self, relation: str) -> EdgeStanding:
        """Tell how firmly a relation is said; one whose claims were not read counts as firm."""
        if relation == EXPECTS:
            return EdgeStanding.EXPECTED
        claims = self.claims_of(relation)
        if any(find_status(fact.status).runs for fact in claims):
            return EdgeStanding.FIRM
        if claims:
            return EdgeStanding.PLANNED
        is_implied = any(fact.predicate == relation for fact in self.implied)
        return EdgeStanding.IMPLIED if is_implied else EdgeStanding.FIRM

    def claims_of(self, relation: str) -> Sequence[Fact]:
        """List the claims that say one of the relations outright."""
        return [fact for fact in self.claims if fact.predicate == relation]

    @property
    def claims_against_words(self) -> Sequence[Fact]:
        """The claims whose words name the provider first: the direction follows from its class."""
        return [fact for fact in self.claims if (fact.subject, fact.object) == self.ends[::-1]]

    @property
    def is_firm(self) -> bool:
        """Whether a relation is stated to be in force."""
        return any(self.standing(name) is EdgeStanding.FIRM for name in self.relations)

    @property
    def denials(self) -> Sequence[Fact]:
        """The claims that deny a dependency between the two."""
        return [fact for fact in self.not_counted if fact.polarity == "no"]

    def hedges(self, relation: str) -> Sequence[str]:
        """List what bounds every claim of a relation: of some or most only, or of medium certainty."""
        claims = self.claims_of(relation)
        default_extent = default_code("Extent")
        extents = {str(fact.qualifiers.get("extent", default_extent)) for fact in claims}
        certainties = {str(fact.qualifiers.get("certainty", Certainty.HIGH)) for fact in claims}
        hedges = sorted(extents) if claims and default_extent not in extents else []
        return [*hedges, *([Certainty.MEDIUM.value] if certainties == {Certainty.MEDIUM} else [])]

    def as_dict(self) -> dict[str, Json]:
        """Return the edge as a record that JSON can hold."""
        hedges = {hedge for name in self.relations for hedge in self.hedges(name)}
        return {
            "dependent": self.dependent,
            "provider": self.provider,
            "relations": list(self.relations),
            "standing": {name: self.standing(name).value for name in self.relations},
            "basis": self.basis,
            "claims": [fact.id for fact in self.claims],
            "direction_by_class": [fact.id for fact in self.claims_against_words],
            "statuses": [*sorted({fact.status for fact in self.claims})],
            "hedges": [*sorted(hedges)],
            "implied": [f"{fact.predicate} ({fact.id})" for fact in self.implied],
            "denied": [fact.id for fact in self.denials],
            "expectations": [expectation.id for expectation in self.expectations],
            "sourcing": [*sorted({expectation.sourcing for expectation in self.expectations})],
        }


def basis_of(edges: Sequence[DependencyEdge]) -> Basis:
    """Tell the basis of a path: `stated` when each edge is stated, else `reference`."""
    return "stated" if all(edge.basis == "stated" for edge in edges) else "reference"
