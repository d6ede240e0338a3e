"""Reading of the exchange format of The Open Group: versions 2.1 and 3.0 to 3.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.archimate.concepts import current_name
from ...graph.archimate.exchange import NAMESPACE
from ...graph.archimate.model import Element, Folder, Property, Relationship, View, ViewConnection, ViewNode
from .parts import ModelParts, box_size, pixels, xml_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...graph.archimate.model import FilePlace
    from .xml_tree import XmlNode

NAMESPACES = frozenset({NAMESPACE, "http://www.opengroup.org/xsd/archimate"})  # the latter of version 2.1
ROOT = "model"
_NAMES = ("name", "label")  # of version 3 and of version 2.1
_DETAILS = {"accesstype": "accessType", "modifier": "modifier", "isdirected": "isDirected"}


def read_exchange(root: XmlNode, file: str) -> ModelParts:
    """Read the parts of a model.

    :param root: element `model` in one of :data:`NAMESPACES`
    """
    reader = _ExchangeReader(root, file)
    parts = ModelParts(
        xml_id(root.get("identifier")) or "id-model",
        root.texts(*_NAMES),
        root.texts("documentation"),
        reader.properties(root),
    )
    parts.elements = [reader.element(node) for node in _inside(root, "elements", "element")]
    parts.relationships = [reader.relationship(n) for n in _inside(root, "relationships", "relationship")]
    for tree in root.all("organizations", "organization"):
        parts.folders += [reader.folder(item, parts, ()) for item in tree.all("item")]
    views = [*_inside(root, "views", "view")]
    views += [view for container in root.all("views") for view in _inside(container, "diagrams", "view")]
    parts.views = [reader.view(node) for node in views]
    return parts


def _inside(root: XmlNode, container: str, tag: str) -> Iterator[XmlNode]:
    return (node for outer in root.all(container) for node in outer.all(tag))


class _ExchangeReader:
    """Reads the elements of one file."""

    def __init__(self, root: XmlNode, file: str) -> None:
        self.file = file
        definitions = [*_inside(root, "propertyDefinitions", "propertyDefinition")]
        definitions += _inside(root, "propertydefs", "propertydef")
        self.property_names = {node.get("identifier"): _first_name(node) for node in definitions}

    def properties(self, node: XmlNode) -> tuple[Property, ...]:
        """Read the properties of a concept or model."""
        stated = _inside(node, "properties", "property")
        pairs = ((entry.get("propertydefinitionref", "identifierref"), entry) for entry in stated)
        return tuple(
            Property(self.property_names.get(ref, ref), entry.texts("value")) for ref, entry in pairs
        )

    def place(self, node: XmlNode) -> FilePlace:
        """Return where a node stands."""
        return self.file, node.line, node.column

    def element(self, node: XmlNode) -> Element:
        """Read an element."""
        return Element(
            xml_id(node.get("identifier")),
            current_name(node.get("xsi:type")),
            node.texts(*_NAMES),
            node.texts("documentation"),
            self.properties(node),
            self.place(node),
        )

    def relationship(self, node: XmlNode) -> Relationship:
        """Read a relationship."""
        details = {name: node.get(key) for key, name in _DETAILS.items() if key in node.attributes}
        return Relationship(
            xml_id(node.get("identifier")),
            current_name(node.get("xsi:type")),
            node.texts(*_NAMES),
            node.texts("documentation"),
            self.properties(node),
            self.place(node),
            source=xml_id(node.get("source")),
            target=xml_id(node.get("target")),
            details=details,
        )

    def folder(self, node: XmlNode, parts: ModelParts, above: Sequence[str]) -> Folder:
        """Read a folder with all below it, and note what lies in it.

        :param above: identifiers of the folders around it
        """
        own_id = xml_id(node.get("identifier"))
        around = (*above, own_id) if own_id else above
        if own_id:
            parts.links.places[own_id] = self.place(node)
        folders, members = [], []
        for item in node.all("item"):
            if reference := xml_id(item.get("identifierref")):
                members.append(reference)
                parts.members.append((reference, self.place(item)))
                for folder in around:
                    parts.links.below.setdefault(folder, []).append(reference)
            else:
                folders.append(self.folder(item, parts, around))
        return Folder(node.texts("label"), tuple(folders), tuple(members))

    def view(self, node: XmlNode) -> View:
        """Read a view."""
        return View(
            xml_id(node.get("identifier")),
            node.texts(*_NAMES),
            tuple(map(_node, node.all("node"))),
            tuple(map(_connection, node.all("connection"))),
            node.texts("documentation"),
            node.get("viewpoint"),
            self.place(node),
        )


def _first_name(node: XmlNode) -> str:
    return node.get("name") or next(iter(node.texts(*_NAMES).values()), node.get("identifier"))


def _node(node: XmlNode) -> ViewNode:
    width, height = box_size(node.get("w"), node.get("h"))
    return ViewNode(
        xml_id(node.get("identifier")),
        pixels(node.get("x")),
        pixels(node.get("y")),
        width,
        height,
        xml_id(node.get("elementref")),
        node.texts("label"),
        _fill(node),
        tuple(map(_node, node.all("node"))),
        is_note=node.get("xsi:type", "type") in {"Label", "note"},
    )


def _fill(node: XmlNode) -> str:
    style = node.first("style")
    colour = style.first("fillColor") if style else None
    if colour is None:
        return ""
    return "#" + "".join(f"{min(max(pixels(colour.get(part)), 0), 255):02x}" for part in "rgb")


def _connection(node: XmlNode) -> ViewConnection:
    return ViewConnection(
        xml_id(node.get("identifier")),
        xml_id(node.get("source")),
        xml_id(node.get("target")),
        xml_id(node.get("relationshipref")),
        tuple((pixels(bend.get("x")), pixels(bend.get("y"))) for bend in node.all("bendpoint")),
    )
