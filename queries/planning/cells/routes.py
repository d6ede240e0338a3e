"""The routes from a province's system to a national one: the four that circular 13/2017/TT-BTTTT permits.

a: through the province's platform and the national one; b: through the national one only, if the province's
is not ready; c: through the province's only, if the national one is not ready; d: directly, if neither is
ready. Route d is never inferred, because no article says that neither platform is ready.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ....graph.names import CODE, with_prefixes
from ....ontology.layers import find_layer
from ....ontology.statuses import find_status
from ...facts.values import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ....graph.store import Store
    from ...facts.territories import Territories
    from ...facts.values import Json
    from .framework import ReferenceComponent, ReferenceFramework

LOCAL, NATIONAL = "L-LGSP", "N-NDXP"
# Best first. An article that only says "connected" does not tell the way: silence is no direct connection.
ROUTES = {"a": (LOCAL, NATIONAL), "b": (NATIONAL,), "c": (LOCAL,), "unstated": ()}
DEPENDENCY_NAMES = with_prefixes(
    "SELECT DISTINCT ?predicate { ?predicate rdfs:subPropertyOf* egov:directlyDependsOn }"
)
_CONNECTED = """
SELECT DISTINCT ?one ?other ?claim ?status {
  VALUES ?predicate { %s }
  ?claim egov:predicate ?predicate ; egov:subject ?one ; egov:object ?other ; egov:polarity code:asserted ;
    egov:status ?status ; egov:statedOn ?stated .
  OPTIONAL { ?claim egov:certainty ?certainty } FILTER(!BOUND(?certainty) || ?certainty != "low")
  FILTER(?stated <= "%s"^^xsd:date)
}
"""
_REALISED = """
SELECT DISTINCT ?component ?thing {
  VALUES ?thing { %s }
  { ?component egov:realisedBy ?class . ?thing a ?class .
    OPTIONAL { ?thing egov:implementsComponent ?named } FILTER(!BOUND(?named)) }
  UNION { ?thing egov:implementsComponent ?component }
}
"""


@dataclass(frozen=True, slots=True)
class NationalRoute:
    """A stated route from a component of a province to a national component.

    :param to: code of the national component
    :param grade: a, b or c, of which a is best; `unstated` if only the connection is stated and not its route
    :param status: the weakest status on the route: one planned connection makes the route planned
    :param claims: short addresses of the claims, one per connection
    """

    to: str
    grade: str
    status: str
    claims: tuple[str, ...]

    def as_dict(self) -> dict[str, Json]:
        """Return the route as a JSON-compatible record."""
        return {"to": self.to, "route": self.grade, "status": self.status, "claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class _Link:
    """A stated connection between two entities.

    :param claim: short address of the claim
    """

    claim: str
    status: str

    @property
    def firmness(self) -> tuple[int, bool, int]:
        return find_status(self.status).firmness


class NationalRoutes:
    """The connections stated up to a day, for finding routes; three queries."""

    def __init__(
        self, store: Store, framework: ReferenceFramework, places: Territories, known_by: date
    ) -> None:
        self.national: dict[str, list[str]] = defaultdict(list)  # component → national ones that it needs
        layers = {component.code: component.layer for component in framework.components}
        for expectation in framework.expectations:
            if find_layer(layers[expectation.provider]).is_outside:
                self.national[expectation.dependent].append(expectation.provider)
        self.links = _links(store, known_by)
        self.realising = (
            realising_entities(store, framework.components, places, self.links) if self.links else {}
        )

    def of(self, province: str, code: str) -> tuple[NationalRoute, ...]:
        """List the best stated route to each national component that a component is expected to reach."""
        if not self.links:
            return ()
        routes = (self._best(province, code, provider) for provider in self.national.get(code, ()))
        return tuple(route for route in routes if route)

    def _best(self, province: str, code: str, to: str) -> NationalRoute | None:
        for grade, between in ROUTES.items():
            for chain in self._chains(province, [code, *between, to]):
                links = [self.links[start][end] for start, end in pairwise(chain)]
                weakest = min(links, key=lambda link: link.firmness)
                return NationalRoute(to, grade, weakest.status, tuple(link.claim for link in links))
        return None

    def _chains(self, province: str, codes: Sequence[str]) -> list[list[str]]:
        """List the chains of connected entities that realise the given components in order."""
        chains = [[realising_entity] for realising_entity in self._realising_entities(province, codes[0])]
        for code in codes[1:]:
            realising = set(self._realising_entities(province, code))
            chains = [[*chain, entity] for chain in chains for entity in self._next(chain, realising)]
        return chains

    def _next(self, chain: Sequence[str], realising: set[str]) -> list[str]:
        return sorted(realising & self.links[chain[-1]].keys())

    def _realising_entities(self, province: str, code: str) -> Iterable[str]:
        """List the entities that realise a component for a province: its own, or the national ones."""
        return (*self.realising.get((province, code), ()), *self.realising.get(("", code), ()))


def _links(store: Store, known_by: date) -> Mapping[str, Mapping[str, _Link]]:
    """Map each entity to those connected with it in either direction; the most certain claim is kept."""
    links: dict[str, dict[str, _Link]] = defaultdict(dict)
    predicates = " ".join(f"<{row[0]}>" for row in store.texts(DEPENDENCY_NAMES))
    query = with_prefixes(_CONNECTED % (predicates, known_by.isoformat()))
    for subject, target, claim, status in store.texts(query):
        link = _Link(short_name(claim), status.removeprefix(CODE))
        if find_status(link.status).is_ended:
            continue
        for start, end in ((subject, target), (target, subject)):
            rival = links[start].get(end, link)
            links[start][end] = max(link, rival, key=lambda candidate: candidate.firmness)
    return links


def realising_entities(
    store: Store, components: Sequence[ReferenceComponent], places: Territories, linked: Iterable[str]
) -> Mapping[tuple[str, str], list[str]]:
    """Map (province, code) to the connected entities that realise the component; "" stands for national."""
    codes = {component.iri: component.code for component in components}
    realising: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = with_prefixes(_REALISED % " ".join(f"<{thing}>" for thing in sorted(linked)))
    for component, realising_entity in store.texts(query):
        if code := codes.get(component):
            unit = places.unit_of(realising_entity)
            realising[places.province[unit] if unit else "", code].append(realising_entity)
    return {key: sorted(entities) for key, entities in realising.items()}
