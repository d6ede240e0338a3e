"""The files that the explorer's page is made of: its template, its style, its scripts, and vis-network."""

from __future__ import annotations

import re
from functools import lru_cache

from ...files import packaged_text
from .compression import Squeezed, squeezed

TEMPLATE = "templates/explorer.html.j2"
STYLE = "static/explorer.css"
FOLDER = "static/"
BOOT = ("unlzma.js", "boot.js")
SCRIPTS = (
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
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = "//# sourceMappingURL="
_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_REMARK = re.compile(r"""(?<=[;,{}()])[ ]+//[ ][^"'`]*$""")  # no quote follows: it does not stand in a text


@lru_cache(maxsize=1)
def library() -> str:
    """Read vis-network from inside the pyvis package, with its licence note, without its source map."""
    return packaged_text("pyvis", LIBRARY).partition(_SOURCE_MAP)[0]


@lru_cache(maxsize=1)
def boot() -> str:
    """Join what unpacks the page; it stands in the page as it is.

    :raises ValueError: if a script holds a text that would end its HTML element
    """
    return _joined(BOOT, "async ", "boot")


@lru_cache(maxsize=1)
def program() -> str:
    """Join the page's own scripts into one, in a scope of its own, which a browser reports by name.

    :raises ValueError: if a script holds a text that would end its HTML element
    """
    return _joined(SCRIPTS, "", "program")


def _joined(names: tuple[str, ...], kind: str, said: str) -> str:
    body = "".join(bare(packaged_text(__package__, FOLDER + name)) for name in names)
    script = f'({kind}function () {{\n"use strict";\n{body}}})();\n//# sourceURL=explorer-{said}.js\n'
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script of the explorer holds a text that would end its HTML element")
    return script


def bare(text: str) -> str:
    r"""Leave out blank lines, margins and comments; all else stays as it is, line by line.

    :param text: of a script or a style sheet; none of its texts may run over lines

    >>> bare("/** Tells. */\n  // why\n  tell(); // now\n\n")
    'tell();\n'
    """
    without = _COMMENT.sub("", text)
    lines = (_REMARK.sub("", line.strip()) for line in without.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=1)
def packed_scripts() -> dict[str, Squeezed]:
    """Compress vis-network and the program once in a process."""
    return {"library": squeezed(library()), "program": squeezed(program())}
