"""Reading of models as the tool Archi keeps them: one file `.archimate`, or a folder with a file a concept.

Both have the same objects. In a file they stand inside each other and refer by identifier; in a folder (the
plug-in coArchi) each has a file, and refers by the address of a file, `Name.xml#identifier`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.archimate.concepts import RELATIONSHIP, RELATIONSHIP_TYPES, current_name
from ...graph.archimate.model import Element, Folder, Property, Relationship, View, ViewConnection, ViewNode
from .parts import ModelParts, box_size, pixels, xml_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...graph.archimate.model import FilePlace, LabelsByLanguage
    from .xml_tree import XmlNode

NAMESPACE = "http://www.archimatetool.com/archimate"
ROOTS = ("model", "ArchimateModel")  # of a file, and of the file `folder.xml` of a folder
_VIEW = "ArchimateDiagramModel"
_OTHER_VIEWS = frozenset({"SketchModel", "CanvasModel"})  # that no model of ArchiMate has
_ACCESS_TYPES = {"": "Write", "0": "Write", "1": "Read", "2": "Access", "3": "ReadWrite"}
_NOTES = frozenset({"Note", "DiagramModelNote"})
_JUNCTION, _OR = "Junction", "or"


def archi_parts(root: XmlNode) -> ModelParts:
    """Read what the root of a model states of itself."""
    return ModelParts(
        xml_id(root.get("id")) or "id-model",
        _named(root.get("name")),
        _named(_text(root, "purpose", "documentation")),
        _properties(root),
    )


def read_archi(root: XmlNode, file: str) -> ModelParts:
    """Read the parts of a model from a file `.archimate`."""
    parts = archi_parts(root)
    parts.folders = [_folder(node, file, parts) for node in root.all("folder", "folders")]
    return parts


def _folder(node: XmlNode, file: str, parts: ModelParts) -> Folder:
    children = node.all("element", "elements")
    members = [add_object(child, child.get("xsi:type"), file, parts) for child in children]
    folders = tuple(_folder(below, file, parts) for below in node.all("folder", "folders"))
    return Folder(_named(node.get("name")), folders, tuple(filter(None, members)))


def add_object(node: XmlNode, type_name: str, file: str, parts: ModelParts) -> str:
    """Read an element, a relationship or a view.

    :param type_name: its type as the tool names it
    :returns: its identifier; empty for what no model of ArchiMate has, which is counted
    """
    local = type_name.rpartition(":")[2]
    place = (file, node.line, node.column)
    if local in _OTHER_VIEWS:
        parts.passed_over[local] += 1
        return ""
    if local == _VIEW:
        parts.views.append(_view(node, place))
    elif local.endswith(RELATIONSHIP) or current_name(local) in RELATIONSHIP_TYPES:
        parts.relationships.append(_relationship(node, current_name(local), place))
    else:
        parts.elements.append(_element(node, local, place))
    return xml_id(node.get("id"))


def _named(text: str) -> LabelsByLanguage:
    return {"": text} if text.strip() else {}


def _text(node: XmlNode, *names: str) -> str:
    """Return a text that is an attribute in a folder, and a child in a file."""
    children = (child.text for child in node.all(*names))
    return node.get(*names) or next(children, "")


def _reference(node: XmlNode, *names: str) -> str:
    """Return the identifier to which an attribute, or the address of a child, refers."""
    lower_names = [name.lower() for name in names]
    addresses = (child.get("href") for child in node.all(*names))
    return xml_id(node.get(*lower_names) or next(addresses, "").rpartition("#")[2])


def _properties(node: XmlNode) -> tuple[Property, ...]:
    entries = node.all("property", "properties")
    return tuple(Property(entry.get("key"), _named(entry.get("value"))) for entry in entries)


def _element(node: XmlNode, type_name: str, place: FilePlace) -> Element:
    is_or = type_name == _JUNCTION and node.get("type") == _OR
    return Element(
        xml_id(node.get("id")),
        "OrJunction" if is_or else current_name(type_name),
        _named(node.get("name")),
        _named(_text(node, "documentation")),
        _properties(node),
        place,
    )


def _relationship(node: XmlNode, type_name: str, place: FilePlace) -> Relationship:
    details = {}
    if type_name == "Access":
        details["accessType"] = _ACCESS_TYPES.get(node.get("accesstype"), node.get("accesstype"))
    if node.get("strength"):
        details["modifier"] = node.get("strength")
    if node.get("directed"):
        details["isDirected"] = node.get("directed")
    return Relationship(
        xml_id(node.get("id")),
        type_name,
        _named(node.get("name")),
        _named(_text(node, "documentation")),
        _properties(node),
        place,
        source=_reference(node, "source"),
        target=_reference(node, "target"),
        details=details,
    )


def _view(node: XmlNode, place: FilePlace) -> View:
    nodes = tuple(_node(child, 0, 0) for child in node.all("child", "children"))
    return View(
        xml_id(node.get("id")),
        _named(node.get("name")),
        nodes,
        tuple(_connections(node)),
        _named(_text(node, "documentation")),
        _viewpoint(node.get("viewpoint")),
        place,
    )


def _viewpoint(name: str) -> str:
    """Return the name of a viewpoint as the exchange format has it; old files state a number instead.

    >>> _viewpoint("application_cooperation"), _viewpoint("6")
    ('Application Cooperation', '')
    """
    return "" if name.isdigit() else name.replace("_", " ").title()


def _node(node: XmlNode, left: int, top: int) -> ViewNode:
    """Read a box; its place is stated from the box around it."""
    bounds = node.first("bounds")
    x = left + pixels(bounds.get("x") if bounds else "")
    y = top + pixels(bounds.get("y") if bounds else "")
    width, height = box_size(*((bounds.get("width"), bounds.get("height")) if bounds else ("", "")))
    kind = node.get("xsi:type").rpartition(":")[2]
    children = tuple(_node(child, x, y) for child in node.all("child", "children"))
    element = _reference(node, "archimateElement")
    text = node.get("name") or _text(node, "content")
    return ViewNode(
        xml_id(node.get("id")),
        x,
        y,
        width,
        height,
        element,
        {} if element else _named(text),
        node.get("fillcolor"),
        children,
        is_note=kind in _NOTES and not children,
    )


def _connections(node: XmlNode) -> Iterator[ViewConnection]:
    """Yield the lines that begin at the boxes and lines of a view."""
    for child in node.all("child", "children", "sourceConnection", "sourceConnections"):
        if child.tag.startswith("source"):
            yield ViewConnection(
                xml_id(child.get("id")),
                _reference(child, "source"),
                _reference(child, "target"),
                _reference(child, "archimateRelationship", "relationship"),
            )
        yield from _connections(child)
