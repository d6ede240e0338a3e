"""The claims and expectations behind the edges of a network: their validity, plans and inferences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import CODE, EGOV, with_prefixes
from ....graph.network.network import EdgeKey, relations
from ....ontology.directions import EXCHANGE, PART
from ....ontology.qualifiers import Certainty, Polarity, is_sourced
from ....ontology.statuses import find_status
from ...facts.facts import Fact, collect
from ...facts.values import short_name, text_of
from .edge import CuriePair, EdgeExpectation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ....graph.store import Row, Store

IriPair: TypeAlias = tuple[str, str]  # addresses: dependent, provider
FactsByPair: TypeAlias = "Mapping[CuriePair, tuple[Fact, ...]]"

_CLAIMS = """
SELECT ?a ?relation ?b ?status ?polarity ?stated ?first ?earliest ?latest ?to ?certainty ?reversed {
  VALUES ?relation { %s }
  ?claim egov:predicate ?relation ; egov:subject ?a ; egov:object ?b ; egov:status ?status ;
    egov:polarity ?polarity ; egov:statedOn ?stated .
  OPTIONAL { ?claim egov:statedFrom ?first }
  OPTIONAL { ?claim egov:earliest ?earliest }
  OPTIONAL { ?claim egov:latest ?latest }
  OPTIONAL { ?claim egov:validTo ?to }
  OPTIONAL { ?claim egov:certainty ?certainty }
  OPTIONAL { ?claim egov:isReversed ?reversed }
}"""
_REVERSED = """
SELECT DISTINCT ?fact {
  VALUES (?subject ?object) { %s }
  ?fact egov:subject ?subject ; egov:object ?object ; egov:isReversed true .
}"""
_PAIRS = """VALUES (?subject ?object) { %s } VALUES ?predicate { %s }
  ?fact egov:subject ?subject ; egov:object ?object ; egov:predicate ?predicate ."""
_EXPECTED = """
SELECT DISTINCT ?dependent ?provider ?expectation ?needing ?needed ?how ?framework {
  VALUES (?dependent ?provider) { %s }
  ?dependent ((a/^egov:realisedBy)|egov:implementsComponent)? ?component .
  ?expectation egov:dependent ?component ; egov:provider ?needed_component ; egov:sourcing ?how .
  ?provider ((a/^egov:realisedBy)|egov:implementsComponent)? ?needed_component .
  ?component egov:componentCode ?needing . ?needed_component egov:componentCode ?needed .
  OPTIONAL { ?expectation egov:expectationOf ?framework }
}"""


@dataclass(frozen=True, slots=True)
class EdgeClaim:
    """What one claim states about one edge.

    :param denied: whether it denies the edge
    :param implied: whether the annotator only inferred it
    :param stated: the day the claim was made; if it is not known, the last possible one
    :param stated_from: the first day on which the claim can have been made
    :param begins: the first day it can hold: the stated start, else the day the claim was made
    :param ends: the last day it can hold; ``None`` when no end is stated
    """

    dependent: str
    relation: str
    provider: str
    status: str
    denied: bool
    implied: bool
    stated: date
    begins: date
    ends: date | None
    stated_from: date

    @property
    def edge(self) -> EdgeKey:
        """The edge that the claim is about."""
        return self.dependent, self.relation, self.provider, "stated"

    @property
    def is_in_force(self) -> bool:
        """Whether the claim asserts the edge as running, fully or partly."""
        return not self.denied and find_status(self.status).runs

    def holds_on(self, day: date) -> bool:
        """Tell whether the claim was made by a day and is valid on it."""
        return self.stated <= day and self.begins <= day and (self.ends is None or day <= self.ends)


def edge_claims(store: Store, names: Iterable[str] | None = None) -> tuple[EdgeClaim, ...]:
    """Read the claims about dependencies, including denied and planned ones.

    :param names: names of relations; ``None`` for all relations of the network
    """
    relation_terms = " ".join(f"egov:{name}" for name in names or relations())
    return tuple(_claims(store.select(with_prefixes(_CLAIMS % relation_terms)).rows))


def _claims(rows: Iterable[Row]) -> Iterator[EdgeClaim]:
    for row in rows:
        dependent, relation, provider, code, polarity, stated, first, earliest, latest, to, certainty = map(
            text_of, row[:-1]
        )
        if text_of(row[-1]):  # the direction follows from the class
            dependent, relation, provider = provider, EGOV + EXCHANGE, dependent
        stated_on = date.fromisoformat(stated)
        yield EdgeClaim(
            dependent=dependent,
            relation=relation.removeprefix(EGOV),
            provider=provider,
            status=code.removeprefix(CODE),
            denied=polarity == Polarity.DENIED.code.iri,
            implied=certainty == Certainty.LOW,
            stated=stated_on,
            stated_from=date.fromisoformat(first) if first else stated_on,
            begins=date.fromisoformat(earliest) if earliest else stated_on,
            ends=date.fromisoformat(latest) if to and latest else None,
        )


def edges_in_force(claims: Iterable[EdgeClaim], day: date | None, *, implied: bool = False) -> set[EdgeKey]:
    """Keep the edges that are asserted and running, fully or partly.

    :param day: the day of the answer: for each edge the latest statement made by that day decides, or those
        of which one cannot tell which is the latest; ``None``: any statement counts, as for the plain edges
    :param implied: whether inferred statements count as well
    """
    by_edge: dict[EdgeKey, list[EdgeClaim]] = defaultdict(list)
    for claim in claims:
        if (implied or not claim.implied) and (day is None or claim.holds_on(day)):
            by_edge[claim.edge].append(claim)
    return {edge for edge, edge_claims in by_edge.items() if _is_in_force(edge_claims, day)}


def _is_in_force(claims: list[EdgeClaim], day: date | None) -> bool:
    newest = max(claim.stated_from for claim in claims)
    return any(claim.is_in_force for claim in claims if day is None or claim.stated >= newest)


def pending_edges(claims: Iterable[EdgeClaim], day: date | None) -> set[EdgeKey]:
    """Keep the edges that are planned, approved or being built.

    :param day: the day of the answer; a plan counts from the day it was stated
    """
    return {
        claim.edge
        for claim in claims
        if find_status(claim.status).is_unused and not claim.denied and (day is None or claim.stated <= day)
    }


def expectations(
    store: Store, pairs: Collection[IriPair], *, unverified: bool, framework: str = ""
) -> Mapping[IriPair, tuple[EdgeExpectation, ...]]:
    """Read the expected dependencies of the reference architecture behind edges.

    :param unverified: whether expectations without a source count
    :param framework: address of the framework; empty for all frameworks
    :returns: expectations by pair of addresses; pairs without any are missing
    """
    if not pairs:
        return {}
    by_pair: dict[IriPair, list[EdgeExpectation]] = defaultdict(list)
    for row in store.select(with_prefixes(_EXPECTED % _pair_terms(pairs))).rows:
        dependent, provider, iri, needing, needed, sourcing, expecting = map(text_of, row)
        if framework and expecting != framework:
            continue
        expectation = EdgeExpectation(short_name(iri), needing, needed, sourcing.removeprefix(CODE))
        if unverified or is_sourced(expectation.sourcing):
            by_pair[dependent, provider].append(expectation)
    return {
        pair: tuple(sorted(several, key=lambda expectation: expectation.id))
        for pair, several in by_pair.items()
    }


def facts_between(
    store: Store, pairs: Collection[IriPair], lang: str, predicates: Collection[str] = ()
) -> FactsByPair:
    """Read the claims about pairs of systems, with their sentences.

    :param lang: language of the sentences
    :param predicates: names of relations; empty for the relations of the network
    :returns: facts by pair of CURIEs, the dependent first; pairs without any are missing. If the direction
        follows from the class, the fact is listed under the dependent that the class implies
    """
    if not pairs:
        return {}
    against_words = [pair[::-1] for pair in pairs]
    reversed_rows = store.texts(with_prefixes(_REVERSED % _pair_terms(against_words)))
    reversed_claims = {short_name(row[0]) for row in reversed_rows}
    pairs = {*pairs, *(against_words if reversed_claims else ())}
    names = " ".join(f"egov:{name}" for name in predicates or (*relations(), PART))
    by_pair: dict[CuriePair, list[Fact]] = defaultdict(list)
    for fact in collect(store, _PAIRS % (_pair_terms(pairs), names), lang):
        if fact.object is None:
            continue
        if fact.id in reversed_claims:
            exchange = replace(fact, predicate=EXCHANGE)
            by_pair[fact.object, fact.subject].append(exchange)
        else:
            by_pair[fact.subject, fact.object].append(fact)
    return {pair: tuple(facts) for pair, facts in by_pair.items()}


def _pair_terms(pairs: Collection[IriPair]) -> str:
    return " ".join(f"(<{dependent}> <{provider}>)" for dependent, provider in sorted(pairs))
