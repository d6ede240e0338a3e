"""The dependency structure matrix (DSM), ordered so that layers and loops are visible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ...ontology.layers import layer_order
from ...ontology.verdicts import EdgeStanding
from .network.edge import DependencyEdge
from .network.remarks import LoopsCut, MatrixCut, NoLoop, NoLoopShown
from .network.subnetwork import scope_empty, subnetwork
from .networkx_view import graph_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from ..facts.units import Remark
    from .network.choice import EdgeChoice
    from .network.dependencies import Dependencies
    from .network.remarks import DependencyRemark
    from .network.scope import SystemFilter
    from .network.subnetwork import Subnetwork
    from .network.systems import System

Cells: TypeAlias = Mapping[tuple[int, int], DependencyEdge]  # row, column -> the edge
CurieLoop: TypeAlias = tuple[str, ...]  # CURIEs, the first repeated at the end

MAX_SYSTEMS = 200  # rows, unless another bound is asked for
MAX_LOOPS = 20  # loops that are listed, the shortest first
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
_UNMARKED = "x"  # the letter of a relation that has none of its own


@dataclass(frozen=True)
class MatrixReport:
    """A matrix whose row systems depend on its column systems; both have the same order.

    :param systems: ordered by layer from users to infrastructure; members of a loop are adjacent
    :param cells: the edges, by row and column
    :param loops: simple loops, each as systems of which every one depends on the next
    """

    systems: tuple[System, ...]
    cells: Cells
    loops: tuple[CurieLoop, ...]
    remarks: tuple[Remark, ...]
    choice: EdgeChoice

    def mark(self, row: int, column: int) -> str:
        """Return the text of a cell: a letter per relation, as in :func:`mark_of`; empty without an edge."""
        edge = self.cells.get((row, column))
        return mark_of(edge) if edge else ""

    def legend(self) -> dict[str, str]:
        """Map each letter used to its relation."""
        used = {relation for edge in self.cells.values() for relation in edge.relations}
        return {letter: name for name, letter in MARKS.items() if name in used}

    def limited_to(self, curies: Collection[str]) -> MatrixReport:
        """Return the matrix of the edges with an end among systems; loops and remarks are left out."""
        edges = [edge for edge in self.cells.values() if not set(curies).isdisjoint(edge.ends)]
        ends = {curie for edge in edges for curie in edge.ends}
        systems = tuple(system for system in self.systems if system.curie in ends)
        row = {system.curie: place for place, system in enumerate(systems)}
        cells = {(row[edge.dependent], row[edge.provider]): edge for edge in edges}
        return MatrixReport(systems, cells, (), (), self.choice)

    def loop_systems(self) -> tuple[tuple[System, ...], ...]:
        """List the systems of each loop."""
        by_curie = {system.curie: system for system in self.systems}
        return tuple(tuple(map(by_curie.__getitem__, loop)) for loop in self.loops)

    def graph(self) -> nx.DiGraph[str]:
        """Return the network of the matrix as a networkx graph."""
        return graph_of(self.systems, self.cells.values(), self.choice.lang)


def mark_of(edge: DependencyEdge) -> str:
    """Return the letters of an edge: planned relations in brackets, implied ones followed by `?`."""
    letters = dict.fromkeys(EdgeStanding, "")
    for relation in edge.relations:
        letters[edge.standing(relation)] += MARKS.get(relation, _UNMARKED)
    planned = f"({letters[EdgeStanding.PLANNED]})" if letters[EdgeStanding.PLANNED] else ""
    implied = "".join(f"{letter}?" for letter in letters[EdgeStanding.IMPLIED])
    return letters[EdgeStanding.FIRM] + planned + implied + letters[EdgeStanding.EXPECTED]


def matrix(
    dependencies: Dependencies, keep: SystemFilter | None = None, *, max_systems: int = MAX_SYSTEMS
) -> MatrixReport:
    """Build the dependency matrix of a scope.

    :param keep: systems of a territory, class or layer; the systems they are connected to are included
    :param max_systems: the largest number of rows; a remark tells when the matrix is cut
    """
    part = subnetwork(dependencies, keep)
    ordered = _ordered(part, dependencies.lang)
    systems = tuple(ordered[:max_systems])
    addresses = {system.iri for system in systems}
    pairs = [pair for pair in part.pairs if addresses.issuperset(pair)]
    edges, _ = dependencies.edges(pairs)
    row = {system.curie: index for index, system in enumerate(systems)}
    loops = loops_of(graph_of(systems, edges.values(), dependencies.lang), MAX_LOOPS + 1)
    remarks: list[DependencyRemark] = [scope_empty(keep)] if not systems else []
    if len(ordered) > max_systems:
        remarks.append(MatrixCut(max_systems, len(ordered)))
    remarks += dependencies.remarks()
    if systems:
        remarks += _about_loops(len(loops), is_cut=len(ordered) > max_systems)
    return MatrixReport(
        systems=systems,
        cells={(row[edge.dependent], row[edge.provider]): edge for edge in edges.values()},
        loops=loops[:MAX_LOOPS],
        remarks=tuple(remarks),
        choice=dependencies.choice,
    )


def _about_loops(count: int, *, is_cut: bool) -> list[DependencyRemark]:
    """Remark that there is no loop, or that not all loops are listed."""
    if count > MAX_LOOPS:
        return [LoopsCut(MAX_LOOPS)]
    if count:
        return []
    return [NoLoopShown() if is_cut else NoLoop()]


def _ordered(part: Subnetwork, lang: str) -> list[System]:
    """Sort systems: loops together, by layer, dependents before their providers, then by name."""
    from scipy.sparse.csgraph import connected_components

    network = part.network
    if not len(network):
        return []
    _, loops = connected_components(network.upstream, directed=True, connection="strong")
    systems = [part.systems[network.name(node)] for node in range(len(network))]
    layers = [layer_order(system.layer) for system in systems]
    top_layer: dict[int, int] = {}
    for layer, loop in zip(layers, loops.tolist(), strict=True):
        top_layer[loop] = min(top_layer.get(loop, layer), layer)
    depth, members = _depths(part, loops), np.bincount(loops)

    def place(node: int) -> tuple[int, int, int, int, str, str]:
        loop = int(loops[node])
        system = systems[node]
        own_loop = loop if members[loop] > 1 else -1
        return top_layer[loop], depth[loop], own_loop, layers[node], system.label(lang), system.curie

    return [systems[node] for node in sorted(range(len(network)), key=place)]


def _depths(part: Subnetwork, loops: NDArray[np.int32]) -> dict[int, int]:
    """Count for each loop the largest number of steps from a system that nothing depends on.

    :param loops: the number of the loop of each node; a node outside loops has a number of its own
    """
    import networkx as nx

    network = part.network
    flow: nx.DiGraph[int] = nx.DiGraph()
    flow.add_nodes_from(loops.tolist())
    ends = zip(loops[network.dependents].tolist(), loops[network.providers].tolist(), strict=True)
    flow.add_edges_from((dependent, provider) for dependent, provider in ends if dependent != provider)
    depth: dict[int, int] = {}
    for loop in nx.topological_sort(flow):
        depth[loop] = max((depth[before] + 1 for before in flow.predecessors(loop)), default=0)
    return depth


def loops_of(graph: nx.DiGraph[str], max_loops: int = MAX_LOOPS) -> tuple[CurieLoop, ...]:
    """List simple loops, the shortest first, up to a maximum (Johnson 1975, with growing length limits)."""
    import networkx as nx

    cycles: list[Sequence[str]] = []
    for length in _LENGTHS:
        cycles = list(islice(nx.simple_cycles(graph, length_bound=length), max_loops))
        if len(cycles) == max_loops:
            break
    return tuple(sorted(map(_closed, cycles), key=lambda loop: (len(loop), loop)))


def _closed(cycle: Sequence[str]) -> CurieLoop:
    """Rotate a loop to start at its alphabetically first name, and repeat that name at the end."""
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first], cycle[first])
