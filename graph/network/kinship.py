"""Classes of the nodes of a network, part–whole relations, and nodes that stand for the same entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from ..names import EGOV, GRAPH_REGISTER, OWL, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..store import Store
    from .network import Network

IriPairs: TypeAlias = "Iterable[tuple[str, ...]]"
WholesByPart: TypeAlias = "Mapping[str, frozenset[str]]"

_CLASSES = f"SELECT ?thing ?class {{ GRAPH <{GRAPH_REGISTER}> {{ ?thing a ?class }} }}"
_PARTS = "SELECT DISTINCT ?part ?whole { ?part egov:partOfSystem ?whole }"
_SAME = f"SELECT DISTINCT ?first ?second {{ ?first <{OWL}sameAs> ?second }}"


@dataclass(frozen=True)
class Kinship:
    """Classes and part–whole relations of the entities of a store.

    :param class_by_iri: IRI → name of the class
    :param wholes: IRI of a part → all its wholes, and other IRIs of the same entity
    """

    class_by_iri: Mapping[str, str]
    wholes: WholesByPart

    @classmethod
    def of(cls, store: Store) -> Kinship:
        """Read classes and parts from a store; three queries, about 2 µs per entity."""
        class_by_iri = {iri: name.removeprefix(EGOV) for iri, name in store.texts(_CLASSES)}
        wholes = wholes_by_part(store.texts(with_prefixes(_PARTS)), store.texts(_SAME))
        return cls(class_by_iri, wholes)

    @cached_property
    def part_counts(self) -> Mapping[str, int]:
        """IRI of a whole → how many parts it has, with the parts of these; other IRIs of it are no parts."""
        return Counter(
            whole
            for part, wholes in self.wholes.items()
            for whole in wholes
            if part not in self.wholes.get(whole, ())
        )

    def describe(self, network: Network) -> Network:
        """Return a network with classes and parts added."""
        return network.described(self.class_by_iri, self.wholes)


def wholes_by_part(parts: IriPairs, same: IriPairs) -> WholesByPart:
    """Compute the transitive closure of part–whole pairs: part → all its wholes.

    :param parts: pairs of part and whole
    :param same: pairs of IRIs of one entity, which are treated as parts of each other

    >>> wholes = wholes_by_part([("module", "lgsp"), ("lgsp", "centre")], [("lgsp", "axis")])
    >>> sorted(wholes["module"]), sorted(wholes["axis"])
    (['axis', 'centre', 'lgsp'], ['centre', 'lgsp'])
    """
    direct: dict[str, set[str]] = defaultdict(set)
    for part, whole in parts:
        direct[part].add(whole)
    for first, second in same:
        direct[first].add(second)
        direct[second].add(first)
    return {part: _reachable(part, direct) for part in tuple(direct)}


def _reachable(start: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    reachable: set[str] = set()
    pending = [start]
    while pending:
        for whole in direct.get(pending.pop(), ()):
            if whole not in reachable:
                reachable.add(whole)
                pending.append(whole)
    return frozenset(reachable - {start})
