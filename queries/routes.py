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

from ..graph.names import CODE, with_prefixes
from .values import short_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ..graph.store import Store
    from .places import Places
    from .reference import Component, Reference

LOCAL, NATIONAL = "L-LGSP", "N-NDXP"
# Best first. An article that only says "connected" does not tell the way: silence is no direct connection.
ROUTES = {"a": (LOCAL, NATIONAL), "b": (NATIONAL,), "c": (LOCAL,), "unstated": ()}
_CONNECTED = with_prefixes("""
SELECT DISTINCT ?one ?other ?claim ?status {
  ?predicate rdfs:subPropertyOf* egov:directlyDependsOn .
  ?claim egov:predicate ?predicate ; egov:subject ?one ; egov:object ?other ; egov:polarity code:asserted ;
    egov:status ?status ; egov:statedOn ?stated .
  OPTIONAL { ?claim egov:certainty ?certainty } FILTER(!BOUND(?certainty) || ?certainty != "low")
  FILTER(?stated <= "%s"^^xsd:date)
}
""")
_REALISED = with_prefixes("""
SELECT DISTINCT ?component ?thing {
  { ?component egov:realisedBy ?class . ?thing a ?class .
    OPTIONAL { ?thing egov:implementsComponent ?named } FILTER(!BOUND(?named)) }
  UNION { ?thing egov:implementsComponent ?component }
}
""")


@dataclass(frozen=True, slots=True)
class Route:
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


_WEAKEST = ("planned", "approved", "under-construction", "pilot", "limited", "completed", "operational")


class Routes:
    """The stated connections up to a day, ready to be walked; two queries."""

    def __init__(self, store: Store, reference: Reference, places: Places, known_by: date) -> None:
        self.wanted: dict[str, list[str]] = defaultdict(list)
        layers = {each.code: each.layer for each in reference.components}
        for each in reference.expectations:
            if layers[each.provider] == "external":
                self.wanted[each.dependent].append(each.provider)
        self.links: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for one, other, claim, status in store.select(_CONNECTED % known_by.isoformat()).rows:
            step = (short_name(text_of(claim)), text_of(status).removeprefix(CODE))
            if step[1] in _WEAKEST:
                for a, b in ((text_of(one), text_of(other)), (text_of(other), text_of(one))):
                    self.links[a][b] = max(
                        step, self.links[a].get(b, step), key=lambda s: _WEAKEST.index(s[1])
                    )
        self.realising = _realising(store, reference.components, places) if self.links else {}

    def of(self, province: str, code: str) -> tuple[Route, ...]:
        """List the best stated route to each national component that a component should reach."""
        if not self.links:
            return ()
        found = (self._best(province, code, wanted) for wanted in self.wanted.get(code, ()))
        return tuple(route for route in found if route)

    def _best(self, province: str, code: str, to: str) -> Route | None:
        for grade, between in ROUTES.items():
            for way in self._ways(province, [code, *between, to]):
                steps = [self.links[a][b] for a, b in pairwise(way)]
                status = min((s for _, s in steps), key=_WEAKEST.index)
                return Route(to, grade, status, tuple(claim for claim, _ in steps))
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
    store: Store, components: Sequence[Component], places: Places
) -> Mapping[tuple[str, str], list[str]]:
    """Map province and component code to what realises the component there; national things under ""."""
    codes = {each.iri: each.code for each in components}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for component, thing in store.select(_REALISED).rows:
        if code := codes.get(text_of(component)):
            iri = text_of(thing)
            for unit in places.of_thing(iri) or {""}:
                found[places.province.get(unit, ""), code].append(iri)
    return {key: sorted(things) for key, things in found.items()}
