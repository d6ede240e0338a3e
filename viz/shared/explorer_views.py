"""The names of the views of the explorer: ways to draw the same graph."""

from __future__ import annotations

__all__ = ["VIEWS"]

# The order of the buttons and of the keys 1 to 6. The scripts build each view in `static/layout/` of the
# explorer; its words are `view.NAME` and `drawing.NAME`.
VIEWS = ("country", "grid", "deps", "time", "near", "force")
