"""Parsing of SPARQL results: from JSON and RDF of an endpoint to terms of the embedded store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import MediaTypeError, QueryError, TruncatedError, UntrustedError
from ...words import message
from ..names import XSD
from ..store import Table
from ..untrusted import parse_untrusted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from ..store import RdfTerm, Row
    from .transport import EndpointReply

    JsonTerm: TypeAlias = Mapping[str, object]  # an RDF term in SPARQL 1.1 JSON results

JSON_KINDS = frozenset({"application/sparql-results+json", "application/json"})
_BOOLEAN = "__ASK_RETVAL"  # Virtuoso 7 answers ASK with a table of this one column
_LABEL = re.compile(r"[A-Za-z0-9]+")
_STRING = XSD + "string"


class _Terms:
    """Converts the cells of a result to terms; equal IRIs share one object."""

    def __init__(self) -> None:
        self.nodes: dict[str, ox.NamedNode] = {}
        self.makers: Mapping[object, Callable[[JsonTerm], RdfTerm]] = {
            "uri": self._iri,
            "literal": _literal,
            "typed-literal": _literal,
            "bnode": _blank_node,
            "triple": self._triple,
        }

    def term(self, cell: object) -> RdfTerm:
        """Convert one cell of a JSON result to a term.

        :raises KeyError, TypeError, ValueError: if the cell describes no RDF term
        """
        if not isinstance(cell, dict):
            raise TypeError(cell)
        return self.makers[cell["type"]](cell)

    def _iri(self, cell: JsonTerm) -> ox.NamedNode:
        iri = str(cell["value"])
        if iri not in self.nodes:
            self.nodes[iri] = ox.NamedNode(iri)
        return self.nodes[iri]

    def _triple(self, cell: JsonTerm) -> ox.Triple:
        parts = cell["value"]
        if not isinstance(parts, dict):
            raise TypeError(parts)
        subject, predicate = self.term(parts["subject"]), self.term(parts["predicate"])
        return ox.Triple(subject, predicate, self.term(parts["object"]))  # type: ignore[arg-type]


def _blank_node(cell: JsonTerm) -> ox.BlankNode:
    label = str(cell["value"])
    return ox.BlankNode(label if _LABEL.fullmatch(label) else label.encode().hex())


def _literal(cell: JsonTerm) -> ox.Literal:
    value = str(cell["value"])
    if lang := cell.get("xml:lang"):
        return ox.Literal(value, language=str(lang))
    datatype = str(cell.get("datatype") or _STRING)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype != _STRING else ox.Literal(value)


def table_of(content: object, url: str) -> Table:
    """Parse the SPARQL 1.1 JSON results of a SELECT query; linear, about 2 µs per cell.

    :raises QueryError: if the result is that of an ASK query
    :raises TruncatedError: if the result is malformed or incomplete

    >>> content = {
    ...     "head": {"vars": ["x"]},
    ...     "results": {"bindings": [{"x": {"type": "literal", "value": "a"}}]},
    ... }
    >>> table_of(content, "").rows[0][0].value
    'a'
    """
    if isinstance(content, dict) and "boolean" in content:
        raise QueryError(message(__package__, "expected_select"))
    make_term = _Terms().term

    def row(binding: dict[str, object]) -> Row:
        return tuple(make_term(binding[name]) if name in binding else None for name in variables)

    try:
        variables = tuple(map(str, content["head"]["vars"]))  # type: ignore[index]
        bindings = content["results"]["bindings"]  # type: ignore[index]
        return Table(variables, tuple(row(binding) for binding in bindings))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TruncatedError(url, message(__package__, "no_sparql_json", error=f"{error!r:.80}")) from error


def boolean_of(content: object, url: str) -> bool:
    """Parse the result of an ASK query.

    :raises QueryError: if the result is that of another query form
    """
    if isinstance(content, dict) and isinstance(content.get("boolean"), bool):
        return bool(content["boolean"])
    table = table_of(content, url)
    if table.variables != (_BOOLEAN,):
        raise QueryError(message(__package__, "expected_ask"))
    return any(isinstance(cell, ox.Literal) and cell.value == "1" for (cell,) in table.rows)


def triples_of(reply: EndpointReply) -> tuple[ox.Triple, ...]:
    """Parse the result of a CONSTRUCT or DESCRIBE query; each triple is returned once.

    :raises QueryError: if the result is that of another query form
    :raises MediaTypeError: if the answer is not RDF
    :raises TruncatedError: if the answer is malformed or incomplete
    """
    if reply.kind in JSON_KINDS:
        raise QueryError(message(__package__, "expected_construct"))
    form = ox.RdfFormat.from_media_type(reply.kind) if reply.kind else None
    if form not in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML}:
        kind = reply.kind or message(__package__, "no_media_type")
        raise MediaTypeError(reply.url, message(__package__, "no_turtle", kind=kind))
    try:
        nquads = parse_untrusted(reply.body, form)
    except UntrustedError as error:
        if error.line is None:
            raise MediaTypeError(
                reply.url, message(__package__, "unreadable", reason=error.message)
            ) from error
        reason = message(__package__, "incomplete_rdf", form=form.name, reason=f"{error!s:.80}")
        raise TruncatedError(reply.url, reason) from error
    return tuple({quad.triple: None for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)})
