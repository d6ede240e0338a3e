"""The architecture grid: where each entity stands, with layers as rows and provinces as columns.

The place has a meaning, so nothing is left to a simulation: the same picture gives the same places, a gap in
the grid is a gap in what is stated, and a page draws at once. Inside a cell the order follows the neighbours
(barycentre sweeps, Sugiyama, Tagawa and Toda 1981), which shortens the edges.
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

Cell: TypeAlias = tuple[str, str]  # row, column
Members: TypeAlias = "dict[Cell, list[str]]"  # cell -> CURIEs in drawing order
Spots: TypeAlias = "dict[str, tuple[float, float]]"  # CURIE -> column and line, in slots
Neighbours: TypeAlias = "Mapping[str, Sequence[str]]"  # CURIE -> CURIEs at the other end of its edges

SHARED = "shared"  # the column of what is national, or of a province that no article is about
GOVERNING = ("bodies", "documents", "plans", "people", "territories")
SLOT_WIDTH = 148.0  # room of one entity: symbol and label beside it
SLOT_HEIGHT = 36.0
GAP = 26.0  # between rows and between columns
ASPECT = 1.05  # width : height that the grid is folded towards; the page stretches it to the window
SWEEPS = 6  # beyond, the order hardly changes
_MIN_ROW = 0.6  # height of a row without members, in slots
_FOLDERS = {"document": "documents", "standard": "documents", "unit": "territories", "region": "territories"}
_PLANNED = frozenset({"plan", "event", "architecture", "index"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity is drawn: the middle of its symbol.

    :param rank: its position in its cell, from 0
    """

    x: float
    y: float
    row: str
    column: str
    rank: int


@dataclass(frozen=True, slots=True)
class Band:
    """A row or a column.

    :param key: layer or sub-row; CURIE of a province, or :data:`SHARED`
    :param start: its upper or left border
    :param end: its lower or right border
    """

    key: str
    start: float
    end: float


@dataclass(frozen=True)
class Layout:
    """A whole grid; its upper left corner is (0, 0).

    :param places: CURIE -> place
    :param rows: from the top; layers without members are there, so that a gap is seen
    :param columns: provinces by name, then what is shared
    """

    places: Mapping[str, Place]
    rows: tuple[Band, ...]
    columns: tuple[Band, ...]


def arrange(picture: Picture) -> Layout:
    """Place every node.

    :returns: a layout without rows and columns for a picture without nodes

    Cost: linear in nodes and edges, times :data:`SWEEPS`.
    """
    columns = column_order(picture)
    members: Members = defaultdict(list)
    for node in picture.nodes:
        members[row_of(node), node.province if node.province in columns else SHARED].append(node.curie)
    used = [key for key in columns if any(cell[1] == key for cell in members)]
    lasting = lasting_rows()
    filled = {row for row, _ in members}
    rows = [key for key in row_order() if key in filled or key in lasting] if used else []
    widths = fold_widths(members, rows, used)
    order_cells(members, _neighbours(picture), widths)
    return _place(members, rows, used, widths)


@lru_cache(maxsize=1)
def row_order() -> tuple[str, ...]:
    """List every row from the top: the layers, the governing one split by what a thing is."""
    rows: list[str] = []
    for layer in layers().values():
        rows += GOVERNING if layer.is_governing else [layer.slug]
    return tuple(rows)


def lasting_rows() -> frozenset[str]:
    """List the layers that are drawn even when they are empty, so that a gap shows: those of some class."""
    populated = set(load_vocabulary().layers.values())
    return frozenset(
        slug
        for slug, layer in layers().items()
        if slug in populated and not (layer.is_governing or layer.is_outside)
    )


def row_of(node: Node) -> str:
    """Name the row of a node: its layer; the governing one is split by what a thing is."""
    layer = layers().get(node.layer)
    if layer is None or not layer.is_governing:
        return layer.slug if layer else outside_layer()
    folder = node.iri.rpartition("/")[0].rpartition("/")[2]
    if folder in _PLANNED:
        return "plans"
    return "people" if folder == "role" or node.kind == "Person" else _FOLDERS.get(folder, "bodies")


def column_order(picture: Picture) -> tuple[str, ...]:
    """List the columns: the provinces that articles are about, by name; then the shared one."""
    names = {node.curie: fold(node.short) for node in picture.nodes}
    provinces = {article.province for article in picture.articles if article.province is not None}
    return (*sorted(provinces, key=lambda curie: (names.get(curie, ""), curie)), SHARED)


def fold_widths(members: Members, rows: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """Choose how many slots wide each column is, so that the grid comes near :data:`ASPECT`.

    Starts narrow and widens the column that saves most height, the first of equals.
    """
    widths = dict.fromkeys(columns, 1)
    height = _height(members, rows, widths)
    while sum(widths.values()) * SLOT_WIDTH < ASPECT * height * SLOT_HEIGHT:
        wider = {key: {**widths, key: widths[key] + 1} for key in columns}
        heights = {key: _height(members, rows, wider[key]) for key in columns}
        best = min(columns, key=lambda key: (heights[key], _tallest(members, rows, key, widths[key]) * -1))
        widths, height = wider[best], heights[best]
    return widths


def _height(members: Members, rows: Sequence[str], widths: Mapping[str, int]) -> float:
    return sum(_row_height(members, row, widths) for row in rows)


def _row_height(members: Members, row: str, widths: Mapping[str, int]) -> float:
    return max(_MIN_ROW, *(-(-len(members.get((row, key), ())) // width) for key, width in widths.items()))


def _tallest(members: Members, rows: Sequence[str], column: str, width: int) -> int:
    return sum(-(-len(members.get((row, column), ())) // width) for row in rows)


def _neighbours(picture: Picture) -> Neighbours:
    found: dict[str, list[str]] = defaultdict(list)
    for edge in picture.edges:
        found[edge.subject].append(edge.object)
        found[edge.object].append(edge.subject)
    return found


def order_cells(members: Members, neighbours: Neighbours, widths: Mapping[str, int]) -> None:
    """Order the members of each cell: by degree first, then towards the mean place of their neighbours."""
    for held in members.values():
        held.sort(key=lambda curie: (-len(neighbours.get(curie, ())), curie))
    order = row_order()
    cells = sorted(members, key=lambda cell: (order.index(cell[0]), cell[1]))
    starts = dict(zip(widths, accumulate(widths.values(), initial=0), strict=False))
    spots: Spots = {}
    for row, column in cells:
        spots |= _spots(members[row, column], starts[column], order.index(row) * 4, widths[column])
    for _ in range(SWEEPS):
        for cell in cells:  # one after the other: all at once, two rows would change sides for ever
            wanted = {curie: _mean(spots, neighbours.get(curie, ()), spots[curie]) for curie in members[cell]}
            members[cell] = _fill(members[cell], wanted, widths[cell[1]])
            spots |= _spots(members[cell], starts[cell[1]], order.index(cell[0]) * 4, widths[cell[1]])


def _spots(held: Sequence[str], left: int, top: int, width: int) -> Spots:
    """Give each member of a cell its spot in slots."""
    return {curie: (left + index % width, top + index // width) for index, curie in enumerate(held)}


def _mean(spots: Spots, others: Iterable[str], own: tuple[float, float]) -> tuple[float, float]:
    found = [spots[other] for other in others] or [own]
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


def _fill(held: list[str], wanted: Mapping[str, tuple[float, float]], width: int) -> list[str]:
    """Fill a cell row by row: the members wanted highest first, and in a row from left to right."""
    by_height = sorted(held, key=lambda curie: (wanted[curie][1], wanted[curie][0], curie))
    lines = [by_height[start : start + width] for start in range(0, len(held), width)]
    return [curie for line in lines for curie in sorted(line, key=lambda each: (wanted[each][0], each))]


def _place(members: Members, rows: Sequence[str], columns: Sequence[str], widths: dict[str, int]) -> Layout:
    row_bands = _bands(rows, [_row_height(members, row, widths) * SLOT_HEIGHT for row in rows])
    column_bands = _bands(columns, [widths[key] * SLOT_WIDTH for key in columns])
    tops = {band.key: band.start + GAP / 2 for band in row_bands}
    lefts = {band.key: band.start + GAP / 2 for band in column_bands}
    places = {
        curie: Place(
            x=lefts[column] + (index % widths[column] + 0.1) * SLOT_WIDTH,
            y=tops[row] + (index // widths[column] + 0.5) * SLOT_HEIGHT,
            row=row,
            column=column,
            rank=index,
        )
        for (row, column), held in members.items()
        for index, curie in enumerate(held)
    }
    return Layout(dict(sorted(places.items())), row_bands, column_bands)


def _bands(keys: Sequence[str], sizes: Sequence[float]) -> tuple[Band, ...]:
    bands, start = [], 0.0
    for key, size in zip(keys, sizes, strict=True):
        bands.append(Band(key, start, start + size + GAP))
        start += size + GAP
    return tuple(bands)
