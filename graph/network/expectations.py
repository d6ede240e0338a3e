"""Expected dependencies between systems, derived from a reference architecture.

The rule, which is shown with such edges (:data:`RULE`): if the reference architecture says that component C
needs component D, each system that realises C in a territory is expected to depend on each system that
realises D in the same territory or, if D is outside local government, on each national system that realises
D. If C is outside local government too, the rule applies to each national system that realises C. Nothing is
expected of a system without a territory that realises a local component, because its owner is unknown. A
system realises a component if its class does, or if the register or a claim says so. An expectation without a
source (`recalled`) gives edges only on request. Frameworks are never mixed: all edges come from the
expectations of one framework.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ...ontology.layers import find_layer
from ...ontology.qualifiers import is_sourced
from ...ontology.references import DUTIES, chosen_framework
from ...words import message
from ..names import CODE, with_prefixes
from .network import EXPECTS, Basis, Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..store import Store

Members: TypeAlias = "dict[str, set[str]]"  # component or system -> systems or territories
_REFERENCE: Basis = "reference"
_DUTY: Basis = "duty"

RULE, DUTY_RULE = message(__package__, "rule"), message(__package__, "duty-rule")
_EXPECTED = """
SELECT ?needing ?needed ?how ?layer ?own ?framework ?from {
  ?expectation egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing ?how .
  OPTIONAL { ?expectation egov:expectationOf ?framework }
  OPTIONAL { ?expectation egov:inForceFrom ?from }
  OPTIONAL { ?needed egov:inLayer ?layer }
  OPTIONAL { ?needing egov:inLayer ?own }
}"""
_FRAMEWORKS = """
SELECT DISTINCT ?framework {
  ?expectation egov:dependent ?needing . OPTIONAL { ?expectation egov:expectationOf ?framework }
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
SELECT DISTINCT ?needing ?needed ?how ?framework {
  ?e egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing ?how .
  OPTIONAL { ?e egov:expectationOf ?framework }
}"""


def frameworks_with_expectations(store: Store) -> tuple[str, ...]:
    """List the IRIs of frameworks with expectations; an empty text stands for those of no framework.

    The duties of the law are a list of their own, and no framework.
    """
    frameworks = {_text(row[0]) for row in store.select(with_prefixes(_FRAMEWORKS)).rows}
    return tuple(sorted(frameworks - {DUTIES}))


def expected_network(
    store: Store, *, unverified: bool = False, framework: str | None = None, day: date | None = None
) -> Network:
    """Derive the edges that one framework expects between systems of the store.

    :param unverified: whether expectations without a source count
    :param framework: IRI of the framework; ``None`` for that of
        :func:`~egovkg.ontology.references.chosen_framework`
    :param day: expectations that came into force later are left out; ``None`` to include all
    :returns: a network without nodes if the store has no expectation, or no system that realises a component

    Cost: four queries, and linear in the edges.
    """
    if framework is None:
        framework = chosen_framework(frameworks_with_expectations(store))
    rows = [
        row
        for row in store.select(with_prefixes(_EXPECTED)).rows
        if _text(row[5]) == framework and _has_begun(row, day)
    ]
    needs = list(_needs((row[:5] for row in rows), unverified=unverified))
    if not needs:
        return Network.from_edges(())
    realised = _grouped(store, _BY_CLASS, _NAMED)
    places = _grouped(store, _PLACES)
    basis = _DUTY if framework == DUTIES else _REFERENCE
    pairs = (pair for need in needs for pair in _edges(need, realised, places))
    return Network.from_edges((dependent, EXPECTS, provider, basis) for dependent, provider in pairs)


def rules_of(bases: Iterable[str], lang: str) -> str:
    """Explain how the edges of bases came about; empty for stated edges only.

    >>> rules_of(["stated"], "en"), rules_of(["duty", "stated"], "en")[:32]
    ('', 'Rule: where the law asks that co')
    """
    rules = {_REFERENCE: RULE, _DUTY: DUTY_RULE}
    used = set(bases)
    return " ".join(rule.text(lang) for basis, rule in rules.items() if basis in used)


class _Need(NamedTuple):
    """An expectation of the reference architecture: component C needs component D."""

    dependent: str
    provider: str
    dependent_is_outside: bool
    provider_is_outside: bool


def _grouped(store: Store, *queries: str) -> Members:
    """Group the rows of a two-column query: first value → set of second values."""
    members: Members = defaultdict(set)
    for query in queries:
        for first, second in store.texts(with_prefixes(query)):
            members[first].add(second)
    return members


def _needs(rows: Iterable[Sequence[object]], *, unverified: bool) -> Iterator[_Need]:
    for row in rows:
        dependent, provider, sourcing, provider_layer, dependent_layer = (_text(term) for term in row)
        if unverified or is_sourced(sourcing.removeprefix(CODE)):
            yield _Need(dependent, provider, _is_outside(dependent_layer), _is_outside(provider_layer))


def _has_begun(row: Sequence[object], day: date | None) -> bool:
    """Tell whether an expectation was in force by a day, for those that have a first day."""
    return day is None or _text(row[6]) <= day.isoformat()


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _is_outside(layer: str) -> bool:
    return layer.startswith(CODE) and find_layer(layer.removeprefix(CODE)).is_outside


def _edges(need: _Need, realised: Members, places: Members) -> Iterator[tuple[str, str]]:
    providers = realised[need.provider]
    national = [provider for provider in providers if not places.get(provider)]
    local: Members = defaultdict(set)  # territory -> providers
    for provider in providers:
        for place in places.get(provider, ()):
            local[place].add(provider)
    for dependent in realised[need.dependent]:
        territories = places.get(dependent, ())
        if not territories and not need.dependent_is_outside:
            continue
        expected = set[str]().union(*(local[place] for place in territories))
        for provider in (*expected, *(national if need.provider_is_outside else ())):
            yield dependent, provider


def between_components(store: Store, *, unverified: bool = False) -> Network:
    """Return the expectations themselves as a network whose nodes are components, not systems.

    :param unverified: whether expectations without a source count
    """
    return Network.from_edges(
        (dependent, EXPECTS, provider, _REFERENCE)
        for dependent, provider, sourcing, framework in store.texts(with_prefixes(_COMPONENTS))
        if framework != DUTIES and (unverified or is_sourced(sourcing.removeprefix(CODE)))
    )
