"""The explorer in a notebook: one call shows the page in a frame, and its network stays plain pyvis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from ...queries.picture.picture import Picture, picture
from ...words import DEFAULT_LANGUAGE
from .page import network, render
from .views import DEFAULT_VIEW

if TYPE_CHECKING:
    from pyvis.network import Network

    from ...graph.store import Store

__all__ = ["Explorer", "explore"]


@dataclass(frozen=True)
class Explorer:
    """A picture that a notebook shows as the explorer.

    :param picture: what is drawn
    :param lang: the language it opens in
    :param view: what it opens with, one of :data:`~egovkg.viz.explorer.views.VIEWS`
    :param height: of the frame, in px
    """

    picture: Picture
    lang: str = DEFAULT_LANGUAGE
    view: str = DEFAULT_VIEW
    height: int = 720

    @cached_property
    def network(self) -> Network:
        """The same graph as a pyvis network, to go on with."""
        return network(self.picture)

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return render(self.picture, lang=self.lang, view=self.view)

    def _repr_html_(self) -> str:
        """Write the frame: the page stands in it as text, and its scripts run apart from the notebook."""
        return (
            f'<iframe title="egovkg" width="100%" height="{self.height:d}" style="border:0" '
            f'sandbox="allow-scripts allow-downloads" srcdoc="{escape(self.html)}"></iframe>'
        )


def explore(
    source: Store | Picture, *, lang: str = DEFAULT_LANGUAGE, view: str = DEFAULT_VIEW, height: int = 720
) -> Explorer:
    """Show a graph in a notebook: the value of this call is displayed as the explorer.

    :param source: an open graph, or a picture of one
    :param height: of the frame, in px

    >>> from egovkg.graph.store import OxigraphStore
    >>> "srcdoc=" in explore(OxigraphStore.in_memory())._repr_html_()
    True
    """
    drawn_picture = source if isinstance(source, Picture) else picture(source)
    return Explorer(drawn_picture, lang, view, height)
