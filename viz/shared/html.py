"""The base of all HTML pages: template environment, content security policy, embedded JSON."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ...files import compact_json, packaged_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FILES_POLICY", "content_security_policy", "embedded_json", "source_hash", "template_environment"]

# `file:` stands beside 'self' because some browsers treat each file as an origin of its own; a page that was
# fetched over the network cannot load files, so there it allows nothing.
FILES_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' data: blob: file:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_UNSAFE_IN_SCRIPTS = "<>&\u2028\u2029"  # would end the element, or the line in older browsers


def template_environment(package: str) -> Environment:
    """Make a Jinja environment for the templates of a package.

    The name of a template is its file name in the folder `templates/` of the package, or `PACKAGE:FILE` in
    another package. Each call returns a new environment, to which a page can add globals and filters.

    :param package: full name of the package, usually `__package__`
    :raises FileNotFoundError: if a requested template does not exist

    >>> template_environment("egovkg.viz.site").from_string("{{ text }}").render(text="<b>")
    '&lt;b&gt;'
    """
    return Environment(
        loader=FunctionLoader(partial(_template_source, package)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template_source(package: str, name: str) -> str:
    """Read a template without its indentation, which is for those who read templates, not pages."""
    other_package, _, file_name = name.rpartition(":")
    return _INDENTATION.sub("", packaged_text(other_package or package, f"templates/{file_name}"))


def content_security_policy(style: str, scripts: Sequence[str] = ()) -> str:
    """Return the policy of a self-contained page: only the given texts may apply, nothing is loaded.

    :param style: text of the single `style` element
    :param scripts: texts of the `script` elements; if empty, no script may run

    >>> content_security_policy("p {}").partition("; style-src")[0]
    "default-src 'none'; script-src 'none'"
    """
    script_sources = " ".join(map(source_hash, scripts)) or "'none'"
    rules = (
        "default-src 'none'",
        f"script-src {script_sources}",
        f"style-src {source_hash(style)}",
        "img-src data: blob:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def source_hash(text: str) -> str:
    """Return the hash by which a content security policy allows a script or a style sheet.

    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def embedded_json(content: object) -> Markup:
    r"""Return JSON that is safe inside a `script` element, whatever texts it contains.

    >>> str(embedded_json({"name": "</script>"}))
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = compact_json(content)
    for sign in _UNSAFE_IN_SCRIPTS:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
