"""Pairing of the items of two sides: equal ones first, then those that agree in ever less."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

Item = TypeVar("Item")
Key: TypeAlias = "Callable[[Item], Hashable | None]"  # None: the item is not paired by this key


@dataclass(frozen=True)
class Pairing(Generic[Item]):
    """The items of two sides: pairs, and what only one side has; each in order."""

    pairs: tuple[tuple[Item, Item], ...]
    gone: tuple[Item, ...]
    new: tuple[Item, ...]


def pair(before: Sequence[Item], after: Sequence[Item], keys: Sequence[Key[Item]]) -> Pairing[Item]:
    """Pair items with the same key, those left over by the next key; each item once, in order.

    >>> pair(["a1", "b1"], ["b2", "c2"], [lambda item: item, lambda item: item[0]])
    Pairing(pairs=(('b1', 'b2'),), gone=('a1',), new=('c2',))
    """
    pairs: list[tuple[Item, Item]] = []
    gone, new = list(before), list(after)
    for key in keys:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, item in enumerate(new):
            waiting[key(item)].append(place)
        waiting.pop(None, None)
        partner = [waiting[key(item)].popleft() if waiting.get(key(item)) else -1 for item in gone]
        pairs += [(item, new[place]) for item, place in zip(gone, partner, strict=True) if place >= 0]
        gone = [item for item, place in zip(gone, partner, strict=True) if place < 0]
        taken = set(partner)
        new = [item for place, item in enumerate(new) if place not in taken]
    return Pairing(tuple(pairs), tuple(gone), tuple(new))
