"""The architecture grid: the position of each entity, with layers as rows and provinces as columns.

The position of an entity shows its layer and province, so no force simulation is used: the same graph always
gives the same positions, an empty cell means that nothing is stated, and the page is drawn at once. Inside a
cell, entities are sorted by their neighbours (barycentre method of Sugiyama, Tagawa and Toda 1981), which
shortens the edges.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import fold
from ...ontology.layers import layers, outside_layer
from ...ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.picture.picture import Node, Picture

__all__ = [
    "ASPECT",
    "GAP",
    "GOVERNING_ROWS",
    "SHARED",
    "SLOT_HEIGHT",
    "SLOT_WIDTH",
    "SWEEPS",
    "Band",
    "Layout",
    "Place",
    "architecture_rows",
    "arrange",
    "column_order",
    "fold_widths",
    "grid_rows",
    "order_cells",
    "row_of",
]

Cell: TypeAlias = tuple[str, str]  # row, column
CellMembers: TypeAlias = "dict[Cell, list[str]]"  # cell -> CURIEs in drawing order
Spot: TypeAlias = tuple[float, float]  # column and line, in slots
Spots: TypeAlias = "dict[str, Spot]"  # CURIE -> spot
Neighbours: TypeAlias = "Mapping[str, Sequence[str]]"  # CURIE -> CURIEs at the other end of its edges

SHARED = "shared"  # the column of what is national, or of a province that no article is about
# what the governing layer is split into
GOVERNING_ROWS = ("bodies", "documents", "plans", "people", "territories")
SLOT_WIDTH = 148.0  # room of one entity: symbol and label beside it
SLOT_HEIGHT = 36.0
GAP = 26.0  # between rows and between columns
ASPECT = 1.05  # width : height that the grid is folded towards; the page stretches it to the window
SWEEPS = 6  # beyond, the order hardly changes
_LEAST_ROW = 0.6  # height of a row without members, in slots
_ROW_SPACING = 4  # of rows for the barycentres, in slots
_ROWS_BY_FOLDER = {
    "document": "documents",
    "standard": "documents",
    "unit": "territories",
    "region": "territories",
    "role": "people",
    **dict.fromkeys(("plan", "event", "architecture", "index"), "plans"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Position of an entity: the centre of its symbol, in pixels.

    :param rank: position of the entity in its cell, from 0
    """

    x: float
    y: float
    row: str
    column: str
    rank: int


@dataclass(frozen=True, slots=True)
class Band:
    """A row or a column of the grid.

    :param key: for a row, the layer (the governing layer has several rows); for a column, the CURIE of a
        province or :data:`SHARED`
    :param start: its upper or left border
    :param end: its lower or right border
    """

    key: str
    start: float
    end: float


@dataclass(frozen=True)
class Layout:
    """The complete grid; its upper left corner is (0, 0).

    :param places: CURIE → position
    :param rows: from top to bottom; layers without members are included to show the gap
    :param columns: provinces by name, then the column of shared entities
    """

    places: Mapping[str, Place]
    rows: tuple[Band, ...]
    columns: tuple[Band, ...]


@dataclass(frozen=True)
class _Grid:
    """The cells of the grid: order of rows and columns, and the width of each column in slots."""

    members: CellMembers
    rows: Sequence[str]
    columns: Sequence[str]
    widths: Mapping[str, int]

    def row_height(self, row: str) -> float:
        """Return the height of a row in slots."""
        heights = [_line_count(self.members, (row, column), width) for column, width in self.widths.items()]
        return max(_LEAST_ROW, *heights)


@lru_cache(maxsize=1)
def architecture_rows() -> tuple[str, ...]:
    """List the rows in which an empty cell is a gap, from top to bottom; each row is a layer.

    >>> architecture_rows()[0], architecture_rows()[-1]
    ('users', 'security')
    """
    return tuple(layer.slug for layer in layers().values() if not (layer.is_governing or layer.is_outside))


@lru_cache(maxsize=1)
def grid_rows() -> tuple[str, ...]:
    """List all rows from top to bottom: the layers, with the governing layer split by class.

    >>> grid_rows()[8:]
    ('bodies', 'documents', 'plans', 'people', 'territories', 'external')
    """
    rows: list[str] = []
    for layer in layers().values():
        rows += GOVERNING_ROWS if layer.is_governing else [layer.slug]
    return tuple(rows)


def arrange(picture: Picture) -> Layout:
    """Compute the position of every node.

    :returns: a layout without rows and columns for a picture without nodes

    Cost: linear in nodes and edges for each of :data:`SWEEPS` passes.
    """
    columns = column_order(picture)
    members: CellMembers = defaultdict(list)
    for node in picture.nodes:
        column = node.province if node.province in columns else SHARED
        members[row_of(node), column].append(node.curie)
    used_columns = [column for column in columns if any(cell[1] == column for cell in members)]
    rows = _used_rows(members) if used_columns else []
    grid = _Grid(members, rows, used_columns, fold_widths(members, rows, used_columns))
    order_cells(members, _neighbours(picture), grid.widths)
    return _place(grid)


def _used_rows(members: CellMembers) -> list[str]:
    """List the rows with members, and the layers for which the ontology has a class."""
    possible = set(load_vocabulary().layers.values()) & {*architecture_rows()}
    filled = {row for row, _ in members}
    return [row for row in grid_rows() if row in filled or row in possible]


def row_of(node: Node) -> str:
    """Return the row of a node: its layer; in the governing layer, depending on its class."""
    layer = layers().get(node.layer)
    if layer is None or not layer.is_governing:
        return layer.slug if layer else outside_layer()
    if node.kind == "Person":
        return "people"
    folder = node.iri.rpartition("/")[0].rpartition("/")[2]
    return _ROWS_BY_FOLDER.get(folder, "bodies")


def column_order(picture: Picture) -> tuple[str, ...]:
    """List the columns: the provinces that articles are about, by name; then the shared column."""
    sort_names = {node.curie: fold(node.short) for node in picture.nodes}
    provinces = {article.province for article in picture.articles if article.province is not None}
    return (*sorted(provinces, key=lambda curie: (sort_names.get(curie, ""), curie)), SHARED)


def fold_widths(members: CellMembers, rows: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """Choose the width of each column in slots so that the grid approaches the ratio :data:`ASPECT`.

    Columns start narrow; in each step the column whose widening saves the most height is widened.
    """
    widths = dict.fromkeys(columns, 1)
    height = _grid_height(_Grid(members, rows, columns, widths))
    while sum(widths.values()) * SLOT_WIDTH < ASPECT * height * SLOT_HEIGHT:
        widened = {column: {**widths, column: widths[column] + 1} for column in columns}
        heights = {column: _grid_height(_Grid(members, rows, columns, widened[column])) for column in columns}
        lines = {column: _lines_of_column(members, rows, column, widths[column]) for column in columns}
        best = min(columns, key=lambda column: (heights[column], -lines[column]))
        widths, height = widened[best], heights[best]
    return widths


def _grid_height(grid: _Grid) -> float:
    return sum(map(grid.row_height, grid.rows))


def _line_count(members: CellMembers, cell: Cell, width: int) -> int:
    return -(-len(members.get(cell, ())) // width)


def _lines_of_column(members: CellMembers, rows: Sequence[str], column: str, width: int) -> int:
    return sum(_line_count(members, (row, column), width) for row in rows)


def _neighbours(picture: Picture) -> Neighbours:
    neighbours: dict[str, list[str]] = defaultdict(list)
    for edge in picture.edges:
        neighbours[edge.subject].append(edge.object)
        neighbours[edge.object].append(edge.subject)
    return neighbours


def order_cells(members: CellMembers, neighbours: Neighbours, widths: Mapping[str, int]) -> None:
    """Sort the members of each cell: first by degree, then by the mean position of their neighbours."""
    for curies in members.values():
        curies.sort(key=lambda curie: (-len(neighbours.get(curie, ())), curie))
    row_places = {row: index * _ROW_SPACING for index, row in enumerate(grid_rows())}
    column_places = dict(zip(widths, accumulate(widths.values(), initial=0), strict=False))
    cells = sorted(members, key=lambda cell: (row_places[cell[0]], cell[1]))
    corners = {cell: (column_places[cell[1]], row_places[cell[0]]) for cell in cells}
    spots: Spots = {}
    for cell in cells:
        spots |= _spots(members[cell], corners[cell], widths[cell[1]])
    for _ in range(SWEEPS):
        for cell in cells:  # one after the other: all at once, two rows would change sides for ever
            targets = {curie: _mean(spots, neighbours.get(curie, ()), curie) for curie in members[cell]}
            members[cell] = _fill(members[cell], targets, widths[cell[1]])
            spots |= _spots(members[cell], corners[cell], widths[cell[1]])


def _spots(curies: Sequence[str], corner: tuple[int, int], width: int) -> Spots:
    """Map each member of a cell to its position in slots."""
    left, top = corner
    return {curie: (left + index % width, top + index // width) for index, curie in enumerate(curies)}


def _mean(spots: Spots, neighbours: Iterable[str], curie: str) -> Spot:
    """Return the mean position of the neighbours of an entity; its own position if it has none."""
    around = [spots[neighbour] for neighbour in neighbours] or [spots[curie]]
    return sum(x for x, _ in around) / len(around), sum(y for _, y in around) / len(around)


def _fill(curies: list[str], targets: Mapping[str, Spot], width: int) -> list[str]:
    """Fill a cell row by row: members with the uppermost targets first, each row from left to right."""
    by_height = sorted(curies, key=lambda curie: (targets[curie][1], targets[curie][0], curie))
    lines = [by_height[start : start + width] for start in range(0, len(curies), width)]
    return [curie for line in lines for curie in sorted(line, key=lambda curie: (targets[curie][0], curie))]


def _place(grid: _Grid) -> Layout:
    rows = _bands(grid.rows, [grid.row_height(row) * SLOT_HEIGHT for row in grid.rows])
    columns = _bands(grid.columns, [grid.widths[column] * SLOT_WIDTH for column in grid.columns])
    tops = {band.key: band.start + GAP / 2 for band in rows}
    lefts = {band.key: band.start + GAP / 2 for band in columns}
    places: dict[str, Place] = {}
    for (row, column), curies in grid.members.items():
        width = grid.widths[column]
        for index, curie in enumerate(curies):
            x = lefts[column] + (index % width + 0.1) * SLOT_WIDTH
            y = tops[row] + (index // width + 0.5) * SLOT_HEIGHT
            places[curie] = Place(x, y, row, column, index)
    return Layout(dict(sorted(places.items())), rows, columns)


def _bands(keys: Sequence[str], sizes: Sequence[float]) -> tuple[Band, ...]:
    bands, start = [], 0.0
    for key, size in zip(keys, sizes, strict=True):
        bands.append(Band(key, start, start + size + GAP))
        start += size + GAP
    return tuple(bands)
