"""Placement of boxes: rows of boxes inside titled frames, all in pixels of the view."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...graph.archimate.model import ViewNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.archimate.model import LabelsByLanguage

BOX_WIDTH, BOX_HEIGHT = 190, 72  # room for three lines of a name
GAP = 24  # between boxes, and between a box and its frame
TITLE = 28  # height of the title of a frame
FRAME_FILL = "#f4f4f4"


def grid(elements: Sequence[tuple[str, str]], x: int, y: int, columns: int) -> tuple[ViewNode, ...]:
    """Place boxes in rows.

    :param elements: identifier of each box, and of its element
    :param x: left side of the first box; `y` likewise its top
    """
    return tuple(
        ViewNode(
            node,
            x + position % columns * (BOX_WIDTH + GAP),
            y + position // columns * (BOX_HEIGHT + GAP),
            BOX_WIDTH,
            BOX_HEIGHT,
            element,
        )
        for position, (node, element) in enumerate(elements)
    )


def grid_size(count: int, columns: int) -> tuple[int, int]:
    """Return width and height of boxes in rows, without the gap behind the last.

    >>> grid_size(3, 2) == (2 * BOX_WIDTH + GAP, 2 * BOX_HEIGHT + GAP)
    True
    """
    width, height = min(count, columns), -(-count // columns)
    return width * (BOX_WIDTH + GAP) - GAP, height * (BOX_HEIGHT + GAP) - GAP


def frame(node: str, labels: LabelsByLanguage, corner: tuple[int, int], size: tuple[int, int]) -> ViewNode:
    """Return an empty frame with a title.

    :param corner: its left side and its top
    :param size: width and height of what it holds
    """
    x, y = corner
    width, height = size[0] + 2 * GAP, size[1] + 2 * GAP + TITLE
    return ViewNode(node, x, y, width, height, labels=labels, fill=FRAME_FILL)


def framed_grid(outer: ViewNode, elements: Sequence[tuple[str, str]], columns: int) -> ViewNode:
    """Fill a frame with rows of boxes."""
    boxes = grid(elements, outer.x + GAP, outer.y + GAP + TITLE, columns)
    return replace(outer, children=boxes)
