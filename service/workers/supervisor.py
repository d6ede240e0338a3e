"""The workers of a service: as many as are wanted, of the published version, whatever ends in between."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from ...errors import StoreError
from ...graph.publish import published
from .link import NurseryLink, WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ...graph.publish import Version
    from ..contract.settings import Settings
    from .link import WorkerLink

POLL_SECONDS = 0.5  # how often the pointer to the published version is read
_AGAIN_SECONDS = 0.3  # before a worker is ordered once more
NOT_YET = (WorkerLostError, OSError, TimeoutError)  # why no worker can be had at the moment


class Staff:
    """The quick workers of one service, and the change to a new version."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.limits = settings, settings.limits
        self.version: Version | None = None
        self.file_fences: tuple[str, ...] = ()
        self.nursery: NurseryLink | None = None
        self._quick: set[WorkerLink] = set()
        self._idle: list[WorkerLink] = []
        self._coming = 0
        self._waiters: deque[asyncio.Future[WorkerLink]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._restarting = asyncio.Lock()
        self._orphans: set[int] = set()  # workers of a process that ended before them
        self._closing = False
        self.on_version: Callable[[], None] = lambda: None

    @property
    def fences(self) -> tuple[str, ...]:
        """Names of the fences that stand around the workers."""
        return (*(self.nursery.fences if self.nursery else ()), *self.file_fences)

    async def start(self) -> None:
        """Start the workers.

        :raises StoreError: if nothing is published in the folder, or it cannot be opened
        """
        version = published(self.settings.home)
        if version is None:
            where = self.settings.home
            raise StoreError(where, f'no graph was published here — run "egovkg build -o {where}"')
        await self._new_nursery()
        try:
            await self._adopt(version)
        except WorkerLostError as error:
            raise StoreError(version.folder, "its store cannot be opened") from error
        self._task(self._follow())

    async def stop(self) -> None:
        """End everything that was started."""
        self._closing = True
        for task in [*self._tasks]:
            task.cancel()
        if self.nursery is not None:
            self.nursery.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _release(self, worker: WorkerLink) -> None:
        """Hand a worker to whoever waits, or let it go."""
        if worker.gone or worker not in self._quick or not self._is_current(worker):
            self._quick.discard(worker)
            worker.dismiss()
            self._refill()
        else:
            self._offer(worker)

    def _is_current(self, worker: WorkerLink) -> bool:
        return self.version is not None and worker.version == self.version.name

    def _offer(self, worker: WorkerLink) -> None:
        while self._waiters:
            place = self._waiters.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _refill(self) -> None:
        while not self._closing and len(self._quick) + self._coming < self.limits.workers:
            self._coming += 1
            self._task(self._grow())

    async def _grow(self) -> None:
        try:
            worker = await self._ordered()
        finally:
            self._coming -= 1
        if len(self._quick) >= self.limits.workers:  # a new version brought its own meanwhile
            worker.dismiss()
            return
        self._quick.add(worker)
        self._release(worker)  # to whoever waits; or away, when the version changed meanwhile

    async def _ordered(self) -> WorkerLink:
        """Order a worker for the published version until one comes."""
        while True:
            assert self.version is not None
            assert self.nursery is not None
            try:
                return await self.nursery.worker(self.version.folder, pages=False)
            except NOT_YET:
                await asyncio.sleep(_AGAIN_SECONDS)
                with suppress(*NOT_YET):
                    await self._refresh()

    # -- versions

    async def _follow(self) -> None:
        """Look for a new version, for ever."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            self._bury()
            try:
                await self._refresh()
                self._refill()
            except NOT_YET as error:
                tell(f"the newly published version cannot be opened yet: {error!r}")

    def _bury(self) -> None:
        for pid in [*self._orphans]:
            try:
                ended, _ = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:  # buried by somebody else
                ended = pid
            if ended:
                self._orphans.discard(pid)

    async def _refresh(self) -> None:
        """Bring up the nursery if it is gone; move to the published version if there is a new one."""
        async with self._restarting:
            if self.nursery is None or not self.nursery.alive:
                await self._new_nursery()
            version = published(self.settings.home)
            if version is not None and (self.version is None or version.name != self.version.name):
                await self._adopt(version)

    async def _adopt(self, version: Version) -> None:
        """Start workers on a version; then, at once, let them take over from those of the last."""
        assert self.nursery is not None
        fresh = [await self.nursery.worker(version.folder, pages=False) for _ in range(self.limits.workers)]
        self.version, self.file_fences = version, fresh[0].fences
        old, self._idle = self._idle, []
        for worker in old:
            worker.dismiss()
        self._quick = set(fresh)
        for worker in fresh:
            self._offer(worker)
        self.on_version()

    async def _new_nursery(self) -> None:
        if self.nursery is not None:
            self.nursery.stop()
            self._orphans |= self.nursery.workers
        self._quick.clear()
        self._idle.clear()
        self.nursery = NurseryLink(self.limits, self.settings.fenced, self._nursery_ended)
        await self.nursery.start()

    def _nursery_ended(self) -> None:
        if not self._closing:
            tell("the process that starts workers ended; starting it again")
            self._task(self._recover())

    async def _recover(self) -> None:
        with suppress(*NOT_YET):  # else the next look at the pointer brings it up
            await self._refresh()
            self._refill()

    def _task(self, work: Awaitable[None]) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def tell(text: str) -> None:
    """Say something to whoever runs the service."""
    print(f"egovkg: {text}", file=sys.stderr, flush=True)
