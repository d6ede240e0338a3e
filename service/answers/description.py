"""What the service says of itself and of its data: a SPARQL service description, and VoID with DCAT."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import ServiceError
from ...graph.names import DCTERMS, EGOV, ID, OWL, RDF_TYPE, RDFS, XSD
from ...queries.facts.values import text_of
from ..contract.messages import Reply
from .sparql import graph_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...graph.store import OxigraphStore
    from ..contract.messages import Job

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_TITLE = {
    "vi": "Đồ thị tri thức chính quyền điện tử Việt Nam",
    "en": "Knowledge graph of Vietnamese e-government",
}
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{ID}')) }}",
}
_CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"
_PROPERTIES = """
SELECT ?p (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } } GROUP BY ?p ORDER BY DESC(?n) ?p"""


class _Writer:
    """Gathers triples about things of this service."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def say(self, subject: str, predicate: str, value: str | int | ox.Literal) -> None:
        """Add a statement; a text is an address, or a node of the document when it opens with `_:`."""
        term: ox.NamedNode | ox.BlankNode | ox.Literal
        if isinstance(value, int):
            term = ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
        else:
            term = value if isinstance(value, ox.Literal) else _node(value)
        self.triples.append(ox.Triple(_node(subject), ox.NamedNode(predicate), term))

    def titles(self, subject: str) -> None:
        """Give a subject its title in both languages."""
        for lang, words in _TITLE.items():
            self.say(subject, DCTERMS + "title", ox.Literal(words, language=lang))


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _root(job: Job) -> str:
    """Give the address that the client used for this service.

    :raises ServiceError: 400 for a Host that makes no address
    """
    root = str(job.about["root"])
    try:
        return ox.NamedNode(root).value
    except ValueError as error:
        raise ServiceError(400, "host", "the Host of the request makes no address") from error


def service(store: OxigraphStore, job: Job) -> Reply:
    """Describe the service: languages, forms of answers, graphs. Linear in the number of graphs."""
    out, kind = _Writer(), str(job.about["kind"])
    endpoint = _root(job) + "sparql"
    out.say(endpoint, RDF_TYPE, SD + "Service")
    out.say(endpoint, SD + "endpoint", endpoint)
    out.say(endpoint, SD + "supportedLanguage", SD + "SPARQL11Query")
    out.say(endpoint, SD + "feature", SD + "UnionDefaultGraph")
    for form in (*_RESULTS, *_GRAPHS):
        out.say(endpoint, SD + "resultFormat", _FORMATS + form)
    out.say(endpoint, SD + "defaultDataset", "_:dataset")
    out.say("_:dataset", RDF_TYPE, SD + "Dataset")
    out.say("_:dataset", SD + "defaultGraph", "_:default")
    out.say("_:default", RDF_TYPE, SD + "Graph")
    out.say("_:default", VOID + "triples", _number(store, _COUNTS["triples"]))
    for at, (name, size) in enumerate(_graph_sizes(store)):
        out.say("_:dataset", SD + "namedGraph", f"_:graph{at}")
        out.say(f"_:graph{at}", RDF_TYPE, SD + "NamedGraph")
        out.say(f"_:graph{at}", SD + "name", name)
        out.say(f"_:graph{at}", SD + "graph", f"_:content{at}")
        out.say(f"_:content{at}", RDF_TYPE, SD + "Graph")
        out.say(f"_:content{at}", VOID + "triples", size)
    return Reply(200, kind, graph_bytes(out.triples, kind))


def data_set(store: OxigraphStore, job: Job, version: str) -> Reply:
    """Describe the data: what there is of each class and property, and where it is to be had."""
    out, kind, root = _Writer(), str(job.about["kind"]), _root(job)
    here = f"{root}.well-known/void"
    data = f"{here}#dataset"
    out.say(here, RDF_TYPE, VOID + "DatasetDescription")
    out.say(here, "http://xmlns.com/foaf/0.1/primaryTopic", data)
    for kind_of in (VOID, DCAT):
        out.say(data, RDF_TYPE, kind_of + "Dataset")
    out.titles(data)
    out.say(data, OWL + "versionInfo", ox.Literal(version))
    out.say(data, VOID + "sparqlEndpoint", f"{root}sparql")
    out.say(data, VOID + "uriSpace", ox.Literal(ID))
    for vocabulary in (EGOV, RDFS, "http://www.w3.org/2004/02/skos/core#", DCTERMS):
        out.say(data, VOID + "vocabulary", vocabulary)
    for name, number in _counts(store).items():
        out.say(data, VOID + name, number)
    _partitions(out, store, data)
    _distributions(out, root, data)
    return Reply(200, kind, graph_bytes(out.triples, kind))


def _partitions(out: _Writer, store: OxigraphStore, data: str) -> None:
    classes, properties = _parts(store)
    for at, (name, number) in enumerate(classes):
        out.say(data, VOID + "classPartition", f"_:class{at}")
        out.say(f"_:class{at}", VOID + "class", name)
        out.say(f"_:class{at}", VOID + "entities", number)
    for at, (name, number) in enumerate(properties):
        out.say(data, VOID + "propertyPartition", f"_:property{at}")
        out.say(f"_:property{at}", VOID + "property", name)
        out.say(f"_:property{at}", VOID + "triples", number)


def _distributions(out: _Writer, root: str, data: str) -> None:
    for path, kind in (
        ("sparql", "application/sparql-results+json"),
        ("api/openapi.json", "application/json"),
    ):
        place = f"{root}.well-known/void#{path.partition('/')[0]}"
        out.say(data, DCAT + "distribution", place)
        out.say(place, RDF_TYPE, DCAT + "Distribution")
        out.say(place, DCAT + "accessURL", root + path)
        out.say(place, DCAT + "mediaType", f"https://www.iana.org/assignments/media-types/{kind}")


@lru_cache(maxsize=1)
def _counts(store: OxigraphStore) -> Mapping[str, int]:
    return {name: _number(store, query) for name, query in _COUNTS.items()}


@lru_cache(maxsize=1)
def _parts(store: OxigraphStore) -> tuple[tuple[tuple[str, int], ...], ...]:
    tables = (store.select(query).rows for query in (_CLASSES, _PROPERTIES))
    return tuple(
        tuple((text_of(row[0]), int(text_of(row[1]))) for row in rows if isinstance(row[0], ox.NamedNode))
        for rows in tables
    )


def _number(store: OxigraphStore, query: str) -> int:
    return int(text_of(store.select(query).rows[0][0]))


def _graph_sizes(store: OxigraphStore) -> Iterator[tuple[str, int]]:
    names = sorted(name.value for name in store.engine.named_graphs() if isinstance(name, ox.NamedNode))
    for name in names:
        yield name, _number(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
