"""The pages that the service writes itself, in every language: page not found, and pages not ready."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...viz.shared.html import template_environment
from ...viz.site.content.paths import in_language
from ...words import catalogue, languages
from ..contract.media_types import HTML
from ..contract.messages import Reply

if TYPE_CHECKING:
    from jinja2 import Template

_RELOAD_SECONDS = 3


@lru_cache(maxsize=1)
def _template() -> Template:
    return template_environment(__package__).get_template("notice.html.j2")


def missing_page(path: str, root: str) -> Reply:
    """Return the page for an address that does not exist.

    :param root: relative address of the service's root
    """
    notices = []
    for lang in languages():
        words = catalogue(__package__, lang)
        notices.append(
            {
                "lang": lang,
                "title": words["missing.title"],
                "text": words("missing.text", path=path),
                "home": root + in_language("", lang),
                "home_label": words["missing.home"],
            }
        )
    return _page(404, notices)


def starting_page() -> Reply:
    """Return the page shown while the pages of the site are made; it reloads itself."""
    notices = [
        {"lang": lang, "home": "", **catalogue(__package__, lang).below("starting")} for lang in languages()
    ]
    return _page(503, notices, _RELOAD_SECONDS)


def _page(status: int, notices: list[dict[str, str]], reload_seconds: int = 0) -> Reply:
    html = _template().render(notices=notices, reload_seconds=reload_seconds)
    return Reply(status, HTML, html.encode("utf-8", "replace"))
