"""A drawing as one HTML page that works offline: built on pyvis, at computed positions.

The page has its own template with escaping and a strict content security policy; vis-network is taken from
the pyvis package. Each arrow has the number of the table row that quotes its sentences.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import packaged_text, write_atomically
from ...words import catalogue
from ..explorer.assets import visjs_library
from ..shared.html import content_security_policy, embedded_json, template_environment
from .page_data import (
    VIS_OPTIONS,
    edge_record,
    frame_size,
    legend_entries,
    node_record,
    page_texts,
    table_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment
    from pyvis.network import Network

    from ..explorer.columnar import Record
    from .boxes import Drawing

__all__ = ["network", "page_script", "render", "write"]

_TEMPLATE = "dependencies.html.j2"
_STYLE = "static/page.css"
_SCRIPT = "static/page.js"


def network(drawing: Drawing) -> Network:
    """Return a drawing as a pyvis network; in a notebook, all pyvis calls work on it."""
    from pyvis.network import Network  # imported here: it loads IPython

    net = Network(directed=True, height="100%", cdn_resources="in_line")
    net.nodes = [node_record(box, drawing) for box in drawing.boxes]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = [edge_record(arrow, drawing) for arrow in drawing.arrows]
    net.options = json.loads(json.dumps(VIS_OPTIONS))
    return net


def render(drawing: Drawing) -> str:
    """Return the page as HTML; equal drawings give equal text."""
    net = network(drawing)
    net.templateEnv = _environment(drawing)
    net.path = _TEMPLATE
    html: str = net.generate_html()
    return html


def write(drawing: Drawing, path: Path) -> None:
    """Write the page to a file in UTF-8; the file is replaced atomically.

    :raises WriteError: KG099 if the file cannot be written
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, render(drawing).encode("utf-8"), str(path))


def _environment(drawing: Drawing) -> Environment:
    """Build the Jinja environment of one page; pyvis passes only nodes, edges and options to the template."""
    environment = template_environment(__package__)
    style, scripts = packaged_text(__package__, _STYLE), (visjs_library(), page_script())
    environment.globals.update(
        lang=drawing.lang,
        words=catalogue(__package__, drawing.lang),
        style=Markup(style),
        scripts=list(map(Markup, scripts)),
        policy=content_security_policy(style, scripts),
        page=page_texts(drawing),
        legend=legend_entries(drawing),
        rows=table_rows(drawing),
        frame=frame_size(drawing),
    )
    environment.filters["block"] = _data_block
    return environment


def page_script() -> str:
    """Return the script of the page, wrapped in a function scope."""
    return f'(function () {{\n"use strict";\n{packaged_text(__package__, _SCRIPT)}\n}})();\n'


def _data_block(frame: Record, nodes: Sequence[Record], edges: Sequence[Record], options: str) -> Markup:
    """Return the data of the page as text for its script."""
    return embedded_json(
        {"nodes": list(nodes), "edges": list(edges), "options": json.loads(options), **frame}
    )
