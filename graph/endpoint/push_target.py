"""The services of an endpoint that accept writes (graph store or update): discovery, and writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from ...errors import AccessError, EndpointError, PushError, QueryError, UnreachableError
from ...words import message
from ..names import GRAPH
from .credentials import without_credentials
from .refusals import is_page
from .transport import EndpointRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .transport import Transport

# Names beside that of a query service: Oxigraph, Fuseki, Virtuoso (with and without a password), others.
_STORES = ("store", "data", "sparql-graph-crud-auth", "sparql-graph-crud", "rdf-graph-store")
_UPDATES = ("update", "", "sparql-auth", "statements")
_N_TRIPLES = {"Content-Type": "application/n-triples"}
_UPDATE = {"Content-Type": "application/sparql-update"}


@dataclass(frozen=True)
class Target:
    """A service of an endpoint that accepts triples.

    :param protocol: `gsp` (Graph Store Protocol) or `update` (SPARQL Update)
    """

    protocol: str
    url: str

    def write_batch(self, transport: Transport, graph: str, lines: bytes, *, first: bool) -> None:
        """Add triples to a graph; the first batch replaces its content.

        :param lines: N-Triples without blank nodes
        """
        if self.protocol == "gsp":
            method = "PUT" if first else "POST"
            transport.send(EndpointRequest(method, self._graph_url(graph), _N_TRIPLES, lines))
            return
        drop = f"DROP SILENT GRAPH <{graph}> ;\n".encode() if first else b""
        body = drop + f"INSERT DATA {{ GRAPH <{graph}> {{\n".encode() + lines + b"} }"
        transport.send(EndpointRequest("POST", self.url, _UPDATE, body))

    def remove(self, transport: Transport, graph: str) -> None:
        """Delete a graph at the endpoint."""
        if self.protocol == "gsp":
            transport.send(EndpointRequest("DELETE", self._graph_url(graph)))
        else:
            transport.send(
                EndpointRequest("POST", self.url, _UPDATE, f"DROP SILENT GRAPH <{graph}>".encode())
            )

    def is_open(self, transport: Transport) -> bool:
        """Tell whether the service accepts a write request that changes nothing.

        :raises AccessError: if it requires other credentials
        :raises UnreachableError: if no connection can be made
        """
        empty = EndpointRequest("POST", self.url, _UPDATE, b"INSERT DATA { }")
        if self.protocol == "gsp":
            empty = EndpointRequest("POST", self._graph_url(GRAPH + "ontology"), _N_TRIPLES, b"# nothing\n")
        try:
            reply = transport.send(empty)
        except (AccessError, UnreachableError):
            raise
        except (EndpointError, QueryError):
            return False
        return not (reply.body.strip() and is_page(reply.kind, reply.body))

    def _graph_url(self, graph: str) -> str:
        separator = "&" if "?" in self.url else "?"
        return f"{self.url}{separator}graph={quote(graph, safe='')}"


def candidates(url: str, by: str, write: str | None) -> Iterator[Target]:
    """List the addresses to try, derived from that of the query service; the likeliest first.

    >>> [target.url for target in candidates("http://localhost:7878/query", "gsp", None)][0]
    'http://localhost:7878/store'
    """
    for kind, names in (("gsp", _STORES), ("update", _UPDATES)):
        if by not in {"auto", kind}:
            continue
        if write is not None:
            yield Target(kind, without_credentials(write))
            continue
        for name in names:
            yield Target(kind, urljoin(url, name) if name else url)


def find_target(transport: Transport, by: str, write: str | None) -> Target:
    """Find the first service that accepts a write.

    :raises AccessError: if a service was found that requires other credentials
    :raises PushError: if no service was found
    """
    refused: AccessError | None = None
    for target in candidates(transport.url, by, write):
        try:
            if target.is_open(transport):
                return target
        except AccessError as error:
            refused = refused or error
    if refused is not None:
        raise refused
    raise PushError(transport.url, message(__package__, "no_write_service"))
