"""The pages of the site, rendered live by a process of their own; recently used pages are cached."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from ..answers.pages import PATH
from ..contract.messages import Job
from ..contract.refusals import ServiceError
from ..contract.reply_cache import ReplyCache
from .endings import WORKER_UNAVAILABLE, Ending, WorkerLostError

if TYPE_CHECKING:
    from ..contract.messages import Reply
    from .pool import Pool
    from .worker_link import WorkerLink

_PAGE_SECONDS = 30.0
_RETRY_SECONDS = 10.0


class LiveSite:
    """The pages of the newest version; while they are made, those of the previous version.

    :param is_enabled: whether pages are served at all
    """

    def __init__(self, pool: Pool, is_enabled: bool) -> None:
        self.pool, self.is_enabled = pool, is_enabled
        self.version = ""
        self.sections: tuple[str, ...] = ()  # keys of the sections that have pages
        self._worker: WorkerLink | None = None
        self._worker_turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._cache = ReplyCache()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start making the pages in the background, again for each new version."""
        if self.is_enabled:
            self.pool.supervisor.on_version = self._wake.set
            self._task = asyncio.ensure_future(self._follow_versions())

    async def stop(self) -> None:
        """End the process that makes the pages."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._worker is not None:
            self._worker.kill(Ending.STOP)

    async def page(self, path: str) -> tuple[Reply, str]:
        """Return a page or file of the site, and the version from which it was made.

        :raises ServiceError: 404 if the service has no pages, 503 while they are made
        """
        if not self.is_enabled:
            raise ServiceError("no-pages")
        if (cached := self._cache.get(path)) is not None:
            return cached, self.version
        async with self._worker_turn:
            worker = self._worker
            if worker is None or worker.is_closed:
                self._wake.set()
                raise ServiceError("pages-starting")
            reply = await _write_page(worker, path)
            if reply.status == 200 and worker is self._worker:
                self._cache.add(path, reply)
            return reply, worker.version

    async def _follow_versions(self) -> None:
        """Until the service ends, replace the worker when it has ended or a new version is published."""
        while True:
            self._wake.clear()
            if self._is_outdated() and not await self._replace_worker():
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            await self._wake.wait()

    def _is_outdated(self) -> bool:
        version = self.pool.supervisor.version
        if version is None:
            return False
        return self._worker is None or self._worker.is_closed or version.name != self.version

    async def _replace_worker(self) -> bool:
        """Start a worker for the pages of the published version; false if that is impossible."""
        version, forkserver = self.pool.supervisor.version, self.pool.supervisor.forkserver
        if version is None or forkserver is None:
            return False
        try:
            seconds = self.pool.limits.site_seconds
            worker = await forkserver.fork_worker(version.folder, for_pages=True, seconds=seconds)
            keys = await asyncio.wait_for(worker.send(Job("page")), _PAGE_SECONDS)
        except WORKER_UNAVAILABLE:
            return False
        self.sections = tuple(json.loads(keys.body))
        replaced, self._worker, self.version = self._worker, worker, version.name
        self._cache.clear()
        if replaced is not None:
            async with self._worker_turn:  # its last page is sent first
                replaced.kill(Ending.REPLACED)
        return True


async def _write_page(worker: WorkerLink, path: str) -> Reply:
    """Render a page in the worker; kill the worker if it takes too long."""
    timer = asyncio.get_running_loop().call_later(_PAGE_SECONDS, worker.kill, Ending.TIME)
    try:
        return await worker.send(Job("page", {PATH: path}))
    except WorkerLostError:
        raise ServiceError("page-timeout") from None
    finally:
        timer.cancel()
