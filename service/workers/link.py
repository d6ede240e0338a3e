"""The service's side of its worker processes: ordering them, speaking with them, ending them."""

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

from ..contract.messages import HEAD, OUT_OF_MEMORY, READY, Reply, Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...queries.facts.values import Json
    from ..contract.messages import Job
    from ..contract.settings import Limits

START_SECONDS = 30.0  # for the program to load, and for a store to open
_BUFFER = 1 << 20
_REMEMBERED = 256  # ends of workers
_PARTING_SECONDS = 2.0
_KEPT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "HOME", "LD_LIBRARY_PATH", "TZ")


HAND, MEMORY, TIME, BROKEN = "hand", "memory", "time", "broken"  # why a worker ended, if not by us
_CAPS: dict[int, str] = {
    **dict.fromkeys(
        (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL), MEMORY
    ),  # how the engine ends when it gets no more memory, or its stack is full
    signal.SIGXCPU: TIME,
}


def ending(status: int) -> str:
    """Tell by the status of a process why it ended: by somebody's hand, by a cap, or by a fault of ours.

    >>> ending(signal.SIGKILL), ending(signal.SIGABRT), ending(1 << 8)
    ('hand', 'memory', 'broken')
    """
    if os.WIFSIGNALED(status):
        return _CAPS.get(os.WTERMSIG(status), HAND)
    return MEMORY if os.WEXITSTATUS(status) == OUT_OF_MEMORY else BROKEN


class WorkerLostError(Exception):
    """A worker ended with a job in its hands.

    :param cause: why it was ended by us: `time`, `lane`, `share`, `turn`, `client`; `hand` when somebody else
        ended it, `memory` and `broken` when it ended by itself; empty while that is not known
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class WorkerLink(asyncio.Protocol):
    """One worker, as the service sees it.

    :param version: name of the version that it reads
    :param window: where it lays down large answers
    :param nursery: the process that forked it; it tells how the worker ended
    """

    def __init__(
        self, version: str, window: Window | None = None, nursery: NurseryLink | None = None
    ) -> None:
        self.version = version
        self.window = window
        self.nursery = nursery
        self.pid = 0
        self.fences: tuple[str, ...] = ()
        self.cause = ""
        self.gone = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answer: asyncio.Future[Reply] | None = None
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the channel."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Gather a reply until it is whole."""
        self._buffer += data
        if len(self._buffer) < HEAD.size:
            return
        head_size, body_size = HEAD.unpack_from(self._buffer)
        end = HEAD.size + head_size + body_size
        if len(self._buffer) < end:
            return
        head = json.loads(self._buffer[HEAD.size : HEAD.size + head_size])
        body = bytes(self._buffer[HEAD.size + head_size : end])
        del self._buffer[:end]
        if head["status"] == READY:
            self._greeted(head)
        elif self._answer is not None and not self._answer.done():
            if self.window is not None and "shared" in head:
                body = self.window.take(head["shared"])
            self._answer.set_result(Reply(head["status"], head["kind"], body, head["stale"]))

    def _greeted(self, head: dict[str, Json]) -> None:
        self.pid = int(str(head["pid"]))
        fences = head["fences"]
        self.fences = tuple(map(str, fences if isinstance(fences, list) else ()))
        if not self.ready.done():
            self.ready.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits that there will be no answer."""
        self.gone = True
        if self.window is not None:
            self.window.close()
        for waiting in (self._answer, self.ready):
            if waiting is not None and not waiting.done():
                waiting.set_exception(WorkerLostError(self.cause))
                waiting.exception()  # seen, even when nobody waits any more

    def ask(self, job: Job) -> asyncio.Future[Reply]:
        """Hand over a job; it has none at the moment.

        :raises WorkerLostError: when the future is awaited, if the worker ends first
        """
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self.gone:
            self._answer.set_exception(WorkerLostError(self.cause))
        else:
            self._transport.write(job.packed())
        return self._answer

    def processor_seconds(self) -> float | None:
        """Tell the processor time that the process took; ``None`` where the system does not say."""
        try:
            return time.clock_gettime(~self.pid << 3 | 2)  # the number of its clock, as Linux counts them
        except (OSError, AttributeError):
            return None

    def kill(self, cause: str = "") -> None:
        """End the process, whatever it does."""
        if not self.gone:
            self.cause = self.cause or cause
            if self.pid:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
            self.dismiss()

    def dismiss(self) -> None:
        """Let an idle worker end by itself."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()


class NurseryLink(asyncio.Protocol):
    """The process that forks workers, once; ended with the service.

    :param on_end: told when it ends by itself, and with it every worker
    """

    def __init__(self, limits: Limits, fenced: bool, on_end: Callable[[], None]) -> None:
        self.limits = limits
        self.options = json.dumps({"limits": limits.as_dict(), "fenced": fenced})
        self.fences: tuple[str, ...] = ()
        self.ended: dict[int, int] = {}  # process -> how it ended, of late
        self.workers: set[int] = set()  # processes that did not end yet
        self.closing = False
        self._on_end = on_end
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rest = b""
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return not self.closing and self._process is not None and self._process.poll() is None

    async def start(self) -> None:
        """Start the process and wait until it has loaded the program; some tenths of a second.

        :raises OSError, TimeoutError: if it does not come up
        """
        ours, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        command = [sys.executable, "-P", "-m", f"{__package__}.forkserver", self.options]
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        self._control = ours
        reading = ours.dup()
        reading.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=reading)
        await asyncio.wait_for(asyncio.shield(self._ready), START_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Take what it tells, a line each."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if "fences" in told:
                self.fences = tuple(told["fences"])
                if not self._ready.done():
                    self._ready.set_result(None)
                continue
            self.ended[told["ended"]] = told["status"]
            self.workers.discard(told["ended"])
            while len(self.ended) > _REMEMBERED:
                del self.ended[next(iter(self.ended))]

    def connection_lost(self, error: Exception | None) -> None:
        """Tell the pool that it is gone, and with it every worker."""
        if not self._ready.done():
            self._ready.set_exception(OSError("the process that starts workers ended"))
            self._ready.exception()
        elif not self.closing:
            self._on_end()

    async def worker(self, folder: Path, *, pages: bool, seconds: float = START_SECONDS) -> WorkerLink:
        """Have a worker forked, and wait until it has opened its store; about 50 ms.

        :raises WorkerLostError: if it could not open the store
        :raises OSError: if no worker can be had
        :raises TimeoutError: if it takes too long
        """
        if self._control is None or not self.alive:
            raise OSError("the process that starts workers is gone")
        ours, theirs = socket.socketpair()
        for one in (ours, theirs):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        ours.setblocking(False)
        order = json.dumps({"folder": str(folder), "pages": pages}).encode()
        shared = Window.descriptor(self.limits.answer_bytes)
        given = [] if shared is None else [shared]
        window = None if shared is None else Window(shared, self.limits.answer_bytes)
        try:
            with theirs:
                socket.send_fds(self._control, [order], [theirs.fileno(), *given])
        finally:
            for descriptor in given:
                os.close(descriptor)
        loop = asyncio.get_running_loop()
        _, link = await loop.create_unix_connection(lambda: WorkerLink(folder.name, window, self), sock=ours)
        try:
            await asyncio.wait_for(asyncio.shield(link.ready), seconds)
        except (TimeoutError, asyncio.CancelledError):
            link.kill("start")
            raise
        self.workers.add(link.pid)
        return link

    def stop(self) -> None:
        """End the process; it ends its workers first."""
        self.closing = True
        if self._control is not None:
            with suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_PARTING_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
