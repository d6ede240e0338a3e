"""From the JSON and RDF that endpoints send to the terms of the embedded store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import MediaTypeError, QueryError, TruncatedError, UntrustedError
from ..names import XSD
from ..store import Table
from ..untrusted import parse_untrusted

if TYPE_CHECKING:
    from ..store import Row, Term
    from .transport import EndpointReply

JSON_KINDS = frozenset({"application/sparql-results+json", "application/json"})
_BOOLEAN = "__ASK_RETVAL"  # Virtuoso 7 answers ASK with a table of this one column
_LABEL = re.compile(r"[A-Za-z0-9]+")
_STRING = XSD + "string"


class _Terms:
    """Makes terms; an address that comes again is made once."""

    def __init__(self) -> None:
        self.nodes: dict[str, ox.NamedNode] = {}

    def term(self, cell: object) -> Term:
        """Make the term of one cell.

        :raises KeyError, TypeError, ValueError: if it is none
        """
        if not isinstance(cell, dict):
            raise TypeError(cell)
        kind, value = cell["type"], cell["value"]
        if kind == "uri":
            if value not in self.nodes:
                self.nodes[value] = ox.NamedNode(value)
            return self.nodes[value]
        if kind in {"literal", "typed-literal"}:
            return self._literal(cell, value)
        if kind == "bnode":
            return ox.BlankNode(value if _LABEL.fullmatch(value) else value.encode().hex())
        if kind == "triple":
            subject, predicate = self.term(value["subject"]), self.term(value["predicate"])
            return ox.Triple(subject, predicate, self.term(value["object"]))  # type: ignore[arg-type]
        raise ValueError(kind)

    def _literal(self, cell: dict[str, object], value: str) -> ox.Literal:
        if lang := cell.get("xml:lang"):
            return ox.Literal(value, language=str(lang))
        datatype = str(cell.get("datatype") or _STRING)
        return (
            ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype != _STRING else ox.Literal(value)
        )


def table_of(content: object, url: str) -> Table:
    """Read SPARQL 1.1 JSON results. Cost linear, about 2 µs a cell.

    :raises QueryError: for the answer to an ASK query
    :raises TruncatedError: if it is not whole

    >>> content = {
    ...     "head": {"vars": ["x"]},
    ...     "results": {"bindings": [{"x": {"type": "literal", "value": "a"}}]},
    ... }
    >>> table_of(content, "").rows[0][0].value
    'a'
    """
    if isinstance(content, dict) and "boolean" in content:
        raise QueryError("expected a SELECT query")
    make = _Terms().term

    def row(binding: dict[str, object]) -> Row:
        return tuple(make(binding[name]) if name in binding else None for name in variables)

    try:
        variables = tuple(map(str, content["head"]["vars"]))  # type: ignore[index]
        return Table(variables, tuple(row(one) for one in content["results"]["bindings"]))  # type: ignore[index]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TruncatedError(url, f"it is no SPARQL JSON result: {error!r:.80}") from error


def boolean_of(content: object, url: str) -> bool:
    """Read the answer to an ASK query.

    :raises QueryError: for the answer to another query
    """
    if isinstance(content, dict) and isinstance(content.get("boolean"), bool):
        return bool(content["boolean"])
    table = table_of(content, url)
    if table.variables != (_BOOLEAN,):
        raise QueryError("expected an ASK query")
    return any(isinstance(cell, ox.Literal) and cell.value == "1" for (cell,) in table.rows)


def triples_of(reply: EndpointReply) -> tuple[ox.Triple, ...]:
    """Read the triples of a CONSTRUCT or DESCRIBE query; each once.

    :raises QueryError: for the answer to another query
    :raises MediaTypeError: if it is no RDF
    :raises TruncatedError: if it is not whole
    """
    if reply.kind in JSON_KINDS:
        raise QueryError("expected a CONSTRUCT or DESCRIBE query")
    form = ox.RdfFormat.from_media_type(reply.kind) if reply.kind else None
    if form not in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML}:
        raise MediaTypeError(reply.url, f"it answers with {reply.kind or 'no media type'} instead of Turtle")
    try:
        plain = parse_untrusted(reply.body, form)
    except UntrustedError as error:
        if error.line is None:
            raise MediaTypeError(reply.url, f"its answer cannot be read: {error}") from error
        raise TruncatedError(reply.url, f"it is no whole {form.name}: {error!s:.80}") from error
    return tuple({quad.triple: None for quad in ox.parse(plain, format=ox.RdfFormat.N_QUADS)})
