"""A document as one HTML page, which works offline and prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import packaged_text
from ..shared.html import content_security_policy, template_environment

if TYPE_CHECKING:
    from .model import TextDocument

_STYLE = "static/document.css"


def document_page(document: TextDocument) -> str:
    """Return a document as HTML: a self-contained page without a script; equal documents give equal text."""
    style = packaged_text(__package__, _STYLE)
    template = template_environment(__package__).get_template("document.html.j2")
    return template.render(document=document, style=Markup(style), policy=content_security_policy(style))
