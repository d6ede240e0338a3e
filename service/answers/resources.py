"""Linked data: the statements about one IRI, as triples or as a plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, GRAPH, ID, RDF_TYPE
from ...queries.facts.values import text_of
from ...queries.facts.wording import Wording
from ...viz.site.content.model import Page
from ...viz.site.content.paths import relative
from ...viz.site.content.rdf_files import as_jsonld
from ...viz.site.render import render_page
from ...words import catalogue, languages
from ..contract.media_types import HTML, JSON
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .sparql import graph_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...graph.store import RdfTerm, Store
    from ..contract.messages import Job

# First part of a path -> start of the addresses that the paths below it stand for.
NAMESPACES = {"id": ID, "code": CODE, "graph": GRAPH, "ontology": f"{EGOV.removesuffix('#')}/"}
FORMS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}  # ending of a path -> media type
INCOMING_LIMIT = 1_000  # statements that point to the address, of those that are listed
_OUTGOING = "SELECT DISTINCT ?p ?o {{ {resource} ?p ?o }}"
_INCOMING = "SELECT DISTINCT ?s ?p {{ ?s ?p {resource} }} ORDER BY ?s ?p LIMIT {limit}"
_TYPE_KEYWORD = "a"


def iri_of(job: Job) -> str:
    """Return the IRI that the path of a request stands for.

    :raises ServiceError: 404 if the path corresponds to no IRI

    >>> from egovkg.service.contract.messages import Job
    >>> iri_of(Job("resource", {"namespace": "id", "path": "system/tq-lgsp"}))
    'https://w3id.org/egovkg/id/system/tq-lgsp'
    """
    iri = NAMESPACES[str(job.parameters["namespace"])] + str(job.parameters["path"])
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise ServiceError("unknown-resource", iri=iri) from error


def exists(store: Store, job: Job) -> Reply:
    """Reply 204 if the graph has statements about an IRI, or a named graph with that IRI.

    :raises ServiceError: 404 if it has neither
    """
    iri = iri_of(job)
    is_graph = NAMESPACES[str(job.parameters["namespace"])] == GRAPH
    pattern = f"GRAPH <{iri}> {{ ?s ?p ?o }}" if is_graph else f"<{iri}> ?p ?o"
    if not store.ask(f"ASK {{ {pattern} }}"):
        raise ServiceError("unknown-resource", iri=iri)
    return Reply(204, JSON, b"")


def answer(store: Store, job: Job) -> Reply:
    """Describe an IRI: all statements with it as subject or object.

    :raises ServiceError: 404 if there are no statements about it
    """
    iri, form = iri_of(job), str(job.parameters["form"])
    node = ox.NamedNode(iri)
    outgoing = store.select(_OUTGOING.format(resource=node)).rows
    if not outgoing:
        raise ServiceError("unknown-resource", iri=iri)
    incoming = store.select(_INCOMING.format(resource=node, limit=INCOMING_LIMIT)).rows
    if FORMS[form] == FORMS["html"]:
        return Reply(200, HTML, _page(store, job, outgoing, incoming))
    triples = [ox.Triple(node, p, o) for p, o in outgoing]  # type: ignore[arg-type]
    triples += [ox.Triple(s, p, node) for s, p in incoming]  # type: ignore[arg-type]
    triples.sort(key=lambda triple: (triple.subject != node, str(triple)))
    body = as_jsonld(triples) if FORMS[form] == FORMS["jsonld"] else graph_bytes(triples, FORMS[form])
    return Reply(200, FORMS[form], body)


def _page(
    store: Store,
    job: Job,
    outgoing: Iterable[tuple[RdfTerm | None, ...]],
    incoming: Iterable[tuple[RdfTerm | None, ...]],
) -> bytes:
    iri, lang = iri_of(job), job.lang
    namespace = str(job.parameters["namespace"])
    folder = "" if NAMESPACES[namespace] == ID else f"{namespace}/"
    path = f"data/{folder}{job.parameters['path']}.html"
    wording = _wording(store, iri, [*outgoing, *incoming], lang)

    def context(lang: str) -> Mapping[str, object]:
        return {
            "iri": iri,
            "resource_words": catalogue(__package__, lang).below("resource"),
            "outgoing": sorted(_line(wording, relation, target, path) for relation, target in outgoing),
            "incoming": [_line(wording, relation, source, path) for source, relation in incoming],
        }

    title = dict.fromkeys(languages(), wording.label(iri))
    page = Page(path, f"{__package__}:resource.html.j2", title, context, "data")
    return render_page(page, lang, (), str(job.parameters["version"])).encode("utf-8", "replace")


def _wording(store: Store, iri: str, rows: Iterable[tuple[RdfTerm | None, ...]], lang: str) -> Wording:
    """Read the labels of all IRIs in the rows."""
    cells = (cell for row in rows for cell in row)
    return Wording.of(store, lang, {iri, *(cell.value for cell in cells if isinstance(cell, ox.NamedNode))})


def _line(
    wording: Wording, relation: RdfTerm | None, value: RdfTerm | None, page: str
) -> tuple[str, str, str]:
    """Return the label of the relation, the text of the value and its link; literals have no link."""
    relation_iri = text_of(relation)
    name = _TYPE_KEYWORD if relation_iri == RDF_TYPE else wording.label(relation_iri)
    if isinstance(value, ox.NamedNode):
        return name, wording.label(value.value), _link(value.value, page)
    language_tag = f" @{value.language}" if isinstance(value, ox.Literal) and value.language else ""
    return name, text_of(value) + language_tag, ""


def _link(iri: str, page: str) -> str:
    for namespace, start in NAMESPACES.items():
        if iri.startswith(start):
            return relative(f"{namespace}/{iri.removeprefix(start)}", page)
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%-._~") if iri.startswith(("http://", "https://")) else ""
