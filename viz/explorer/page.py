"""The explorer: a picture as one HTML page that works from a file, offline, in Vietnamese and English.

`network` is an ordinary `pyvis.network.Network`: nodes, edges and options live in it, and whoever works in a
notebook goes on with plain pyvis calls. What makes pyvis slow and unsafe is replaced from outside: places are
computed (no simulation, which makes the first draw some 37 times faster), and the page is a template of ours
with escaping on, which takes vis-network from inside the pyvis package and allows nothing from elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ...files import packaged_text
from .assets import STYLE, TEMPLATE, bare, boot, library, packed_scripts, program
from .compression import squeezed
from .families import page_words
from .layout import arrange
from .page_data import columns, edge_records, node_records, page_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyvis.network import Network

    from ...queries.picture.picture import Picture
    from .columnar import Record
    from .compression import Squeezed

OPTIONS: Record = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "keyboard": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}


def network(picture: Picture) -> Network:
    """Fill a pyvis network with a picture at computed places; pyvis is imported here, as it costs IPython.

    Lists are assigned, not added one by one: `add_edge` looks all nodes through.
    """
    return _network(picture, node_records(picture, arrange(picture)))


def _network(picture: Picture, nodes: Sequence[Record]) -> Network:
    from pyvis.network import Network

    net = Network(directed=True, height="100%", cdn_resources="in_line")
    net.nodes = list(nodes)
    net.node_ids = [node["id"] for node in nodes]
    net.node_map = {node["id"]: node for node in nodes}
    net.edges = edge_records(picture)
    net.options = json.loads(json.dumps(OPTIONS))
    return net


VIEWS = ("grid", "deps", "time", "near", "force")


def render(picture: Picture, *, lang: str = "vi", view: str = "grid", home: str = "", twins: str = "") -> str:
    """Write the page: the same picture gives the same text.

    :param lang: the language it opens in, `vi` or `en`; the reader can switch
    :param view: what it opens with: one of :data:`VIEWS`; the reader can switch
    :param home: the first page of the site around it, to which it leads back, as to the pages of entities and
        articles; empty for a page that stands alone
    :param twins: address, without its ending, of the JSON and CSV with all relations beside the page
    """
    layout = arrange(picture)
    net = _network(picture, node_records(picture, layout))
    page = {**page_record(picture, layout, lang), "view": view, "home": home}
    net.templateEnv = _environment(page, lang, home, twins)
    net.path = TEMPLATE
    html: str = net.generate_html()
    return html


def write(picture: Picture, path: Path, *, lang: str = "vi", view: str = "grid") -> None:
    """Write the page to a file, as UTF-8 whatever the locale, wholly or not at all.

    :raises OSError: if the file cannot be written
    """
    data = render(picture, lang=lang, view=view).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _environment(page: Record, lang: str, home: str, twins: str) -> Environment:
    environment = Environment(
        loader=FunctionLoader(partial(packaged_text, __package__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style = bare(packaged_text(__package__, STYLE))
    environment.globals.update(
        lang=lang,
        words=page_words()[lang],
        style=Markup(style),
        boot=Markup(boot()),
        scripts=packed_scripts(),
        policy=policy(style, (boot(), library(), program())),
        page=page,
        home=home,
        twins=twins,
    )
    environment.filters["block"] = _block
    return environment


def policy(style: str, scripts: Sequence[str]) -> str:
    """Write the content security policy: these texts may run, nothing may be fetched.

    >>> "connect-src 'none'" in policy("", ["x"])
    True
    """
    sources = " ".join(_hash(script) for script in scripts)
    rules = (
        "default-src 'none'",
        f"script-src {sources}",
        f"style-src {_hash(style)}",
        "img-src data: blob:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _block(page: Record, nodes: Sequence[Record], edges: Sequence[Record], options: str) -> Squeezed:
    """Write all data as one text."""
    data = {**page, **columns(nodes, edges), "options": json.loads(options)}
    return squeezed(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
