"""IRIs used in the whole package: namespaces, named graphs, and prefixes for queries."""

from __future__ import annotations

EGOV = "https://w3id.org/egovkg/ontology#"
CODE = "https://w3id.org/egovkg/code/"
ID = "https://w3id.org/egovkg/id/"
GRAPH = "https://w3id.org/egovkg/graph/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"

RDF_TYPE = RDF + "type"

GRAPH_ONTOLOGY = GRAPH + "ontology"
GRAPH_REGISTER = GRAPH + "register"
GRAPH_CATALOGUE = GRAPH + "catalogue"
GRAPH_EDGES = GRAPH + "edges"
GRAPH_INFERRED = GRAPH + "inferred"

PREFIXES = {
    "egov": EGOV,
    "code": CODE,
    "id": ID,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "skos": SKOS,
    "xsd": XSD,
    "dcterms": DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}


def article_graph(article: str) -> str:
    """Return the IRI of the graph with the claims and figures of one article.

    >>> article_graph("tuyen-quang-2020")
    'https://w3id.org/egovkg/graph/article/tuyen-quang-2020'
    """
    return f"{GRAPH}article/{article}"


def reference_graph(name: str) -> str:
    """Return the IRI of the graph with one set of reference data.

    >>> reference_graph("framework-2.0")
    'https://w3id.org/egovkg/graph/reference/framework-2.0'
    """
    return f"{GRAPH}reference/{name}"


def with_prefixes(query: str) -> str:
    """Add the prefixes of egovkg that a query does not declare itself.

    >>> with_prefixes("ASK {}").endswith("ASK {}")
    True
    """
    declared = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()]
    missing = [line for line in declared if line.split("<")[0].lower() not in query.lower()]
    return "\n".join([*missing, query]) if missing else query
