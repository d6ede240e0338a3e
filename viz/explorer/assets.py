"""The files from which the explorer page is built: template, style sheet, scripts, and vis-network."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ...files import packaged_text
from ..shared.script_modules import join_modules
from ..shared.script_modules import script_text as read_script
from .compression import deflated

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "SITE_SCRIPTS",
    "SITE_STYLE",
    "bare",
    "boot_script",
    "network_script",
    "packed_scripts",
    "program",
    "script_text",
    "site_files",
    "style_sheet",
    "visjs_library",
]

TEMPLATE = "explorer.html.j2"
STYLE = "static/explorer.css"
SCRIPT_FOLDER = "explorer/static"
BOOT = "boot.js"
NETWORK_PAGE = "network_page.js"
OPENING = "opening.js"
SITE_STYLE = "explorer.css"
SITE_SCRIPTS = ("vis-network.js", "explorer.js")  # in the order in which they run
MAIN = "main.js"
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = "//# sourceMappingURL="
_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(
    r"""(?<=[;,{}()])[ ]+//[ ][^"'`]*$"""
)  # no quote follows: it does not stand in a text


def script_text(path: str) -> str:
    """Read one script of the explorer.

    :param path: path from the folder of the scripts, such as `data/times.js`
    """
    return read_script(SCRIPT_FOLDER, path)


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """Read the style sheet, without its comments."""
    return bare(packaged_text(__package__, STYLE))


@lru_cache(maxsize=1)
def visjs_library() -> str:
    """Read vis-network from the pyvis package: with its licence note, without its source map."""
    return packaged_text("pyvis", LIBRARY).partition(_SOURCE_MAP)[0]


@lru_cache(maxsize=1)
def boot_script() -> str:
    """Return the script that unpacks the page; it is embedded uncompressed.

    :raises ValueError: if it contains text that would close its HTML element
    """
    return _joined_script(BOOT, keyword="async ")


@lru_cache(maxsize=1)
def network_script() -> str:
    """Return the script of the page of a plain network; it is embedded uncompressed.

    :raises ValueError: if it contains text that would close its HTML element
    """
    return _joined_script(NETWORK_PAGE, keyword="async ")


@lru_cache(maxsize=1)
def program() -> str:
    """Bundle the modules of the page into one script with its own scope.

    :raises ScriptModuleError: if the modules cannot be joined
    :raises ValueError: if a module contains text that would close its HTML element
    """
    return _joined_script(MAIN)


def site_files() -> Mapping[str, str]:
    """Return style sheet, vis-network and program as files beside the page of a site, by name."""
    opening = bare(join_modules(OPENING, script_text))
    opened = f'(async function () {{\n"use strict";\n{opening}{program()}delete globalThis.carried;\n}})();\n'
    scripts = zip(SITE_SCRIPTS, (visjs_library(), opened), strict=True)
    return {SITE_STYLE: style_sheet(), **dict(scripts)}


def _joined_script(entry: str, keyword: str = "") -> str:
    """Wrap bundled modules in a function; browsers report errors in it under the name of the entry module."""
    body = bare(join_modules(entry, script_text))
    script = f'({keyword}function () {{\n"use strict";\n{body}}})();\n//# sourceURL=explorer-{entry}\n'
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script of the explorer holds a text that would end its HTML element")
    return script


def bare(text: str) -> str:
    r"""Strip blank lines, indentation and comments; all else is kept, line by line.

    :param text: text of a script or a style sheet; it must not contain multi-line strings

    >>> bare("/** Tells. */\n  // why\n  tell(); // now\n\n")
    'tell();\n'
    """
    without_blocks = _BLOCK_COMMENT.sub("", text)
    lines = (_LINE_COMMENT.sub("", line.strip()) for line in without_blocks.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=1)
def packed_scripts() -> Mapping[str, str]:
    """Compress vis-network and the program, cached: id of the HTML element → compressed text."""
    return {"library": deflated(visjs_library()), "program": deflated(program())}
