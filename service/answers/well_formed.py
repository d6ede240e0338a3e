"""Check that an answer in XML is well-formed, because some RDF terms cannot be written in XML.

Predicates must have names that XML allows, and XML does not allow control characters.
"""

from __future__ import annotations

from xml.parsers import expat

from ..contract.refusals import ServiceError

__all__ = ["require_well_formed"]


def require_well_formed(body: bytes, media_type: str) -> bytes:
    """Return an answer unchanged, if it is well-formed.

    :raises ServiceError: 406 if it is XML that parsers would reject

    >>> require_well_formed(b"<a/>", "application/rdf+xml")
    b'<a/>'
    """
    if media_type.endswith("+xml"):
        try:
            expat.ParserCreate(namespace_separator=" ").Parse(body, True)
        except expat.ExpatError as error:
            raise ServiceError("not-in-xml", fault=str(error)) from error
    return body
