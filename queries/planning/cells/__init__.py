"""The cells (province × component): the framework, the statements for each cell, the rules of its verdict."""

from __future__ import annotations

__all__ = []
