"""Drawings of the graph: the explorer, one page that works from a file, offline.

    from egovkg.graph.publish import open_published
    from egovkg.queries.picture import picture
    from egovkg.viz import network, write

    drawn = picture(open_published(Path(".egovkg")))
    write(drawn, Path("explorer.html"))
    network(drawn)  # a pyvis Network, to go on with
"""

from __future__ import annotations

from .explorer import network, render, write

__all__ = ["network", "render", "write"]
