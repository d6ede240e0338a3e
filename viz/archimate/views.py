"""The views of a model: layers by province, the landscape of each province, and the impact of a system."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.archimate.model import View, ViewConnection, ViewNode, short_hash
from ...ontology.layers import find_layer, layer_order, technical_layers
from ...words import in_all_languages, languages
from ..dependencies.boxes import BoxRole
from .elements import element_id, in_languages
from .places import BOX_HEIGHT, BOX_WIDTH, GAP, TITLE, frame, framed_grid, grid_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...graph.archimate.model import LabelsByLanguage, Relationship
    from ...queries.picture.parts import Node
    from ..dependencies.boxes import Drawing

_MATRIX_COLUMNS = 2  # boxes side by side in a cell of layers by province
_LANDSCAPE_COLUMNS = 6
_IMPACT_GAP = 90  # between columns, room for the names of relationships
_FAILED_FILL = "#fde8e8"
_NATIONAL = ""  # key of what belongs to no province
_OUTSIDE = "outside"  # key of the frame of systems outside the province


@dataclass(frozen=True)
class Landscape:
    """What the views are drawn from.

    :param systems: entities of the technical layers, by CURIE
    :param units: labels of provinces by CURIE
    :param relationships: between any two elements
    """

    systems: Mapping[str, Node]
    units: Mapping[str, LabelsByLanguage]
    relationships: Sequence[Relationship]

    @classmethod
    def of(cls, nodes: Iterable[Node], relationships: Sequence[Relationship]) -> Landscape:
        """Choose the systems among the entities of a model."""
        layers = set(technical_layers())
        entities = list(nodes)
        return cls(
            {node.curie: node for node in entities if node.layer in layers},
            {node.curie: in_languages(node.labels) for node in entities},
            relationships,
        )

    def by_province(self) -> dict[str, list[Node]]:
        """Return the systems of each province in the order of layers; those of none under an empty key."""
        provinces: dict[str, list[Node]] = defaultdict(list)
        for node in sorted(self.systems.values(), key=lambda node: (layer_order(node.layer), node.short)):
            provinces[node.province or _NATIONAL].append(node)
        return dict(sorted(provinces.items()))

    def unit_label(self, province: str) -> LabelsByLanguage:
        """Return the label of a province; of what belongs to none, that it is national."""
        return self.units.get(province) or _words("national")


def layers_by_province(landscape: Landscape) -> View:
    """Draw all systems: a row a province, a column a layer."""
    view = f"id-view-{short_hash('layers')}"
    layers = technical_layers()
    provinces = landscape.by_province()
    width = grid_size(_MATRIX_COLUMNS, _MATRIX_COLUMNS)[0]
    rows: list[ViewNode] = []
    top = 0
    for province, systems in provinces.items():
        cells = [[system for system in systems if system.layer == layer] for layer in layers]
        tallest = max(map(len, cells))
        size = (
            len(layers) * (width + 3 * GAP) - GAP,
            grid_size(tallest, _MATRIX_COLUMNS)[1] + 2 * GAP + TITLE,
        )
        row = frame(_node_id(view, province), landscape.unit_label(province), (0, top), size)
        rows.append(_with_cells(row, view, province, list(zip(layers, cells, strict=True))))
        top += row.height + GAP
    return View(view, _words("layers_by_province"), tuple(rows))


def _with_cells(
    row: ViewNode, view: str, province: str, cells: Sequence[tuple[str, Sequence[Node]]]
) -> ViewNode:
    """Fill the row of a province with a frame for each layer in which it has systems."""
    width, _ = grid_size(_MATRIX_COLUMNS, _MATRIX_COLUMNS)
    children = []
    for position, (layer, systems) in enumerate(cells):
        if systems:
            corner = (row.x + GAP + position * (width + 3 * GAP), row.y + GAP + TITLE)
            size = (width, grid_size(len(systems), _MATRIX_COLUMNS)[1])
            cell = frame(_node_id(view, province, layer), _layer_label(layer), corner, size)
            boxes = [(_node_id(view, system.curie), element_id(system.curie)) for system in systems]
            children.append(framed_grid(cell, boxes, _MATRIX_COLUMNS))
    return ViewNode(
        row.id,
        row.x,
        row.y,
        row.width,
        row.height,
        labels=row.labels,
        fill=row.fill,
        children=tuple(children),
    )


def province_views(landscape: Landscape) -> Iterator[View]:
    """Draw the landscape of each province: a frame a layer, and one for the systems outside that it links."""
    pairs = [(link.source, link.target) for link in landscape.relationships]
    systems = {element_id(curie): node for curie, node in landscape.systems.items()}
    for province, inside in landscape.by_province().items():
        if province == _NATIONAL:
            continue
        inside_ids = {element_id(node.curie) for node in inside}
        linked = {end for pair in pairs if inside_ids & set(pair) for end in pair} - inside_ids
        outside = sorted((systems[end] for end in linked & systems.keys()), key=lambda node: node.curie)
        yield _landscape(landscape, province, inside, outside)


def _landscape(landscape: Landscape, province: str, inside: Sequence[Node], outside: Sequence[Node]) -> View:
    view = f"id-view-{short_hash('landscape', province)}"
    groups = {layer: [node for node in inside if node.layer == layer] for layer in technical_layers()}
    groups[_OUTSIDE] = list(outside)
    frames: list[ViewNode] = []
    top = 0
    for key, systems in groups.items():
        if systems:
            labels = _words(_OUTSIDE) if key == _OUTSIDE else _layer_label(key)
            widest = grid_size(_LANDSCAPE_COLUMNS, _LANDSCAPE_COLUMNS)[0]
            size = (widest, grid_size(len(systems), _LANDSCAPE_COLUMNS)[1])
            outer = frame(_node_id(view, key), labels, (0, top), size)
            boxes = [(_node_id(view, node.curie), element_id(node.curie)) for node in systems]
            frames.append(framed_grid(outer, boxes, _LANDSCAPE_COLUMNS))
            top += outer.height + GAP
    names = _named("landscape", landscape.unit_label(province))
    return View(view, names, tuple(frames), tuple(_connections(view, frames, landscape.relationships)))


def impact_view(drawing: Drawing, failed: str, landscape: Landscape) -> View:
    """Draw what stops when a system stops, in the columns and rows of its drawing.

    :param failed: CURIE of the system
    """
    view = f"id-view-{short_hash('impact', failed)}"
    nodes = tuple(
        ViewNode(
            _node_id(view, box.system.curie),
            box.column * (BOX_WIDTH + _IMPACT_GAP),
            round(box.row * (BOX_HEIGHT + GAP)),
            BOX_WIDTH,
            BOX_HEIGHT,
            element_id(box.system.curie),
            fill=_FAILED_FILL if box.role is BoxRole.FAILED else "",
        )
        for box in drawing.boxes
        if box.system.curie in landscape.units
    )
    names = _named("impact", landscape.units[failed])
    return View(view, names, nodes, tuple(_connections(view, nodes, landscape.relationships)))


def _connections(
    view: str, nodes: Iterable[ViewNode], relationships: Iterable[Relationship]
) -> Iterator[ViewConnection]:
    """Connect the boxes of a view by the relationships between their elements."""
    boxes = {box.element: box.id for node in nodes for box in node.nodes() if box.element}
    for link in relationships:
        if link.source in boxes and link.target in boxes and link.source != link.target:
            line = _node_id(view, link.id)
            yield ViewConnection(line, boxes[link.source], boxes[link.target], link.id)


def _node_id(view: str, *keys: str) -> str:
    return f"id-{short_hash(view, *keys)}"


def _layer_label(layer: str) -> LabelsByLanguage:
    return in_languages({lang: find_layer(layer).label(lang) for lang in languages()})


def _words(key: str) -> LabelsByLanguage:
    return in_languages(in_all_languages(__package__ or "", f"view.{key}"))


def _named(key: str, names: LabelsByLanguage) -> LabelsByLanguage:
    """Word the name of a view about a thing, in the languages in which the thing has a name."""
    worded = {lang: in_all_languages(__package__ or "", f"view.{key}", name=names[lang]) for lang in names}
    return in_languages({lang: texts[lang] for lang, texts in worded.items()})
