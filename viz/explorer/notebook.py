"""The explorer in a notebook: one call shows the page in a frame; its network is a plain pyvis network."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, overload

from ...queries.picture.picture import Picture
from ...words import DEFAULT_LANGUAGE, catalogue, languages
from .. import shared
from ..shared.explorer_views import VIEWS
from .page import render
from .pyvis_network import network
from .supplements import NO_SUPPLEMENTS, Supplements, read_supplements

if TYPE_CHECKING:
    from pyvis.network import Network

    from ...graph.store import Store

__all__ = ["Explorer", "NetworkFrame", "explore"]

# what the template of pyvis loads from the web in every mode, such as Bootstrap; none of it is needed to draw
_FOREIGN = re.compile(r'<link[^>]*href="https?://[^>]*>|<script[^>]*src="https?://[^>]*>\s*</script>')


@dataclass(frozen=True)
class Explorer:
    """A picture that notebooks display as the explorer.

    :param picture: the picture to draw
    :param lang: the initial language
    :param view: the initial view, one of :data:`~egovkg.viz.explorer.views.VIEWS`
    :param height: height of the frame in px
    :param supplements: tours and verdicts that the page holds beside the picture
    """

    picture: Picture
    lang: str = DEFAULT_LANGUAGE
    view: str | None = None
    height: int = 720
    supplements: Supplements = NO_SUPPLEMENTS

    @cached_property
    def network(self) -> Network:
        """The same graph as a pyvis network: change it by calls of pyvis, and :func:`explore` shows it."""
        return network(self.picture, lang=self.lang)

    @cached_property
    def html(self) -> str:
        """The whole page as HTML."""
        return render(self.picture, lang=self.lang, view=self.view, supplements=self.supplements)

    def _repr_html_(self) -> str:
        """Return the frame with the embedded page; its scripts run isolated from the notebook."""
        return _frame(self.html, self.height)


@dataclass(frozen=True)
class NetworkFrame:
    """A pyvis network that notebooks display as its page, offline: also one that pyvis made itself.

    :param network: the network as it is now; what is changed later is displayed as well
    :param height: height of the frame in px
    """

    network: Network
    height: int = 720

    @property
    def html(self) -> str:
        """The whole page as HTML, with the scripts of pyvis in it and nothing to load from the web."""
        network = copy(self.network)
        network.cdn_resources = "in_line"
        return _FOREIGN.sub("", str(network.generate_html()))

    def _repr_html_(self) -> str:
        return _frame(self.html, self.height)


def _frame(html: str, height: int) -> str:
    return (
        f'<iframe title="egovkg" width="100%" height="{height:d}" style="border:0" '
        f'sandbox="allow-scripts allow-downloads" srcdoc="{escape(html)}"></iframe>'
    )


@overload
def explore(
    source: Store | Picture, *, lang: str = ..., view: str | None = ..., height: int = ...
) -> Explorer: ...
@overload
def explore(
    source: Network, *, lang: str = ..., view: str | None = ..., height: int = ...
) -> NetworkFrame: ...
def explore(
    source: Store | Picture | Network,
    *,
    lang: str = DEFAULT_LANGUAGE,
    view: str | None = None,
    height: int = 720,
) -> Explorer | NetworkFrame:
    """Show a graph in a notebook, which displays the return value as the explorer.

    :param source: an open graph, a picture of it, or the pyvis network of an explorer, changed by calls of
        pyvis; a network is displayed as it is, without the views of the explorer
    :param height: height of the frame in px
    :raises TypeError: if the source is none of these
    :raises ValueError: for an unknown view or language

    >>> from egovkg.graph.store import OxigraphStore
    >>> shown = explore(OxigraphStore.in_memory())
    >>> "srcdoc=" in shown._repr_html_()
    True
    >>> shown.network.add_node("a", label="A", color="#b3261e")
    >>> explore(shown.network).network.get_node("a")["color"]
    '#b3261e'
    """
    _check(source, lang, view)
    if hasattr(source, "generate_html"):
        return NetworkFrame(source, height)
    if isinstance(source, Picture):
        return Explorer(source, lang, view, height)
    picture, supplements, _ = read_supplements(source)
    return Explorer(picture, lang, view, height, supplements)


def _check(source: object, lang: str, view: str | None) -> None:
    """Reject what no page can be made of, in the language of the page where that is a known one."""
    words = catalogue(shared.__name__, lang if lang in languages() else DEFAULT_LANGUAGE)
    if lang not in languages():
        raise ValueError(words("explore.language", lang=lang, languages=", ".join(languages())))
    if view is not None and view not in VIEWS:
        raise ValueError(words("explore.view", view=view, views=", ".join(VIEWS)))
    if not (isinstance(source, Picture) or hasattr(source, "generate_html") or hasattr(source, "select")):
        raise TypeError(words("explore.source", kind=type(source).__name__))
