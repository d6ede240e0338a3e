"""Positions for the labels of arrows: on the line, without covering a box or another label."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from ..pictures import text_width
from .page_data import ARROW_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .curves import Curve

__all__ = ["PlacedLabel", "Room", "placed_labels"]

Room: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in pixels

_LINE = 16  # pixels
_MOST_LINES = 2  # of a label; a longer one is cut
# Shares of the line at which a label may stand, the best first.
_SHARES = (
    0.35,
    0.28,
    0.42,
    0.22,
    0.5,
    0.58,
    0.65,
    0.72,
    0.78,
    0.46,
    0.54,
    0.38,
    0.62,
    0.31,
    0.69,
    0.18,
    0.82,
)


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with the rectangle that it occupies."""

    lines: tuple[str, ...]
    room: Room


def placed_labels(
    texts: Mapping[int, str], curves: Mapping[int, Curve], taken: Sequence[Room], size: float
) -> dict[int, PlacedLabel]:
    """Place labels one after the other; without a free position, where they cover the least.

    :param texts: number of an arrow → its label
    :param taken: rectangles of the boxes
    :param size: font size in pixels
    """
    rooms = list(taken)
    placed: dict[int, PlacedLabel] = {}
    for number, text in texts.items():
        lines = tuple(wrap(text, ARROW_LETTERS, max_lines=_MOST_LINES, placeholder=" …")) or (text,)
        room = min(_rooms(lines, curves[number], size), key=lambda room: _covered(room, rooms))
        placed[number] = PlacedLabel(lines, room)
        rooms.append(room)
    return placed


def _rooms(lines: Sequence[str], curve: Curve, size: float) -> Iterator[Room]:
    half = max(text_width(line, size) for line in lines) / 2 + 3
    tall = len(lines) * _LINE / 2
    for share in _SHARES:
        x, y = curve.point(share)
        yield x - half, y - tall, x + half, y + tall


def _covered(room: Room, rooms: Sequence[Room]) -> float:
    """Compute the area in which a rectangle overlaps with others."""
    return sum(_shared_area(room, other) for other in rooms)


def _shared_area(room: Room, other: Room) -> float:
    width = min(room[2], other[2]) - max(room[0], other[0])
    height = min(room[3], other[3]) - max(room[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0
