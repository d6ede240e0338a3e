"""A cache of replies: the recently used ones, up to a total size."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .messages import Reply

CACHE_BYTES = 32_000_000


class ReplyCache:
    """The most recently used replies by key, up to a total size of their bodies.

    :param limit: in bytes
    """

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self._replies: OrderedDict[str, Reply] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> Reply | None:
        """Return a cached reply and mark it as recently used."""
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def add(self, key: str, reply: Reply) -> None:
        """Store a reply; the least recently used ones are dropped if there is no room."""
        replaced = self._replies.pop(key, None)
        self._replies[key] = reply
        self._size += len(reply.body) - (len(replaced.body) if replaced else 0)
        while self._size > self.limit and self._replies:
            _, dropped = self._replies.popitem(last=False)
            self._size -= len(dropped.body)

    def clear(self) -> None:
        """Remove all replies."""
        self._replies.clear()
        self._size = 0
