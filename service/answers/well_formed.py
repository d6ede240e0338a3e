"""Check that an answer in XML is well-formed: some terms of RDF cannot be written in it.

A predicate needs a name that XML allows, and XML has no control characters.
"""

from __future__ import annotations

from xml.parsers import expat

from ..contract.refusals import ServiceError

__all__ = ["require_well_formed"]


def require_well_formed(body: bytes, media_type: str) -> bytes:
    """Return an answer as it is.

    :raises ServiceError: 406 if it would be XML that no parser reads

    >>> require_well_formed(b"<a/>", "application/rdf+xml")
    b'<a/>'
    """
    if media_type.endswith("+xml"):
        try:
            expat.ParserCreate(namespace_separator=" ").Parse(body, True)
        except expat.ExpatError as error:
            raise ServiceError("not-in-xml", fault=str(error)) from error
    return body
