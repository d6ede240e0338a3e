"""Records as columns: what repeats is held once, and whole numbers are letters.

The page of the explorer undoes it in `data.js`. Letters, unlike lists of numbers, compress well, and need no
parsing.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.facts.values import Json

Record: TypeAlias = "dict[str, Json]"

DIGITS = "".join(
    chr(code) for code in range(35, 126) if chr(code) != "\\"
)  # none that JSON or HTML would escape


def packed(records: Sequence[Mapping[str, Json]], leave_out: Iterable[str] = ()) -> Record:
    """Turn records into columns; one with few different values holds each once, and positions.

    :param leave_out: keys that the page does not need
    :returns: key -> list of values; `{"c": the only value, "n": count}`; or whole numbers as `numbers` writes
        them, with `d` if they are positions in that list of values

    >>> packed([{"a": "x", "b": 1.5, "c": 0}, {"a": "x", "b": 2, "c": 0}, {"a": "y", "b": 3, "c": 0}])["c"]
    {'c': 0, 'n': 3}
    >>> packed([{"a": "x"}, {"a": "y"}, {"a": "x"}, {"a": "y"}])
    {'a': {'i': '#$#$', 'w': 1, 'd': ['x', 'y']}}
    """
    keys = [key for key in (records[0] if records else ()) if key not in set(leave_out)]
    return {key: _column([record[key] for record in records]) for key in keys}


def numbers(values: Sequence[int]) -> Record:
    """Write whole numbers as letters: the first digit of each, then the second of each, and so on.

    :param values: none is negative
    :returns: `i` the digits, `w` how many each number has; with `s`, numbers are steps from one to the next

    >>> numbers([5, 90])
    {'i': '#$(#', 'w': 2}
    >>> numbers([0, 1, 2, 3])
    {'i': '#$$$', 'w': 1, 's': 1}
    """
    rises = len(values) > 2 and all(one <= other for one, other in pairwise(values))
    held = [values[0], *(other - one for one, other in pairwise(values))] if rises else list(values)
    width, base = 1, len(DIGITS)
    while base**width <= max(held, default=0):
        width += 1
    digits = (DIGITS[value // base**place % base] for place in reversed(range(width)) for value in held)
    return {"i": "".join(digits), "w": width, **({"s": 1} if rises else {})}


def _column(values: list[Json]) -> Json:
    marks = [_mark(value) for value in values]
    positions = {mark: index for index, mark in enumerate(dict.fromkeys(marks))}
    if len(positions) == 1:
        return {"c": values[0], "n": len(values)}
    whole = [
        value for value in values if isinstance(value, int) and not isinstance(value, bool) and value >= 0
    ]
    if len(whole) == len(values):
        return numbers(whole)
    if len(positions) * 2 > len(values):
        return values
    distinct = {positions[mark]: value for mark, value in zip(marks, values, strict=True)}
    return {
        **numbers([positions[m] for m in marks]),
        "d": [distinct[index] for index in range(len(distinct))],
    }


def _mark(value: Json) -> object:
    """Give what is equal for equal values only: 1 and True are not."""
    if isinstance(value, str) or value is None:
        return value
    return json.dumps(value) if isinstance(value, list | dict) else (type(value), value)
