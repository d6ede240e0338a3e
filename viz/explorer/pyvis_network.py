"""A picture as a plain pyvis network: positions are computed, every call of pyvis works, its page is offline.

The network keeps the options of pyvis, so that each of its setters can be called. Its `generate_html`,
`write_html` and `show` write a page of our own template: it takes vis-network from the pyvis package, loads
nothing from elsewhere, and contains ASCII letters only, so that it can be written in every locale.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import packaged_text
from ...words import DEFAULT_LANGUAGE, catalogue
from ..shared.html import content_security_policy, template_environment
from .assets import bare, network_script, packed_scripts, visjs_library
from .compression import deflated
from .entity_records import edge_records, node_records
from .layout import arrange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from pyvis.network import Network

    from ...queries.picture.picture import Picture
    from .columnar import Record

__all__ = ["filled_network", "network"]

TEMPLATE = "network.html.j2"
_STYLE = "static/network.css"
_HEIGHT = "720px"


def network(picture: Picture, *, lang: str = DEFAULT_LANGUAGE) -> Network:
    """Return a picture as a pyvis network with computed positions.

    All calls of pyvis can be used on it, and `generate_html()` renders what they changed.

    :param lang: the language of the page around the drawing
    """
    net = filled_network(node_records(picture, arrange(picture)), edge_records(picture), _HEIGHT)
    net.options.physics.enabled = False
    net.options.edges.smooth.enabled = False
    net.options.edges.arrows = {"to": {"enabled": True, "scaleFactor": 0.5}}
    net.options.interaction.hover = True
    net.templateEnv = _environment(lang)
    net.path = TEMPLATE
    net.template = net.templateEnv.get_template(TEMPLATE)
    return net


def filled_network(nodes: Sequence[Record], edges: Sequence[Record], height: str) -> Network:
    """Return a pyvis network with nodes and edges, and the options of pyvis.

    Lists are assigned at once, because each call of `add_edge` searches all nodes. pyvis is imported here
    because it loads IPython.
    """
    from pyvis.network import Network

    net = Network(directed=True, height=height, cdn_resources="in_line")
    net.nodes = list(nodes)
    net.node_ids = [node["id"] for node in nodes]
    net.node_map = {node["id"]: node for node in nodes}
    net.edges = list(edges)
    return net


def _environment(lang: str) -> Environment:
    environment = template_environment(__package__)
    words = {key: _ascii(value) for key, value in catalogue(__package__, lang).items()}
    environment.globals.update(
        lang=lang,
        words=words,
        style=Markup(_style()),
        policy=content_security_policy(_style(), (network_script(), visjs_library())),
        library=packed_scripts()["library"],
        boot=Markup(network_script()),
        packed_network=_packed_network,
    )
    return environment


def _ascii(text: str) -> Markup:
    """Escape a text for HTML, other letters than those of ASCII as references."""
    return Markup(str(Markup.escape(text)).encode("ascii", "xmlcharrefreplace").decode("ascii"))


@lru_cache(maxsize=1)
def _style() -> str:
    return bare(packaged_text(__package__, _STYLE))


def _packed_network(
    nodes: Sequence[Record], edges: Sequence[Record], options: str, frame: Sequence[object]
) -> str:
    """Return all that the network holds as one compressed text."""
    parts = {"nodes": nodes, "edges": edges, "options": json.loads(options), "frame": list(map(str, frame))}
    return deflated(json.dumps(parts, ensure_ascii=False))
