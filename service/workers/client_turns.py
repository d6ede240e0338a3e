"""Requests that wait for a turn: clients take turns, the requests of one client keep their order."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Granted = TypeVar("Granted")
Turn: TypeAlias = "tuple[str, asyncio.Future[Granted]]"
Rank: TypeAlias = "Callable[[str], float | tuple[float, ...]]"


class ClientTurns(Generic[Granted]):
    """The waiting requests of each client, as futures that resolve to what they wait for."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[Granted]]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def add(self, client: str) -> asyncio.Future[Granted]:
        """Add a request of a client behind those that the client has already."""
        turn: asyncio.Future[Granted] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        return turn

    def remove(self, client: str, turn: asyncio.Future[Granted]) -> None:
        """Remove a request; does nothing if it waits no more."""
        turns = self._waiting.get(client, deque())
        if turn in turns:
            turns.remove(turn)
            if not turns:
                del self._waiting[client]

    def pop(
        self, rank: Rank = lambda _: 0, is_due: Callable[[str], bool] = lambda _: True
    ) -> Turn[Granted] | None:
        """Take the first request of the client with the lowest rank, which goes behind its equals.

        :param is_due: whether the client with the lowest rank may have its turn now
        :returns: the client and its future; ``None`` if no request waits, or none is due
        """
        while self._waiting:
            client = min(self._waiting, key=rank)  # the first of equals
            if not is_due(client):
                return None
            turns = self._waiting[client]
            turn = turns.popleft()
            if turns:
                self._waiting.move_to_end(client)
            else:
                del self._waiting[client]
            if not turn.done():
                return client, turn
        return None

    def make_room(self, client: str) -> bool:
        """Cancel the youngest request of the client that has most, if that has two more than this client."""
        largest = max(self._waiting, key=lambda name: len(self._waiting[name]), default=client)
        if len(self._waiting.get(largest, ())) < len(self._waiting.get(client, ())) + 2:
            return False
        youngest = self._waiting[largest][-1]
        self.remove(largest, youngest)
        youngest.cancel()
        return True
