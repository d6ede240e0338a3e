"""Checks on the structure of a model: unique identifiers, references with a target, and no circles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...graph.archimate.concepts import ELEMENT_TYPES, RELATIONSHIP_TYPES
from ...problems import Problem
from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...graph.archimate.model import FilePlace, View, ViewNode
    from ...problems import Fault
    from .parts import FolderLinks, ModelParts


def structure_problems(parts: ModelParts, file: str) -> list[Problem]:
    """List what does not fit together in a model, in the order of its lines.

    :param file: name of the model, for parts without a place
    """
    places: dict[str, FilePlace] = {}
    problems = [*_repeated(parts, places), *_without_type(parts), *_dangling(parts, places)]
    problems += _dangling_members(parts, places)
    problems += _circles(parts.links)
    if not parts.identified():
        problems.append(Problem(file, 1, 1, fault("KG140.no-concepts")))
    return sorted(problems)


def _problem(place: FilePlace, flaw: Fault) -> Problem:
    return Problem(*place, flaw)


def _repeated(parts: ModelParts, places: dict[str, FilePlace]) -> Iterator[Problem]:
    """Yield identifiers that are missing or given twice, and note where each stands."""
    for part in parts.identified():
        if not part.id:
            yield _problem(part.place, fault("KG141.no-id"))
        elif part.id in places:
            location = ":".join(map(str, places[part.id]))
            yield _problem(part.place, fault("KG141.repeated-id", id=part.id, place=location))
        else:
            places[part.id] = part.place


def _without_type(parts: ModelParts) -> Iterator[Problem]:
    """Yield concepts of a type that ArchiMate does not have."""
    listed = (
        *((element, element.type in ELEMENT_TYPES) for element in parts.elements),
        *((link, link.type in RELATIONSHIP_TYPES) for link in parts.relationships),
    )
    for concept, is_known in listed:
        if not is_known:
            yield _problem(concept.place, fault("KG141.unknown-type", id=concept.id, name=concept.type))


def _dangling(parts: ModelParts, places: Mapping[str, FilePlace]) -> Iterator[Problem]:
    """Yield relationships, boxes and lines that refer to nothing."""
    yield from _dangling_relationships(parts, places)
    for view in parts.views:
        for name in sorted(_missing_in_view(view, places)):
            flaw = fault("KG141.nothing-shown", id=view.id, target=name) if name else None
            yield _problem(view.place, flaw or fault("KG141.loose-line", id=view.id))


def _dangling_relationships(parts: ModelParts, places: Mapping[str, FilePlace]) -> Iterator[Problem]:
    for link in parts.relationships:
        for end, absent in ((link.source, "KG141.no-source"), (link.target, "KG141.no-target")):
            if not end:
                yield _problem(link.place, fault(absent, id=link.id))
            elif end not in places:
                yield _problem(link.place, fault("KG141.no-end", id=link.id, target=end))


def _missing_in_view(view: View, places: Mapping[str, FilePlace]) -> set[str]:
    """Return what a view refers to and is not there; empty for a line without an end."""
    boxes = {node.id for node in view.all_nodes()} | {line.id for line in view.connections}
    references = [node.element for node in view.all_nodes()] + [
        line.relationship for line in view.connections
    ]
    missing = {name for name in references if name and name not in places}
    return missing | {end for line in view.connections for end in (line.source, line.target)} - boxes


def _dangling_members(parts: ModelParts, places: Mapping[str, FilePlace]) -> Iterator[Problem]:
    boxes = {node.id for view in parts.views for node in view.all_nodes()}
    boxes |= {line.id for view in parts.views for line in view.connections}
    for member, place in parts.members:
        if member not in places and member not in parts.links.places and member not in boxes:
            yield _problem(place, fault("KG141.no-member", target=member))


def _circles(links: FolderLinks) -> Iterator[Problem]:
    """Yield folders that lie inside themselves."""
    for folder, place in links.places.items():
        seen: set[str] = set()
        waiting = list(links.below.get(folder, ()))
        while waiting:
            member = waiting.pop()
            if member not in seen and member in links.places:
                seen.add(member)
                waiting += links.below.get(member, ())
        if folder in seen:
            yield _problem(place, fault("KG141.circle", id=folder))


def positive_places(view: View) -> View:
    """Move a view so that no box begins left of it or above it, as the exchange format asks."""
    points = [(node.x, node.y) for node in view.all_nodes()]
    points += [bend for line in view.connections for bend in line.bends]
    left = min((x for x, _ in points), default=0)
    top = min((y for _, y in points), default=0)
    if left >= 0 and top >= 0:
        return view
    right, down = max(-left, 0), max(-top, 0)
    lines = tuple(
        replace(line, bends=tuple((x + right, y + down) for x, y in line.bends)) for line in view.connections
    )
    return replace(view, nodes=tuple(_moved(node, right, down) for node in view.nodes), connections=lines)


def _moved(node: ViewNode, right: int, down: int) -> ViewNode:
    children = tuple(_moved(child, right, down) for child in node.children)
    return replace(node, x=node.x + right, y=node.y + down, children=children)
