"""Run the command line, as `egovkg` or `python -m egovkg`."""

from __future__ import annotations

import os
import signal

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends the process even while the program is being loaded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main as run

    try:
        run()
    except KeyboardInterrupt:  # between two steps that each handle it
        os._exit(130)  # as shells count it; Python's own end may break


if __name__ == "__main__":
    main()
