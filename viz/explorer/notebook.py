"""The explorer in a notebook: one call shows the page in a frame, and its network stays plain pyvis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from ...queries.picture.picture import Picture, picture
from .page import network, render

if TYPE_CHECKING:
    from pyvis.network import Network

    from ...graph.store import Store


@dataclass(frozen=True)
class Explorer:
    """A picture that a notebook shows as the explorer.

    :param picture: what is drawn
    :param lang: the language it opens in, `vi` or `en`
    :param view: what it opens with: `grid`, `deps`, `time`, `near` or `force`
    :param height: of the frame, in px
    """

    picture: Picture
    lang: str = "vi"
    view: str = "grid"
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
        """Write the frame: the page stands in it as text, scripts run apart from the notebook."""
        return (
            f'<iframe title="egovkg" width="100%" height="{self.height:d}" style="border:0" '
            f'sandbox="allow-scripts allow-downloads" srcdoc="{escape(self.html)}"></iframe>'
        )


def explore(source: Store | Picture, *, lang: str = "vi", view: str = "grid", height: int = 720) -> Explorer:
    """Show a graph in a notebook: the value of this call is displayed as the explorer.

    :param source: an open graph, or a picture of one

    >>> from egovkg.graph.store import OxigraphStore
    >>> "srcdoc=" in explore(OxigraphStore.in_memory())._repr_html_()
    True
    """
    drawn = source if isinstance(source, Picture) else picture(source)
    return Explorer(drawn, lang, view, height)
