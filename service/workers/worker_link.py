"""The service's link to one worker process: sending jobs, receiving replies, killing the process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ..contract.messages import LENGTHS, READY_STATUS, Reply
from .endings import Ending, WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..contract.messages import Job, SharedMemory


class WorkerLink(asyncio.Protocol):
    """The link to one worker.

    :param version: name of the version that the worker reads
    :param read_ending: returns why the process with an id ended, once the forkserver has reported it
    :param shared_memory: memory in which the worker writes large reply bodies
    """

    def __init__(
        self,
        version: str,
        read_ending: Callable[[int], Awaitable[Ending]],
        shared_memory: SharedMemory | None = None,
    ) -> None:
        self.version = version
        self.shared_memory = shared_memory
        self._read_ending = read_ending
        self.pid = 0
        self.sandbox_layers: tuple[str, ...] = ()
        self.ending = Ending.UNKNOWN
        self.is_closed = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reply: asyncio.Future[Reply] | None = None
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the channel."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Collect the bytes of a message; when it is complete, resolve the future that waits for it."""
        self._buffer += data
        if len(self._buffer) < LENGTHS.size:
            return
        header_size, body_size = LENGTHS.unpack_from(self._buffer)
        body_start = LENGTHS.size + header_size
        end = body_start + body_size
        if len(self._buffer) < end:
            return
        header = json.loads(self._buffer[LENGTHS.size : body_start])
        body = bytes(self._buffer[body_start:end])
        del self._buffer[:end]
        if header["status"] == READY_STATUS:
            self._receive_greeting(int(header["pid"]), tuple(header["sandbox_layers"]))
        elif self._reply is not None and not self._reply.done():
            if self.shared_memory is not None and "shared_bytes" in header:
                body = self.shared_memory.read(header["shared_bytes"])
            self._reply.set_result(Reply(header["status"], header["media_type"], body, header["is_stale"]))

    def _receive_greeting(self, pid: int, sandbox_layers: tuple[str, ...]) -> None:
        self.pid, self.sandbox_layers = pid, sandbox_layers
        if not self.ready.done():
            self.ready.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        """Make the waiting futures raise that the worker ended."""
        self.is_closed = True
        if self.shared_memory is not None:
            self.shared_memory.close()
        for waiting in (self._reply, self.ready):
            if waiting is not None and not waiting.done():
                waiting.set_exception(WorkerLostError(self.ending))
                waiting.exception()  # marks it as retrieved: perhaps nobody waits any more

    def send(self, job: Job) -> asyncio.Future[Reply]:
        """Send a job to the worker, which must be idle.

        :raises WorkerLostError: when the result is awaited, if the worker ends first
        """
        self._reply = asyncio.get_running_loop().create_future()
        if self._transport is None or self.is_closed:
            self._reply.set_exception(WorkerLostError(self.ending))
        else:
            self._transport.write(job.encoded())
        return self._reply

    def processor_seconds(self) -> float | None:
        """Return the processor time used by the process; ``None`` if the system does not report it."""
        try:
            return time.clock_gettime(~self.pid << 3 | 2)  # the clock id of a process, as Linux encodes it
        except (OSError, AttributeError):
            return None

    async def reported_ending(self) -> Ending:
        """Return why the worker ended if the service did not kill it; waits for its wait status."""
        return await self._read_ending(self.pid)

    def kill(self, ending: Ending) -> None:
        """Kill the process immediately."""
        if not self.is_closed:
            if self.ending is Ending.UNKNOWN:
                self.ending = ending
            if self.pid:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
            self.close()

    def close(self) -> None:
        """Close the channel; the worker ends once it is idle."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()
