"""The command line `egovkg`: each verb is one call of the library."""

from __future__ import annotations

from .app import main

__all__ = ["main"]
