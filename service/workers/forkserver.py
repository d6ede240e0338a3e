"""The forkserver: a process that has loaded the program, entered the sandbox, and forks workers.

The service starts it as `python -m egovkg.service.workers.forkserver`, with a socket as its standard input.
Each order for a worker is one line of JSON and one end of a socket pair; the forkserver reports each worker
that has ended. An empty order asks for a standby: a copy of the forkserver, with a channel of its own.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ...errors import StoreError
from ..contract.messages import OUT_OF_MEMORY_EXIT
from ..contract.settings import Limits
from .operator_log import log_event
from .sandbox import die_with_parent, isolate_network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ORDER_BYTES = 65_536  # of the longest order


class Forkserver:
    """Forks workers and reaps those that have ended.

    :param control: the channel to the service
    :param layers: the active layers of the sandbox
    """

    def __init__(
        self, control: socket.socket, limits: Limits, is_sandboxed: bool, layers: Sequence[str]
    ) -> None:
        self.control, self.limits = control, limits
        self.is_sandboxed, self.layers = is_sandboxed, layers
        self.children: set[int] = set()
        self.wake, self.waker = os.pipe()
        for end in (self.wake, self.waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> Forkserver | None:
        """Process orders until the service closes the channel; then end every worker.

        :returns: in a process that was forked as a standby, the forkserver that it is; else ``None``
        """
        self._report({"sandbox_layers": list(self.layers), "pid": os.getpid()})
        while (received := self._next_order()) is not None:
            if (standby := self._carry_out(*received)) is not None:
                return standby
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)
        for pid in self.children:
            os.waitpid(pid, 0)
        return None

    def _next_order(self) -> tuple[Mapping[str, object], Sequence[int]] | None:
        """Wait for an order and its descriptors; ``None`` when the service has closed the channel."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.wake, selectors.EVENT_READ)
            while self.control not in (ready := [key.fileobj for key, _ in selector.select()]):
                self._reap()
        if self.wake in ready:
            self._reap()
        data, descriptors, *_ = socket.recv_fds(self.control, ORDER_BYTES, 2)
        return (json.loads(data), descriptors) if data else None

    def _carry_out(self, order: Mapping[str, object], descriptors: Sequence[int]) -> Forkserver | None:
        """Fork a worker, or a standby if the order names no folder."""
        channel_descriptor, *memory_descriptors = descriptors
        own_pid = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._leave_parent()
            channel = socket.socket(fileno=channel_descriptor)
            if order:
                die_with_parent()
                if os.getppid() != own_pid:  # it ended before it was watched
                    os._exit(1)
                self._become_worker(channel, order, memory_descriptors)
            os.setsid()
            return Forkserver(channel, self.limits, self.is_sandboxed, self.layers)
        self.children.add(pid)
        for descriptor in descriptors:
            os.close(descriptor)
        return None

    def _leave_parent(self) -> None:
        """Close what belongs to the process that forked this one, and undo its signal handlers."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.control.close()
        for end in (self.wake, self.waker):
            os.close(end)

    def _become_worker(
        self, channel: socket.socket, order: Mapping[str, object], memory_descriptors: Sequence[int]
    ) -> NoReturn:
        from ..contract.messages import SharedMemory
        from .worker import Assignment, run

        try:
            shared_memory = None
            for descriptor in memory_descriptors:
                shared_memory = SharedMemory(descriptor, self.limits.answer_bytes)
                os.close(descriptor)
            folder = Path(str(order["folder"]))
            assignment = Assignment(folder, self.limits, bool(order["pages"]), self.is_sandboxed)
            run(channel, assignment, shared_memory)
        except MemoryError:
            os._exit(OUT_OF_MEMORY_EXIT)
        except StoreError:
            os._exit(1)  # the service compares the files itself, and logs what it finds once
        except BaseException as error:  # the service learns of it by the end of the channel
            log_event("worker-fault", fault=repr(error))
        os._exit(1)

    def _reap(self) -> None:
        """Collect and report the wait status of every worker that has ended."""
        with suppress(BlockingIOError):
            while os.read(self.wake, 4096):
                pass
        for pid in [*self.children]:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.children.discard(pid)
                self._report({"ended": pid, "status": status})

    def _report(self, content: Mapping[str, object]) -> None:
        with suppress(OSError):  # the service is gone; the next read shows it
            self.control.sendall(json.dumps(content).encode() + b"\n")


def main() -> None:
    """Load the modules that workers need, then process the orders of the service."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from ...ontology.vocabulary import load_vocabulary
    from ...queries.questions.named import questions
    from . import worker  # noqa: F401  loaded once here instead of in every worker

    import_module("scipy.sparse.csgraph")  # what the first answer about dependencies loads

    questions()
    load_vocabulary()
    with socket.socket(fileno=os.dup(0)) as control:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)  # no worker may hold the socket: its end shows the service that this process is gone
        gc.collect()
        gc.freeze()  # pages of memory stay shared after a fork
        options = json.loads(sys.argv[1])
        layers = isolate_network() if options["sandboxed"] else ()
        limits = Limits(**options["limits"])
        forkserver: Forkserver | None = Forkserver(control, limits, options["sandboxed"], layers)
        while forkserver is not None:
            forkserver = forkserver.run()


if __name__ == "__main__":
    main()
