"""The descriptions of the service and of its data: a SPARQL service description, and VoID with DCAT."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.names import DCTERMS, EGOV, ID, OWL, RDF_TYPE, RDFS, XSD
from ...queries.facts.values import text_of
from ...words import in_all_languages
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .sparql import graph_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...graph.store import OxigraphStore
    from ..contract.messages import Job

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_PRIMARY_TOPIC = "http://xmlns.com/foaf/0.1/primaryTopic"
_VOCABULARIES = (EGOV, RDFS, "http://www.w3.org/2004/02/skos/core#", DCTERMS)
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPH_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_ACCESS_POINTS = {"sparql": "application/sparql-results+json", "api/openapi.json": "application/json"}
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{ID}')) }}",
}
_CLASS_COUNTS = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"
_PROPERTY_COUNTS = """
SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p"""


class _Description:
    """Collects the triples of a description."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def add(self, subject: str, predicate: str, value: str | int | ox.Literal) -> None:
        """Add a triple; a string is an IRI, or a blank node if it starts with `_:`."""
        term: ox.NamedNode | ox.BlankNode | ox.Literal
        if isinstance(value, int):
            term = ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
        else:
            term = value if isinstance(value, ox.Literal) else _node(value)
        self.triples.append(ox.Triple(_node(subject), ox.NamedNode(predicate), term))

    def add_titles(self, subject: str) -> None:
        """Add the title of the data set in every language."""
        for lang, title in in_all_languages(__package__, "description.title").items():
            self.add(subject, DCTERMS + "title", ox.Literal(title, language=lang))

    def reply(self, job: Job) -> Reply:
        """Return the triples in the media type requested by a job."""
        media_type = str(job.parameters["media_type"])
        return Reply(200, media_type, graph_bytes(self.triples, media_type))


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _root_of(job: Job) -> str:
    """Return the address of this service as the client sees it.

    :raises ServiceError: 400 if the Host header gives no valid address
    """
    try:
        return ox.NamedNode(str(job.parameters["root"])).value
    except ValueError as error:
        raise ServiceError("bad-host") from error


def describe_service(store: OxigraphStore, job: Job) -> Reply:
    """Describe the service: languages, result formats, graphs; linear in the number of graphs."""
    description = _Description()
    add = description.add
    endpoint = _root_of(job) + "sparql"
    add(endpoint, RDF_TYPE, SD + "Service")
    add(endpoint, SD + "endpoint", endpoint)
    add(endpoint, SD + "supportedLanguage", SD + "SPARQL11Query")
    add(endpoint, SD + "feature", SD + "UnionDefaultGraph")
    for name in (*_RESULT_FORMATS, *_GRAPH_FORMATS):
        add(endpoint, SD + "resultFormat", _FORMATS + name)
    add(endpoint, SD + "defaultDataset", "_:dataset")
    add("_:dataset", RDF_TYPE, SD + "Dataset")
    add("_:dataset", SD + "defaultGraph", "_:default")
    add("_:default", RDF_TYPE, SD + "Graph")
    add("_:default", VOID + "triples", _count(store, _COUNTS["triples"]))
    for at, (name, size) in enumerate(_graph_sizes(store)):
        add("_:dataset", SD + "namedGraph", f"_:graph{at}")
        add(f"_:graph{at}", RDF_TYPE, SD + "NamedGraph")
        add(f"_:graph{at}", SD + "name", name)
        add(f"_:graph{at}", SD + "graph", f"_:content{at}")
        add(f"_:content{at}", RDF_TYPE, SD + "Graph")
        add(f"_:content{at}", VOID + "triples", size)
    return description.reply(job)


def describe_data_set(store: OxigraphStore, job: Job, version: str) -> Reply:
    """Describe the data set: number of entities by class and of triples by property, and access addresses."""
    description, root = _Description(), _root_of(job)
    document = f"{root}.well-known/void"
    data_set = f"{document}#dataset"
    description.add(document, RDF_TYPE, VOID + "DatasetDescription")
    description.add(document, _PRIMARY_TOPIC, data_set)
    for vocabulary in (VOID, DCAT):
        description.add(data_set, RDF_TYPE, vocabulary + "Dataset")
    description.add_titles(data_set)
    description.add(data_set, OWL + "versionInfo", ox.Literal(version))
    description.add(data_set, VOID + "sparqlEndpoint", f"{root}sparql")
    description.add(data_set, VOID + "uriSpace", ox.Literal(ID))
    for vocabulary in _VOCABULARIES:
        description.add(data_set, VOID + "vocabulary", vocabulary)
    for name, number in _counts(store).items():
        description.add(data_set, VOID + name, number)
    _add_partitions(description, store, data_set)
    _add_distributions(description, root, data_set)
    return description.reply(job)


def _add_partitions(description: _Description, store: OxigraphStore, data_set: str) -> None:
    classes, properties = _partition_counts(store)
    for at, (name, number) in enumerate(classes):
        description.add(data_set, VOID + "classPartition", f"_:class{at}")
        description.add(f"_:class{at}", VOID + "class", name)
        description.add(f"_:class{at}", VOID + "entities", number)
    for at, (name, number) in enumerate(properties):
        description.add(data_set, VOID + "propertyPartition", f"_:property{at}")
        description.add(f"_:property{at}", VOID + "property", name)
        description.add(f"_:property{at}", VOID + "triples", number)


def _add_distributions(description: _Description, root: str, data_set: str) -> None:
    for path, media_type in _ACCESS_POINTS.items():
        distribution = f"{root}.well-known/void#{path.partition('/')[0]}"
        description.add(data_set, DCAT + "distribution", distribution)
        description.add(distribution, RDF_TYPE, DCAT + "Distribution")
        description.add(distribution, DCAT + "accessURL", root + path)
        description.add(distribution, DCAT + "mediaType", _MEDIA_TYPES + media_type)


@lru_cache(maxsize=1)
def _counts(store: OxigraphStore) -> Mapping[str, int]:
    return {name: _count(store, query) for name, query in _COUNTS.items()}


@lru_cache(maxsize=1)
def _partition_counts(store: OxigraphStore) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    return _counts_by_name(store, _CLASS_COUNTS), _counts_by_name(store, _PROPERTY_COUNTS)


def _counts_by_name(store: OxigraphStore, query: str) -> list[tuple[str, int]]:
    rows = store.select(query).rows
    return [(name.value, int(text_of(number))) for name, number in rows if isinstance(name, ox.NamedNode)]


def _count(store: OxigraphStore, query: str) -> int:
    return int(text_of(store.select(query).rows[0][0]))


def _graph_sizes(store: OxigraphStore) -> Iterator[tuple[str, int]]:
    names = sorted(name.value for name in store.engine.named_graphs() if isinstance(name, ox.NamedNode))
    for name in names:
        yield name, _count(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
