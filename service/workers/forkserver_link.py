"""The service's link to the forkserver: starting it, ordering workers, receiving reports of their end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ..contract.messages import SharedMemory
from .endings import Ending, ending_of_status
from .worker_link import WorkerLink

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ..contract.settings import Settings

START_SECONDS = 30.0  # for the program to load, and for a store to open
_SOCKET_BUFFER_BYTES = 1 << 20
_REMEMBERED_ENDS = 256
_STOP_SECONDS = 2.0
_STATUS_CHECKS, _STATUS_CHECK_SECONDS = 200, 0.01  # how long to wait for the status of a worker that ended
_PASSED_VARIABLES = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "HOME", "LD_LIBRARY_PATH", "TZ")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # with more, a fork is unsafe and a new namespace refused


class ForkserverLink(asyncio.Protocol):
    """The link to a forkserver, the present one or its standby, which ends with the service at the latest.

    :param on_end: called when the forkserver ends unexpectedly, which also ends every worker
    """

    def __init__(self, settings: Settings, on_end: Callable[[], None]) -> None:
        self.limits = settings.limits
        options = {"limits": self.limits.as_dict(), "sandboxed": settings.sandboxed}
        self.options = json.dumps(options)
        self.sandbox_layers: tuple[str, ...] = ()
        self.is_stopping = False
        self._end_statuses: dict[int, int] = {}  # process id -> wait status, of those that ended last
        self._on_end = on_end
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._unfinished_line = b""
        self.pid = 0  # of the forkserver, which is that of its session too; 0 until it has reported
        self._process: subprocess.Popen[bytes] | None = None  # unless another forkserver forked it
        self._control: socket.socket | None = None
        self._has_ended = False

    @property
    def is_alive(self) -> bool:
        """Whether the forkserver is running."""
        has_exited = self._process is not None and self._process.poll() is not None
        return bool(self.pid) and not (self.is_stopping or self._has_ended or has_exited)

    async def start(self) -> None:
        """Start the forkserver and wait until it has loaded the program; 0.8 s, more on a busy machine.

        :raises OSError, TimeoutError: if it does not start
        """
        own_end, child_end = socket.socketpair()
        environment = {name: os.environ[name] for name in _PASSED_VARIABLES if name in os.environ}
        environment |= _ONE_THREAD
        command = [sys.executable, "-P", "-m", f"{__package__}.forkserver", self.options]
        with child_end:
            self._process = subprocess.Popen(
                command,
                stdin=child_end.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        await self._connect(own_end)

    async def start_from(self, forkserver: ForkserverLink) -> None:
        """Let a forkserver fork itself, and wait until that process is ready; takes some milliseconds.

        It outlives the other one, and ends with the service.

        :raises OSError, TimeoutError: if it does not start
        """
        own_end, child_end = socket.socketpair()
        with child_end:
            forkserver.send_order({}, [child_end.fileno()])
        await self._connect(own_end)

    async def _connect(self, control: socket.socket) -> None:
        """Wait for the first report of the forkserver."""
        self._control = control
        reading_end = control.dup()
        reading_end.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=reading_end)
        await asyncio.wait_for(asyncio.shield(self._ready), START_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Read the reports of the forkserver: one line of JSON each."""
        *lines, self._unfinished_line = (self._unfinished_line + data).split(b"\n")
        for line in lines:
            report = json.loads(line)
            if "sandbox_layers" in report:
                self.sandbox_layers, self.pid = tuple(report["sandbox_layers"]), report["pid"]
                if not self._ready.done():
                    self._ready.set_result(None)
            else:
                self._note_end(report["ended"], report["status"])

    def _note_end(self, pid: int, status: int) -> None:
        self._end_statuses[pid] = status
        while len(self._end_statuses) > _REMEMBERED_ENDS:
            del self._end_statuses[next(iter(self._end_statuses))]

    def connection_lost(self, error: Exception | None) -> None:
        """Report that the forkserver has ended, and with it every worker."""
        self._has_ended = True
        if not self._ready.done():
            self._ready.set_exception(OSError("the process that forks workers ended"))
            self._ready.exception()
        elif not self.is_stopping:
            self._on_end()

    async def fork_worker(
        self, folder: Path, *, for_pages: bool = False, seconds: float = START_SECONDS
    ) -> WorkerLink:
        """Fork a worker and wait until it has opened its store; about 50 ms.

        :param folder: folder of the version that the worker reads
        :param for_pages: whether it makes the pages of the site instead of answering queries
        :raises WorkerLostError: if the worker could not open the store
        :raises OSError: if no process can be forked
        :raises TimeoutError: if it takes too long
        """
        own_end, shared_memory = self._order_worker(folder, for_pages)
        loop = asyncio.get_running_loop()
        _, link = await loop.create_unix_connection(
            lambda: WorkerLink(folder.name, self.ending_of, shared_memory), sock=own_end
        )
        try:
            await asyncio.wait_for(asyncio.shield(link.ready), seconds)
        except (TimeoutError, asyncio.CancelledError):
            link.kill(Ending.START)
            raise
        return link

    def _order_worker(self, folder: Path, for_pages: bool) -> tuple[socket.socket, SharedMemory | None]:
        """Order a worker with one end of a socket pair and shared memory; return the other end."""
        own_end, worker_end = socket.socketpair()
        for end in (own_end, worker_end):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER_BYTES)
        own_end.setblocking(False)
        order = {"folder": str(folder), "pages": for_pages}
        descriptor = SharedMemory.new_descriptor(self.limits.answer_bytes)
        with worker_end:
            if descriptor is None:
                self.send_order(order, [worker_end.fileno()])
                return own_end, None
            try:
                shared_memory = SharedMemory(descriptor, self.limits.answer_bytes)
                self.send_order(order, [worker_end.fileno(), descriptor])
            finally:
                os.close(descriptor)
        return own_end, shared_memory

    def send_order(self, order: Mapping[str, object], descriptors: Sequence[int]) -> None:
        """Send an order with its descriptors.

        :raises OSError: if the forkserver has ended
        """
        if self._control is None or not self.is_alive:
            raise OSError("the process that forks workers is gone")
        socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)

    async def ending_of(self, pid: int) -> Ending:
        """Return why a worker ended if the service did not kill it; waits briefly for its exit status."""
        for _ in range(_STATUS_CHECKS):  # the first check is enough unless the machine is busy
            if not self.is_alive:
                break  # and every worker ended with it
            if pid in self._end_statuses:
                return ending_of_status(self._end_statuses[pid])
            await asyncio.sleep(_STATUS_CHECK_SECONDS)
        return Ending.OUTSIDE

    def stop(self) -> None:
        """End the forkserver, which ends its workers first."""
        self.is_stopping = True
        if self._control is not None:
            with suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        elif self.pid:
            self._wait_for_orphan()

    def _wait_for_orphan(self) -> None:
        """Wait for a forkserver that this process has adopted; the parent of any other does that."""
        end = time.monotonic() + _STOP_SECONDS
        with suppress(ChildProcessError):
            while not os.waitpid(self.pid, os.WNOHANG)[0]:
                if time.monotonic() > end:
                    os.kill(self.pid, signal.SIGKILL)
                time.sleep(_STATUS_CHECK_SECONDS)
