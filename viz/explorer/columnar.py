"""Records stored as columns: repeated values are written once, and integers are encoded as characters.

The script `static/data/columns.js` decodes them. Characters compress better than lists of numbers and need no
parsing.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.facts.values import Json

__all__ = ["DIGITS", "Record", "pack", "pack_numbers"]

Record: TypeAlias = "dict[str, Json]"

# none that JSON or HTML would escape
DIGITS = "".join(chr(code) for code in range(35, 126) if chr(code) != "\\")


def pack(records: Sequence[Mapping[str, Json]], leave_out: Iterable[str] = ()) -> Record:
    """Convert records with equal keys to packed columns.

    :param leave_out: keys to omit because the page does not need them
    :returns: key → list of values; `{"c": value, "n": count}` if all are equal; or integers encoded by
        :func:`pack_numbers`, with the distinct values in `d` if the integers are positions in that list

    >>> pack([{"a": "x", "b": 1.5, "c": 0}, {"a": "x", "b": 2, "c": 0}, {"a": "y", "b": 3, "c": 0}])["c"]
    {'c': 0, 'n': 3}
    >>> pack([{"a": "x"}, {"a": "y"}, {"a": "x"}, {"a": "y"}])
    {'a': {'i': '#$#$', 'w': 1, 'd': ['x', 'y']}}
    """
    excluded = set(leave_out)
    keys = [key for key in (records[0] if records else ()) if key not in excluded]
    return {key: _pack_column([record[key] for record in records]) for key in keys}


def pack_numbers(numbers: Sequence[int]) -> Record:
    """Encode integers as characters: first the first digit of each, then the second of each, and so on.

    :param numbers: none may be negative
    :returns: `i`: the digits; `w`: digits per number; `s` is present if the numbers are differences

    >>> pack_numbers([5, 90])
    {'i': '#$(#', 'w': 2}
    >>> pack_numbers([0, 1, 2, 3])
    {'i': '#$$$', 'w': 1, 's': 1}
    """
    is_rising = len(numbers) > 2 and all(before <= after for before, after in pairwise(numbers))
    written = _steps(numbers) if is_rising else list(numbers)
    width = _width(max(written, default=0))
    base = len(DIGITS)
    powers = [base**place for place in reversed(range(width))]
    digits = (DIGITS[number // power % base] for power in powers for number in written)
    return {"i": "".join(digits), "w": width, **({"s": 1} if is_rising else {})}


def _steps(numbers: Sequence[int]) -> list[int]:
    return [numbers[0], *(after - before for before, after in pairwise(numbers))]


def _width(greatest: int) -> int:
    """Return the number of digits of the largest number."""
    width = 1
    while len(DIGITS) ** width <= greatest:
        width += 1
    return width


def _pack_column(column: list[Json]) -> Json:
    marks = [_mark(value) for value in column]
    positions = {mark: index for index, mark in enumerate(dict.fromkeys(marks))}
    if len(positions) == 1:
        return {"c": column[0], "n": len(column)}
    numbers = [value for value in column if _is_whole_number(value)]
    if len(numbers) == len(column):
        return pack_numbers(numbers)
    if len(positions) * 2 > len(column):
        return column
    distinct = {positions[mark]: value for mark, value in zip(marks, column, strict=True)}
    packed = pack_numbers([positions[mark] for mark in marks])
    return {**packed, "d": [distinct[index] for index in range(len(distinct))]}


def _is_whole_number(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _mark(value: Json) -> object:
    """Return a key that distinguishes equal values of different types, such as 1 and True."""
    if isinstance(value, str) or value is None:
        return value
    return json.dumps(value) if isinstance(value, list | dict) else (type(value), value)
