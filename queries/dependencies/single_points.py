"""Single points of failure: components whose loss cuts others off, and where there is an alternative.

Two ways to be one: the network falls apart without it (articulation point), or every chain of support of
others passes it (dominator). An alternative is a second provider of the same class in the same relation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...graph.network.cuts import articulation_points, support_dominators
from .dependencies import names_of
from .networkx_view import graph_of
from .nodes import words_of
from .section import Section, empty_scope, section
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Network
    from ..facts.values import Json
    from .dependencies import Dependencies, Filter
    from .nodes import Component
    from .step import Step


@dataclass(frozen=True)
class Spare:
    """An alternative that a dependent has.

    :param dependent: it depends on the single point, and
    :param others: on these of the same class, in the same relation
    """

    dependent: Component
    relation: str
    others: tuple[Component, ...]


@dataclass(frozen=True)
class SinglePoint:
    """One component whose loss cuts others off.

    :param pieces: what comes apart without it, one group each; empty when the rest holds together
    :param supported: what it alone supports: all their chains of support pass it
    :param spares: dependents that have an alternative to it
    :param why: in words
    """

    component: Component
    pieces: tuple[tuple[Component, ...], ...]
    supported: tuple[Component, ...]
    spares: tuple[Spare, ...]
    why: tuple[str, ...]

    @property
    def cut_off(self) -> tuple[Component, ...]:
        """All that it cuts off, one way or the other, in order."""
        found = {one.curie: one for piece in self.pieces for one in piece}
        found |= {one.curie: one for one in self.supported}
        return tuple(found[curie] for curie in sorted(found))

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "entity": self.component.curie,
            "label": self.component.label(lang),
            "kind": self.component.kind,
            "province": self.component.province,
            "articulation": bool(self.pieces),
            "dominator": bool(self.supported),
            "pieces": [[one.curie for one in piece] for piece in self.pieces],
            "supported": [one.curie for one in self.supported],
            "cut_off": [one.curie for one in self.cut_off],
            "alternatives": [
                {
                    "dependent": spare.dependent.curie,
                    "relation": spare.relation,
                    "others": [one.curie for one in spare.others],
                }
                for spare in self.spares
            ],
            "why": list(self.why),
        }


@dataclass(frozen=True)
class SinglePoints:
    """The answer: first those on which most rest alone, then those that part most from the network.

    :param components: all components with an edge in the section, by CURIE
    :param steps: its edges
    """

    points: tuple[SinglePoint, ...]
    components: Mapping[str, Component]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    lang: str

    def graph(self) -> nx.DiGraph[str]:
        """Give the section to networkx; nodes bear `single_point`."""
        made = graph_of(self.components.values(), self.steps, self.lang)
        for point in self.points:
            made.nodes[point.component.curie]["single_point"] = True
        return made


def single_points(found: Dependencies, keep: Filter | None = None) -> SinglePoints:
    """Find the single points of failure of a scope, or of the whole network.

    :param keep: components of a territory, kind or layer; edges with one end among them count
    :returns: none when nothing cuts anything off

    Cost: linear in the edges, and in what each point cuts off.
    """
    part = section(found, keep)
    points = list(_Search(part, found.lang).points()) if len(part.network) else []
    points.sort(key=lambda one: (-len(one.supported), -len(one.cut_off), one.component.curie))
    pairs = sorted({(edge[0], edge[2]) for edge in part.network.edges()}) if len(part.network) < 5000 else []
    steps, _ = found.steps(pairs)
    notes = found.notes()
    if not part.network.edge_count:
        notes.insert(0, empty_scope(keep, found.lang))
    elif not points:
        notes.insert(0, say(found.lang, "no-cuts"))
    if points and not any(point.spares for point in points):
        notes.append(say(found.lang, "no-spare"))
    components = {one.curie: one for one in part.components.values()}
    return SinglePoints(tuple(points), components, tuple(steps.values()), tuple(notes), found.lang)


class _Search:
    """The search in one section."""

    def __init__(self, part: Section, lang: str) -> None:
        self.network, self.components, self.lang = part.network, part.components, lang

    def points(self) -> list[SinglePoint]:
        """List the single points; unordered."""
        pieces = {
            int(node): pieces_without(self.network, int(node)) for node in articulation_points(self.network)
        }
        supported = supported_only(self.network)
        return [
            self._point(node, pieces.get(node, ()), supported.get(node, ()))
            for node in sorted(pieces.keys() | supported.keys())
        ]

    def _component(self, node: int) -> Component:
        return self.components[self.network.name(node)]

    def _group(self, nodes: Sequence[int]) -> tuple[Component, ...]:
        return tuple(sorted((self._component(node) for node in nodes), key=lambda one: one.curie))

    def _point(self, node: int, pieces: Sequence[Sequence[int]], supported: Sequence[int]) -> SinglePoint:
        groups = tuple(self._group(piece) for piece in pieces)
        kept = self._group(supported)
        spares = tuple(self._spares(node))
        component = self._component(node)
        name, why = component.label(self.lang), []
        if groups:
            others = " | ".join(names_of(group, self.lang) for group in groups[:6])
            is_even = (
                len(groups) > 1 and len({len(group) for group in groups}) == 1 and self._is_all(node, groups)
            )
            others += say(self.lang, "from-each-other" if is_even else "from-rest")
            why.append(say(self.lang, "parted", name=name, others=others))
        if kept:
            others = names_of(kept, self.lang)
            why.append(say(self.lang, "sole-support", name=name, n=len(kept), others=others))
        if component.is_ahead and component.status:
            why.append(say(self.lang, "itself-ahead", status=words_of(component.status, self.lang)))
        for spare in spares:
            others = names_of(spare.others, self.lang)
            why.append(say(self.lang, "spared", name=spare.dependent.label(self.lang), others=others))
        return SinglePoint(component, groups, kept, spares, tuple(why))

    def _is_all(self, node: int, groups: Sequence[Sequence[Component]]) -> bool:
        """Tell whether the groups hold all neighbours of a node, so that there is no rest."""
        named = {one.iri for group in groups for one in group}
        near = self.network.downstream[node].indices.tolist() + self.network.upstream[node].indices.tolist()
        return all(self.network.name(each) in named for each in near)

    def _spares(self, node: int) -> list[Spare]:
        kind = self._component(node).kind
        found = []
        for dependent in self.network.downstream[node].indices.tolist():
            for relation, providers in sorted(self._needs[dependent].items()):
                others = sorted(providers - {node}) if node in providers else []
                same = [each for each in others if self._component(each).kind == kind]
                if same:
                    name = self.network.relations[relation]
                    found.append(Spare(self._component(dependent), name, self._group(same)))
        return found

    @cached_property
    def _needs(self) -> dict[int, dict[int, set[int]]]:
        """What each node depends on, by relation."""
        found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        network = self.network
        columns = (network.dependents.tolist(), network.kinds.tolist(), network.providers.tolist())
        for dependent, relation, provider in zip(*columns, strict=True):
            found[dependent][relation].add(provider)
        return found


def pieces_without(network: Network, node: int) -> tuple[tuple[int, ...], ...]:
    """List what the loss of a node parts from the largest rest of what was connected with it.

    :returns: groups of nodes, without the largest, which is the rest; all of them when several are largest;
        empty when what is left holds together
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    one, other = network.dependents, network.providers
    kept = (one != node) & (other != node)
    size = len(network)
    ties = csr_matrix((np.ones(int(kept.sum()), dtype=np.int8), (one[kept], other[kept])), shape=(size, size))
    _, part = connected_components(ties, directed=False)
    near = np.union1d(one[other == node], other[one == node])
    groups: dict[int, list[int]] = defaultdict(list)
    touched = np.isin(part, part[near])
    touched[node] = False
    for each in np.flatnonzero(touched).tolist():
        groups[int(part[each])].append(each)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    has_rest = len(ordered) < 2 or len(ordered[0]) > len(ordered[1])
    return tuple(tuple(group) for group in ordered[1 if has_rest else 0 :])


def supported_only(network: Network) -> dict[int, tuple[int, ...]]:
    """Find, for each node, those whose every chain of support passes it.

    :returns: node -> nodes; only nodes that alone support another
    """
    above = support_dominators(network)
    found: dict[int, list[int]] = defaultdict(list)
    for node in range(len(network)):
        each, seen = int(above[node]), {node}
        while each >= 0 and each not in seen:
            found[each].append(node)
            seen.add(each)
            each = int(above[each])
    return {node: tuple(nodes) for node, nodes in found.items()}
