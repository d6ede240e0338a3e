"""The operator's log: messages about the service itself on standard error."""

from __future__ import annotations

import sys
from contextlib import suppress

from ...words import message


def log_line(text: str) -> None:
    """Write one line to the log; it is lost if the disk is full or the reader of a pipe has gone."""
    write_line(f"egovkg: {text}")


def write_line(line: str) -> None:
    """Write a line as it is; a log that takes no more ends neither the service nor an answer."""
    with suppress(OSError, ValueError):  # `ValueError`: standard error was closed
        print(line, file=sys.stderr, flush=True)


def log_event(event: str, **values: str) -> None:
    """Log an event in English, the language of all logs and tracebacks.

    :param event: key below `log` in the catalogue of this package
    """
    log_line(str(message(__package__, f"log.{event}", **values)))
