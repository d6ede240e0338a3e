"""A service beside the program that uses it: for notebooks, tests and measurements."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import EgovError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_URL = re.compile(r"(http://\S+/) — (.+)")


@dataclass(frozen=True)
class Background:
    """A service in a process of its own.

    :param url: its address, ending in `/`
    :param says: version and fences, as it told at its start
    :param pid: of its process
    """

    url: str
    says: str
    pid: int


@contextmanager
def background(home: Path, *options: str) -> Iterator[Background]:
    """Serve a published graph at a free port of this machine, for the length of a block.

    :param home: folder of the published graph
    :param options: further switches of `egovkg serve`
    :raises EgovError: if it does not start, with what it said
    """
    command = [sys.executable, "-m", "egovkg", "serve", "--graph", str(home), "--port", "0", *options]
    with tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield _started(process, log.fileno())
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started(process: subprocess.Popen[bytes], log: int) -> Background:
    from os import pread

    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        said = pread(log, 65_536, 0).decode("utf-8", "replace")
        if (match := _URL.search(said)) is not None:
            return Background(match[1], match[2], process.pid)
        if ended:
            raise EgovError(said.strip() or "the service ended without a word")
        time.sleep(0.02)
    raise EgovError("the service did not start in time")
