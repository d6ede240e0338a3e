"""Where workers come from: a process that has loaded the program, stands behind the fences, and forks.

Started by the service as `python -m egovkg.service.workers.forkserver`, with a socket as its standard
input. It takes one line of JSON and one end of a socket pair for each worker wanted, and tells of each
worker that ended.
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
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ..contract.messages import OUT_OF_MEMORY
from ..contract.settings import Limits
from .sandbox import die_with_parent, fence_network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = 65_536


class Nursery:
    """Forks workers, and buries them."""

    def __init__(self, control: socket.socket, options: Mapping[str, Any]) -> None:
        self.control = control
        self.fenced = bool(options["fenced"])
        self.limits = Limits(**options["limits"])
        self.children: set[int] = set()
        self.wake, waker = socket.socketpair()
        for one in (self.wake, waker):
            one.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        self.waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        """Work until the service is gone; then no worker is left either."""
        fences = fence_network() if self.fenced else ()
        self._tell({"fences": list(fences)})
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.wake, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self.wake in ready:
                    self._bury()
                if self.control in ready and not self._take():
                    break
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)
        for pid in self.children:
            os.waitpid(pid, 0)

    def _take(self) -> bool:
        """Take one order; tell whether the service is still there."""
        data, descriptors, *_ = socket.recv_fds(self.control, LONGEST, 2)
        if not data:
            return False
        order = json.loads(data)
        first, *shared = descriptors
        with socket.socket(fileno=first) as channel:
            pid = os.fork()
            if pid == 0:
                self._become(channel, order, shared)
            self.children.add(pid)
        for one in shared:
            os.close(one)
        return True

    def _become(self, channel: socket.socket, order: Mapping[str, object], shared: Sequence[int]) -> NoReturn:
        from ..contract.messages import Window
        from .worker import run

        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in (self.control, self.wake, self.waker):
            one.close()
        try:
            folder = Path(str(order["folder"]))
            window = None
            for descriptor in shared:
                window = Window(descriptor, self.limits.answer_bytes)
                os.close(descriptor)
            run(channel, folder, self.limits, pages=bool(order["pages"]), fenced=self.fenced, window=window)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BaseException as error:  # the service is told by the end of the channel
            os.write(2, f"egovkg: a worker could not go on: {error!r}\n".encode())
        os._exit(1)

    def _bury(self) -> None:
        try:
            while self.wake.recv(4096):
                pass
        except BlockingIOError:
            pass
        for pid in [*self.children]:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.children.discard(pid)
                self._tell({"ended": pid, "status": status})

    def _tell(self, what: Mapping[str, object]) -> None:
        with suppress(OSError):  # the service is gone, which the next reading shows
            self.control.sendall(json.dumps(what).encode() + b"\n")


def main() -> None:
    """Load what workers need, then wait for orders."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from ...ontology.vocabulary import load_vocabulary
    from ...queries.questions.named import questions
    from . import worker  # noqa: F401  loaded once here instead of in every worker

    questions()
    load_vocabulary()
    with socket.socket(fileno=os.dup(0)) as control:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)  # no worker may hold the socket: its end tells that this process is gone
        gc.collect()
        gc.freeze()  # pages of memory stay shared after a fork
        Nursery(control, json.loads(sys.argv[1])).run()


if __name__ == "__main__":
    main()
