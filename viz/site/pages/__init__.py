"""The pages of the site: one module per section, each with a function `pages` that makes them."""

from __future__ import annotations

__all__ = ()
