"""Ctrl-C: a verb is unwound in order, or ended by force if it cannot be."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

STATUS = 130  # of a process that ended at an interruption, as shells count it
GRACE = 0.5  # seconds for what a verb has begun to write


@contextmanager
def interruptible(farewell: str) -> Iterator[None]:
    """Make Ctrl-C end the process within :data:`GRACE` seconds, even inside a call that Python cannot leave.

    It has no effect outside the main thread, where signals do not arrive, and on non-POSIX systems.

    :param farewell: message printed when the process is ended by force
    """
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        yield
        return
    arrivals, signals = os.pipe()
    os.set_blocking(signals, False)
    interruption = threading.Event()
    threading.Thread(target=_watch, args=(arrivals, farewell), daemon=True).start()
    earlier_signals = signal.set_wakeup_fd(signals, warn_on_full_buffer=False)
    earlier_handler = signal.signal(signal.SIGINT, _raising(interruption))
    try:
        yield
    except SystemExit:
        if interruption.is_set():  # reported already; Python's own end may break
            _end("")
        raise
    except Exception:
        if interruption.is_set():  # a class that is being defined wraps it in another error
            _end(farewell)
        raise
    finally:
        signal.set_wakeup_fd(earlier_signals)
        signal.signal(signal.SIGINT, earlier_handler)
        os.close(signals)  # ends the watch


def _raising(interruption: threading.Event) -> Callable[[int, FrameType | None], None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        interruption.set()
        threading.excepthook = _pass_over  # threads of a pool break when the workers they wait for end
        raise KeyboardInterrupt

    return interrupt


def _pass_over(error: threading.ExceptHookArgs) -> None:
    """Print nothing about a thread that ends because the verb was interrupted."""


def _watch(arrivals: int, farewell: str) -> None:
    """Wait for the signal, then for the verb to end; end the process if it does not."""
    with os.fdopen(arrivals, "rb", buffering=0) as pipe:
        while number := pipe.read(1):
            if number[0] == signal.SIGINT:
                threading.Event().wait(GRACE)
                _end(farewell)


def _end(farewell: str) -> None:
    for worker in multiprocessing.active_children():
        worker.kill()
    sys.stderr.flush()
    if farewell:
        os.write(2, f"{farewell}\n".encode())
    os._exit(STATUS)
