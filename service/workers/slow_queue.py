"""The queue of slow queries: a few slots in which they run, shared fairly among clients.

If all slots are taken, a new client immediately gets one from a client that has at least two more slots than
itself. Otherwise it waits; clients with the fewest slots come first. A query that has run for a full turn
loses its slot once a client with fewer slots has waited for a turn. Thus no client can block the others, and
short queries do not wait for long ones.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .client_turns import ClientTurns
from .endings import Ending

if TYPE_CHECKING:
    from .worker_link import WorkerLink

_CHECK_SECONDS = 0.1


@dataclass(eq=False)
class Slot:
    """A slot in which a slow query of a client runs.

    :param since: when it was taken, by the clock of the event loop
    :param worker: the process that runs the query, once there is one
    :param taken_back: why the client lost the slot; ``None`` while it has it
    """

    client: str
    since: float
    worker: WorkerLink | None = None
    taken_back: Ending | None = None


class SlowQueue:
    """The slots for slow queries, and the clients waiting for one.

    :param size: number of slots
    :param turn_seconds: how long a query keeps its slot while a client with fewer slots waits
    """

    def __init__(self, size: int, turn_seconds: float) -> None:
        self.size, self.turn_seconds = size, turn_seconds
        self.slots: list[Slot] = []
        self.waiting: ClientTurns[Slot] = ClientTurns()

    def enter(self, client: str) -> Slot | None:
        """Take a free slot, else one from a client with at least two more than this one.

        :returns: ``None`` if neither is possible
        """
        if len(self.slots) >= self.size and not self._take_back_from_largest(client):
            return None
        return self._occupied_slot(client)

    async def wait(self, client: str, deadline: float) -> Slot:
        """Wait for a slot.

        :param deadline: time by the clock of the event loop
        :raises TimeoutError: if no slot became free in time
        """
        if (slot := self.enter(client)) is not None:
            return slot
        loop = asyncio.get_running_loop()
        turn = self.waiting.add(client)
        timer = loop.call_later(self.turn_seconds, self._end_longest_turn, client, turn)
        try:
            return await asyncio.wait_for(turn, deadline - loop.time())
        except (asyncio.CancelledError, TimeoutError):
            if turn.done() and not turn.cancelled():
                self.leave(turn.result())  # the slot came at the last moment
            raise
        finally:
            timer.cancel()
            self.waiting.remove(client, turn)

    def leave(self, slot: Slot) -> None:
        """Pass a slot on to the next client; does nothing if the slot was taken back."""
        if slot in self.slots:
            self.slots.remove(slot)
            self._fill_free_slots()

    def _occupied_slot(self, client: str) -> Slot:
        slot = Slot(client, asyncio.get_running_loop().time())
        self.slots.append(slot)
        return slot

    def _slots_by_client(self) -> Counter[str]:
        return Counter(slot.client for slot in self.slots)

    def _take_back(self, slot: Slot, ending: Ending) -> None:
        self.slots.remove(slot)
        slot.taken_back = ending
        if slot.worker is not None:
            slot.worker.kill(ending)

    def _take_back_from_largest(self, client: str) -> bool:
        """Free the youngest slot of the largest client, if that has at least two slots more than this one."""
        counts = self._slots_by_client()
        if not counts:
            return False
        largest_client, largest_count = counts.most_common(1)[0]
        if largest_count < counts[client] + 2:
            return False
        candidates = [slot for slot in self.slots if slot.client == largest_client]
        self._take_back(max(candidates, key=lambda slot: slot.since), Ending.SHARE)
        return True

    def _end_longest_turn(self, client: str, turn: asyncio.Future[Slot]) -> None:
        """Free the oldest slot of clients with more slots than this one, if it has run for a turn."""
        if turn.done():
            return
        loop = asyncio.get_running_loop()
        counts = self._slots_by_client()
        candidates = [slot for slot in self.slots if counts[slot.client] > counts[client]]
        oldest = min(candidates, key=lambda slot: slot.since, default=None)
        if oldest is not None and loop.time() - oldest.since >= self.turn_seconds:
            self._take_back(oldest, Ending.TURN)
            self._fill_free_slots()
        if not turn.done():
            loop.call_later(_CHECK_SECONDS, self._end_longest_turn, client, turn)

    def _fill_free_slots(self) -> None:
        """Assign each free slot to the longest-waiting of the clients with the fewest slots."""
        while len(self.slots) < self.size:
            next_turn = self.waiting.pop(self._slots_by_client().__getitem__)
            if next_turn is None:
                return
            client, turn = next_turn
            turn.set_result(self._occupied_slot(client))
