"""The data of the page of a drawing: vis-network nodes and edges, the legend, the table of evidence."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ...graph.network.expectations import rules_of
from ...graph.network.network import DIRECTION
from ...ontology.qualifiers import Certainty
from ...queries.dependencies.text import expectation_text, relation_text, words_in
from ...queries.facts.sources import article_text
from ...queries.facts.terms import term_label
from ...words import catalogue, label
from .boxes import ArrowStyle, BoxRole
from .source import source_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from ..explorer.columnar import Record
    from .boxes import Arrow, Box, Drawing

__all__ = [
    "ARROW_LETTERS",
    "BOX_WIDTH",
    "MARGIN",
    "VIS_OPTIONS",
    "edge_record",
    "frame_size",
    "legend_entries",
    "node_record",
    "page_texts",
    "table_rows",
]


# Measures at full size, in pixels, unless they say otherwise.
BOX_LETTERS, ARROW_LETTERS = 29, 21  # of a line
COLUMN_DISTANCES = (460, 460, 420)  # of drawings with one, two and three columns
COLUMN_DISTANCE = 380  # of drawings with more
ROW_DISTANCE = 90
BOX_WIDTH, MARGIN = 250, 30
LOOP_ROOM = 150  # for arrows around the boxes of the last column
LEAST_HEIGHT = 260
VIS_OPTIONS: Record = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "dragView": True,
        "zoomView": False,
        "hover": True,
        "keyboard": False,
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.35},
        "labelHighlightBold": False,
    },
}


def node_record(box: Box, drawing: Drawing) -> Record:
    """Convert a box to a vis-network node, which the script of the page draws."""
    system, lang = box.system, drawing.lang
    last_row = max(drawn_box.row for drawn_box in drawing.boxes)
    is_pending = system.is_pending and system.status is not None
    return {
        "id": system.curie,
        "label": "\n".join(_box_lines(box.label(lang) or system.curie)),
        "detail": term_label(system.status or "", lang) if is_pending else label(system.place, lang),
        "x": box.column * _column_distance(drawing),
        "y": round((box.row - last_row / 2) * ROW_DISTANCE),
        "role": box.role.value,
        "ahead": system.is_pending,
    }


def _box_lines(text: str) -> list[str]:
    """Break a label into at most two lines."""
    lines = wrap(text, BOX_LETTERS) or [text]
    return lines if len(lines) <= 2 else [lines[0], lines[1][: BOX_LETTERS - 1] + "…"]


def _column_distance(drawing: Drawing) -> int:
    last_column = _last_column(drawing)
    return COLUMN_DISTANCES[last_column] if last_column < len(COLUMN_DISTANCES) else COLUMN_DISTANCE


def _last_column(drawing: Drawing) -> int:
    return max((box.column for box in drawing.boxes), default=0)


def edge_record(arrow: Arrow, drawing: Drawing) -> Record:
    """Convert an arrow to a vis-network edge; it is curved if an edge runs in the opposite direction."""
    edge = arrow.edge
    columns = {box.system.curie: box.column for box in drawing.boxes}
    drawn_pairs = {drawn_arrow.edge.ends for drawn_arrow in drawing.arrows}
    has_counterpart = (edge.provider, edge.dependent) in drawn_pairs
    return {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.15} if has_counterpart else None,
        "beside": columns[edge.dependent] == columns[edge.provider],
        "id": f"e{arrow.number}",
        "from": edge.dependent,
        "to": edge.provider,
        "label": "\n".join(wrap(f"{arrow.number}. {arrow.label(drawing.lang)}", ARROW_LETTERS)),
        "style": arrow.style.value,
        "number": arrow.number,
    }


def frame_size(drawing: Drawing) -> Record:
    """Compute width and height of the drawing at full size, in pixels."""
    width = _last_column(drawing) * _column_distance(drawing)
    loop_room = LOOP_ROOM if _has_loop_in_last_column(drawing) else 0
    rows = max((box.row + 1 for box in drawing.boxes), default=1)
    return {
        "width": width + BOX_WIDTH + 2 * MARGIN + loop_room,
        "height": max(LEAST_HEIGHT, round(rows * ROW_DISTANCE) + MARGIN),
        "middle": [(width + loop_room) / 2, 0],
        "box": BOX_WIDTH,
    }


def _has_loop_in_last_column(drawing: Drawing) -> bool:
    """Tell whether an arrow joins two boxes of the last column."""
    last_column = _last_column(drawing)
    curies = {box.system.curie for box in drawing.boxes if box.column == last_column}
    return any(curies.issuperset(arrow.edge.ends) for arrow in drawing.arrows)


def page_texts(drawing: Drawing) -> Record:
    """Return the texts that depend on the drawing: title, counts, notes, meaning of the arrows."""
    texts = catalogue(__package__, drawing.lang)
    return {
        "title": drawing.title,
        "counts": texts("page.counts", systems=len(drawing.boxes), arrows=len(drawing.arrows)),
        "notes": list(drawing.notes),
        "direction": DIRECTION.text(drawing.lang),
        "rule": rules_of((arrow.edge.basis for arrow in drawing.arrows), drawing.lang),
        "source": source_line(drawing),
    }


def legend_entries(drawing: Drawing) -> list[Record]:
    """List the roles and styles used in the drawing with their meaning; ordinary boxes need none."""
    texts = catalogue(__package__, drawing.lang).below("legend")
    signs = {box.role.value for box in drawing.boxes} | {arrow.style.value for arrow in drawing.arrows}
    order: Iterable[str] = [*BoxRole, *ArrowStyle]
    return [{"sign": str(sign), "meaning": texts[sign]} for sign in order if sign in signs & texts.keys()]


def table_rows(drawing: Drawing) -> list[Record]:
    """List the rows of the table of evidence."""
    names = {box.system.curie: box.system.label(drawing.lang) for box in drawing.boxes}
    rows: list[Record] = []
    for arrow in drawing.arrows:
        edge = arrow.edge
        row: Record = {
            "number": arrow.number,
            "dependent": names[edge.dependent],
            "provider": names[edge.provider],
            "relation": arrow.label(drawing.lang),
            "basis": words_in(drawing.lang)[edge.basis],
            "reason": expectation_text(edge, drawing.lang) or "–",
            "facts": _quoted_facts((*edge.claims, *edge.implied), drawing.lang),
        }
        rows.append(row)
    return rows


def _quoted_facts(facts: Iterable[Fact], lang: str) -> list[Json]:
    """Return each sentence once, with the sources of all claims that rest on it."""
    sources: dict[str, list[Json]] = {}
    for fact in facts:
        sources.setdefault(fact.evidence, []).append(_source_text(fact, lang))
    return [{"sentence": sentence, "sources": texts} for sentence, texts in sources.items()]


def _source_text(fact: Fact, lang: str) -> str:
    """Describe a claim and its source: relation, status, article, day, note."""
    relation = relation_text(fact.predicate, lang)
    if fact.qualifiers.get("certainty") == Certainty.LOW:
        relation = words_in(lang)("implied", relations=relation)
    status = term_label(fact.status, lang)
    source = f"{relation} · {status} ({article_text(fact, lang)})"
    note = fact.qualifiers.get("note")
    return f"{source} – {note}" if note else source
