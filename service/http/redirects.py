"""Where addresses lead that have no page: graphs, the ontology, the English site, and what there is not."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...graph.names import GRAPH, GRAPH_ONTOLOGY
from ...viz.site.content.paths import article_path
from ..answers.pages import HTML
from ..contract.messages import Reply
from .reply import header

if TYPE_CHECKING:
    from starlette.types import Scope

_MISSING = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>404 · egovkg</title></head><body>
<h1>Không có trang này</h1><p>{vi}</p><p><a href="{home}">Về trang đầu</a></p>
<div lang="en"><h2>There is no such page</h2><p>{en}</p><p><a href="{home}en">To the first page</a></p></div>
</body></html>"""

BARE = (  # the policy of a page that loads nothing
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
)


def up(path: str) -> str:
    """Lead from a path to the root of the service.

    >>> up("/graph/edges"), up("/en")
    ('../', './')
    """
    return "../" * path.count("/", 1) or "./"


def target(path: str, lang: str, *, html: bool, pages: bool) -> str:
    """Tell where a graph or the ontology is described, from the root.

    :param path: as `graph/article/x` or `ontology`; it makes an address
    :param html: whether a page is wanted, and not triples
    :param pages: whether there are pages of the site

    >>> target("graph/article/yen-lap-2018", "en", html=True, pages=True)
    'en/article/yen-lap-2018.html'
    >>> target("ontology", "vi", html=False, pages=True)[:22]
    'sparql?query=CONSTRUCT'
    """
    name = path.removeprefix("graph/")
    is_ontology = path.partition("/")[0] == "ontology" or name == "ontology"
    if html and pages:
        kind, _, article = name.partition("/")
        page = article_path(article) if kind == "article" else "ontology.html" if is_ontology else "data.html"
        return f"{'en/' if lang == 'en' else ''}{page}"
    graph = GRAPH_ONTOLOGY if is_ontology else GRAPH + name
    query = quote(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return f"{'en/' if lang == 'en' else ''}query#q={query}" if html else f"sparql?query={query}"


def missing(scope: Scope) -> Reply | None:
    """Write a page about an address that there is not; ``None`` for who asked for no page."""
    if "text/html" not in header(scope, b"accept"):
        return None
    path = scope["path"]
    shown = f"<code>{escape(path)}</code>"
    words = {"vi": f"Không tìm thấy {shown}.", "en": f"{shown} was not found."}
    return Reply(404, HTML, _MISSING.format(**words, home=up(path)).encode("utf-8", "replace"))
