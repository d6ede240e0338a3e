"""The operator's log: lines on standard error about the service itself."""

from __future__ import annotations

import sys

from ...words import message


def log_line(text: str) -> None:
    """Write one line to the log."""
    print(f"egovkg: {text}", file=sys.stderr, flush=True)


def log_event(event: str, **values: str) -> None:
    """Write a line about an event; in English, as every log and traceback.

    :param event: key below `log` in the words of this package
    """
    log_line(str(message(__package__, f"log.{event}", **values)))
