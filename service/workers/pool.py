"""Who answers what, and when: a quick lane, a slow lane, limits.

Every query starts in the quick lane. One that is not done after a little processor time is slow: its worker
moves to the slow lane, at a low priority, and a fresh one takes its place; where the slow lane is full the
worker is ended, and the query waits to start again there. A query that was slow lately starts there at once.
So slow queries hold up each other and never the quick ones. A worker that somebody ended is no fault of the
query, which is asked again.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, OrderedDict
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import ServiceError
from .link import BROKEN, HAND, TIME, WorkerLostError, ending
from .slow_lane import SHARE, TURN, Seat, SlowLane
from .supervisor import NOT_YET, Staff, tell

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from ..contract.messages import Job, Reply
    from ..contract.settings import Settings
    from .link import WorkerLink

LOW_PRIORITY = 15
_LEAST_SECONDS = 0.01  # between two looks at a query that is not done
_ATTEMPTS, _SLOW_ATTEMPTS = 3, 2  # when workers end by somebody's hand
_WAITED = 0.1  # share of its time; a query that waited longer for others is not told to ask for less
_LOOKS = 200  # for word of how a worker ended; at once as a rule, later on a machine that is busy
_REMEMBERED = 1_000  # slow queries, of at most 64 KiB each
_REMEMBERED_SECONDS = 60.0
_MOVED = frozenset(("lane", SHARE))  # the query waits for the slow lane
STALE = "stale"  # the version of the worker is gone
_NOT_ITS_FAULT = frozenset(("client", HAND, STALE))


@dataclass(eq=False)
class Ticket:
    """A request on its way.

    :param client: the address that it comes from
    :param deadline: on the clock of the loop
    :param gone: waits until the client has gone; asked for slow queries only
    """

    job: Job
    client: str
    deadline: float
    gone: Callable[[], Awaitable[None]] | None = None
    is_slow: bool = False
    worker: WorkerLink | None = None
    started: float = 0.0  # when a worker got the job, the last time
    waited: float = 0.0  # seconds that went by for the sake of other requests
    seat: Seat | None = None  # in the slow lane
    waiting: asyncio.Task[Seat] | None = None
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
        self._lane = SlowLane(self.limits.slow, self.limits.turn_seconds)
        self._known_slow: OrderedDict[str, float] = OrderedDict()  # query -> until when it counts as slow
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
            ticket = Ticket(job, client, loop.time() + self.limits.seconds, gone)
            try:
                return await self._attempts(ticket)
            finally:
                ticket.end()

    @contextmanager
    def _admitted(self, client: str) -> Iterator[None]:
        if self._clients[client] >= self.limits.per_client:
            most = self.limits.per_client
            raise ServiceError(429, "too-many", f"more than {most} requests of one address at a time")
        if len(self._waiters) + self._lane.waiting >= self.limits.waiting:
            raise ServiceError(503, "busy", "too many requests wait already")
        self._clients[client] += 1
        try:
            yield
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _attempts(self, ticket: Ticket) -> tuple[Reply, str]:
        ticket.is_slow = self._was_slow(ticket.job)
        lost = WorkerLostError(STALE)
        spoilt = 0
        while spoilt < (_SLOW_ATTEMPTS if ticket.is_slow else _ATTEMPTS):
            try:
                reply, worker = await self._attempt(ticket)
            except WorkerLostError as error:
                lost = error
                if error.cause in _MOVED:  # it goes on in the slow lane, as long as there is time
                    ticket.is_slow = True
                elif error.cause == HAND:
                    spoilt += 1
                else:
                    break
                continue
            if not reply.stale:
                return reply, worker.version
            spoilt += 1
            worker.kill(STALE)
            with suppress(*NOT_YET):
                await self._refresh()
        if lost.cause not in _NOT_ITS_FAULT:
            self._remember(ticket.job)
        raise self._refusal(ticket, lost)

    async def _attempt(self, ticket: Ticket) -> tuple[Reply, WorkerLink]:
        """Ask once, in the lane where the query belongs.

        :raises WorkerLostError: with the cause
        """
        worker = await (self._take_slow(ticket) if ticket.is_slow else self._take(ticket))
        try:
            return await self._ask(
                worker, ticket, None if ticket.is_slow else self._slice(ticket.job)
            ), worker
        except WorkerLostError as error:
            if error.cause in _MOVED:
                ticket.waited += asyncio.get_running_loop().time() - ticket.started
            if error.cause == "lane":
                self._remember(ticket.job)
            if not error.cause:
                raise WorkerLostError(await self._how_ended(worker)) from error
            raise

    async def _ask(self, worker: WorkerLink, ticket: Ticket, slice_seconds: float | None) -> Reply:
        loop = asyncio.get_running_loop()
        ticket.worker, ticket.started = worker, loop.time()
        late = loop.call_at(ticket.deadline, worker.kill, "time")
        ticket.begun = worker.processor_seconds()
        if ticket.watch is not None and ticket.watch.done():  # the client went while the worker came
            worker.kill("client")
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
            if ticket.seat is not None:
                worker.dismiss()
                self._lane.leave(ticket.seat)
                ticket.seat = None
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
        ticket.seat = self._lane.enter(ticket.client)
        if ticket.seat is None:
            worker.kill("lane")
        else:
            ticket.is_slow = True
            self._sit_down(ticket.seat, worker)
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
    def _sit_down(seat: Seat, worker: WorkerLink) -> None:
        seat.worker = worker
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, LOW_PRIORITY)

    async def _take_slow(self, ticket: Ticket) -> WorkerLink:
        """Wait for a seat in the slow lane, and for a worker to sit there."""
        ticket.start_watch()
        came = asyncio.get_running_loop().time()
        ticket.waiting = asyncio.ensure_future(self._lane.wait(ticket.client, ticket.deadline))
        try:
            seat = await ticket.waiting
        except (TimeoutError, asyncio.CancelledError):
            raise _busy("too many slow queries at a time") from None
        finally:
            ticket.waiting.cancel()
            ticket.waiting = None
            ticket.waited += asyncio.get_running_loop().time() - came
        try:
            left = ticket.deadline - asyncio.get_running_loop().time()
            worker = await asyncio.wait_for(self._ordered(), left)
        except TimeoutError:
            self._lane.leave(seat)
            raise _busy("the query waited, and no worker was free in time") from None
        except BaseException:
            self._lane.leave(seat)
            raise
        if seat.lost:
            worker.dismiss()
            raise WorkerLostError(seat.lost)
        ticket.seat = seat
        self._sit_down(seat, worker)
        return worker

    # -- workers

    async def _take(self, ticket: Ticket) -> WorkerLink:
        while self._idle:
            worker = self._idle.pop()
            if not worker.gone:
                return worker
            self._quick.discard(worker)
            self._refill()
        loop = asyncio.get_running_loop()
        came = loop.time()
        place: asyncio.Future[WorkerLink] = loop.create_future()
        self._waiters.append(place)
        late = loop.call_at(ticket.deadline, place.cancel)
        try:
            return await place
        except asyncio.CancelledError:
            with suppress(ValueError):
                self._waiters.remove(place)
            raise _busy("the query waited, and no worker was free in time") from None
        finally:
            late.cancel()
            ticket.waited += loop.time() - came

    @staticmethod
    async def _how_ended(worker: WorkerLink) -> str:
        """Tell why a worker ended that was not ended by us, as :func:`ending` does."""
        nursery = worker.nursery
        for _ in range(_LOOKS):
            if nursery is None or not nursery.alive:  # every worker ends with it
                break
            if worker.pid in nursery.ended:
                return ending(nursery.ended[worker.pid])
            await asyncio.sleep(_LEAST_SECONDS)
        return HAND

    def _refusal(self, ticket: Ticket, lost: WorkerLostError) -> ServiceError:
        if lost.cause == TIME:
            if ticket.waited > _WAITED * self.limits.seconds:
                gone, whole = f"{ticket.waited:.1f}", f"{self.limits.seconds:g}"
                return _busy(f"no whole answer in time: for {gone} of {whole} s the query waited for others")
            return ServiceError(504, "time", "no whole answer in time — ask for less")
        if lost.cause == "client":
            return ServiceError(503, "gone", "the client went away")
        if lost.cause == TURN:
            return _busy(f"others wait, and the query ran for {self.limits.turn_seconds:g} s already")
        if lost.cause == HAND:
            return _busy("the process that worked on the query was ended from outside, several times")
        if lost.cause == STALE:
            return _busy("the published version changed several times")
        if lost.cause == BROKEN:
            tell("internal error: a worker ended without a word")
            return ServiceError(500, "internal", "something is wrong with the service; it was written down")
        return ServiceError(507, "memory", "the query took more memory or depth than it may — ask for less")


def _busy(why: str) -> ServiceError:
    return ServiceError(503, "busy", f"{why} — ask again later")
