"""The reasons why worker processes end: killed by the service, or for another cause."""

from __future__ import annotations

import os
import signal
from enum import Enum, auto
from typing import TYPE_CHECKING

from ..contract.messages import OUT_OF_MEMORY_EXIT

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ending(Enum):
    """The reason why a worker ended."""

    UNKNOWN = auto()  # the service does not know yet
    # the service killed it:
    TIME = auto()  # the query ran out of time; also a processor-time limit of the system
    SLOW = auto()  # the query goes on in the queue of slow queries
    SHARE = auto()  # its slot went to a client that holds fewer
    TURN = auto()  # its slot went to a client that waited for a turn
    CLIENT = auto()  # the client left
    START = auto()  # it did not start in time
    REPLACED = auto()  # another worker serves the newer version
    STALE = auto()  # the version that it reads was removed
    STOP = auto()  # the service ends
    # it ended by itself:
    OUTSIDE = auto()  # a signal that the service did not send
    MEMORY = auto()  # it ran out of memory or stack
    CRASHED = auto()  # a fault of the program


_ENDINGS_BY_SIGNAL: Mapping[int, Ending] = {
    signal.SIGABRT: Ending.MEMORY,  # the engine aborts when it gets no more memory,
    signal.SIGSEGV: Ending.MEMORY,  # or gets one of these when its stack is full
    signal.SIGBUS: Ending.MEMORY,
    signal.SIGILL: Ending.MEMORY,
    signal.SIGXCPU: Ending.TIME,
}


def ending_of_status(status: int) -> Ending:
    """Derive from a wait status why a process ended that the service did not kill.

    >>> ending_of_status(signal.SIGKILL).name, ending_of_status(signal.SIGABRT).name
    ('OUTSIDE', 'MEMORY')
    >>> ending_of_status(1 << 8).name
    'CRASHED'
    """
    if os.WIFSIGNALED(status):
        return _ENDINGS_BY_SIGNAL.get(os.WTERMSIG(status), Ending.OUTSIDE)
    return Ending.MEMORY if os.WEXITSTATUS(status) == OUT_OF_MEMORY_EXIT else Ending.CRASHED


class WorkerLostError(Exception):
    """A worker ended before it had answered its job.

    :param ending: the reason; ``Ending.UNKNOWN`` until the forkserver reports the status of the process
    """

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.name)
        self.ending = ending


# Why no worker can be had at the moment.
WORKER_UNAVAILABLE = (WorkerLostError, OSError, TimeoutError)
