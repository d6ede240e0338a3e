"""The ticket of a request in the pools: its deadline, its worker, its waiting times."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .endings import Ending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..contract.messages import Job
    from .slow_queue import Slot
    from .worker_link import WorkerLink

_CHECK_SECONDS = 0.01  # least time between two looks at the processor time of a query
_NEGLIGIBLE_SECONDS = 0.001


@dataclass(eq=False)
class Ticket:
    """A request that is being scheduled or answered.

    :param client: key by which the requests of the client are counted
    :param deadline: time by the clock of the event loop
    :param wait_for_disconnect: function that returns when the client has disconnected; used for slow queries
        only
    :param is_slow: whether the query belongs in the queue of slow queries
    :param started: when the job was last given to a worker
    :param waited: seconds spent waiting for other requests
    :param quick_seconds: processor time that the query may use in the quick pool
    """

    job: Job
    client: str
    deadline: float
    wait_for_disconnect: Callable[[], Awaitable[None]] | None = None
    is_slow: bool = False
    worker: WorkerLink | None = None
    started: float = 0.0
    waited: float = 0.0
    slot: Slot | None = None
    slot_wait: asyncio.Task[Slot] | None = None
    quick_seconds: float = 0.0
    quick_timer: asyncio.TimerHandle | None = None
    _processor_start: float | None = None  # processor time of the worker when it got the job
    _disconnect_watch: asyncio.Task[None] | None = None

    def assign(self, worker: WorkerLink) -> None:
        """Record the worker that gets the job, and its CPU time; kill it if the client has disconnected."""
        self.worker, self.started = worker, asyncio.get_running_loop().time()
        self._processor_start = worker.processor_seconds()
        if self._disconnect_watch is not None and self._disconnect_watch.done():
            worker.kill(Ending.CLIENT)

    def quick_seconds_left(self, worker: WorkerLink) -> float:
        """Return the processor time that the query has left in the quick pool; 0 if none."""
        left = self.quick_seconds - self.seconds_used(worker)
        return max(left, _CHECK_SECONDS) if left > _NEGLIGIBLE_SECONDS else 0.0

    def seconds_used(self, worker: WorkerLink) -> float:
        """Return the processor time that the job has used; the wall time if the system does not report it."""
        now = worker.processor_seconds()
        if now is None or self._processor_start is None:
            return asyncio.get_running_loop().time() - self.started
        return now - self._processor_start

    def watch_client(self) -> None:
        """Cancel the query when the client disconnects."""
        if self.wait_for_disconnect is not None and self._disconnect_watch is None:
            self._disconnect_watch = asyncio.ensure_future(self._abandon(self.wait_for_disconnect))

    async def _abandon(self, wait_for_disconnect: Callable[[], Awaitable[None]]) -> None:
        await wait_for_disconnect()
        if self.worker is not None:
            self.worker.kill(Ending.CLIENT)
        if self.slot_wait is not None and not self.slot_wait.done():
            self.slot_wait.cancel()

    def stop_watching(self) -> None:
        """Stop watching the client."""
        if self._disconnect_watch is not None:
            self._disconnect_watch.cancel()
