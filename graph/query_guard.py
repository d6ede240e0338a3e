"""Checking of SPARQL text before evaluation: no clause may make this machine call another server.

SPARQL can query other servers (SERVICE) and fetch files (LOAD), so anybody who can send a query could make
this machine call any address. Both are refused. Keywords are recognised as tokens: `egov:Service` and the
word "service" in a literal, an IRI or a comment are allowed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..words import Message, message
from .nearest import nearest
from .sparql_tokens import GAP, IRI, NAME, STRING, VARIABLE, clause_offset, may_have_clause

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = re.compile(
    rf"""(?P<comment>\#[^\r\n]*+)
    |(?P<iri>{IRI})
    |(?P<text>{STRING})
    |(?P<variable>{VARIABLE}|@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<name>{NAME})
    |(?P<other>[\s\S])""",
    re.VERBOSE | re.DOTALL,
)


def refuse_service(query: str) -> None:
    """Raise an error for a query with a SERVICE clause; linear, negligible if nothing looks like one.

    :raises QueryError: with line and column of the clause

    >>> refuse_service('SELECT ?s { ?s a egov:Service ; rdfs:label "service" }')
    >>> refuse_service("ASK { SERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    egovkg.errors.QueryError: error at 1:7: SERVICE asks another server — leave it out; ...
    """
    if (offset := _clause_offset(query, "service")) is not None:
        raise QueryError(_at(query, offset, message(__package__, "query.service")))


def refuse_load(request: str) -> None:
    """Raise an error for an update with a LOAD operation, which would fetch a file from another server.

    :raises QueryError: with line and column of the operation

    >>> refuse_load("INSERT DATA { <urn:load> <urn:p> 'LOAD <https://example.org/>' }")
    """
    if (offset := _clause_offset(request, "load")) is not None:
        raise QueryError(_at(request, offset, message(__package__, "query.load")))


def names_graphs(query: str) -> bool:
    """Tell whether a query names its dataset (FROM); cost as for `refuse_service`.

    >>> names_graphs("ASK FROM <urn:a> { ?s ?p ?o }"), names_graphs("ASK { ?from from:a 'FROM <urn:a>' }")
    (True, False)
    """
    return _clause_offset(query, "from") is not None


FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PROLOGUE = re.compile(rf"{GAP}(?:(?:prefix{GAP}[^\s:<]*+:|base){GAP}{IRI}{GAP})*+", re.IGNORECASE)
_LETTERS = re.compile(r"\w*+")


def refuse_unknown_keyword(query: str) -> None:
    """Raise an error for a text that starts with no SPARQL keyword, suggesting the most similar query form.

    :raises QueryError: with line and column of the word

    >>> refuse_unknown_keyword("PREFIX a: <urn:a#> ask {}")
    >>> refuse_unknown_keyword("SELEC * { ?s ?p ?o }")
    Traceback (most recent call last):
    ...
    egovkg.errors.QueryError: error at 1:1: a query cannot begin with "SELEC" — did you mean "SELECT"?
    """
    prologue = _PROLOGUE.match(query)
    offset = prologue.end() if prologue else 0
    keyword = match[0] if (match := _LETTERS.match(query, offset)) else ""
    if keyword.upper() in (*FORMS, *_UPDATES, "PREFIX", "BASE"):
        return  # updates are judged when they are executed, a prologue with a fault by the parser
    near = nearest(keyword, FORMS, limit=1)
    opening = keyword or query[offset : offset + 10]
    key = "query.similar_keyword" if near else "query.unknown_keyword"
    values = {"opening": opening, "form": near[0] if near else ", ".join(FORMS)}
    raise QueryError(_at(query, offset, message(__package__, key, **values)))


def _at(text: str, offset: int, fault: Message) -> Message:
    """Prefix a message with the line and column (1-based) of an offset."""
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return message(__package__, "query.at", line=line, column=column, fault=fault)


def _clause_offset(text: str, keyword: str) -> int | None:
    """Find the offset of a keyword outside literals, IRIs and comments; ``None`` if it does not occur.

    A `<` can start an IRI or be a comparison, which only a full parser can distinguish. Both readings are
    followed, so that nothing that looks like an IRI can hide a clause; each offset is visited once.
    """
    if not may_have_clause(text, keyword):
        return None
    visited: set[int] = set()
    starts = [0]
    while starts:
        for token in _tokens(text, starts.pop(), visited):
            if token.lastgroup == "name" and (offset := clause_offset(token, keyword)) is not None:
                return offset
            if token.lastgroup == "iri":
                starts.append(token.start() + 1)
    return None


def _tokens(text: str, start: int, visited: set[int]) -> Iterator[re.Match[str]]:
    """Yield the tokens from an offset on and record their offsets; stop at an offset already in `visited`."""
    offset = start
    while offset < len(text) and offset not in visited:
        visited.add(offset)
        token = _TOKENS.match(text, offset)
        if token is None:
            return
        yield token
        offset = token.end()
