"""The same reading as :class:`~egovkg.graph.store.OxigraphStore`, at a SPARQL 1.1 endpoint of anyone.

SPARQLWrapper makes the requests; :class:`~egovkg.graph.endpoint.transport.Transport` sends them over
connections that stay open, because SPARQLWrapper opens a new one for each. Answers become the terms that the
embedded store gives, so that whoever takes a :class:`~egovkg.graph.store.Store` takes this one.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from ...errors import EndpointError, MediaTypeError, NotSparqlError, QueryError, TruncatedError
from ..names import EGOV
from ..query_guard import names_graphs
from .refusals import is_page
from .terms import JSON_KINDS, boolean_of, table_of, triples_of
from .transport import AGENT, EndpointReply, EndpointRequest, RequestLimits, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..store import Table

TIMEOUT = "EGOVKG_ENDPOINT_TIMEOUT"
LONGEST_ADDRESS = 1800  # characters; a longer query goes by POST, since proxies cut addresses at 2 000
_JSON_ACCEPT = "application/sparql-results+json, application/json;q=0.9"
_RDF_ACCEPT = "application/n-triples, text/turtle;q=0.9"
# Ways to ask for the union of all graphs, where an endpoint's default graph is another: Oxigraph, Jena.
_UNIONS: tuple[Mapping[str, str], ...] = (
    {"union-default-graph": "true"},
    {"default-graph-uri": "urn:x-arq:UnionGraph"},
)
_ANY_CLAIM = f"ASK {{ ?claim a <{EGOV}Claim> }}"
_NAMED_CLAIM = f"ASK {{ GRAPH ?graph {{ ?claim a <{EGOV}Claim> }} }}"


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper that sends through a transport, and is told the query form instead of guessing it.

    Its guess reads comments too, and takes a question with "download" in its heading for an update.
    """

    def __init__(self, transport: Transport, form: str) -> None:
        self._transport, self._form = transport, form
        rdf = form in {"CONSTRUCT", "DESCRIBE"}
        super().__init__(transport.url, returnFormat=TURTLE if rdf else JSON, agent=AGENT)
        self.setOnlyConneg(True)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802  the name is SPARQLWrapper's
        return self._form

    def _getAcceptHeader(self) -> str:  # noqa: N802  the name is SPARQLWrapper's
        return _RDF_ACCEPT if self._form in {"CONSTRUCT", "DESCRIBE"} else _JSON_ACCEPT

    def _query(self) -> Any:  # noqa: ANN401  SPARQLWrapper names the response class of urllib here
        made = self._createRequest()
        body = made.data if isinstance(made.data, bytes) else None
        # names are put back in the usual spelling, which urllib changes to "Content-type"
        headers = {name.title(): value for name, value in made.header_items()}
        return self._transport.send(EndpointRequest(made.get_method(), made.full_url, headers, body)), JSON


class RemoteStore:
    """A store at a SPARQL endpoint, for reading.

    :param url: of its query service; credentials may stand in it, in the environment or in a netrc file
    :param limits: time, tries and size; by default a minute, four tries, 256 MiB
    :param as_is: ask over the endpoint's own default graph; otherwise it is found out, once, how to ask
        over the union of all graphs
    :raises EndpointError: if the address is none. Every method raises one of its kinds when no whole
        answer comes, and :class:`~egovkg.errors.QueryError` for a text that the endpoint refuses

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
        """Its address, without credentials."""
        return self.transport.url

    def select(self, query: str) -> Table:
        """Answer a SELECT query over the union of all graphs.

        :raises QueryError: if the endpoint refuses the text, or it is no SELECT query
        """
        return table_of(self._json(query, "SELECT"), self.url)

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        """Answer a SELECT query with the text of each term alone, empty where a variable is unbound.

        :raises QueryError: if the endpoint refuses the text, or it is no SELECT query
        """
        for row in self.select(query).rows:
            yield tuple(getattr(term, "value", "") for term in row)

    def ask(self, query: str) -> bool:
        """Answer an ASK query over the union of all graphs.

        :raises QueryError: if the endpoint refuses the text, or it is no ASK query
        """
        return boolean_of(self._json(query, "ASK"), self.url)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query over the union of all graphs.

        :raises QueryError: if the endpoint refuses the text
        """
        return iter(triples_of(self._send(query, "CONSTRUCT")))

    def update(self, request: str) -> None:
        """Refuse: an endpoint is opened for reading, as a published folder is.

        :raises QueryError: always
        """
        raise QueryError(f"{self.url} is open for reading only — egovkg push loads a graph there")

    def load(self, nquads: bytes) -> None:
        """Refuse, as :meth:`update` does.

        :raises QueryError: always
        """
        self.update("")

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate the quads of one named graph, or of all; one request a graph."""
        for name in [graph] if graph is not None else self.graphs():
            node = ox.NamedNode(name)
            # by SELECT: of a CONSTRUCT that it cuts short Virtuoso does not say so
            for row in self.select(f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }}").rows:
                yield ox.Quad(*row, node)  # type: ignore[call-arg, arg-type]  # three bound terms

    def graphs(self) -> tuple[str, ...]:
        """List the named graphs, in order."""
        rows = self.select("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }").rows
        return tuple(sorted(node.value for (node,) in rows if isinstance(node, ox.NamedNode)))

    def dump(self) -> bytes:
        """Return all quads as sorted N-Quads; everything is brought here."""
        text = ox.serialize(self.quads(), format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(text.splitlines(keepends=True)))

    def __len__(self) -> int:
        """Count the quads of the named graphs."""
        ((count,),) = self.select("SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } }").rows
        return int(count.value) if isinstance(count, ox.Literal) else 0

    @cached_property
    def _extra(self) -> Mapping[str, str]:
        """Find out how the endpoint answers over the union of all graphs; one to four short queries."""
        if self.as_is or self._claims({}):
            return {}
        if not boolean_of(self._body(_NAMED_CLAIM, "ASK", {}), self.url):
            return {}  # it does not hold our graph: as it stands
        for extra in _UNIONS:
            if self._claims(extra):
                return extra
        hint = "switch its default graph to the union of all graphs (oxigraph serve --union-default-graph)"
        raise EndpointError(
            self.url, f"it holds the graph, but answers over its empty default graph — {hint}"
        )

    def _claims(self, extra: Mapping[str, str]) -> bool:
        try:
            return boolean_of(self._body(_ANY_CLAIM, "ASK", extra), self.url)
        except QueryError:
            if not extra:
                raise
            return False  # it does not know this way

    def _extra_for(self, query: str) -> Mapping[str, str]:
        """Leave a query alone that says itself which graphs it is about."""
        return {} if names_graphs(query) else self._extra

    def _json(self, query: str, form: str) -> object:
        return self._body(query, form, self._extra_for(query))

    def _body(self, query: str, form: str, extra: Mapping[str, str]) -> object:
        reply = self._send(query, form, extra)
        if reply.kind not in JSON_KINDS:
            what = f"it answers with {reply.kind or 'no media type'} instead of SPARQL JSON results"
            raise MediaTypeError(self.url, what)
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError) as error:
            raise TruncatedError(self.url, f"after {len(reply.body)} bytes the JSON is not closed") from error

    def _send(self, query: str, form: str, extra: Mapping[str, str] | None = None) -> EndpointReply:
        wrapper = _Wrapper(self.transport, form)
        for name, value in (self._extra_for(query) if extra is None else extra).items():
            wrapper.addParameter(name, value)
        wrapper.setQuery(query)
        wrapper.setMethod(GET)
        if len(self.url) + len(wrapper._getRequestEncodedParameters(("query", query))) > LONGEST_ADDRESS:
            wrapper.setMethod(POST)
        reply: EndpointReply = wrapper.query().response  # type: ignore[assignment]  # what _query gave
        _refuse_parts(reply, self.url)
        return reply


def _refuse_parts(reply: EndpointReply, url: str) -> None:
    """Refuse what is no answer, and what says that it is only a part of one (Virtuoso)."""
    if is_page(reply.kind, reply.body):
        raise NotSparqlError(url, "a web page came back")
    if rows := reply.headers.get("x-sparql-maxrows"):
        raise TruncatedError(url, f"the endpoint gives no more than {rows} rows")
    if reply.headers.get("x-sql-state"):
        raise TruncatedError(url, "the endpoint stopped at its time limit")


def limits_of_environment() -> RequestLimits:
    """Read the time limit from EGOVKG_ENDPOINT_TIMEOUT, in seconds.

    :raises QueryError: if it is no number above 0
    """
    words = os.environ.get(TIMEOUT, "").strip()
    if not words:
        return RequestLimits()
    try:
        seconds = float(words)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise QueryError(f'{TIMEOUT} "{words}" is no time limit — write seconds, as in 120')
    return RequestLimits(seconds=seconds)
