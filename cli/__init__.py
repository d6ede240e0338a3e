"""The command line: a verb is one call of the library."""

from __future__ import annotations

from .basic import main

__all__ = ["main"]
