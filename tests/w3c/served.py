"""Files of the suites, published as one graph and served by the program itself."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
from egovkg.graph.publish import MANIFEST_FORMAT, building, publish
from egovkg.graph.store import OxigraphStore
from egovkg.service.background import background

FORMS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
TABLE, GRAPH = "application/sparql-results+json", "application/n-triples"
NO_GRAPH = "urn:egovkg:no-such-graph"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    kind: str
    body: bytes


class Client:
    """Asks the service over one connection after another."""

    def __init__(self, url: str) -> None:
        self.place = urlsplit(url)

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request as it is given."""
        link = http.client.HTTPConnection(str(self.place.hostname), self.place.port, timeout=60)
        try:
            link.request(method, path, body=body, headers=dict(headers or {}))
            got = link.getresponse()
            kind = (got.getheader("content-type") or "").partition(";")[0]
            return Answer(got.status, kind, got.read())
        finally:
            link.close()

    def ask(self, query: str, default: Iterable[str], named: Iterable[str]) -> Answer:
        """Ask a query of graphs: a table or a graph, whichever it gives."""
        parameters = [("query", query), *(("default-graph-uri", iri) for iri in default)]
        parameters += [("named-graph-uri", iri) for iri in named]
        headers = {
            "Accept": f"{TABLE}, {GRAPH}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.send("POST", "/sparql/", urlencode(parameters).encode(), headers)


@contextmanager
def serving(home: Path, graphs: Mapping[str, Path]) -> Iterator[Client]:
    """Publish files, each as a graph of its own, and serve them.

    :param graphs: address -> file
    """
    with building(home) as staging:
        store = OxigraphStore.create(staging / "store")
        for name, file in graphs.items():
            quads = ox.parse(file.read_bytes(), FORMS[file.suffix], base_iri=name, rename_blank_nodes=True)
            graph = ox.NamedNode(name)
            store.engine.bulk_extend(
                ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads
            )
        store.engine.flush()
        mark = sha256(store.dump()).hexdigest()[:16]
        del store
        (staging / "manifest.json").write_text(
            json.dumps({"format": MANIFEST_FORMAT, "name": mark}), encoding="utf-8"
        )
        publish(home, staging, mark)
    with background(home, "--no-pages", "--workers", "2", "--seconds", "30") as service:
        yield Client(service.url)
