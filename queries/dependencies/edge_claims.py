"""The claims behind the edges of a network: which hold when, which are plans, which only guesses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ...graph.names import CODE, EGOV, with_prefixes
from ...graph.network.network import EdgeKey, relations
from ...ontology.qualifiers import Certainty, Polarity, is_sourced
from ...ontology.statuses import find_status
from ..facts.facts import Fact, collect
from ..facts.values import short_name, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ...graph.store import Row, Store

Pair: TypeAlias = tuple[str, str]  # dependent, provider
Evidence: TypeAlias = "Mapping[Pair, tuple[Fact, ...]]"

PART = "partOfSystem"
_CLAIMS = """
SELECT ?a ?relation ?b ?status ?polarity ?stated ?earliest ?latest ?to ?certainty {
  VALUES ?relation { %s }
  ?claim egov:predicate ?relation ; egov:subject ?a ; egov:object ?b ; egov:status ?status ;
    egov:polarity ?polarity ; egov:statedOn ?stated .
  OPTIONAL { ?claim egov:earliest ?earliest }
  OPTIONAL { ?claim egov:latest ?latest }
  OPTIONAL { ?claim egov:validTo ?to }
  OPTIONAL { ?claim egov:certainty ?certainty }
}"""
_SCOPE = """VALUES (?subject ?object) { %s } VALUES ?predicate { %s }
  ?fact egov:subject ?subject ; egov:object ?object ; egov:predicate ?predicate ."""


@dataclass(frozen=True, slots=True)
class EdgeClaim:
    """What one claim says of one edge.

    :param begins: the first day it can hold: as stated, else the day it was said
    :param ends: the last day it can hold; ``None`` when no end is stated
    """

    dependent: str
    relation: str
    provider: str
    status: str
    denied: bool
    guess: bool
    stated: date
    begins: date
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the claim was made by a day and speaks of that day."""
        return self.stated <= day and self.begins <= day and (self.ends is None or day <= self.ends)


def edge_claims(store: Store, names: Iterable[str] | None = None) -> tuple[EdgeClaim, ...]:
    """Read the claims of dependencies, denied and planned ones too.

    :param names: the relations wanted; those of the network when it is ``None``
    """
    wanted = " ".join(f"egov:{name}" for name in names or relations())
    return tuple(_claims(store.select(with_prefixes(_CLAIMS % wanted)).rows))


def _claims(rows: Iterable[Row]) -> Iterator[EdgeClaim]:
    for row in rows:
        one, relation, other, status, polarity, stated, earliest, latest, to, certainty = map(text_of, row)
        said = date.fromisoformat(stated)
        yield EdgeClaim(
            dependent=one,
            relation=relation.removeprefix(EGOV),
            provider=other,
            status=status.removeprefix(CODE),
            denied=polarity == Polarity.DENIED.code.iri,
            guess=certainty == Certainty.LOW,
            stated=said,
            begins=date.fromisoformat(earliest) if earliest else said,
            ends=date.fromisoformat(latest) if to and latest else None,
        )


def holding(claims: Iterable[EdgeClaim], day: date | None, *, guesses: bool = False) -> set[EdgeKey]:
    """Keep the edges that are asserted and in force.

    :param day: as of when; then, of several statements about an edge, the latest made by that day counts.
        ``None``: any statement counts, as for the plain edges of the graph
    :param guesses: whether statements that the annotator only infers count too
    """
    by_edge: dict[EdgeKey, list[EdgeClaim]] = defaultdict(list)
    for claim in claims:
        if (guesses or not claim.guess) and (day is None or claim.holds_on(day)):
            by_edge[claim.dependent, claim.relation, claim.provider, "stated"].append(claim)
    return {edge for edge, said in by_edge.items() if any(map(_in_force, _last(said, day)))}


def _last(said: list[EdgeClaim], day: date | None) -> list[EdgeClaim]:
    newest = max(claim.stated for claim in said)
    return said if day is None else [claim for claim in said if claim.stated == newest]


def _in_force(claim: EdgeClaim) -> bool:
    return not claim.denied and find_status(claim.status).is_in_force


def ahead(claims: Iterable[EdgeClaim], day: date | None) -> set[EdgeKey]:
    """Keep the edges that are planned, approved, being built, on trial or limited.

    :param day: as of when; a plan counts from the day it was stated
    """
    return {
        (claim.dependent, claim.relation, claim.provider, "stated")
        for claim in claims
        if find_status(claim.status).is_ahead and not claim.denied and (day is None or claim.stated <= day)
    }


_EXPECTED = """
SELECT DISTINCT ?one ?other ?expectation ?needing ?needed ?how {
  VALUES (?one ?other) { %s }
  ?one ((a/^egov:realisedBy)|egov:implementsComponent)? ?dependent .
  ?expectation egov:dependent ?dependent ; egov:provider ?provider ; egov:sourcing ?how .
  ?other ((a/^egov:realisedBy)|egov:implementsComponent)? ?provider .
  ?dependent egov:componentCode ?needing . ?provider egov:componentCode ?needed .
}"""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the reference says of two components.

    :param needing: code of the component that needs the other, such as `A-QLVB`
    :param needed: code of the other
    :param sourcing: `confirmed`, `repository`, `article`, or `recalled` where no source was found
    """

    id: str
    needing: str
    needed: str
    sourcing: str


def expectations(
    store: Store, pairs: Collection[Pair], *, unverified: bool
) -> Mapping[Pair, tuple[Expectation, ...]]:
    """Read what makes the reference expect edges.

    :param pairs: addresses, dependent first
    :returns: by pair of addresses
    """
    if not pairs:
        return {}
    ends = " ".join(f"(<{one}> <{other}>)" for one, other in sorted(pairs))
    found: dict[Pair, list[Expectation]] = defaultdict(list)
    for row in store.select(with_prefixes(_EXPECTED % ends)).rows:
        one, other, iri, needing, needed, how = map(text_of, row)
        sourcing = how.removeprefix(CODE)
        if unverified or is_sourced(sourcing):
            found[one, other].append(Expectation(short_name(iri), needing, needed, sourcing))
    return {pair: tuple(sorted(made, key=lambda each: each.id)) for pair, made in found.items()}


def evidence(store: Store, pairs: Collection[Pair], lang: str) -> Evidence:
    """Read the claims about pairs of components, with their sentences.

    :param pairs: addresses, dependent first
    :returns: by pair of CURIEs; nothing for a pair of which no article speaks
    """
    if not pairs:
        return {}
    ends = " ".join(f"(<{one}> <{other}>)" for one, other in sorted(pairs))
    names = " ".join(f"egov:{name}" for name in (*relations(), PART))
    found: dict[Pair, list[Fact]] = defaultdict(list)
    for fact in collect(store, _SCOPE % (ends, names), lang):
        if fact.object is not None:
            found[fact.subject, fact.object].append(fact)
    return {pair: tuple(facts) for pair, facts in found.items()}
