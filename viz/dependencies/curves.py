"""Lines of arrows: Bézier curves between the sides of two boxes, with arrowheads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Curve", "Point", "curve_between"]

Point: TypeAlias = tuple[float, float]

_HEAD_LENGTH, _HEAD_HALF = 11, 5  # pixels
_APART = 9  # pixels between the two arrows of a pair, and between start and end of an arrow at one side


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve in pixels, horizontal at its end.

    :param to_right: whether it reaches the box from the left
    """

    start: Point
    first: Point
    second: Point
    end: Point
    to_right: bool

    @property
    def line(self) -> str:
        """The line up to the arrowhead, as value of the SVG attribute `d`."""
        x, y = self.end
        before_head = x - _HEAD_LENGTH * 0.8 if self.to_right else x + _HEAD_LENGTH * 0.8
        points = [self.first, self.second, (before_head, y)]
        steps = " ".join(f"{point[0]:.1f} {point[1]:.1f}" for point in points)
        return f"M{self.start[0]:.1f} {self.start[1]:.1f} C{steps}"

    @property
    def head(self) -> str:
        """The arrowhead as a closed SVG path."""
        x, y = self.end
        back = x - _HEAD_LENGTH if self.to_right else x + _HEAD_LENGTH
        return f"M{x:.1f} {y:.1f} L{back:.1f} {y - _HEAD_HALF:.1f} L{back:.1f} {y + _HEAD_HALF:.1f} Z"

    def point(self, share: float) -> Point:
        """Return a point of the curve.

        :param share: 0 at the start, 1 at the end
        """
        rest = 1 - share
        weights = rest**3, 3 * share * rest**2, 3 * share**2 * rest, share**3
        points = self.start, self.first, self.second, self.end
        x = sum(weight * point[0] for weight, point in zip(weights, points, strict=True))
        return x, sum(weight * point[1] for weight, point in zip(weights, points, strict=True))


def curve_between(start: Point, end: Point, box_width: float, *, has_counterpart: bool) -> Curve:
    """Return a curve between the centres of two boxes.

    Between boxes of the same column, it passes them on the right.

    :param has_counterpart: whether an arrow runs in the opposite direction, so that both must be drawn apart
    """
    if start[0] == end[0]:
        return _around(start, end, box_width)
    to_right = end[0] > start[0]
    sign = 1 if to_right else -1
    shift = sign * _APART if has_counterpart else 0
    left, right = start[0] + sign * box_width / 2, end[0] - sign * box_width / 2
    reach = sign * max(30.0, abs(right - left) * 0.45)
    return Curve(
        (left, start[1] + shift),
        (left + reach, start[1] + shift),
        (right - reach, end[1] + shift),
        (right, end[1] + shift),
        to_right,
    )


def _around(start: Point, end: Point, box_width: float) -> Curve:
    down = 1 if end[1] >= start[1] else -1
    top, bottom = start[1] + down * _APART, end[1] - down * _APART
    x = start[0] + box_width / 2
    reach = x + min(105.0, 30 + 0.25 * abs(bottom - top))
    return Curve((x, top), (reach, top), (reach, bottom), (x, bottom), to_right=False)
