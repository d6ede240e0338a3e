"""The views of the explorer: ways to draw the same graph."""

from __future__ import annotations

__all__ = ["DEFAULT_VIEW", "VIEWS"]

# The order of the buttons and of the keys 1 to 5. The scripts build each view in `static/layout/`; its
# words are `view.NAME` and `drawing.NAME`.
VIEWS = ("grid", "deps", "time", "near", "force")
DEFAULT_VIEW = VIEWS[0]
