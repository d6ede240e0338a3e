"""A service in a separate process, for notebooks, tests and measurements."""

from __future__ import annotations

import os
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
from ..words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_POLL_SECONDS = 0.02
_LOG_BYTES = 65_536
_FIRST_LINE = re.compile(r"(http://\S+/) — (.+)")


@dataclass(frozen=True)
class BackgroundService:
    """A service that runs in a separate process.

    :param url: its address, ending in `/`
    :param summary: version and sandbox, as reported at the start
    :param pid: id of the process
    """

    url: str
    summary: str
    pid: int


@contextmanager
def background(home: Path, *options: str) -> Iterator[BackgroundService]:
    """Serve a published graph on a free port of this machine while a `with` block runs.

    :param home: folder of the published graph
    :param options: command-line options of the verb `serve`
    :raises EgovError: if the service does not start; its text is the output of the process
    """
    command = [sys.executable, "-m", "egovkg", "serve", *options]
    environment = {**os.environ, "EGOVKG_HOME": str(home), "EGOVKG_PORT": "0"}
    with tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, env=environment
        )
        try:
            yield _wait_for_start(process, log.fileno())
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for_start(process: subprocess.Popen[bytes], log: int) -> BackgroundService:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        has_ended = process.poll() is not None
        output = os.pread(log, _LOG_BYTES, 0).decode("utf-8", "replace")
        if (match := _FIRST_LINE.search(output)) is not None:
            return BackgroundService(match[1], match[2], process.pid)
        if has_ended:
            raise EgovError(output.strip() or message(__package__, "background.ended"))
        time.sleep(_POLL_SECONDS)
    raise EgovError(message(__package__, "background.timeout"))
