"""Validation of exchange files by the schemas of The Open Group."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from lxml import etree

CASES = Path(__file__).parents[2] / "cases" / "archimate"
_XML_LANG = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/XML/1998/namespace">
 <xs:attribute name="lang" type="xs:language"/></xs:schema>"""


class _XmlLang(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    def resolve(self, url: str, public_id: str, context: object) -> object:
        return self.resolve_string(_XML_LANG, context) if url.endswith("/xml.xsd") else None


@cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlLang())
    return etree.XMLSchema(etree.parse(CASES / "archimate3_Diagram.xsd", parser))


def schema_errors(content: bytes) -> list[str]:
    """Return what the schemas of models, views and diagrams say against a file."""
    schema = _schema()
    schema.validate(etree.parse(BytesIO(content)))
    return [f"{error.line}: {error.message}" for error in schema.error_log]
