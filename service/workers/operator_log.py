"""The operator's log: messages about the service itself on standard error."""

from __future__ import annotations

import sys

from ...words import message


def log_line(text: str) -> None:
    """Write one line to the log."""
    print(f"egovkg: {text}", file=sys.stderr, flush=True)


def log_event(event: str, **values: str) -> None:
    """Log an event in English, the language of all logs and tracebacks.

    :param event: key below `log` in the catalogue of this package
    """
    log_line(str(message(__package__, f"log.{event}", **values)))
