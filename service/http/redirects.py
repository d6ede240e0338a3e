"""The targets of redirects: pages or triples that describe a graph or the ontology."""

from __future__ import annotations

from urllib.parse import quote

from ...graph.names import GRAPH, GRAPH_ONTOLOGY
from ...viz.site.content.paths import article_path, in_language

_ONTOLOGY, _ARTICLE = "ontology", "article"
_ONTOLOGY_PAGE, _DATA_PAGE = "ontology.html", "data.html"


def relative_root(path: str) -> str:
    """Return the relative address from a path to the root of the service.

    >>> relative_root("/graph/edges"), relative_root("/en")
    ('../', './')
    """
    return "../" * path.count("/", 1) or "./"


def page_target(path: str, lang: str) -> str:
    """Return the path from the root of the page that describes a graph or the ontology.

    :param path: such as `graph/article/x` or `ontology`

    >>> page_target("graph/article/yen-lap-2018", "en")
    'en/article/yen-lap-2018.html'
    """
    kind, _, article = path.removeprefix("graph/").partition("/")
    if kind == _ARTICLE:
        return in_language(article_path(article), lang)
    return in_language(_ONTOLOGY_PAGE if _is_ontology(path) else _DATA_PAGE, lang)


def editor_target(path: str, lang: str) -> str:
    """Return the path from the root of the query page with a query for the triples of a graph."""
    return f"{in_language('query', lang)}#q={_graph_query(path)}"


def triples_target(path: str) -> str:
    """Return the path from the root of the triples of a graph or of the ontology.

    >>> triples_target("ontology")[:22]
    'sparql?query=CONSTRUCT'
    """
    return f"sparql?query={_graph_query(path)}"


def _is_ontology(path: str) -> bool:
    return path.partition("/")[0] == _ONTOLOGY or path.removeprefix("graph/") == _ONTOLOGY


def _graph_query(path: str) -> str:
    graph = GRAPH_ONTOLOGY if _is_ontology(path) else GRAPH + path.removeprefix("graph/")
    return quote(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
