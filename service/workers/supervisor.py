"""The supervisor of the quick workers: keeps the configured number running on the published version."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import StoreError
from ...graph.publish import no_graph_error, published
from ...words import message
from .client_turns import ClientTurns
from .client_use import ClientUse
from .endings import WORKER_UNAVAILABLE, Ending, WorkerLostError
from .forkserver_link import ForkserverLink
from .operator_log import log_event

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ...graph.publish import Version
    from ..contract.settings import Settings
    from .worker_link import WorkerLink

POLL_SECONDS = 0.5  # how often the pointer to the published version is read
_CHECK_SECONDS = 10.0  # between two comparisons of the files of a version with their record
_RETRY_SECONDS = 0.3  # before another worker is ordered when one cannot be had


class Supervisor:
    """The quick workers of a service, and their replacement when a new version is published."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.limits = settings, settings.limits
        self.version: Version | None = None
        self.damage: StoreError | None = None  # of the version, once it was found
        self._manifest_state: tuple[int, int] = (0, 0)  # which build of the version the workers read
        self._last_fault = ""  # of a version that cannot be read; it is logged once
        self.file_layers: tuple[str, ...] = ()
        self.forkserver: ForkserverLink | None = None
        self._standby: ForkserverLink | None = None  # takes the place of the forkserver when that ends
        self.on_version: Callable[[], None] = lambda: None
        self._workers: set[WorkerLink] = set()  # the quick pool: idle ones and busy ones
        self._idle: list[WorkerLink] = []
        self._clients: dict[WorkerLink, str] = {}  # busy worker -> client whose job it has
        self._reserved = self.limits.workers // 3  # idle ones that are left to clients who use little
        self.use = ClientUse(time.monotonic)
        self._expected = 0  # workers that are being forked
        self.waiting: ClientTurns[WorkerLink] = ClientTurns()
        self._tasks: set[asyncio.Task[None]] = set()
        self._refreshing = asyncio.Lock()
        self._next_check = 0.0  # when the files of the version may be compared again
        self._sessions: set[int] = set()  # of all forkservers so far: their process ids
        self._is_stopping = False

    @property
    def sandbox_layers(self) -> tuple[str, ...]:
        """Names of the active sandbox layers."""
        return (*(self.forkserver.sandbox_layers if self.forkserver else ()), *self.file_layers)

    async def start(self) -> None:
        """Start the workers.

        :raises StoreError: if nothing is published in the folder, or its store cannot be opened
        """
        version = published(self.settings.home)
        if version is None:
            raise no_graph_error(self.settings.home)
        await asyncio.to_thread(version.check)  # whose errors say what a worker that cannot start does not
        await self._start_forkserver()
        try:
            await self._adopt(version)
        except WorkerLostError as error:
            raise StoreError(version.folder, message(__package__, "no-store")) from error
        await self._prepare_standby()
        self._run(self._follow_versions())

    async def stop(self) -> None:
        """End all processes that were started."""
        self._is_stopping = True
        for task in [*self._tasks]:
            task.cancel()
        for forkserver in (self._standby, self.forkserver):
            if forkserver is not None:
                forkserver.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- workers

    async def take(self, client: str, deadline: float) -> WorkerLink:
        """Wait for an idle quick worker; who waits is ordered by :meth:`_rank`.

        :param deadline: time by the clock of the event loop
        :raises TimeoutError: if no worker became idle in time
        """
        while self._may_take(client):
            worker = self._idle.pop()
            if not worker.is_closed:
                self._clients[worker] = client
                return worker
            self.detach(worker)
        turn = self.waiting.add(client)
        timer = asyncio.get_running_loop().call_at(deadline, turn.cancel)
        try:
            return await turn
        except asyncio.CancelledError:
            raise TimeoutError from None
        finally:
            timer.cancel()
            self.waiting.remove(client, turn)

    def release(self, worker: WorkerLink) -> None:
        """Give a worker to a waiting request, or close it if its version is outdated."""
        self._clients.pop(worker, None)
        if worker.is_closed or worker not in self._workers or not self._is_current(worker):
            worker.close()
            self.detach(worker)
        else:
            self._offer(worker)

    def detach(self, worker: WorkerLink) -> None:
        """Remove a worker from the quick pool, and fork another in its place."""
        self._workers.discard(worker)
        self._clients.pop(worker, None)
        self._refill()

    async def fork_worker(self) -> WorkerLink:
        """Fork a worker of the published version, retrying until it succeeds."""
        while True:
            assert self.version is not None
            assert self.forkserver is not None
            while self.damage is not None:  # no worker could open it
                await asyncio.sleep(_RETRY_SECONDS)
            try:
                return await self.forkserver.fork_worker(self.version.folder)
            except WORKER_UNAVAILABLE:
                await self.find_damage()
                await asyncio.sleep(_RETRY_SECONDS)
                with suppress(*WORKER_UNAVAILABLE):
                    await self.refresh()

    async def find_damage(self) -> StoreError | None:
        """Compare the files of the published version with its record, at most once in a while.

        The engine may take all its memory or time when it meets a damaged file.
        """
        loop, version = asyncio.get_running_loop(), self.version
        if version is not None and loop.time() >= self._next_check:
            self._next_check = loop.time() + _CHECK_SECONDS
            try:
                await asyncio.to_thread(version.check, is_thorough=True)
                self.damage = None
            except (OSError, StoreError) as error:
                self.damage = (
                    error if isinstance(error, StoreError) else StoreError(version.folder, str(error))
                )
                log_event("version-damaged", fault=str(self.damage))
        return self.damage

    def _is_current(self, worker: WorkerLink) -> bool:
        return self.version is not None and worker.version == self.version.name

    def _offer(self, worker: WorkerLink) -> None:
        self._idle.append(worker)
        next_turn = self.waiting.pop(self._rank, self._may_take)
        if next_turn is not None:
            client, turn = next_turn
            self._idle.pop()
            self._clients[worker] = client
            turn.set_result(worker)

    def _may_take(self, client: str) -> bool:
        """Tell whether there is an idle worker for a client: the last ones are for those who use little."""
        is_reserved = len(self._idle) <= self._reserved
        return bool(self._idle) and not (is_reserved and self._has_share(client))

    def _has_share(self, client: str) -> bool:
        """Tell whether a client has a worker already, or used more processor time lately than the mean."""
        return client in self._clients.values() or self.use.is_above_mean(client)

    def _rank(self, client: str) -> tuple[float, ...]:
        """Order clients by what they used lately and hold now."""
        workers = [*self._clients.values()].count(client)
        return self._has_share(client), (workers + 1) * self.use.seconds(client), workers

    def _refill(self) -> None:
        while not self._is_stopping and len(self._workers) + self._expected < self.limits.workers:
            self._expected += 1
            self._run(self._add_worker())

    async def _add_worker(self) -> None:
        try:
            worker = await self.fork_worker()
        finally:
            self._expected -= 1
        if len(self._workers) >= self.limits.workers:  # a new version brought its own meanwhile
            worker.close()
            return
        self._workers.add(worker)
        self.release(worker)  # closes it if the version changed meanwhile

    # -- versions

    async def refresh(self) -> None:
        """Replace a forkserver that has ended; switch to the published version if it is new or mended."""
        async with self._refreshing:
            if self.forkserver is None or not self.forkserver.is_alive:
                await self._start_forkserver()
            version = published(self.settings.home) or self.version
            if version is not None and await self._is_new(version):
                await self._adopt(version)
            self._refill()
            await self._prepare_standby()

    async def _is_new(self, version: Version) -> bool:
        """Tell whether the workers read another version, an earlier build of it, or one that was damaged."""
        if self.version is None or version.name != self.version.name:
            return True
        was_damaged = self.damage is not None
        return _manifest_state(version) != self._manifest_state or (
            was_damaged and await self.find_damage() is None
        )

    async def _follow_versions(self) -> None:
        """Check for a new version periodically until the service ends."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            self._reap_orphans()
            try:
                await self.refresh()
                self._last_fault = ""
            except WORKER_UNAVAILABLE as error:
                if repr(error) != self._last_fault:
                    self._last_fault = repr(error)
                    log_event("version-unreadable", fault=self._last_fault)

    async def _adopt(self, version: Version) -> None:
        """Start workers of a version; once all are ready, replace those of the previous version together."""
        assert self.forkserver is not None
        state = _manifest_state(version)
        workers = [await self.forkserver.fork_worker(version.folder) for _ in range(self.limits.workers)]
        self._manifest_state = state
        self.version, self.file_layers = version, workers[0].sandbox_layers
        self.damage, self._next_check = None, 0.0
        replaced, self._idle = self._idle, []
        for worker in replaced:
            worker.close()
        self._workers = set(workers)
        for worker in workers:
            self._offer(worker)
        self.on_version()

    # -- the forkserver

    async def _start_forkserver(self) -> None:
        for forkserver in (self.forkserver, self._standby):
            if forkserver is not None and not forkserver.is_alive:
                forkserver.stop()
        for worker in self._workers:  # they end with their forkserver, at the latest now
            worker.kill(Ending.OUTSIDE)
        for workers in (self._workers, self._idle, self._clients):
            workers.clear()
        self.forkserver, self._standby = self._standby, None
        if self.forkserver is None or not self.forkserver.is_alive:
            self.forkserver = ForkserverLink(self.settings, self._forkserver_ended)
            await self.forkserver.start()
            self._sessions.add(self.forkserver.pid)

    async def _prepare_standby(self) -> None:
        """Let the forkserver fork another one, unless there is one: starting it anew takes a second.

        The service runs without one too; the next look for a new version tries again.
        """
        if self.forkserver is None or (self._standby is not None and self._standby.is_alive):
            return
        if self._standby is not None:
            self._standby.stop()
        self._standby, standby = None, ForkserverLink(self.settings, self._forkserver_ended)
        with suppress(*WORKER_UNAVAILABLE):
            await standby.start_from(self.forkserver)
            self._sessions.add(standby.pid)
            self._standby = standby

    def _forkserver_ended(self) -> None:
        if not self._is_stopping and self.forkserver is not None and not self.forkserver.is_alive:
            log_event("forkserver-ended")
            self._run(self._recover())

    async def _recover(self) -> None:
        with suppress(*WORKER_UNAVAILABLE):  # if it fails, the next look for a new version tries again
            await self.refresh()

    def _reap_orphans(self) -> None:
        """Read the exit statuses of processes that this one adopted, as their parent ended before them."""
        try:
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
        except OSError:
            return  # no Linux: the system reaps them
        for pid in map(int, children):
            with suppress(ProcessLookupError, ChildProcessError):
                if os.getsid(pid) in self._sessions:
                    os.waitpid(pid, os.WNOHANG)

    def _run(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _manifest_state(version: Version) -> tuple[int, int]:
    """Return what differs between two builds of a version: the file of the manifest, and its time.

    :raises OSError: if the manifest is gone
    """
    state = (version.folder / "manifest.json").stat()
    return state.st_ino, state.st_mtime_ns
