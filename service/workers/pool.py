"""Scheduling of requests: a quick pool, a queue of slow queries, limits per client.

Every query starts in the quick pool. If it uses up its processor time there, it is slow: its worker moves to
a slot of the slow queue at low priority, and a new worker takes its place in the quick pool. If no slot is
free, the worker is killed, and the query waits to be restarted in a slot. A query that was slow recently
starts in the slow queue. Thus slow queries delay only each other, never the quick ones. If a worker is killed
from outside the service, its query is run again. docs/decisions/20-worker-processes.md gives the reasons.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter, OrderedDict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..contract.refusals import ServiceError
from .endings import WORKER_UNAVAILABLE, Ending, WorkerLostError
from .operator_log import log_event
from .slow_queue import SlowQueue
from .supervisor import Supervisor
from .ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from ..contract.messages import Job, Reply
    from ..contract.settings import Limits, Settings
    from .slow_queue import Slot
    from .worker_link import WorkerLink

SPARQL = "sparql"  # the task that evaluates a query of a client
LOW_PRIORITY = 15
_ATTEMPTS, _SLOW_ATTEMPTS = 3, 2  # how often a query is asked while somebody else kills its worker
_WAITED_SHARE = 0.1  # of its time; a query that waited longer for others is not advised to ask for less
_REMEMBERED_QUERIES = 1_000  # slow ones, of at most 64 KiB each
_REMEMBERED_SECONDS = 60.0
_MOVED = frozenset((Ending.SLOW, Ending.SHARE))  # the query goes on in the queue of slow queries
_REPEATED = frozenset((Ending.OUTSIDE, Ending.STALE))  # the query is asked again
_BLAMELESS = frozenset((Ending.CLIENT, Ending.OUTSIDE, Ending.STALE))  # do not show that a query is slow
# a damaged store looks like this:
_SUSPICIOUS = frozenset((Ending.MEMORY, Ending.TIME, Ending.CRASHED, Ending.STALE))
_LONG_LIST = re.compile(r"\bIN\s*+\((?:[^(),]*+,){50}", re.IGNORECASE)  # VALUES would look each value up
_REASONS = {
    Ending.CLIENT: "client-gone",
    Ending.OUTSIDE: "worker-killed",
    Ending.STALE: "version-changed",
    Ending.CRASHED: "internal",
}  # ending -> reason of the refusal; "memory" for all others


class SlowQueryMemory:
    """The queries that were slow recently."""

    def __init__(self) -> None:
        self._expiry_times: OrderedDict[str, float] = OrderedDict()  # query -> until when it counts as slow

    def add(self, job: Job) -> None:
        """Remember for a while that a query is slow."""
        if job.task == SPARQL:
            self._expiry_times[job.query] = asyncio.get_running_loop().time() + _REMEMBERED_SECONDS
            self._expiry_times.move_to_end(job.query)
            while len(self._expiry_times) > _REMEMBERED_QUERIES:
                self._expiry_times.popitem(last=False)

    def __contains__(self, job: Job) -> bool:
        expiry_time = self._expiry_times.get(job.query)
        return expiry_time is not None and expiry_time > asyncio.get_running_loop().time()


class Pool:
    """All workers of a service, and the scheduling of requests to them."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.limits = settings, settings.limits
        self.supervisor = Supervisor(settings)
        self._slow_queue = SlowQueue(self.limits.slow_slots, self.limits.turn_seconds)
        self._slow_queries = SlowQueryMemory()
        self._request_counts: Counter[str] = Counter()  # client -> requests on their way

    @property
    def version_name(self) -> str:
        """Name of the version being served; empty before the start."""
        return self.supervisor.version.name if self.supervisor.version else ""

    @property
    def sandbox_layers(self) -> tuple[str, ...]:
        """Names of the active sandbox layers."""
        return self.supervisor.sandbox_layers

    async def start(self) -> None:
        """Start the workers; errors as :meth:`Supervisor.start`."""
        await self.supervisor.start()

    async def stop(self) -> None:
        """End every worker."""
        await self.supervisor.stop()

    async def answer(
        self, job: Job, client: str, wait_for_disconnect: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[Reply, str]:
        """Run a job on a worker and return its reply.

        :param client: key by which the requests of the client are counted
        :param wait_for_disconnect: function that returns when the client has disconnected
        :returns: the reply, and the name of the version from which it was computed
        :raises ServiceError: 429, 503, 504 or 507
        """
        with self._admitted(client):
            deadline = asyncio.get_running_loop().time() + self.limits.seconds
            ticket = Ticket(job, client, deadline, wait_for_disconnect)
            try:
                self._require_undamaged()
                return await self._attempt_until_answered(ticket)
            except ServiceError:
                self._require_undamaged()  # what others took so long is the damage as well
                raise
            finally:
                ticket.stop_watching()

    def _require_undamaged(self) -> None:
        """Refuse every job while the version is known to be damaged: a query may never end there.

        :raises ServiceError: 503
        """
        if self.supervisor.damage is not None:
            raise ServiceError("store", fault=self.supervisor.damage.reason)

    @contextmanager
    def _admitted(self, client: str) -> Iterator[None]:
        if self._request_counts[client] >= self.limits.client_requests:
            raise ServiceError("requests-of-client", limit=self.limits.client_requests)
        if len(self.supervisor.waiting) + len(self._slow_queue.waiting) >= self.limits.waiting_requests:
            self._make_room(client)
        self._request_counts[client] += 1
        try:
            yield
        finally:
            self._request_counts[client] -= 1
            if not self._request_counts[client]:
                del self._request_counts[client]

    def _make_room(self, client: str) -> None:
        """Send away a waiting request of a client that has more of them.

        :raises ServiceError: 503 if nobody has more than this client
        """
        lines = self.supervisor.waiting, self._slow_queue.waiting
        if not any(line.make_room(client) for line in lines):
            raise ServiceError("requests-waiting")

    async def _attempt_until_answered(self, ticket: Ticket) -> tuple[Reply, str]:
        """Retry until there is an answer, the query caused its worker to end, or no attempts are left."""
        ticket.is_slow = ticket.job in self._slow_queries
        ending = Ending.STALE
        failures = 0
        while failures < (_SLOW_ATTEMPTS if ticket.is_slow else _ATTEMPTS):
            try:
                return await self._attempt_current(ticket)
            except WorkerLostError as error:
                ending = error.ending
            if ending in _MOVED:
                ticket.is_slow = True
            elif ending in _REPEATED:
                failures += 1
            else:
                break
        raise await self._refusal(ticket, ending)

    async def _attempt_current(self, ticket: Ticket) -> tuple[Reply, str]:
        """Run the job once; if the version of the worker was removed, run it on a new worker.

        :raises WorkerLostError: with the reason why the worker ended
        """
        reply, worker = await self._attempt(ticket)
        if not reply.is_stale:
            return reply, worker.version
        worker.kill(Ending.STALE)
        with suppress(*WORKER_UNAVAILABLE):
            await self.supervisor.refresh()
        raise WorkerLostError(Ending.STALE)

    async def _attempt(self, ticket: Ticket) -> tuple[Reply, WorkerLink]:
        """Run the job once, in the quick pool or in the slow queue.

        :raises WorkerLostError: with the reason why the worker ended
        """
        worker = await (self._take_slow_worker(ticket) if ticket.is_slow else self._take_quick_worker(ticket))
        try:
            return await self._ask(worker, ticket), worker
        except WorkerLostError as error:
            if error.ending in _MOVED:
                ticket.waited += asyncio.get_running_loop().time() - ticket.started
            if error.ending is Ending.SLOW:
                self._slow_queries.add(ticket.job)
            if error.ending is not Ending.UNKNOWN:
                raise
            ending = await worker.reported_ending()
            is_replaced = worker.version != self.version_name  # its files may be gone
            raise WorkerLostError(Ending.STALE if is_replaced else ending) from error

    async def _ask(self, worker: WorkerLink, ticket: Ticket) -> Reply:
        """Send the job to a worker; move the worker if the query is slow, and kill it at the deadline."""
        loop = asyncio.get_running_loop()
        deadline_timer = loop.call_at(ticket.deadline, worker.kill, Ending.TIME)
        ticket.assign(worker)
        if not ticket.is_slow:
            ticket.quick_seconds = _quick_seconds(ticket.job, self.limits)
            ticket.quick_timer = loop.call_later(ticket.quick_seconds, self._check_quick_time, ticket)
        try:
            return await worker.send(ticket.job)
        finally:
            deadline_timer.cancel()
            if ticket.quick_timer is not None:
                ticket.quick_timer.cancel()
            ticket.worker = None
            self.supervisor.use.add(ticket.client, ticket.seconds_used(worker))
            self._give_back(worker, ticket)

    def _give_back(self, worker: WorkerLink, ticket: Ticket) -> None:
        if ticket.slot is None:
            self.supervisor.release(worker)
            return
        worker.close()
        self._slow_queue.leave(ticket.slot)
        ticket.slot = None

    def _check_quick_time(self, ticket: Ticket) -> None:
        """Move a query out of the quick pool when it has used up its processor time there."""
        worker = ticket.worker
        if worker is None:
            return
        ticket.watch_client()
        if (seconds := ticket.quick_seconds_left(worker)) > 0:  # the machine is busy, the query is not slow
            loop = asyncio.get_running_loop()
            ticket.quick_timer = loop.call_later(seconds, self._check_quick_time, ticket)
            return
        ticket.slot = self._slow_queue.enter(ticket.client)
        if ticket.slot is None:
            worker.kill(Ending.SLOW)
        else:
            ticket.is_slow = True
            _occupy(ticket.slot, worker)
        self.supervisor.detach(worker)

    async def _take_quick_worker(self, ticket: Ticket) -> WorkerLink:
        arrival = asyncio.get_running_loop().time()
        try:
            return await self.supervisor.take(ticket.client, ticket.deadline)
        except TimeoutError:
            raise ServiceError("worker-busy") from None
        finally:
            ticket.waited += asyncio.get_running_loop().time() - arrival

    async def _take_slow_worker(self, ticket: Ticket) -> WorkerLink:
        """Wait for a slot of the slow queue, then for a worker to run in it."""
        slot = await self._wait_for_slot(ticket)
        try:
            seconds = ticket.deadline - asyncio.get_running_loop().time()
            worker = await asyncio.wait_for(self.supervisor.fork_worker(), seconds)
        except TimeoutError:
            self._slow_queue.leave(slot)
            raise ServiceError("worker-busy") from None
        except BaseException:
            self._slow_queue.leave(slot)
            raise
        if slot.taken_back is not None:
            worker.close()
            raise WorkerLostError(slot.taken_back)
        ticket.slot = slot
        _occupy(slot, worker)
        return worker

    async def _wait_for_slot(self, ticket: Ticket) -> Slot:
        ticket.watch_client()
        arrival = asyncio.get_running_loop().time()
        ticket.slot_wait = asyncio.ensure_future(self._slow_queue.wait(ticket.client, ticket.deadline))
        try:
            return await ticket.slot_wait
        except (TimeoutError, asyncio.CancelledError):
            raise ServiceError("slow-queries") from None
        finally:
            ticket.slot_wait.cancel()
            ticket.slot_wait = None
            ticket.waited += asyncio.get_running_loop().time() - arrival

    async def _refusal(self, ticket: Ticket, ending: Ending) -> ServiceError:
        """Choose the refusal for a query by the reason why its last worker ended."""
        if ending in _SUSPICIOUS:
            await self.supervisor.find_damage()
            self._require_undamaged()
        if ending not in _BLAMELESS:
            self._slow_queries.add(ticket.job)
        return self._refusal_of_query(ticket, ending)

    def _refusal_of_query(self, ticket: Ticket, ending: Ending) -> ServiceError:
        seconds = f"{self.limits.seconds:g}"
        if ending is Ending.TIME:
            if ticket.waited > _WAITED_SHARE * self.limits.seconds:
                return ServiceError("time-spent-waiting", waited=f"{ticket.waited:.1f}", seconds=seconds)
            return ServiceError("time-long-list" if _LONG_LIST.search(ticket.job.query) else "time")
        if ending is Ending.TURN:
            return ServiceError("turn-over", seconds=f"{self.limits.turn_seconds:g}")
        if ending is Ending.CRASHED:
            log_event("worker-crashed")
        return ServiceError(_REASONS.get(ending, "memory"))


def _quick_seconds(job: Job, limits: Limits) -> float:
    """Return the processor time that a job may use in the quick pool."""
    return limits.quick_query_seconds if job.task == SPARQL else limits.quick_answer_seconds


def _occupy(slot: Slot, worker: WorkerLink) -> None:
    """Assign a worker to a slot, and lower its priority."""
    slot.worker = worker
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, worker.pid, LOW_PRIORITY)
