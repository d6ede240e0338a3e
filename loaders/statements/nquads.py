"""Writers of canonical N-Quads terms, and the N-Quads of one source."""

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
    """One source as N-Quads.

    :param graph: the lines of its own graph, each once
    :param edges: the lines of the plain edges that follow from it, each once
    """

    graph: bytes
    edges: bytes


def literal(text: str, suffix: str = "") -> str:
    r"""Write a literal.

    :param suffix: `@vi`, or `^^<datatype>`, or nothing

    >>> literal('a "b"', "@vi")
    '"a \\"b\\""@vi'
    """
    if _SPECIAL.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"{suffix}'


def labelled(text: str, lang: str) -> str:
    """Write a literal with a language tag.

    >>> labelled("cổng", "vi")
    '"cổng"@vi'
    """
    return literal(text, f"@{lang}")


def typed_literal(text: str, range_name: str | None) -> str:
    """Write a literal of the datatype that a property's range names; plain for any other range."""
    datatype = _DATATYPES.get(range_name or "")
    return literal(text, f"^^<{datatype}>" if datatype else "")


def edtf(text: str) -> str:
    """Write a stated time."""
    return f'"{text}"^^<{EDTF}>'


def day(text: str) -> str:
    """Write a day."""
    return f'"{text}"^^<{XSD}date>'


def decimal(text: str) -> str:
    """Write a decimal number."""
    return f'"{text}"^^<{XSD}decimal>'


def integer(number: int) -> str:
    """Write a whole number."""
    return f'"{number}"{INTEGER_SUFFIX}'


def egov(name: str) -> str:
    """Write the IRI of an ontology term.

    >>> egov("Claim")
    '<https://w3id.org/egovkg/ontology#Claim>'
    """
    return f"<{EGOV}{name}>"


def code(slug: str) -> str:
    """Write a code of the ontology."""
    return f"<{CODE}{slug}>"


def measure_node(name: str) -> str:
    """Write the address of a measure."""
    return f"<{ID}measure/{name}>"


def unit_node(slug: str) -> str:
    """Write the address of a unit of measure."""
    return f"<{ID}unit-of-measure/{slug}>"


def distinct_lines(quads: Iterable[str]) -> bytes:
    """Join lines without duplicates, in the order given."""
    return "".join(dict.fromkeys(quads)).encode()
