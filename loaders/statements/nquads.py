"""Canonical N-Quads terms, and the N-Quads of one source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import CODE, EDTF, EGOV, ID, RDF_TYPE, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_ESCAPES = str.maketrans(
    {code: f"\\u{code:04X}" for code in (*range(32), 127)}
    | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)  # those of canonical N-Quads, which the store writes too
TYPE = f"<{RDF_TYPE}>"
LABEL = f"<{RDFS}label>"
INTEGER_SUFFIX = f"^^<{XSD}integer>"
_DATATYPES = {"edtf": EDTF, "date": f"{XSD}date"}  # range of a property -> datatype of its literals


@dataclass(frozen=True)
class Quads:
    """The N-Quads of one source.

    :param graph: the lines of its own graph, without duplicates
    :param edges: the lines of the plain edges that follow from it, without duplicates
    """

    graph: bytes
    edges: bytes


def literal(text: str, suffix: str = "") -> str:
    r"""Return a literal as N-Quads term.

    :param suffix: `@vi`, `^^<datatype>`, or empty

    >>> literal('a "b"', "@vi")
    '"a \\"b\\""@vi'
    """
    if _SPECIAL.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"{suffix}'


def labelled(text: str, lang: str) -> str:
    """Return a literal with a language tag as N-Quads term.

    >>> labelled("cổng", "vi")
    '"cổng"@vi'
    """
    return literal(text, f"@{lang}")


def typed_literal(text: str, range_name: str | None) -> str:
    """Return a literal with the datatype of a property's range; plain for any other range."""
    datatype = _DATATYPES.get(range_name or "")
    return literal(text, f"^^<{datatype}>" if datatype else "")


def edtf(text: str) -> str:
    """Return a stated time as N-Quads term."""
    return f'"{text}"^^<{EDTF}>'


def day(text: str) -> str:
    """Return a day as N-Quads term."""
    return f'"{text}"^^<{XSD}date>'


def decimal(text: str) -> str:
    """Return a decimal number as N-Quads term."""
    return f'"{text}"^^<{XSD}decimal>'


def integer(number: int) -> str:
    """Return an integer as N-Quads term."""
    return f'"{number}"{INTEGER_SUFFIX}'


def egov(name: str) -> str:
    """Return the IRI of an ontology term as N-Quads term.

    >>> egov("Claim")
    '<https://w3id.org/egovkg/ontology#Claim>'
    """
    return f"<{EGOV}{name}>"


def code(slug: str) -> str:
    """Return the IRI of a code as N-Quads term."""
    return f"<{CODE}{slug}>"


def measure_node(name: str) -> str:
    """Return the IRI of a measure as N-Quads term."""
    return f"<{ID}measure/{name}>"


def unit_node(slug: str) -> str:
    """Return the IRI of a unit of measure as N-Quads term."""
    return f"<{ID}unit-of-measure/{slug}>"


def distinct_lines(quads: Iterable[str]) -> bytes:
    """Join lines without duplicates, keeping their order."""
    return "".join(dict.fromkeys(quads)).encode()
