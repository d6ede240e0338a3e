"""Where an endpoint takes triples: its graph store or update service, and how to write there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from ...errors import AccessError, EndpointError, PushError, QueryError, UnreachableError
from ..names import GRAPH
from .credentials import without_credentials
from .refusals import is_page
from .transport import EndpointRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .transport import Transport

# Beside a query service: Oxigraph, Fuseki, Virtuoso (with and without a password), others.
_STORES = ("store", "data", "sparql-graph-crud-auth", "sparql-graph-crud", "rdf-graph-store")
_UPDATES = ("update", "", "sparql-auth", "statements")
_N_TRIPLES = {"Content-Type": "application/n-triples"}
_UPDATE = {"Content-Type": "application/sparql-update"}


@dataclass(frozen=True)
class Target:
    """A place that takes triples.

    :param by: `gsp` or `update`
    """

    by: str
    url: str

    def write_batch(self, transport: Transport, graph: str, lines: bytes, *, first: bool) -> None:
        """Add triples to a graph; the first batch replaces what it holds.

        :param lines: N-Triples without blank nodes
        """
        if self.by == "gsp":
            method = "PUT" if first else "POST"
            transport.send(EndpointRequest(method, self._of(graph), _N_TRIPLES, lines))
            return
        drop = f"DROP SILENT GRAPH <{graph}> ;\n".encode() if first else b""
        body = drop + f"INSERT DATA {{ GRAPH <{graph}> {{\n".encode() + lines + b"} }"
        transport.send(EndpointRequest("POST", self.url, _UPDATE, body))

    def remove(self, transport: Transport, graph: str) -> None:
        """Remove a graph."""
        if self.by == "gsp":
            transport.send(EndpointRequest("DELETE", self._of(graph)))
        else:
            transport.send(
                EndpointRequest("POST", self.url, _UPDATE, f"DROP SILENT GRAPH <{graph}>".encode())
            )

    def is_open(self, transport: Transport) -> bool:
        """Tell whether it takes a write that changes nothing.

        :raises AccessError: if it wants other credentials
        :raises UnreachableError: if nothing is there
        """
        empty = EndpointRequest("POST", self.url, _UPDATE, b"INSERT DATA { }")
        if self.by == "gsp":
            empty = EndpointRequest("POST", self._of(GRAPH + "ontology"), _N_TRIPLES, b"# nothing\n")
        try:
            reply = transport.send(empty)
        except (AccessError, UnreachableError):
            raise
        except (EndpointError, QueryError):
            return False
        return not (reply.body.strip() and is_page(reply.kind, reply.body))

    def _of(self, graph: str) -> str:
        sign = "&" if "?" in self.url else "?"
        return f"{self.url}{sign}graph={quote(graph, safe='')}"


def candidates(url: str, by: str, write: str | None) -> Iterator[Target]:
    """List the places that a query address suggests, the likely ones first.

    >>> [one.url for one in candidates("http://localhost:7878/query", "gsp", None)][0]
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
    """Find the first place that takes a write.

    :raises AccessError: if there is one, and it wants other credentials
    :raises PushError: if there is none
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
    what = "it takes no triples, neither by Graph Store Protocol nor by SPARQL Update"
    hint = "give the address that takes them with --write-url, or open the endpoint for writing"
    raise PushError(transport.url, f"{what} — {hint}")
