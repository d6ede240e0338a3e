"""Layered layout: place the systems of a drawing in columns so that few arrows cross."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.dependencies.network.edge import CuriePair, DependencyEdge
    from ...queries.dependencies.network.systems import System

__all__ = ["TALLEST_COLUMN", "dependency_depths", "placed_systems"]


TALLEST_COLUMN = 12  # boxes; the further ones go into a column beside
_PART_GAP = 0.2  # room between parts without a common edge, in heights of a box
_SWEEPS = 8  # orderings of the columns; beyond, the number of crossings hardly changes


def dependency_depths(edges: Iterable[DependencyEdge]) -> dict[str, int]:
    """Compute the length of the longest path from each system to a system without providers.

    :returns: CURIE -> depth
    """
    graph = nx.DiGraph((edge.dependent, edge.provider) for edge in edges)
    condensed = nx.condensation(graph)
    depths: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(condensed))):
        depths[group] = max((depths[provider] + 1 for provider in condensed.successors(group)), default=0)
    return {curie: depths[group] for curie, group in condensed.graph["mapping"].items()}


def placed_systems(
    systems: Mapping[str, System], pairs: Sequence[CuriePair], levels: Mapping[str, int]
) -> dict[str, tuple[int, float]]:
    """Assign a column and a row to each system; connected components stay together, the largest first.

    :param systems: CURIE -> system
    :param levels: CURIE → level from the left; missing systems are in level 0
    :returns: CURIE -> column and row
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(systems)
    graph.add_edges_from(pairs)
    places: dict[str, tuple[int, float]] = {}
    top = 0.0
    for part in sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part))):
        order = _ColumnOrder({curie: systems[curie] for curie in part}, pairs, levels)
        columns = order.folded_columns()
        height = max(map(len, columns))
        places |= _places(columns, top, height)
        top += height + _PART_GAP
    return places


def _places(columns: Sequence[Sequence[str]], top: float, height: int) -> dict[str, tuple[int, float]]:
    """Place the columns of a component below a row, centred vertically."""
    places: dict[str, tuple[int, float]] = {}
    for column, curies in enumerate(columns):
        start = top + (height - len(curies)) / 2
        places |= {curie: (column, start + position) for position, curie in enumerate(curies)}
    return places


class _ColumnOrder:
    """Sorts each column by the mean row of the neighbours (Sugiyama, Tagawa and Toda 1981)."""

    def __init__(
        self, systems: Mapping[str, System], pairs: Sequence[CuriePair], levels: Mapping[str, int]
    ) -> None:
        self.neighbours: dict[str, list[str]] = defaultdict(list)
        for dependent, provider in pairs:
            self.neighbours[dependent].append(provider)
            self.neighbours[provider].append(dependent)
        self.columns: dict[int, list[str]] = defaultdict(list)
        for curie in sorted(systems, key=lambda curie: (systems[curie].layer, systems[curie].short, curie)):
            self.columns[levels.get(curie, 0)].append(curie)
        self.rows: dict[str, float] = {}
        for column in self.columns.values():
            self.rows |= {curie: float(position) for position, curie in enumerate(column)}

    def folded_columns(self) -> list[list[str]]:
        """Return the sorted columns; tall columns are split."""
        for sweep in range(_SWEEPS):
            for level in sorted(self.columns, reverse=bool(sweep % 2)):
                self._order(level)
        return [part for level in sorted(self.columns) for part in _folded(self.columns[level])]

    def _order(self, level: int) -> None:
        means = {curie: self._mean_row(curie) for curie in self.columns[level]}
        ordered = sorted(means, key=lambda curie: (means[curie], self.rows[curie], curie))
        self.columns[level] = ordered
        middle = (len(ordered) - 1) / 2
        self.rows |= {curie: position - middle for position, curie in enumerate(ordered)}

    def _mean_row(self, curie: str) -> float:
        neighbours = self.neighbours[curie]
        if not neighbours:
            return self.rows[curie]
        return sum(self.rows[neighbour] for neighbour in neighbours) / len(neighbours)


def _folded(column: Sequence[str]) -> list[list[str]]:
    """Split a tall column into columns of about equal height."""
    count = -(-len(column) // TALLEST_COLUMN)
    height = -(-len(column) // count)
    return [list(column[start : start + height]) for start in range(0, len(column), height)]
