"""What a file of a model states, as it was read: identifiers may repeat, and references lead to nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...graph.archimate.model import LabelsByLanguage, Property

if TYPE_CHECKING:
    from ...graph.archimate.model import Concept, Element, FilePlace, Folder, Relationship, View

_ID_START = re.compile(r"[^\W\d]|_")  # with which an identifier of XML begins
_NO_ID_SIGN = re.compile(r"[^\w.-]")
_DEFAULT_SIZE = (120, 55)  # pixels of a box for which no size is stated


@dataclass
class FolderLinks:
    """The folders of a tree that have identifiers, and what lies in them.

    :param places: identifier of a folder → its place
    :param below: identifier of a folder → identifiers of the folders and members that it lists
    """

    places: dict[str, FilePlace] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class ModelParts:
    """The parts of a model.

    :param members: members of folders with their places
    :param passed_over: kind of what a model of ArchiMate does not have → number, such as sketches
    """

    id: str
    names: LabelsByLanguage
    documentation: LabelsByLanguage = field(default_factory=dict)
    properties: tuple[Property, ...] = ()
    elements: list[Element] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    members: list[tuple[str, FilePlace]] = field(default_factory=list)
    links: FolderLinks = field(default_factory=FolderLinks)
    passed_over: Counter[str] = field(default_factory=Counter)

    def identified(self) -> tuple[Concept | View, ...]:
        """Return what folders may list: elements, relationships and views."""
        return (*self.elements, *self.relationships, *self.views)


def xml_id(text: str) -> str:
    """Return an identifier that XML allows: tools number their concepts, and XML wants a letter first.

    >>> xml_id("1544"), xml_id("id-1544"), xml_id("a b")
    ('id-1544', 'id-1544', 'a_b')
    """
    if not text:
        return ""
    clean = _NO_ID_SIGN.sub("_", text)
    return clean if _ID_START.match(clean) else f"id-{clean}"


def pixels(text: str) -> int:
    """Return a number of pixels; 0 for none.

    >>> pixels("12"), pixels("-3"), pixels("12.0"), pixels("")
    (12, -3, 12, 0)
    """
    try:
        return round(float(text or 0))
    except (ValueError, OverflowError):
        return 0


def box_size(width: str, height: str) -> tuple[int, int]:
    """Return the size of a box; that of the tool where none is stated.

    >>> box_size("100", "-1")
    (100, 55)
    """
    stated = pixels(width), pixels(height)
    return (
        stated[0] if stated[0] > 0 else _DEFAULT_SIZE[0],
        stated[1] if stated[1] > 0 else _DEFAULT_SIZE[1],
    )
