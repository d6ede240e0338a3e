"""The tokens of a SPARQL query: regular expressions and word lists used by the query check."""

from __future__ import annotations

import re

from ...graph.sparql_tokens import IRI, NAME, STRING, VARIABLE

TOKENS = re.compile(
    rf"""(?P<blank>[ \t\r\n]++|\#[^\r\n]*+)
    |(?P<iri>{IRI})
    |(?P<text>{STRING})
    |(?P<variable>{VARIABLE})
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
    |(?P<name>(?![-.]){NAME})
    |(?P<open>[(\[{{])
    |(?P<close>[)\]}}])
    |(?P<separator>[.;,])
    |(?P<operator>&&|\|\||!=|<=|>=|\^\^|[\s\S])""",
    re.VERBOSE | re.DOTALL,
)
OPERANDS = frozenset(
    ("iri", "number", "text", "tag", "variable", "name", "close")
)  # tokens that end an operand

UPDATE_WORDS = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
VOLATILE_WORDS = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))  # another value at each evaluation
JOINING_WORDS = frozenset(("AS", "IN", "NOT", "DISTINCT", "SEPARATOR", "UNION"))
ELEMENT_WORDS = frozenset(("OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH"))

ABSOLUTE_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
COMPARISON_SIGNS = re.compile(r"['#()\[\]]")  # in an address: it may be a comparison with `<` and `>`
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def unescaped(text: str) -> str:
    r"""Replace the Unicode escapes (backslash and u) of a text by characters.

    :raises ValueError: for a number that is no Unicode code point

    >>> unescaped(r"caf\u00e9")
    'café'
    """
    return _CODE_POINT.sub(lambda code: chr(int(code[1] or code[2], 16)), text)
