"""Criticality: how much rests on each component, by several measures, each explained in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...graph.network.centrality import betweenness, page_rank
from ...graph.network.reachability import reach
from .section import empty_scope, section
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.network.network import Network
    from ..facts.values import Json
    from .dependencies import Dependencies, Filter
    from .nodes import Component

COUNTED = (
    2000  # components whose reach is counted, and sources of betweenness, in a network with more of them
)
SOURCES = 100

MEASURES: Mapping[str, tuple[str, str]] = {
    "dependents": (
        "số hệ thống dựa thẳng vào nó",
        "how many depend on it directly",
    ),
    "providers": (
        "số hệ thống nó dựa thẳng vào",
        "how many it depends on directly",
    ),
    "reach": (
        "số hệ thống chịu ảnh hưởng khi nó dừng, kể cả gián tiếp",
        "how many are affected when it stops, through others too",
    ),
    "betweenness": (
        "phần các cặp hệ thống mà đường phụ thuộc ngắn nhất đi qua nó (0 đến 1)",
        "share of pairs whose shortest path of dependencies passes it (0 to 1)",
    ),
    "pagerank": (
        "sức nặng dồn về nó khi mỗi hệ thống chia đều sức nặng cho những gì nó dựa vào (tổng là 1)",
        "the weight that gathers in it when each system hands its weight to what it depends on (sums to 1)",
    ),
}


@dataclass(frozen=True)
class Critical:
    """One component with its measures; :data:`MEASURES` says what they mean.

    :param reach: ``None`` where it was not counted
    :param why: the measures in words
    """

    component: Component
    dependents: int
    providers: int
    reach: int | None
    betweenness: float
    pagerank: float
    why: str

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "entity": self.component.curie,
            "label": self.component.label(lang),
            "kind": self.component.kind,
            "province": self.component.province,
            "dependents": self.dependents,
            "providers": self.providers,
            "reach": self.reach,
            "betweenness": round(self.betweenness, 9),
            "pagerank": round(self.pagerank, 9),
            "why": self.why,
        }


@dataclass(frozen=True)
class Criticality:
    """The answer, what most rests on first."""

    ranked: tuple[Critical, ...]
    notes: tuple[str, ...]
    lang: str


def criticality(found: Dependencies, keep: Filter | None = None) -> Criticality:
    """Rank the components of a scope by what rests on them.

    :param keep: components of a territory, kind or layer; measures are taken in the network of their edges
    :returns: nothing for an empty scope
    """
    part = section(found, keep)
    network = part.network
    notes = found.notes()
    if not len(network):
        return Criticality((), (empty_scope(keep, found.lang), *notes), found.lang)
    counted, sources = _bounds(network)
    if len(counted) < len(network):
        notes.append(say(found.lang, "bound-reach", n=len(counted), sources=len(sources)))
    ranked = list(_measured(network, part.components, set(counted), sources, found.lang))
    ranked = [one for one in ranked if one.component.iri in part.inside]
    ranked.sort(key=lambda one: (-(one.reach or 0), -one.dependents, -one.pagerank, one.component.curie))
    return Criticality(tuple(ranked), tuple(notes), found.lang)


def _bounds(network: Network) -> tuple[list[int], list[int]]:
    """Choose the nodes whose reach is counted, and the sources of betweenness."""
    size = len(network)
    if size <= COUNTED:
        return list(range(size)), list(range(size))
    degree = np.diff(network.downstream.indptr)
    most = np.argsort(-degree, kind="stable")[:COUNTED].tolist()
    return most, np.linspace(0, size - 1, SOURCES).astype(int).tolist()


def _measured(
    network: Network, known: Mapping[str, Component], counted: set[int], sources: list[int], lang: str
) -> list[Critical]:
    size = len(network)
    into, out = np.diff(network.downstream.indptr), np.diff(network.upstream.indptr)
    pairs = max(1, (size - 1) * (size - 2)) * len(sources) / size
    between, weight = betweenness(network, sources) / pairs, page_rank(network)
    found = []
    for node in range(size):
        reached = len(reach(network, [node]).nodes) if node in counted else None
        values = {
            "into": int(into[node]),
            "out": int(out[node]),
            "reach": "?" if reached is None else reached,
        }
        why = say(lang, "why-critical", **values)
        if between[node] > 0:
            why += say(lang, "between", share=f"{between[node]:.1%}")
        found.append(
            Critical(
                component=known[network.name(node)],
                dependents=int(into[node]),
                providers=int(out[node]),
                reach=reached,
                betweenness=float(between[node]),
                pagerank=float(weight[node]),
                why=why,
            )
        )
    return found
