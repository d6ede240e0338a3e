"""The slow lane: a few seats for queries that are not quick, shared between addresses.

Who comes when all seats are taken gets one at once from an address that holds two more. Otherwise addresses
wait in turn, those that hold fewest seats first; and a query that has had its seat for a while loses it when
an address with fewer seats has waited as long. So no address keeps the lane from the others, and a query of a
second does not wait for longer ones.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .link import WorkerLink

SHARE = "share"  # why a seat was taken back: another address had fewer
TURN = "turn"  # or: others wait, and it had its turn
_LOOK_SECONDS = 0.1


@dataclass(eq=False)
class Seat:
    """A place in the lane.

    :param since: when it was taken, on the clock of the loop
    :param worker: what runs on it, once there is one
    :param lost: why it was taken back; empty while it is held
    """

    client: str
    since: float
    worker: WorkerLink | None = None
    lost: str = ""


class SlowLane:
    """Seats for slow queries.

    :param size: how many there are
    :param turn_seconds: how long a query keeps its seat while an address with fewer waits
    """

    def __init__(self, size: int, turn_seconds: float) -> None:
        self.size, self.turn_seconds = size, turn_seconds
        self.seats: list[Seat] = []
        self._queues: OrderedDict[str, deque[asyncio.Future[Seat]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._queues.values()))

    def enter(self, client: str) -> Seat | None:
        """Take a free seat, or one of an address that holds more; ``None`` when there is neither."""
        if len(self.seats) >= self.size and not self._take_from_the_largest(client):
            return None
        return self._seated(client)

    async def wait(self, client: str, deadline: float) -> Seat:
        """Wait for a seat.

        :param deadline: on the clock of the loop
        :raises TimeoutError: if none came in time
        """
        if (seat := self.enter(client)) is not None:
            return seat
        loop = asyncio.get_running_loop()
        place: asyncio.Future[Seat] = loop.create_future()
        self._queues.setdefault(client, deque()).append(place)
        turn = loop.call_later(self.turn_seconds, self._end_a_turn, client, place)
        try:
            return await asyncio.wait_for(place, deadline - loop.time())
        except (asyncio.CancelledError, TimeoutError):
            if place.done() and not place.cancelled():
                self.leave(place.result())  # it came at the last moment
            raise
        finally:
            turn.cancel()
            self._forget(client, place)

    def leave(self, seat: Seat) -> None:
        """Give a seat back, for whoever is next; one that was taken back is gone already."""
        if seat in self.seats:
            self.seats.remove(seat)
            self._next()

    def _seated(self, client: str) -> Seat:
        seat = Seat(client, asyncio.get_running_loop().time())
        self.seats.append(seat)
        return seat

    def _held(self) -> Counter[str]:
        return Counter(seat.client for seat in self.seats)

    def _take_back(self, seat: Seat, why: str) -> None:
        self.seats.remove(seat)
        seat.lost = why
        if seat.worker is not None:
            seat.worker.kill(why)

    def _take_from_the_largest(self, client: str) -> bool:
        """Free the youngest seat of the address that holds most, if that is at least two more."""
        held = self._held()
        if not held:
            return False
        largest, most = held.most_common(1)[0]
        if most < held[client] + 2:
            return False
        youngest = max((seat for seat in self.seats if seat.client == largest), key=lambda seat: seat.since)
        self._take_back(youngest, SHARE)
        return True

    def _end_a_turn(self, client: str, place: asyncio.Future[Seat]) -> None:
        """Free the seat that was held longest of addresses that hold more, if it was held for a turn."""
        if place.done():
            return
        loop = asyncio.get_running_loop()
        held = self._held()
        others = [seat for seat in self.seats if held[seat.client] > held[client]]
        longest = min(others, key=lambda seat: seat.since, default=None)
        if longest is not None and loop.time() - longest.since >= self.turn_seconds:
            self._take_back(longest, TURN)
            self._next()
        if not place.done():
            loop.call_later(_LOOK_SECONDS, self._end_a_turn, client, place)

    def _next(self) -> None:
        """Hand a free seat to the address whose turn it is among those that hold fewest."""
        while self._queues and len(self.seats) < self.size:
            client = min(self._queues, key=self._held().__getitem__)  # the first of equals
            queue = self._queues[client]
            place = queue.popleft()
            if queue:
                self._queues.move_to_end(client)
            else:
                del self._queues[client]
            if not place.done():
                place.set_result(self._seated(client))

    def _forget(self, client: str, place: asyncio.Future[Seat]) -> None:
        queue = self._queues.get(client)
        if queue is not None and place in queue:
            queue.remove(place)
            if not queue:
                del self._queues[client]
