"""Waiting on a page whose policy lets no text be evaluated as a script, as `wait_for_function` would."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECONDS = 10.0


def until(page: Page, said: str) -> None:
    """Wait until an expression is true on the page.

    :raises AssertionError: if it stays false
    """
    end = time.monotonic() + SECONDS
    while not page.evaluate(said):
        assert time.monotonic() < end, f"never true: {said}"
        page.wait_for_timeout(20)
