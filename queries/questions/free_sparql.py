"""SPARQL queries written by users, in any of the four query forms, answered as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import QueryError
from ...graph.engine_errors import moved
from ...graph.names import ID, PREFIXES, with_prefixes
from ...graph.query_guard import FORMS, refuse_unknown_keyword
from ...graph.store import Table
from ...words import message

if TYPE_CHECKING:
    from ...graph.store import Store

_IGNORED = re.compile(r'<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|#[^\n]*')
_FORM = re.compile(rf"\b({'|'.join(FORMS)})\b", re.IGNORECASE)


def form_of(query: str) -> str:
    """Return the query form of a text: SELECT, ASK, CONSTRUCT or DESCRIBE.

    :raises QueryError: if it has none, for example because it is an update

    >>> form_of("PREFIX a: <urn:select#> ask { ?s ?p ?o }")
    'ASK'
    """
    match = _FORM.search(_IGNORED.sub(" ", query))
    if match is None:
        raise QueryError(message(__package__, "error.read-only", forms=FORMS))
    return match[1].upper()


def table_of(store: Store, query: str) -> Table:
    """Answer a query of any form as a table: one column for ASK, three for CONSTRUCT and DESCRIBE.

    :raises QueryError: if the text is no query; line and column refer to the text as given, without the
        prefixes added to it
    """
    refuse_unknown_keyword(query)
    text = with_prefixes(query)
    try:
        return _table(store, text)
    except QueryError as error:
        raise moved(error, query.count("\n") - text.count("\n")) from error


def returns_graph(query: str) -> bool:
    """Tell whether the answer to a query is a graph: that of CONSTRUCT and DESCRIBE.

    :raises QueryError: if the text has no query form

    >>> returns_graph("DESCRIBE egov:Claim"), returns_graph("ASK {}")
    (True, False)
    """
    return form_of(query) not in {"SELECT", "ASK"}


def turtle_of(table: Table) -> bytes:
    """Write the answer to CONSTRUCT or DESCRIBE as Turtle, in the order of its rows."""
    prefixes = {
        name: start for name, start in PREFIXES.items() if start != ID
    }  # its names would need escapes
    triples = [ox.Triple(*row) for row in table.rows]  # type: ignore[arg-type]  # rows of a graph are complete
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _table(store: Store, text: str) -> Table:
    form = form_of(text)
    if form == "SELECT":
        return store.select(text)
    if form == "ASK":
        return Table(("answer",), ((ox.Literal(store.ask(text)),),))
    triples = sorted(store.construct(text), key=str)
    return Table(
        ("subject", "predicate", "object"), tuple((t.subject, t.predicate, t.object) for t in triples)
    )
