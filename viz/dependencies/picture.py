"""A dependency drawing as SVG: boxes, arrows with their relations, legend, source and date.

Positions and colours are those of the HTML page of the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.network.network import DIRECTION
from ...queries.facts.sources import article_text
from ...words import catalogue
from ..pictures import (
    Caption,
    Ink,
    LegendEntry,
    Scene,
    box,
    framed,
    group,
    label,
    light_colours,
    path,
    text_width,
)
from .boxes import ArrowStyle, BoxRole
from .curves import Curve, curve_between
from .label_places import PlacedLabel, placed_labels
from .page_data import BOX_WIDTH, MARGIN, frame_size, legend_entries, node_record, page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..explorer.columnar import Record
    from .boxes import Arrow, Drawing

__all__ = ["svg"]

_LINE, _LETTERS, _SMALL_LETTERS = 19, 15, 13  # pixels: height of a line in a box, sizes of type
_LABEL_LINE, _LABEL_LETTERS = 16, 12.5
_DASHES = {
    ArrowStyle.REFERENCE: (9, 5),
    ArrowStyle.DUTY: (9, 5),
    ArrowStyle.PLANNED: (5, 5),
    ArrowStyle.IMPLIED: (2, 4),
}
_BOX_COLOURS = {  # role -> names of the colours of edge and area
    BoxRole.FAILED: ("failed", "failed-back"),
    BoxRole.SINGLE_POINT: ("single", "single-back"),
    BoxRole.SUBJECT: ("accent", "back"),
    BoxRole.PASSED: ("implied", "back"),
    BoxRole.LISTED: ("stated", "back"),
}
_STRONG_ROLES = (BoxRole.FAILED, BoxRole.SINGLE_POINT, BoxRole.SUBJECT)


def _palette() -> Mapping[str, str]:
    return light_colours(__package__, "static/page.css")


def svg(drawing: Drawing) -> str:
    """Return a drawing as SVG; equal drawings give equal text."""
    return framed(_caption(drawing), _scene(drawing))


def _caption(drawing: Drawing) -> Caption:
    texts, page = catalogue(__package__, drawing.lang), page_texts(drawing)
    lines = [str(page["counts"]), DIRECTION.text(drawing.lang)]
    entries = [_legend_entry(str(entry["sign"]), str(entry["meaning"])) for entry in legend_entries(drawing)]
    return Caption(
        title=drawing.title,
        lines=lines if drawing.arrows else [*lines, texts["page.no_arrows"]],
        legend=entries,
        legend_title=texts["page.legend"],
        notes=[*drawing.notes, *([str(page["rule"])] if page["rule"] else [])],
        source=str(page["source"]),
        lang=drawing.lang,
    )


def _legend_entry(sign: str, meaning: str) -> LegendEntry:
    if sign in [*ArrowStyle]:
        style = ArrowStyle(sign)
        return LegendEntry((path("M0 8 H30", _arrow_ink(style)),), meaning)
    role = BoxRole(sign)
    return LegendEntry((box(1, 1, 28, 14, _box_ink(role, is_pending=False), radius=3),), meaning)


def _arrow_ink(style: ArrowStyle) -> Ink:
    return Ink(stroke=_palette()[style.value], width=1.8, dashes=_DASHES.get(style, ()))


def _box_ink(role: BoxRole, *, is_pending: bool) -> Ink:
    edge, area = _BOX_COLOURS[role]
    dashes = (6, 4) if is_pending or role is BoxRole.PASSED else ()
    return Ink(_palette()[edge], _palette()[area], 3 if role in _STRONG_ROLES else 1.5, dashes)


def _scene(drawing: Drawing) -> Scene:
    frame = frame_size(drawing)
    width, height = _number(frame["width"]), _number(frame["height"])
    nodes = {box.system.curie: node_record(box, drawing) for box in drawing.boxes}
    curves = _curves(drawing, nodes)
    elements = [*_arrows(drawing, curves), *_boxes(drawing, nodes), *_labels(drawing, nodes, curves)]
    moved = group(elements, move=(MARGIN + BOX_WIDTH / 2, height / 2))
    return Scene([moved], width, height)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _box_height(node: Record) -> float:
    """Compute the height of a box from the number of its lines."""
    lines = str(node["label"]).count("\n") + 1 + bool(node["detail"])
    return 18 + _LINE * lines


def _curves(drawing: Drawing, nodes: Mapping[str, Record]) -> dict[int, Curve]:
    """Return the line of each arrow, by number of the arrow."""
    pairs = {arrow.edge.ends for arrow in drawing.arrows}
    curves = {}
    for arrow in drawing.arrows:
        dependent, provider = (nodes[curie] for curie in arrow.edge.ends)
        has_counterpart = arrow.edge.ends[::-1] in pairs
        start = _number(dependent["x"]), _number(dependent["y"])
        end = _number(provider["x"]), _number(provider["y"])
        curves[arrow.number] = curve_between(start, end, BOX_WIDTH, has_counterpart=has_counterpart)
    return curves


def _arrows(drawing: Drawing, curves: Mapping[int, Curve]) -> Iterator[str]:
    for arrow in drawing.arrows:
        curve, ink = curves[arrow.number], _arrow_ink(arrow.style)
        head = path(curve.head, Ink(fill=ink.stroke))
        yield group([path(curve.line, ink), head], tip=_evidence(arrow, drawing.lang))


def _evidence(arrow: Arrow, lang: str) -> str:
    """Return the relation of an arrow in full, and its sentences with their articles."""
    facts = (*arrow.edge.claims, *arrow.edge.implied)
    sentences = dict.fromkeys(f"{fact.evidence} ({article_text(fact, lang)})" for fact in facts)
    return "\n".join([arrow.label(lang), *sentences])


def _boxes(drawing: Drawing, nodes: Mapping[str, Record]) -> Iterator[str]:
    for drawn in drawing.boxes:
        node = nodes[drawn.system.curie]
        x, y, height = _number(node["x"]), _number(node["y"]), _box_height(node)
        ink = _box_ink(drawn.role, is_pending=bool(node["ahead"]))
        top = y - height / 2
        shapes = [box(x - BOX_WIDTH / 2, top, BOX_WIDTH, height, ink, radius=6)]
        base = top + 9 + _LINE * 0.72
        for number, line in enumerate(str(node["label"]).split("\n")):
            shapes.append(_box_line(x, base + number * _LINE, line, size=_LETTERS, is_bold=True))
        if node["detail"]:
            shapes.append(
                _box_line(x, top + height - 9 - _LINE * 0.28, str(node["detail"]), size=_SMALL_LETTERS)
            )
        yield group(shapes, tip=f"{drawn.system.label(drawing.lang)} ({drawn.system.curie})")


def _box_line(x: float, y: float, text: str, *, size: float, is_bold: bool = False) -> str:
    """Write a line in the middle of a box, in smaller type where it is wider than the box."""
    fill = _palette()["ink" if is_bold else "quiet"]
    size *= min(1, (BOX_WIDTH - 12) / max(1, text_width(text, size, is_bold=is_bold)))
    return label(x, y, text, size=size, fill=fill, is_bold=is_bold, anchor="middle")


def _labels(drawing: Drawing, nodes: Mapping[str, Record], curves: Mapping[int, Curve]) -> Iterator[str]:
    """Return the relation labels of the arrows, placed so that they cover neither boxes nor other labels."""
    half = BOX_WIDTH / 2
    taken = []
    for node in nodes.values():
        x, y, tall = _number(node["x"]), _number(node["y"]), _box_height(node) / 2
        taken.append((x - half, y - tall, x + half, y + tall))
    texts = {arrow.number: arrow.label(drawing.lang) for arrow in drawing.arrows}
    places = placed_labels(texts, curves, taken, _LABEL_LETTERS)
    for arrow in drawing.arrows:
        yield _label(places[arrow.number], _palette()[arrow.style.value])


def _label(place: PlacedLabel, colour: str) -> str:
    left, top, right, bottom = place.room
    ground = box(left, top, right - left, bottom - top, Ink(fill=_palette()["back"], opacity=0.85))
    middle, size = (left + right) / 2, _LABEL_LETTERS
    lines = [
        label(middle, top + _LABEL_LINE * (row + 0.78), line, size=size, fill=colour, anchor="middle")
        for row, line in enumerate(place.lines)
    ]
    return group([ground, *lines])
