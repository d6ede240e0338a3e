"""ArchiMate models as values: elements, relationships, the tree that orders them, and views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

LabelsByLanguage: TypeAlias = Mapping[str, str]  # language tag -> text; an empty tag where none is stated
FilePlace: TypeAlias = tuple[str, int, int]  # file, line and column, both from 1

_NOWHERE: FilePlace = ("", 1, 1)
_HASH_BYTES = 8


def short_hash(*texts: str) -> str:
    """Return the part of an identifier that follows from texts, and stays the same in every version.

    >>> short_hash("tq:lgsp", "serves", "vn:tuyen-quang") == short_hash("tq:lgsp", "serves", "vn:tuyen-quang")
    True
    """
    return blake2b("\n".join(texts).encode(), digest_size=_HASH_BYTES).hexdigest()


@dataclass(frozen=True, slots=True)
class Property:
    """A named value of an element, a relationship or a model."""

    name: str
    values: LabelsByLanguage


@dataclass(frozen=True, slots=True)
class Concept:
    """What elements and relationships share.

    :param id: identifier, unique in the model
    :param type: name in ArchiMate 3.1, such as `ApplicationComponent` or `Serving`
    :param place: where the file states it, if it was read from one
    """

    id: str
    type: str
    names: LabelsByLanguage = field(default_factory=dict)
    documentation: LabelsByLanguage = field(default_factory=dict)
    properties: tuple[Property, ...] = ()
    place: FilePlace = field(default=_NOWHERE, compare=False)

    def stated(self, name: str) -> str:
        """Return the value of a property; empty if it has none of that name."""
        matches = (entry for entry in self.properties if entry.name == name)
        return next((next(iter(match.values.values()), "") for match in matches), "")


@dataclass(frozen=True, slots=True)
class Element(Concept):
    """An element, such as an application component."""


@dataclass(frozen=True, slots=True)
class Relationship(Concept):
    """A directed relationship between two concepts.

    :param source: identifier of an element or of another relationship; `target` likewise
    :param details: attributes of its type, as in the exchange format: `accessType`, `modifier`, `isDirected`
    """

    source: str = ""
    target: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the tree that orders a model.

    :param members: identifiers of elements, relationships and views
    """

    labels: LabelsByLanguage
    folders: tuple[Folder, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A box of a view.

    :param x: distance of its left side from that of the view, in pixels; `y` likewise from the top
    :param element: identifier of the element that it shows; empty for a group or a note
    :param labels: its own text; empty where it shows that of the element
    :param fill: colour `#rrggbb`; empty for that of the tool
    :param children: boxes inside it, in places of the whole view
    :param is_note: whether it is a text and holds no boxes
    """

    id: str
    x: int
    y: int
    width: int
    height: int
    element: str = ""
    labels: LabelsByLanguage = field(default_factory=dict)
    fill: str = ""
    children: tuple[ViewNode, ...] = ()
    is_note: bool = False

    def nodes(self) -> Iterator[ViewNode]:
        """Yield the box and all boxes inside it."""
        yield self
        for child in self.children:
            yield from child.nodes()


@dataclass(frozen=True, slots=True)
class ViewConnection:
    """A line of a view, between two boxes or lines.

    :param relationship: identifier of the relationship that it shows; empty for a line to a note
    :param bends: points of the view through which it runs
    """

    id: str
    source: str
    target: str
    relationship: str = ""
    bends: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A view: boxes and lines with positions.

    :param viewpoint: name of the viewpoint; empty for none
    """

    id: str
    names: LabelsByLanguage
    nodes: tuple[ViewNode, ...] = ()
    connections: tuple[ViewConnection, ...] = ()
    documentation: LabelsByLanguage = field(default_factory=dict)
    viewpoint: str = ""
    place: FilePlace = field(default=_NOWHERE, compare=False)

    def all_nodes(self) -> Iterator[ViewNode]:
        """Yield all boxes, those inside others too."""
        for node in self.nodes:
            yield from node.nodes()


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model; identifiers are unique in it, and every reference has its target."""

    id: str
    names: LabelsByLanguage
    elements: tuple[Element, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    folders: tuple[Folder, ...] = ()
    views: tuple[View, ...] = ()
    documentation: LabelsByLanguage = field(default_factory=dict)
    properties: tuple[Property, ...] = ()
