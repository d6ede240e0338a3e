"""Linked data: what the graph says of one address, as triples or as a plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from ...errors import ServiceError
from ...graph.names import CODE, EGOV, GRAPH, ID, RDF_TYPE
from ...queries.facts.values import text_of
from ...queries.facts.wording import Wording
from ...viz.site.content.model import Page
from ...viz.site.content.paths import relative
from ...viz.site.content.rdf_files import as_jsonld
from ...viz.site.render import render_page
from ..contract.messages import JSON, Reply
from .sparql import graph_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...graph.store import Store
    from ..contract.messages import Job

SPACES = {"id": ID, "code": CODE, "graph": GRAPH, "ontology": f"{EGOV.removesuffix('#')}/"}  # part of a path
FORMS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
MOST = 1_000  # statements of others that are listed
_FROM_HERE = "SELECT DISTINCT ?p ?o { %s ?p ?o }"
_TO_HERE = "SELECT DISTINCT ?s ?p { ?s ?p %s } ORDER BY ?s ?p LIMIT %d"


def address_of(job: Job) -> str:
    """Give the address that a path stands for.

    :raises ServiceError: 404 for what can be no address of ours

    >>> from egovkg.service.contract.messages import Job
    >>> address_of(Job("thing", {"space": "id", "path": "system/tq-lgsp"}))
    'https://w3id.org/egovkg/id/system/tq-lgsp'
    """
    iri = SPACES[str(job.about["space"])] + str(job.about["path"])
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise _unknown(iri) from error


def _unknown(iri: str) -> ServiceError:
    return ServiceError(404, "unknown-thing", f"the graph says nothing of <{iri}>", iri=iri)


def known(store: Store, job: Job) -> Reply:
    """Tell that the graph says something of an address.

    :raises ServiceError: 404 if it does not
    """
    iri = address_of(job)
    said = f"GRAPH <{iri}> {{ ?s ?p ?o }}" if job.about["space"] == "graph" else f"<{iri}> ?p ?o"
    if not store.ask(f"ASK {{ {said} }}"):
        raise _unknown(iri)
    return Reply(204, JSON, b"")


def answer(store: Store, job: Job) -> Reply:
    """Describe an address: all that is said of it, and who points to it.

    :raises ServiceError: 404 if the graph says nothing of it
    """
    iri, form = address_of(job), str(job.about["form"])
    node = ox.NamedNode(iri)
    said = store.select(_FROM_HERE % node).rows
    if not said:
        raise _unknown(iri)
    pointing = store.select(_TO_HERE % (node, MOST)).rows
    if form == "html":
        return Reply(200, "text/html; charset=utf-8", _page(store, job, said, pointing))
    triples = [ox.Triple(node, p, o) for p, o in said]  # type: ignore[arg-type]
    triples += [ox.Triple(s, p, node) for s, p in pointing]  # type: ignore[arg-type]
    triples.sort(key=lambda triple: (triple.subject != node, str(triple)))
    body = as_jsonld(triples) if form == "jsonld" else graph_bytes(triples, FORMS[form])
    return Reply(200, FORMS[form], body)


def _page(
    store: Store, job: Job, said: Iterable[tuple[object, ...]], pointing: Iterable[tuple[object, ...]]
) -> bytes:
    iri, lang = address_of(job), str(job.about["lang"])
    folder = "" if job.about["space"] == "id" else f"{job.about['space']}/"
    path = f"data/{folder}{job.about['path']}.html"
    words = _words(store, iri, [*said, *pointing], lang)

    def context(_: str) -> Mapping[str, object]:
        return {
            "iri": iri,
            "said": sorted(_line(words, p, o, path) for p, o in said),
            "pointing": [_line(words, p, s, path) for s, p in pointing],
        }

    title = words.label(iri)
    page = Page(path, f"{__package__}:thing.html.j2", {"vi": title, "en": title}, context, "data")
    return render_page(page, lang, (), str(job.about["version"])).encode("utf-8", "replace")


def _words(store: Store, iri: str, rows: Iterable[tuple[object, ...]], lang: str) -> Wording:
    named = {cell.value for row in rows for cell in row if isinstance(cell, ox.NamedNode)}
    return Wording.of(store, lang, {iri, *named})


def _line(words: Wording, relation: object, other: object, page: str) -> tuple[str, str, str]:
    """Give relation, text and link of a line; the link is empty for a text."""
    name = "a" if text_of(relation) == RDF_TYPE else words.label(text_of(relation))  # type: ignore[arg-type]
    if not isinstance(other, ox.NamedNode):
        tag = f" @{other.language}" if isinstance(other, ox.Literal) and other.language else ""
        return name, text_of(other) + tag, ""  # type: ignore[arg-type]
    return name, words.label(other.value), _link(other.value, page)


def _link(iri: str, page: str) -> str:
    for space, start in SPACES.items():
        if iri.startswith(start):
            return relative(f"{space}/{iri.removeprefix(start)}", page)
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%-._~") if iri.startswith(("http://", "https://")) else ""
