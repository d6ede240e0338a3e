"""A read-only store that queries a SPARQL 1.1 endpoint.

Results are converted to terms of the embedded store, so that a :class:`RemoteStore` can be used wherever a
:class:`~egovkg.graph.store.Store` can.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import EndpointError, MediaTypeError, NotSparqlError, QueryError, TruncatedError
from ...words import Message, message
from ..names import EGOV
from ..query_guard import names_graphs
from .refusals import is_page
from .sparql_request import query_request
from .terms import JSON_KINDS, boolean_of, table_of, triples_of
from .transport import RequestLimits, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..store import Table
    from .transport import EndpointReply

TIMEOUT = "EGOVKG_ENDPOINT_TIMEOUT"
# Parameters that request the union of all graphs from Oxigraph and from Jena.
_UNION_PARAMETERS: tuple[Mapping[str, str], ...] = (
    {"union-default-graph": "true"},
    {"default-graph-uri": "urn:x-arq:UnionGraph"},
)
_ANY_CLAIM = f"ASK {{ ?claim a <{EGOV}Claim> }}"
_NAMED_CLAIM = f"ASK {{ GRAPH ?graph {{ ?claim a <{EGOV}Claim> }} }}"


class RemoteStore:
    """A read-only store at a SPARQL endpoint.

    :param url: address of its query service; credentials are taken from it, the environment or a netrc file
    :param limits: limits of time, attempts and size; by default one minute, four attempts, 256 MiB
    :param as_is: query the default graph of the endpoint; otherwise the store detects once how to query the
        union of all graphs
    :raises EndpointError: if the address is no web address. All methods raise a subclass of it if the answer
        is incomplete, and :class:`~egovkg.errors.QueryError` if the endpoint rejects the query

    >>> RemoteStore("https://ai:khoa@example.org/sparql").url
    'https://example.org/sparql'
    """

    def __init__(
        self,
        url: str,
        *,
        limits: RequestLimits | None = None,
        as_is: bool = False,
        transport: Transport | None = None,
    ) -> None:
        self.transport = transport or Transport(url, limits or limits_of_environment())
        self.as_is = as_is

    @property
    def url(self) -> str:
        """The address of the endpoint, without credentials."""
        return self.transport.url

    def select(self, query: str) -> Table:
        """Evaluate a SELECT query over the union of all graphs.

        :raises QueryError: if the endpoint rejects the query, or it is no SELECT query
        """
        return table_of(self._json(query, "SELECT"), self.url)

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        """Evaluate a SELECT query; rows contain the text of each term, empty for unbound variables.

        :raises QueryError: if the endpoint rejects the query, or it is no SELECT query
        """
        for row in self.select(query).rows:
            yield tuple(getattr(term, "value", "") for term in row)

    def ask(self, query: str) -> bool:
        """Evaluate an ASK query over the union of all graphs.

        :raises QueryError: if the endpoint rejects the query, or it is no ASK query
        """
        return boolean_of(self._json(query, "ASK"), self.url)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Evaluate a CONSTRUCT or DESCRIBE query over the union of all graphs.

        :raises QueryError: if the endpoint rejects the query
        """
        return iter(triples_of(self._send(query, "CONSTRUCT", self._parameters(query))))

    def update(self, request: str) -> None:
        """Always raise an error: an endpoint is read-only, like a published folder.

        :raises QueryError: always
        """
        raise QueryError(message(__package__, "read_only", url=self.url))

    def load(self, nquads: bytes) -> None:
        """Always raise an error, like :meth:`update`.

        :raises QueryError: always
        """
        self.update("")

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate over the quads of one named graph, or of all; one request per graph."""
        for name in [graph] if graph is not None else self.graphs():
            node = ox.NamedNode(name)
            # by SELECT: Virtuoso does not mark a CONSTRUCT that it cuts short
            for row in self.select(f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }}").rows:
                yield ox.Quad(*row, node)  # type: ignore[call-arg, arg-type]  # three bound terms

    def graphs(self) -> tuple[str, ...]:
        """List the IRIs of the named graphs, sorted."""
        rows = self.select("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }").rows
        return tuple(sorted(node.value for (node,) in rows if isinstance(node, ox.NamedNode)))

    def dump(self) -> bytes:
        """Return all quads as sorted N-Quads; transfers the whole content."""
        text = ox.serialize(self.quads(), format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(text.splitlines(keepends=True)))

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        ((count,),) = self.select("SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } }").rows
        return int(count.value) if isinstance(count, ox.Literal) else 0

    @cached_property
    def _union_parameters(self) -> Mapping[str, str]:
        """Detect the request parameters with which queries span all graphs; sends 1 to 4 queries."""
        if self.as_is or self._has_claims({}):
            return {}
        if not self._confirms(_NAMED_CLAIM, {}):
            return {}  # it does not hold a graph of egovkg: queries go as they are
        for parameters in _UNION_PARAMETERS:
            if self._has_claims(parameters):
                return parameters
        raise EndpointError(self.url, message(__package__, "empty_default_graph"))

    def _has_claims(self, parameters: Mapping[str, str]) -> bool:
        try:
            return self._confirms(_ANY_CLAIM, parameters)
        except QueryError:
            if not parameters:
                raise
            return False  # it does not know this parameter

    def _confirms(self, query: str, parameters: Mapping[str, str]) -> bool:
        """Send an ASK query of our own; :meth:`ask` is for those of users.

        :raises NotSparqlError: if it is answered by rows
        """
        content = self._content(query, "ASK", parameters)
        try:
            return boolean_of(content, self.url)
        except QueryError as error:
            raise NotSparqlError(self.url, message(__package__, "rows_for_ask")) from error

    def _parameters(self, query: str) -> Mapping[str, str]:
        """Return the request parameters for a query; none if the query names its dataset (FROM)."""
        return {} if names_graphs(query) else self._union_parameters

    def _json(self, query: str, form: str) -> object:
        return self._content(query, form, self._parameters(query))

    def _content(self, query: str, form: str, parameters: Mapping[str, str]) -> object:
        """Send a query and parse its JSON result."""
        reply = self._send(query, form, parameters)
        if reply.kind not in JSON_KINDS:
            raise MediaTypeError(
                self.url, message(__package__, "no_json", kind=reply.kind or _no_media_type())
            )
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError) as error:
            reason = message(__package__, "open_json", bytes=len(reply.body))
            raise TruncatedError(self.url, reason) from error

    def _send(self, query: str, form: str, parameters: Mapping[str, str]) -> EndpointReply:
        reply = self.transport.send(query_request(self.url, query, form, parameters))
        _refuse_partial(reply, self.url)
        return reply


def _no_media_type() -> Message:
    return message(__package__, "no_media_type")


def _refuse_partial(reply: EndpointReply, url: str) -> None:
    """Raise an error for HTML pages, and for results that Virtuoso marks as incomplete."""
    if is_page(reply.kind, reply.body):
        raise NotSparqlError(url, message(__package__, "web_page"))
    if rows := reply.headers.get("x-sparql-maxrows"):
        raise TruncatedError(url, message(__package__, "row_limit", rows=rows))
    if reply.headers.get("x-sql-state"):
        raise TruncatedError(url, message(__package__, "stopped_at_limit"))


def limits_of_environment() -> RequestLimits:
    """Read the time limit from EGOVKG_ENDPOINT_TIMEOUT, in seconds.

    :raises QueryError: if it is not a number above 0
    """
    text = os.environ.get(TIMEOUT, "").strip()
    if not text:
        return RequestLimits()
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise QueryError(message(__package__, "bad_time_limit", variable=TIMEOUT, text=text))
    return RequestLimits(seconds=seconds)
