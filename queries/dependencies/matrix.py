"""The matrix (DSM): who depends on whom, ordered so that layers and loops show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ...ontology.layers import layer_order
from .networkx_view import graph_of
from .section import Section, empty_scope, section
from .step import Standing
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from ..facts.values import Json
    from .dependencies import Dependencies, Filter
    from .nodes import Component
    from .step import Step

Cells: TypeAlias = "Mapping[tuple[int, int], Step]"  # row, column -> the edge

MOST = 200  # systems, unless another bound is asked for
LOOPS = 20  # loops that are listed, the shortest first
_LENGTHS = (2, 3, 4, 6, 8, 12, None)
MARKS = {
    "hostedOn": "H",
    "connectsTo": "C",
    "integratesWith": "I",
    "securedBy": "S",
    "authenticatedBy": "A",
    "usesNetwork": "N",
    "usesDataOf": "D",
    "directlyDependsOn": "P",
    "partOfSystem": "B",
    "expects": "r",
}


@dataclass(frozen=True)
class Matrix:
    """The answer: rows depend on columns, both in one order.

    :param components: in order: layers from users to infrastructure; members of a loop stand together
    :param cells: the edges, by row and column
    :param loops: CURIEs of simple loops, the first repeated at the end; each dependent before its provider
    """

    components: tuple[Component, ...]
    cells: Cells
    loops: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    lang: str

    def mark(self, row: int, column: int) -> str:
        """Write a cell: a letter for each relation, as :func:`mark_of` marks them; empty without edge."""
        step = self.cells.get((row, column))
        return mark_of(step) if step else ""

    def legend(self) -> dict[str, str]:
        """Map the letters that are used to relations."""
        used = {relation for step in self.cells.values() for relation in step.relations}
        return {letter: name for name, letter in MARKS.items() if name in used}

    def as_dict(self) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "components": [
                {"entity": one.curie, "label": one.label(self.lang), "kind": one.kind, "layer": one.layer}
                for one in self.components
            ],
            "cells": [
                {"row": row, "column": column, "mark": mark_of(step), **step.as_dict()}
                for (row, column), step in sorted(self.cells.items())
            ],
            "loops": [list(path) for path in self.loops],
            "legend": dict(self.legend()),
            "notes": list(self.notes),
        }

    def graph(self) -> nx.DiGraph[str]:
        """Give the matrix to networkx."""
        return graph_of(self.components, self.cells.values(), self.lang)


def mark_of(step: Step) -> str:
    """Write the letters of an edge: what is only planned in brackets, what is only implied with a `?`."""
    letters = {
        standing: "".join(MARKS.get(name, "x") for name in step.relations if step.standing(name) is standing)
        for standing in Standing
    }
    planned, implied = letters[Standing.PLANNED], letters[Standing.IMPLIED]
    told = letters[Standing.FIRM] + (f"({planned})" if planned else "") + "".join(f"{i}?" for i in implied)
    return told + letters[Standing.EXPECTED]


def matrix(found: Dependencies, keep: Filter | None = None, *, most: int = MOST) -> Matrix:
    """Order the components of a scope and mark who depends on whom.

    :param keep: components of a territory, kind or layer; what they are tied to stands there too
    :param most: number of components; beyond it the matrix is cut, and says so
    """
    part = section(found, keep)
    order = _ordered(part, found.lang)
    notes = found.notes()
    if len(order) > most:
        notes.insert(0, say(found.lang, "bound-matrix", n=most, all=len(order)))
    order = order[:most]
    place = {part.network.name(node): index for index, node in enumerate(order)}
    pairs = sorted({(a, b) for a, _, b, _ in part.network.edges() if a in place and b in place})
    steps, _ = found.steps(pairs)
    components = tuple(part.components[iri] for iri in place)
    row = {one.curie: index for index, one in enumerate(components)}
    cells = {(row[step.dependent], row[step.provider]): step for step in steps.values()}
    loops = loops_of(graph_of(components, steps.values(), found.lang), LOOPS + 1)
    if len(loops) > LOOPS:
        notes.append(say(found.lang, "bound-loops", n=LOOPS))
    loops = loops[:LOOPS]
    if not components:
        notes.insert(0, empty_scope(keep, found.lang))
    elif not loops:
        is_cut = len(part.components) > len(components)
        notes.append(say(found.lang, "no-loops-shown" if is_cut else "no-loops"))
    return Matrix(components, cells, loops, tuple(notes), found.lang)


def _ordered(part: Section, lang: str) -> list[int]:
    """Order nodes: loops together, by layer, then dependents before what they depend on, then by name."""
    from scipy.sparse.csgraph import connected_components

    network = part.network
    if not len(network):
        return []
    _, group = connected_components(network.upstream, directed=True, connection="strong")
    known = [part.components[network.name(node)] for node in range(len(network))]
    layer = [layer_order(one.layer) for one in known]
    top: dict[int, int] = {}
    for node, each in enumerate(group.tolist()):
        top[each] = min(top.get(each, layer[node]), layer[node])
    depth, members = _depths(part, group), np.bincount(group)
    return sorted(
        range(len(network)),
        key=lambda node: (
            top[int(group[node])],
            depth[int(group[node])],
            int(group[node]) if members[group[node]] > 1 else -1,
            layer[node],
            known[node].label(lang),
            known[node].curie,
        ),
    )


def _depths(part: Section, group: np.ndarray[tuple[int], np.dtype[np.int32]]) -> dict[int, int]:
    """Count, for each group, the most steps from something that nothing depends on."""
    import networkx as nx

    network = part.network
    flow: nx.DiGraph[int] = nx.DiGraph()
    flow.add_nodes_from(group.tolist())
    ends = zip(group[network.dependents].tolist(), group[network.providers].tolist(), strict=True)
    flow.add_edges_from((one, other) for one, other in ends if one != other)
    depth: dict[int, int] = {}
    for each in nx.topological_sort(flow):
        depth[each] = max((depth[before] + 1 for before in flow.predecessors(each)), default=0)
    return depth


def loops_of(graph: nx.DiGraph[str], most: int = LOOPS) -> tuple[tuple[str, ...], ...]:
    """List simple loops, the shortest first; at most so many (Johnson 1975, up to growing lengths)."""
    import networkx as nx

    found: list[Sequence[str]] = []
    for length in _LENGTHS:
        found = list(islice(nx.simple_cycles(graph, length_bound=length), most))
        if len(found) == most:
            break
    turned = []
    for each in found:
        first = each.index(min(each))
        turned.append((*each[first:], *each[:first], each[first]))
    return tuple(sorted(turned, key=lambda path: (len(path), path)))
