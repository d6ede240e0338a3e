"""What drawings, tables and pages share: output formats, the base of HTML pages, short names, scripts."""

from __future__ import annotations

__all__ = []
