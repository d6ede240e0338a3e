"""From expectations between components of a reference architecture to expected edges between systems.

The rule, which is shown wherever its edges are (:data:`RULE`): where the reference says that component C
needs component D, each system that realises C and is of a territory is expected to depend on each system that
realises D and is of the same territory; where D lies outside the local government, on each national one.
Where C lies outside too, so is each national system that realises C. A system of no territory that realises a
local component is expected nothing of: whose it is, is not told.
A system realises a component when its class is one that realises it, or when the register or a claim says so.
An expectation for which no source was found (`recalled`) makes edges only on request.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from ...ontology.layers import find_layer
from ...ontology.qualifiers import is_sourced
from ...words import message
from ..names import CODE, with_prefixes
from .network import EXPECTS, EdgeKey, Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..store import Row, Store

Members: TypeAlias = "dict[str, set[str]]"  # component or system -> systems or territories
Pair: TypeAlias = tuple[str, str]

RULE = message(__package__, "rule")
# The same rule for any SPARQL engine: quadratic in the systems of a component, so the program joins itself.
RULE_SPARQL = """
CONSTRUCT { ?system egov:dependsOn ?other } {
  ?expectation egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing/egov:isSourced ?sourced .
  FILTER(?sourced)
  ?system a egov:TechnicalComponent ; (a/^egov:realisedBy)|egov:implementsComponent ?needing .
  ?other a egov:TechnicalComponent ; (a/^egov:realisedBy)|egov:implementsComponent ?needed .
  FILTER(?system != ?other)
  OPTIONAL { ?needed egov:inLayer/egov:layerRole ?layer }
  OPTIONAL { ?needing egov:inLayer/egov:layerRole ?own }
  OPTIONAL { ?system egov:ofTerritory|egov:serves ?at .
             ?at a ?kind . VALUES ?kind { egov:Province egov:District egov:Commune } }
  OPTIONAL { ?system egov:ofTerritory|egov:serves ?place . ?other egov:ofTerritory|egov:serves ?place .
             ?place a ?local . VALUES ?local { egov:Province egov:District egov:Commune } }
  OPTIONAL { ?other egov:ofTerritory|egov:serves ?home .
             ?home a ?near . VALUES ?near { egov:Province egov:District egov:Commune } }
  FILTER(BOUND(?place) || (?layer = "outside" && !BOUND(?home) && (BOUND(?at) || ?own = "outside")))
}"""
_EXPECTED = """
SELECT ?needing ?needed ?how ?layer ?own {
  ?expectation egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing ?how .
  OPTIONAL { ?needed egov:inLayer ?layer }
  OPTIONAL { ?needing egov:inLayer ?own }
}"""
_BY_CLASS = """
SELECT DISTINCT ?component ?system {
  ?component egov:realisedBy ?class . ?system a ?class ; a egov:TechnicalComponent .
}"""
_NAMED = """
SELECT DISTINCT ?component ?system {
  ?system egov:implementsComponent ?component ; a egov:TechnicalComponent .
}"""
_PLACES = """
SELECT DISTINCT ?system ?place {
  ?place a ?local . VALUES ?local { egov:Province egov:District egov:Commune }
  ?system egov:ofTerritory|egov:serves ?place .
}"""
_COMPONENTS = """
SELECT DISTINCT ?needing ?needed ?how {
  ?e egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing ?how .
}"""


def expected_network(store: Store, *, unverified: bool = False) -> Network:
    """Derive the edges that the reference expects between systems of the store.

    :param unverified: whether expectations without a source count too
    :returns: a network without nodes when the store holds no expectation, or nothing that realises one

    Cost: four queries, and linear in the edges.
    """
    wanted = list(_expectations(store.select(with_prefixes(_EXPECTED)).rows, unverified=unverified))
    if not wanted:
        return Network.from_edges(())
    realised: Members = defaultdict(set)
    for query in (_BY_CLASS, _NAMED):
        for component, system in _pairs(store.select(with_prefixes(query)).rows):
            realised[component].add(system)
    places: Members = defaultdict(set)
    for system, place in _pairs(store.select(with_prefixes(_PLACES)).rows):
        places[system].add(place)
    return Network.from_edges(
        edge
        for needing, needed, outside, is_outside in wanted
        for edge in _edges(
            realised[needing] if is_outside else {each for each in realised[needing] if places.get(each)},
            realised[needed],
            places,
            outside=outside,
        )
    )


def _expectations(rows: Iterable[Row], *, unverified: bool) -> Iterator[tuple[str, str, bool, bool]]:
    for row in rows:
        needing, needed, how, layer, own = (getattr(term, "value", "") for term in row)
        if unverified or is_sourced(how.removeprefix(CODE)):
            yield needing, needed, _is_outside(layer), _is_outside(own)


def _is_outside(layer: str) -> bool:
    return layer.startswith(CODE) and find_layer(layer.removeprefix(CODE)).is_outside


def _edges(systems: set[str], others: set[str], places: Members, *, outside: bool) -> Iterator[EdgeKey]:
    national = [other for other in others if not places.get(other)] if outside else []
    local: Members = defaultdict(set)
    for other in others:
        for place in places.get(other, ()):
            local[place].add(other)
    for system in systems:
        near = {other for place in places.get(system, ()) for other in local[place]}
        for other in (*near, *national):
            yield system, EXPECTS, other, "reference"


def _pairs(rows: Iterable[Row]) -> Iterator[Pair]:
    for row in rows:
        yield getattr(row[0], "value", ""), getattr(row[1], "value", "")


def between_components(store: Store, *, unverified: bool = False) -> Network:
    """Give the expectations as they stand in the reference: between components, not systems.

    :param unverified: whether expectations without a source count too
    """
    rows = store.select(with_prefixes(_COMPONENTS)).rows
    found = ([getattr(term, "value", "") for term in row] for row in rows)
    return Network.from_edges(
        (needing, EXPECTS, needed, "reference")
        for needing, needed, how in found
        if unverified or is_sourced(how.removeprefix(CODE))
    )
