"""Who answers what, and when: a quick lane, a slow lane, limits.

Every query starts in the quick lane. One that is not done after a little processor time is slow: its worker
moves to the slow lane, at a low priority, and a fresh one takes its place; where the slow lane is full the
worker is ended, and the query waits to start again there. A query that was slow lately starts there at once.
So slow queries hold up each other and never the quick ones.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter, OrderedDict, deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ServiceError
from .serve_process import WorkerLostError
from .serve_staff import NOT_YET, Staff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from .serve_limits import Settings
    from .serve_process import WorkerLink
    from .serve_wire import Job, Reply

LOW_PRIORITY = 15
_LEAST_SECONDS = 0.01  # between two looks at a query that is not done
_ATTEMPTS = 3
_LOOKS = 200  # for word of how a worker ended; at once as a rule, later on a machine that is busy
_REMEMBERED = 1_000  # slow queries, of at most 64 KiB each
_REMEMBERED_SECONDS = 60.0
_BY_HAND = frozenset((signal.SIGKILL, signal.SIGTERM))  # not the query's doing: it is asked once more


@dataclass(eq=False)
class Ticket:
    """A request on its way.

    :param deadline: on the clock of the loop
    :param gone: waits until the client has gone; asked for slow queries only
    """

    job: Job
    deadline: float
    gone: Callable[[], Awaitable[None]] | None = None
    worker: WorkerLink | None = None
    waiting: asyncio.Future[None] | None = None
    watch: asyncio.Task[None] | None = None
    timer: asyncio.TimerHandle | None = None
    begun: float | None = None  # processor time of the worker when it got the job
    slice: float = 0.0

    def start_watch(self) -> None:
        """Look whether the client is still there."""
        if self.gone is not None and self.watch is None:
            self.watch = asyncio.ensure_future(self._watched(self.gone))

    async def _watched(self, gone: Callable[[], Awaitable[None]]) -> None:
        await gone()
        if self.worker is not None:
            self.worker.kill("client")
        if self.waiting is not None and not self.waiting.done():
            self.waiting.cancel()

    def end(self) -> None:
        """Stop looking."""
        if self.watch is not None:
            self.watch.cancel()


class Pool(Staff):
    """Who answers what, and when."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._slow = 0
        self._known_slow: OrderedDict[str, float] = OrderedDict()  # query -> until when it counts as slow
        self._slow_waiters: deque[asyncio.Future[None]] = deque()
        self._clients: Counter[str] = Counter()

    # -- requests

    async def answer(
        self, job: Job, client: str, gone: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[Reply, str]:
        """Have a job done.

        :returns: the reply, and the name of the version it comes from
        :raises ServiceError: 429, 503, 504 or 507, each with its reason
        """
        loop = asyncio.get_running_loop()
        with self._admitted(client):
            ticket = Ticket(job, loop.time() + self.limits.seconds, gone)
            try:
                return await self._attempts(ticket)
            finally:
                ticket.end()

    @contextmanager
    def _admitted(self, client: str) -> Iterator[None]:
        if self._clients[client] >= self.limits.per_client:
            most = self.limits.per_client
            raise ServiceError(429, "too-many", f"more than {most} requests of one address at a time")
        if len(self._waiters) + len(self._slow_waiters) >= self.limits.waiting:
            raise ServiceError(503, "busy", "too many requests wait already")
        self._clients[client] += 1
        try:
            yield
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _attempts(self, ticket: Ticket) -> tuple[Reply, str]:
        lost = WorkerLostError("")
        if self._was_slow(ticket.job):
            ticket.start_watch()
            return await self._slowly(ticket)
        for _ in range(_ATTEMPTS):
            worker = await self._take(ticket)
            try:
                reply = await self._ask(worker, ticket, self._slice(ticket.job))
            except WorkerLostError as error:
                lost = error
                if error.cause == "lane":
                    self._remember(ticket.job)
                    return await self._slowly(ticket)
                if await self._worth_another(worker, error):
                    continue
                if error.cause != "client":
                    self._remember(ticket.job)
                break
            if not reply.stale:
                return reply, worker.version
            worker.kill("stale")
            with suppress(*NOT_YET):
                await self._refresh()
        raise _refusal(lost)

    async def _ask(self, worker: WorkerLink, ticket: Ticket, slice_seconds: float | None) -> Reply:
        loop = asyncio.get_running_loop()
        ticket.worker = worker
        late = loop.call_at(ticket.deadline, worker.kill, "time")
        ticket.begun = worker.processor_seconds()
        if slice_seconds:
            ticket.slice = slice_seconds
            ticket.timer = loop.call_later(slice_seconds, self._outlived, ticket)
        try:
            return await worker.ask(ticket.job)
        finally:
            late.cancel()
            if ticket.timer is not None:
                ticket.timer.cancel()
            ticket.worker = None
            if worker.slow:
                worker.dismiss()
                self._slow_done()
            else:
                self._release(worker)

    def _was_slow(self, job: Job) -> bool:
        until = self._known_slow.get(job.text)
        return until is not None and until > asyncio.get_running_loop().time()

    def _remember(self, job: Job) -> None:
        """Keep in mind that a query is slow, for a while."""
        if job.what == "sparql":
            self._known_slow[job.text] = asyncio.get_running_loop().time() + _REMEMBERED_SECONDS
            self._known_slow.move_to_end(job.text)
            while len(self._known_slow) > _REMEMBERED:
                self._known_slow.popitem(last=False)

    def _slice(self, job: Job) -> float:
        return self.limits.slice_seconds if job.what == "sparql" else self.limits.own_seconds

    def _outlived(self, ticket: Ticket) -> None:
        """Move a query that is not quick out of the quick lane, one way or the other."""
        worker = ticket.worker
        if worker is None:
            return
        ticket.start_watch()
        if (left := self._left(ticket, worker)) > 0:  # the machine is busy, not the query slow
            ticket.timer = asyncio.get_running_loop().call_later(left, self._outlived, ticket)
            return
        self._quick.discard(worker)
        if self._slow < self.limits.slow:
            self._slow += 1
            self._slow_down(worker)
        else:
            worker.kill("lane")
        self._refill()

    @staticmethod
    def _taken(ticket: Ticket) -> float:
        now = ticket.worker.processor_seconds() if ticket.worker else None
        return 0.0 if now is None or ticket.begun is None else now - ticket.begun

    @staticmethod
    def _left(ticket: Ticket, worker: WorkerLink) -> float:
        """Tell how much processor time a query has left in the quick lane."""
        if worker.processor_seconds() is None or ticket.begun is None:
            return 0.0  # the time of the clock on the wall has to do
        left = ticket.slice - Pool._taken(ticket)
        return max(left, _LEAST_SECONDS) if left > _LEAST_SECONDS / 10 else 0.0

    @staticmethod
    def _slow_down(worker: WorkerLink) -> None:
        worker.slow = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, LOW_PRIORITY)

    async def _slowly(self, ticket: Ticket) -> tuple[Reply, str]:
        """Start a query again in the slow lane, when there is room."""
        await self._slow_room(ticket)
        left = ticket.deadline - asyncio.get_running_loop().time()
        try:
            worker = await asyncio.wait_for(self._ordered(), left)
        except TimeoutError:
            self._slow_done()
            raise ServiceError(503, "busy", "no worker was free in time — ask again later") from None
        self._slow_down(worker)
        try:
            return await self._ask(worker, ticket, None), worker.version
        except WorkerLostError as error:
            if error.cause != "client":
                self._remember(ticket.job)
            raise _refusal(error) from error

    async def _slow_room(self, ticket: Ticket) -> None:
        if self._slow < self.limits.slow:
            self._slow += 1
            return
        loop = asyncio.get_running_loop()
        ticket.waiting = place = loop.create_future()
        self._slow_waiters.append(place)
        late = loop.call_at(ticket.deadline, place.cancel)
        try:
            await place  # the room is handed over: the number of slow queries stays
        except asyncio.CancelledError:
            with suppress(ValueError):
                self._slow_waiters.remove(place)
            raise ServiceError(503, "busy", "too many slow queries at a time — ask again later") from None
        finally:
            late.cancel()
            ticket.waiting = None

    def _slow_done(self) -> None:
        while self._slow_waiters:
            place = self._slow_waiters.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._slow -= 1

    # -- workers

    async def _take(self, ticket: Ticket) -> WorkerLink:
        while self._idle:
            worker = self._idle.pop()
            if not worker.gone:
                return worker
            self._quick.discard(worker)
            self._refill()
        loop = asyncio.get_running_loop()
        place: asyncio.Future[WorkerLink] = loop.create_future()
        self._waiters.append(place)
        late = loop.call_at(ticket.deadline, place.cancel)
        try:
            return await place
        except asyncio.CancelledError:
            with suppress(ValueError):
                self._waiters.remove(place)
            raise ServiceError(503, "busy", "no worker was free in time — ask again later") from None
        finally:
            late.cancel()

    async def _worth_another(self, worker: WorkerLink, error: WorkerLostError) -> bool:
        """Tell whether a worker ended by somebody's hand, and not by what it was asked."""
        if error.cause:
            return False
        nursery = worker.nursery
        for _ in range(_LOOKS):
            if nursery is None or not nursery.alive:  # every worker ends with it
                return True
            if worker.pid in nursery.ended:
                status = nursery.ended[worker.pid]
                return os.WIFSIGNALED(status) and os.WTERMSIG(status) in _BY_HAND
            await asyncio.sleep(_LEAST_SECONDS)
        return False


def _refusal(lost: WorkerLostError) -> ServiceError:
    if lost.cause == "time":
        return ServiceError(504, "time", "no whole answer in time — ask for less")
    if lost.cause == "client":
        return ServiceError(503, "gone", "the client went away")
    return ServiceError(507, "memory", "the query took more memory or depth than it may — ask for less")
