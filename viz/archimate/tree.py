"""The tree that orders a model: elements by layer of ArchiMate and province, relationships, views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.archimate.concepts import ELEMENT_TYPES
from ...graph.archimate.model import Folder
from ...words import in_all_languages
from .elements import in_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.archimate.model import Concept, LabelsByLanguage, View
    from ...queries.picture.parts import Node


def folders(
    elements: Sequence[tuple[Node, Concept]], relationships: Iterable[Concept], views: Iterable[View]
) -> tuple[Folder, ...]:
    """Order the concepts and views of a model in folders; empty folders are left out.

    :param elements: each entity with its element
    """
    provinces = {node.curie: in_languages(node.labels) for node, _ in elements}
    by_layer: dict[str, dict[str, list[str]]] = {layer: {} for layer in ELEMENT_TYPES.values()}
    for node, element in elements:
        by_layer[ELEMENT_TYPES[element.type]].setdefault(node.province or "", []).append(element.id)
    tree = [_layer_folder(layer, by_layer[layer], provinces) for layer in by_layer]
    tree.append(Folder(_label("relations"), members=tuple(concept.id for concept in relationships)))
    tree.append(Folder(_label("views"), members=tuple(view.id for view in views)))
    return tuple(folder for folder in tree if folder.folders or folder.members)


def _layer_folder(
    layer: str, members: Mapping[str, Sequence[str]], provinces: Mapping[str, LabelsByLanguage]
) -> Folder:
    national = tuple(members.get("", ()))
    below = tuple(
        Folder(provinces.get(province) or {"": province}, members=tuple(members[province]))
        for province in sorted(members)
        if province
    )
    return Folder(_label(layer), below, national)


def _label(key: str) -> LabelsByLanguage:
    return in_languages(in_all_languages(__package__ or "", f"folder.{key}"))
