"""Run the command line, as `egovkg` or `python -m egovkg`."""

from __future__ import annotations

import signal

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends the process even while the program is being loaded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
