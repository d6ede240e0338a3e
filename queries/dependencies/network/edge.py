"""One edge of an answer about dependencies, and how certain each of its relations is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....graph.network.network import BASES, EXPECTS
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
    """An expectation of the reference architecture behind an edge between two systems.

    :param needing: code of the component that depends on the other, such as `A-QLVB`; realised by the
        dependent
    :param needed: code of the component that it depends on; realised by the provider
    :param sourcing: `confirmed`, `repository`, `article`, or `recalled` where no source was found
    """

    id: str
    needing: str
    needed: str
    sourcing: str


@dataclass(frozen=True, slots=True)
class DependencyEdge:
    """One edge of an answer: `dependent` depends on `provider`.

    :param dependent: CURIE; `provider` likewise
    :param relations: names of the relations, stated ones first
    :param basis: `stated` when the edge includes a stated relation, else `reference` or `duty`
    :param claims: the claims that state the edge; empty for an expected edge
    :param implied: claims that support the edge only by inference
    :param not_counted: claims about the same pair that do not count: denied, planned or ended
    :param expectations: the expected dependencies between the components that the two systems realise
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
        """The CURIEs of the dependent and the provider."""
        return self.dependent, self.provider

    def standing(self, relation: str) -> EdgeStanding:
        """Return how certain a relation is; a relation whose claims were not read counts as certain."""
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
        """List the claims that state one of the relations explicitly."""
        return [fact for fact in self.claims if fact.predicate == relation]

    @property
    def claims_against_words(self) -> Sequence[Fact]:
        """The claims whose wording puts the provider first; their direction was derived from its class."""
        return [fact for fact in self.claims if (fact.subject, fact.object) == self.ends[::-1]]

    @property
    def is_firm(self) -> bool:
        """Whether a relation of the edge is stated to be in force."""
        return any(self.standing(name) is EdgeStanding.FIRM for name in self.relations)

    @property
    def denials(self) -> Sequence[Fact]:
        """The claims that deny that the dependent depends on the provider."""
        return [fact for fact in self.not_counted if fact.polarity == "no"]

    def hedges(self, relation: str) -> Sequence[str]:
        """List the reservations shared by all claims of a relation: partial extent or medium certainty."""
        claims = self.claims_of(relation)
        default_extent = default_code("Extent")
        extents = {str(fact.qualifiers.get("extent", default_extent)) for fact in claims}
        certainties = {str(fact.qualifiers.get("certainty", Certainty.HIGH)) for fact in claims}
        hedges = sorted(extents) if claims and default_extent not in extents else []
        return [*hedges, *([Certainty.MEDIUM.value] if certainties == {Certainty.MEDIUM} else [])]

    def as_dict(self) -> dict[str, Json]:
        """Return the edge as a JSON-compatible record."""
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
    """Return the basis of a path: `stated` when every edge is stated, else that of the others."""
    return max((edge.basis for edge in edges), key=BASES.index, default=BASES[0])
