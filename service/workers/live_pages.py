"""The live pages: one process of its own makes them; what was made is kept for a while."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING

from ...errors import ServiceError
from ..answers.pages import CONTENTS
from ..contract.messages import Job
from .link import WorkerLostError

if TYPE_CHECKING:
    from ..contract.messages import Reply
    from .link import WorkerLink
    from .pool import Pool

KEPT_BYTES = 32_000_000
_ANSWER_SECONDS = 30.0
_AGAIN_SECONDS = 10.0


class LiveSite:
    """Pages of the newest version that is ready; those of the last until then."""

    def __init__(self, pool: Pool, wanted: bool) -> None:
        self.pool, self.wanted = pool, wanted
        self.version = ""
        self.sections: tuple[str, ...] = ()  # keys of those that it has
        self._worker: WorkerLink | None = None
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()
        self._kept: OrderedDict[str, Reply] = OrderedDict()
        self._size = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to make the pages, in the background; a new version makes them anew."""
        if self.wanted:
            self.pool.on_version = self._changed.set
            self._task = asyncio.ensure_future(self._follow())

    async def stop(self) -> None:
        """End it."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._worker is not None:
            self._worker.kill("stop")

    async def page(self, path: str) -> tuple[Reply, str]:
        """Give a page or file of the site, and the version that it shows.

        :raises ServiceError: 404 for one that there is not, 503 while they are made
        """
        if not self.wanted:
            raise ServiceError(404, "no-page", "this service has no pages")
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path], self.version
        async with self._turn:
            worker = self._worker
            if worker is None or worker.gone:
                self._changed.set()
                raise ServiceError(503, "starting", "the pages are being made — ask again in some seconds")
            reply = await self._asked(worker, Job("page", {"path": path}))
            if reply.status == 200 and worker is self._worker:
                self._keep(path, reply)
            return reply, worker.version

    async def _asked(self, worker: WorkerLink, job: Job) -> Reply:
        late = asyncio.get_running_loop().call_later(_ANSWER_SECONDS, worker.kill, "time")
        try:
            return await worker.ask(job)
        except WorkerLostError:
            raise ServiceError(503, "starting", "the page could not be made in time — ask again") from None
        finally:
            late.cancel()

    def _keep(self, path: str, reply: Reply) -> None:
        self._kept[path] = reply
        self._size += len(reply.body)
        while self._size > KEPT_BYTES and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped.body)

    async def _follow(self) -> None:
        while True:
            self._changed.clear()
            version = self.pool.version
            gone = self._worker is None or self._worker.gone
            wanted = version is not None and (gone or version.name != self.version)
            if wanted and not await self._made_anew():
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            await self._changed.wait()

    async def _made_anew(self) -> bool:
        version, nursery = self.pool.version, self.pool.nursery
        if version is None or nursery is None:
            return False
        try:
            seconds = self.pool.limits.page_seconds
            worker = await nursery.worker(version.folder, pages=True, seconds=seconds)
            contents = await asyncio.wait_for(worker.ask(Job("page", {"path": CONTENTS})), _ANSWER_SECONDS)
        except (WorkerLostError, OSError, TimeoutError):
            return False
        self.sections = tuple(json.loads(contents.body))
        old, self._worker, self.version = self._worker, worker, version.name
        self._kept.clear()
        self._size = 0
        if old is not None:
            async with self._turn:  # its last page goes out first
                old.kill("version")
        return True
