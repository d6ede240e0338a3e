"""The connections of a province as pictures that stay readable on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue
from ..dependencies.drawing import DrawnNetwork, drawing
from ..dependencies.picture import svg
from ..dependencies.placement import dependency_depths
from ..documents.model import Illustration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.network.edge import DependencyEdge
    from ..dependencies.boxes import Drawing

_MOST_ROWS = 8  # boxes below one another on a page across, in type of 6 points at least
_MOST_SYSTEMS = 24  # of one connected part: more would not be read on a page


def landscape_pictures(network: MatrixReport, place: str) -> Iterator[Illustration]:
    """Draw the network of a province: connected parts together, as many as fit a page.

    :param place: name of the province, for the titles
    :returns: nothing where there is no connection
    """
    pages = list(_pages(network))
    lang = network.choice.lang
    words = catalogue(__package__, lang)
    for number, edges in enumerate(pages, 1):
        title = words("picture.title", place=place)
        if len(pages) > 1:
            title = words("picture.numbered", title=title, number=number, count=len(pages))
        drawn = _drawing(network, edges, title)
        counts = words("picture.text", systems=len(drawn.boxes), connections=len(drawn.arrows))
        yield Illustration(svg(drawn), f"{title}: {counts}")


def systems_left_out(network: MatrixReport) -> int:
    """Count the systems of a network that no picture shows, because their connected part is too large."""
    shown = {curie for edges in _pages(network) for edge in edges for curie in edge.ends}
    return len(network.systems) - len(shown)


def _pages(network: MatrixReport) -> Iterator[list[DependencyEdge]]:
    """Yield the edges of each picture."""
    page: list[DependencyEdge] = []
    taken = 0.0
    for edges in _connected_parts(network):
        rows = 1 + max(box.row for box in _drawing(network, edges, "").boxes)
        if page and taken + rows > _MOST_ROWS:
            yield page
            page, taken = [], 0.0
        page, taken = [*page, *edges], taken + rows
    if page:
        yield page


def _connected_parts(network: MatrixReport) -> Iterator[list[DependencyEdge]]:
    """Yield the edges of each connected part, the largest part first, limited to what a page can show."""
    import networkx as nx

    edges = sorted(network.cells.values(), key=lambda edge: edge.ends)
    graph: nx.Graph[str] = nx.Graph(edge.ends for edge in edges)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    for part in parts:
        shown = set(sorted(part, key=lambda curie: (-graph.degree(curie), curie))[:_MOST_SYSTEMS])
        yield [edge for edge in edges if shown.issuperset(edge.ends)]


def _drawing(network: MatrixReport, edges: Sequence[DependencyEdge], title: str) -> Drawing:
    curies = {curie for edge in edges for curie in edge.ends}
    systems = [system for system in network.systems if system.curie in curies]
    drawn = DrawnNetwork(systems, edges, dependency_depths(edges))
    return drawing(title, drawn, (), network.choice)
