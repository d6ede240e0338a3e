"""Answers in XML: each text arrives as it is in the graph, or the answer is refused.

XML allows neither control characters nor every name of a predicate, and RDF/XML reserves some names. A
carriage return must be escaped, because every XML parser reads it as a line feed.
Sources: XML 1.0, sections 2.2 and 2.11; RDF 1.1 XML Syntax, section 6.1.4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from ..contract.refusals import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

__all__ = ["require_writable_predicates", "xml_checked"]

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHOWN_BYTES = 40  # of what cannot be written
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESERVED = frozenset(
    _RDF + name
    for name in re.findall(
        r"\w+",
        "RDF ID about parseType resource nodeID datatype Description li aboutEach aboutEachPrefix bagID",
    )
)


def xml_checked(body: bytes, media_type: str) -> bytes:
    r"""Return an answer that is no XML unchanged, and one in XML with its carriage returns escaped.

    :raises ServiceError: 406 if it is XML that parsers would reject

    >>> xml_checked(b"<a>1\r2</a>", "application/rdf+xml")
    b'<a>1&#13;2</a>'
    """
    if not media_type.endswith("+xml"):
        return body
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError as error:
        raise ServiceError("not-in-xml", fault=_unwritable(body, error.lineno - 1, error.offset)) from error
    return body.replace(b"\r", b"&#13;")


def _unwritable(body: bytes, row: int, column: int) -> str:
    r"""Return what XML cannot hold: a control character by its number, other text as it is.

    The words of the parser are in English alone.

    :param row: index of the line at which the parser gave up
    :param column: number of bytes before the place in this line

    >>> _unwritable(b"<a>b\x01</a>", 0, 4), _unwritable(b'<a 1="b"/>', 0, 3)
    ('U+0001', '1="b"/>')
    """
    if control := _CONTROL.search(body):
        return f"U+{control[0][0]:04X}"
    return body.split(b"\n")[row][column : column + _SHOWN_BYTES].decode("utf-8", "replace")


def require_writable_predicates(triples: Iterable[ox.Triple]) -> None:
    """Check that no predicate has a name that the syntax of RDF/XML reserves.

    :raises ServiceError: 406 if one has
    """
    for triple in triples:
        if triple.predicate.value in _RESERVED:
            raise ServiceError("not-in-xml", fault=triple.predicate.value)
