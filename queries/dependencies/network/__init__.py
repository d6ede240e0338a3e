"""The dependency network of a store: its systems, its edges, the claims behind them."""

from __future__ import annotations

__all__ = []
