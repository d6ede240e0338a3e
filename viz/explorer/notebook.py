"""The explorer in a notebook: one call shows the page in a frame; its network is a plain pyvis network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from ...queries.picture.picture import Picture, picture
from ...words import DEFAULT_LANGUAGE
from .page import network, render

if TYPE_CHECKING:
    from pyvis.network import Network

    from ...graph.store import Store

__all__ = ["Explorer", "explore"]


@dataclass(frozen=True)
class Explorer:
    """A picture that notebooks display as the explorer.

    :param picture: the picture to draw
    :param lang: the initial language
    :param view: the initial view, one of :data:`~egovkg.viz.explorer.views.VIEWS`
    :param height: height of the frame in px
    """

    picture: Picture
    lang: str = DEFAULT_LANGUAGE
    view: str | None = None
    height: int = 720

    @cached_property
    def network(self) -> Network:
        """The same graph as a pyvis network, for further processing."""
        return network(self.picture)

    @cached_property
    def html(self) -> str:
        """The whole page as HTML."""
        return render(self.picture, lang=self.lang, view=self.view)

    def _repr_html_(self) -> str:
        """Return the frame with the embedded page; its scripts run isolated from the notebook."""
        return (
            f'<iframe title="egovkg" width="100%" height="{self.height:d}" style="border:0" '
            f'sandbox="allow-scripts allow-downloads" srcdoc="{escape(self.html)}"></iframe>'
        )


def explore(
    source: Store | Picture, *, lang: str = DEFAULT_LANGUAGE, view: str | None = None, height: int = 720
) -> Explorer:
    """Show a graph in a notebook, which displays the return value as the explorer.

    :param source: an open graph, or a picture of it
    :param height: height of the frame in px

    >>> from egovkg.graph.store import OxigraphStore
    >>> "srcdoc=" in explore(OxigraphStore.in_memory())._repr_html_()
    True
    """
    drawn_picture = source if isinstance(source, Picture) else picture(source)
    return Explorer(drawn_picture, lang, view, height)
