"""ArchiMate: models as values, their exchange file, its rules, and the mapping to the ontology."""

from .concepts import ELEMENT_TYPES, RELATIONSHIP_TYPES, is_legal
from .exchange import exchange_file
from .model import (
    Element,
    Folder,
    Model,
    Property,
    Relationship,
    View,
    ViewConnection,
    ViewNode,
)

__all__ = [
    "ELEMENT_TYPES",
    "RELATIONSHIP_TYPES",
    "Element",
    "Folder",
    "Model",
    "Property",
    "Relationship",
    "View",
    "ViewConnection",
    "ViewNode",
    "exchange_file",
    "is_legal",
]
