"""The files that the explorer's page is made of: its template, its style, its scripts, and vis-network."""

from __future__ import annotations

import base64
import zlib
from functools import lru_cache
from importlib import resources

TEMPLATE = "templates/explorer.html.j2"
STYLE = "static/explorer/explorer.css"
FOLDER = "static/explorer/"
SCRIPTS = (
    "boot.js",
    "data.js",
    "time.js",
    "state.js",
    "filtering.js",
    "fold.js",
    "words.js",
    "shown.js",
    "grid.js",
    "views.js",
    "near.js",
    "force.js",
    "camera.js",
    "graph.js",
    "canvas.js",
    "labels.js",
    "headings.js",
    "bands.js",
    "paint.js",
    "panel.js",
    "evidence.js",
    "search.js",
    "filters.js",
    "table.js",
    "save.js",
    "svg.js",
    "turtle.js",
    "keys.js",
    "start.js",
)
LIBRARY = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_SOURCE_MAP = "//# sourceMappingURL="


@lru_cache(maxsize=64)
def read_file(name: str) -> str:
    """Read a file below this folder, with LF line ends.

    >>> read_file(TEMPLATE).startswith("<!doctype html>")
    True
    """
    text = resources.files(__package__).joinpath(*name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=1)
def library() -> str:
    """Read vis-network from inside the pyvis package, with its licence note, without its source map."""
    text = resources.files("pyvis").joinpath(*LIBRARY).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").partition(_SOURCE_MAP)[0]


@lru_cache(maxsize=1)
def program() -> str:
    """Join the page's own scripts into one, in a scope of its own.

    :raises ValueError: if a script holds a text that would end its HTML element
    """
    body = "\n".join(read_file(FOLDER + name) for name in SCRIPTS)
    script = f'(async function () {{\n"use strict";\n{body}\n}})();\n'
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script of the explorer holds a text that would end its HTML element")
    return script


def deflated(text: str, level: int = 6) -> str:
    """Write a text in a form that is small and cannot end the element it stands in.

    :param level: of zlib; 9 is smallest, and takes three times as long as 6

    >>> zlib.decompress(base64.b64decode(deflated("</script>"))).decode()
    '</script>'
    """
    return base64.b64encode(zlib.compress(text.encode("utf-8"), level)).decode("ascii")


@lru_cache(maxsize=1)
def packed_library() -> str:
    """Deflate vis-network once in a process."""
    return deflated(library(), 9)
