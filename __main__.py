"""Run the command line as `python -m egovkg`."""

from .cli import main

main()
