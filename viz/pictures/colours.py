"""The colours of a style sheet, so that a picture has the same colours as its page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ...files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["light_colours"]

_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})")


@lru_cache
def light_colours(package: str, name: str) -> Mapping[str, str]:
    """Read the colours that a style sheet defines for a light background.

    :param package: full name of the package that contains the style sheet

    >>> light_colours("egovkg.viz.gaps", "static/page.css")["ground"]
    '#ffffff'
    """
    return dict(_COLOUR.findall(packaged_text(package, name).partition("}")[0]))
