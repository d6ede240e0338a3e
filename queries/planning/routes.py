"""How a province's system reaches a national one: the four ways that circular 13/2017/TT-BTTTT permits.

a: through the province's platform and the national one; b: through the national one, when the province's is
not ready; c: through the province's, when the national one is not ready; d: directly, when neither is. The
last is never concluded: that neither is ready is told by no article.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ...ontology.layers import find_layer
from ...ontology.statuses import find_status
from ..facts.values import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ...graph.store import Store
    from ..facts.places import Places
    from ..facts.values import Json
    from .framework import ReferenceComponent, ReferenceFramework

LOCAL, NATIONAL = "L-LGSP", "N-NDXP"
# Best first. An article that only says "connected" does not tell the way: silence is no direct connection.
ROUTES = {"a": (LOCAL, NATIONAL), "b": (NATIONAL,), "c": (LOCAL,), "unstated": ()}
_PREDICATES = with_prefixes(
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
    """A stated way from a component of a province to a national one.

    :param to: code of the national component
    :param grade: a, b or c, a is best; `unstated` where only the connection is told and not its way
    :param status: the weakest status on the way: a plan anywhere makes it a plan
    :param claims: short addresses of the claims, one a step
    """

    to: str
    grade: str
    status: str
    claims: tuple[str, ...]

    def as_dict(self) -> dict[str, Json]:
        """Give the route in a form that JSON can hold."""
        return {"to": self.to, "route": self.grade, "status": self.status, "claims": list(self.claims)}


class NationalRoutes:
    """The stated connections up to a day, ready to be walked; three queries."""

    def __init__(self, store: Store, reference: ReferenceFramework, places: Places, known_by: date) -> None:
        self.wanted: dict[str, list[str]] = defaultdict(list)
        layers = {each.code: each.layer for each in reference.components}
        for each in reference.expectations:
            if find_layer(layers[each.provider]).is_outside:
                self.wanted[each.dependent].append(each.provider)
        self.links: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        predicates = " ".join(f"<{row[0]}>" for row in store.texts(_PREDICATES))
        query = with_prefixes(_CONNECTED % (predicates, known_by.isoformat()))
        for one, other, claim, status in store.texts(query):
            step = (short_name(claim), status.removeprefix(CODE))
            if not find_status(step[1]).is_ended:
                for a, b in ((one, other), (other, one)):
                    self.links[a][b] = max(
                        step, self.links[a].get(b, step), key=lambda s: find_status(s[1]).firmness
                    )
        self.realising = _realising(store, reference.components, places, self.links) if self.links else {}

    def of(self, province: str, code: str) -> tuple[NationalRoute, ...]:
        """List the best stated route to each national component that a component should reach."""
        if not self.links:
            return ()
        found = (self._best(province, code, wanted) for wanted in self.wanted.get(code, ()))
        return tuple(route for route in found if route)

    def _best(self, province: str, code: str, to: str) -> NationalRoute | None:
        for grade, between in ROUTES.items():
            for way in self._ways(province, [code, *between, to]):
                steps = [self.links[a][b] for a, b in pairwise(way)]
                status = min((s for _, s in steps), key=lambda slug: find_status(slug).firmness)
                return NationalRoute(to, grade, status, tuple(claim for claim, _ in steps))
        return None

    def _ways(self, province: str, codes: Sequence[str]) -> Iterator[list[str]]:
        ways = [[thing] for thing in self._things(province, codes[0])]
        for code in codes[1:]:
            wanted = set(self._things(province, code))
            ways = [[*way, thing] for way in ways for thing in sorted(wanted & self.links[way[-1]].keys())]
        yield from ways

    def _things(self, province: str, code: str) -> Iterable[str]:
        """List what realises a component for a province: its own things, or national ones."""
        return (*self.realising.get((province, code), ()), *self.realising.get(("", code), ()))


def _realising(
    store: Store, components: Sequence[ReferenceComponent], places: Places, linked: Iterable[str]
) -> Mapping[tuple[str, str], list[str]]:
    """Map province and code to linked things that realise the component there; national ones under ""."""
    codes = {each.iri: each.code for each in components}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = with_prefixes(_REALISED % " ".join(f"<{thing}>" for thing in sorted(linked)))
    for component, thing in store.texts(query):
        if code := codes.get(component):
            unit = places.of_thing(thing)
            found[places.province[unit] if unit else "", code].append(thing)
    return {key: sorted(things) for key, things in found.items()}
