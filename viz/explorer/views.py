"""The view with which a page of the explorer opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shared.explorer_views import VIEWS

if TYPE_CHECKING:
    from ...queries.picture.picture import Picture

__all__ = ["VIEWS", "opening_view"]

_COUNTRY, _GRID = VIEWS[:2]
_FEW_PROVINCES = 8  # no more than these have room beside each other in the grid


def opening_view(picture: Picture) -> str:
    """Choose the view that a page opens with: the map for a country, the grid for a few provinces."""
    provinces = {article.province for article in picture.articles if article.province}
    return _COUNTRY if len(provinces) > _FEW_PROVINCES else _GRID
