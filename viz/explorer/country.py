"""The map of tiles: where the tile of each province stands."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["country_tiles"]


@lru_cache(maxsize=1)
def country_tiles() -> Mapping[str, tuple[int, int]]:
    """Read the places of the tiles.

    :returns: CURIE of a province of today → column and line, from 0 at the north-west

    >>> country_tiles()["vn:ca-mau-2025"]
    (0, 11)
    """
    entries = yaml.safe_load(packaged_text(__package__, "country.yaml"))
    return MappingProxyType({curie: (column, line) for curie, (column, line) in entries.items()})
