"""The explorer inside the site; the page itself is made in `explorer.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .explorer import render
from .site_page import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .site_page import Site


def pages(site: Site) -> Iterator[File]:
    """Write the explorer; one file serves both languages."""
    yield File("explorer.html", render(site.known.picture, home="index.html").encode("utf-8"))
