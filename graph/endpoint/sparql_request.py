"""HTTP requests of the SPARQL 1.1 protocol, built by SPARQLWrapper.

SPARQLWrapper would open a connection for each query; here it only builds the request, which
:class:`~egovkg.graph.endpoint.transport.Transport` sends over a connection that stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from .transport import AGENT, EndpointRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_ADDRESS = 1800  # characters; a longer query goes by POST, since proxies cut addresses at 2 000
GRAPH_FORMS = frozenset({"CONSTRUCT", "DESCRIBE"})  # query forms that are answered by RDF
_JSON_ACCEPT = "application/sparql-results+json, application/json;q=0.9"
_RDF_ACCEPT = "application/n-triples, text/turtle;q=0.9"


def query_request(url: str, query: str, form: str, parameters: Mapping[str, str]) -> EndpointRequest:
    """Build the HTTP request for a query: GET, or POST for a long query.

    :param form: the query form. SPARQLWrapper would guess it from the text including comments: a query with
        "download" in its heading would become an update
    :param parameters: additional parameters of the protocol, such as `default-graph-uri`

    >>> query_request("http://localhost/sparql", "ASK {}", "ASK", {}).url
    'http://localhost/sparql?query=ASK+%7B%7D'
    """
    is_graph = form in GRAPH_FORMS
    wrapper = SPARQLWrapper(url, returnFormat=TURTLE if is_graph else JSON, agent=AGENT)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", _RDF_ACCEPT if is_graph else _JSON_ACCEPT)
    for name, value in parameters.items():
        wrapper.addParameter(name, value)
    wrapper.setQuery(query)
    wrapper.queryType = form
    request = _endpoint_request(wrapper, GET)
    return request if len(request.url) <= LONGEST_ADDRESS else _endpoint_request(wrapper, POST)


def _endpoint_request(wrapper: SPARQLWrapper, method: str) -> EndpointRequest:
    """Convert the request of SPARQLWrapper; uses its private `_createRequest`, which a test pins."""
    wrapper.setMethod(method)
    request = wrapper._createRequest()
    body = request.data if isinstance(request.data, bytes) else None
    # urllib writes "Content-type": names are put back into the usual spelling
    headers = {name.title(): value for name, value in request.header_items()}
    return EndpointRequest(request.get_method(), request.full_url, headers, body)
