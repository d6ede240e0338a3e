"""A drawing as one HTML page that works from a file, offline: built on pyvis, at computed places.

The page is a template of ours with escaping on and a strict content security policy; vis-network comes from
inside the pyvis package. Each edge bears the number of a row that quotes the sentences behind it.
"""

from __future__ import annotations

import json
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ...files import packaged_text
from ...graph.network.expectations import RULE
from ...graph.network.network import DIRECTION
from ...ontology.qualifiers import Certainty
from ...queries.dependencies.text import expectation_text, relation_text, words_in
from ...queries.facts.terms import term_label
from ..explorer.assets import visjs_library
from ..html import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyvis.network import Network

    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from .drawing import Arrow, Box, Drawing

Record: TypeAlias = "dict[str, Json]"

TEMPLATE = "templates/dependencies.html.j2"
STYLE = "static/page.css"
SCRIPT = "static/page.js"
LETTERS = 29  # of a line in a box
COLUMNS = (460, 460, 420)  # distance of columns where there are up to three of them, in pixels at full size
COLUMN, ROW = 380, 90  # of more columns, and of rows
BOX_WIDTH, EDGE = 250, 30
AROUND = 150  # room for arrows around the boxes of the last column
OPTIONS: Record = {
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
WORDS: dict[str, Record] = {
    "vi": {
        "legend": "Chú giải",
        "picture": "Sơ đồ phụ thuộc",
        "describe": "Sơ đồ phụ thuộc; cùng nội dung có ở bảng bằng chứng bên dưới.",
        "zoom": "Thu phóng",
        "zoomIn": "Phóng to",
        "zoomOut": "Thu nhỏ",
        "fit": "Vừa chiều rộng",
        "how": "Bấm vào mũi tên hay ô để đọc câu làm bằng chứng; số trên mũi tên là số dòng trong bảng.",
        "notes": "Cần biết",
        "evidence": "Bằng chứng của từng mũi tên",
        "heads": ["Số", "Bên phụ thuộc", "Quan hệ", "Bên được dựa vào", "Căn cứ", "Câu nêu"],
        "nothing": "Không có mũi tên nào: không có gì để liệt kê theo các cạnh và bộ lọc đã chọn.",
    },
    "en": {
        "legend": "Legend",
        "picture": "Drawing of dependencies",
        "describe": "A drawing of dependencies; the table of evidence below says the same.",
        "zoom": "Zoom",
        "zoomIn": "Zoom in",
        "zoomOut": "Zoom out",
        "fit": "Fit the width",
        "how": "Click an arrow or a box for its sentences; the number on an arrow is its row in the table.",
        "notes": "What to know",
        "evidence": "The evidence of each arrow",
        "heads": ["No.", "Dependent", "Relation", "Depends on", "Basis", "Sentence"],
        "nothing": "There is no arrow: nothing is listed by the edges and the filter chosen.",
    },
}
LEGEND: dict[str, tuple[str, str]] = {
    "failed": ("dừng", "stops"),
    "asked": ("được hỏi", "asked about"),
    "single": ("điểm hỏng đơn", "single point of failure"),
    "passed": ("bị lọc, đường đi qua", "filtered out, a path leads through"),
    "stated": ("bài viết nêu", "stated by an article"),
    "reference": ("chỉ khung tham chiếu mong đợi", "expected by the reference only"),
    "plans": ("dự kiến, đang làm, thí điểm, hạn chế", "planned, unfinished, on trial or limited"),
    "implied": ("chỉ suy ra, không nêu thẳng", "implied, not said outright"),
    "parts": ("là phần của", "is a part of"),
}


def network(drawn: Drawing) -> Network:
    """Fill a pyvis network with a drawing; whoever works in a notebook goes on with plain pyvis calls."""
    from pyvis.network import Network

    net = Network(directed=True, height="100%", cdn_resources="in_line")
    net.nodes = [_node(box, drawn) for box in drawn.boxes]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = [_edge(arrow, drawn) for arrow in drawn.arrows]
    net.options = json.loads(json.dumps(OPTIONS))
    return net


def _place(box: Box, drawn: Drawing) -> tuple[int, int]:
    last = max(other.row for other in drawn.boxes)
    return box.level * _column(drawn), round((box.row - last / 2) * ROW)


def _column(drawn: Drawing) -> int:
    deepest = max((box.level for box in drawn.boxes), default=0)
    return COLUMNS[deepest] if deepest < len(COLUMNS) else COLUMN


def _node(box: Box, drawn: Drawing) -> Record:
    x, y = _place(box, drawn)
    whole = wrap(box.label(drawn.lang), LETTERS) or [box.component.curie]
    lines = whole[:2] if len(whole) <= 2 else [whole[0], whole[1][: LETTERS - 1] + "…"]
    status = box.component.status if box.component.is_pending else None
    last = term_label(status, drawn.lang) if status else box.component.place.get(drawn.lang, "")
    return {
        "id": box.component.curie,
        "label": "\n".join(lines),
        "detail": last,
        "x": x,
        "y": y,
        "role": box.role,
        "ahead": box.component.is_pending,
    }


def _edge(arrow: Arrow, drawn: Drawing) -> Record:
    words = wrap(f"{arrow.number}. {arrow.label(drawn.lang)}", LETTERS - 8)
    levels = {box.component.curie: box.level for box in drawn.boxes}
    pairs = {(other.step.dependent, other.step.provider) for other in drawn.arrows}
    is_answered = (arrow.step.provider, arrow.step.dependent) in pairs
    return {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.15} if is_answered else None,
        "beside": levels[arrow.step.dependent] == levels[arrow.step.provider],
        "id": f"e{arrow.number}",
        "from": arrow.step.dependent,
        "to": arrow.step.provider,
        "label": "\n".join(words),
        "style": arrow.style,
        "number": arrow.number,
    }


def render(drawn: Drawing) -> str:
    """Write the page: the same drawing gives the same text."""
    net = network(drawn)
    net.templateEnv = _environment(_page(drawn), drawn.lang)
    net.path = TEMPLATE
    html: str = net.generate_html()
    return html


def write(drawn: Drawing, path: Path) -> None:
    """Write the page to a file, as UTF-8 whatever the locale, wholly or not at all.

    :raises OSError: if the file cannot be written
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(render(drawn).encode("utf-8"))
    part.replace(path)


def _page(drawn: Drawing) -> Record:
    lang = drawn.lang
    at = 0 if lang == "vi" else 1
    signs = dict.fromkeys([*(box.role for box in drawn.boxes), *(arrow.style for arrow in drawn.arrows)])
    count = {
        "vi": f"{len(drawn.boxes)} thành phần, {len(drawn.arrows)} mũi tên",
        "en": f"{len(drawn.boxes)} components, {len(drawn.arrows)} arrows",
    }[lang]
    has_reference = any(arrow.style == "reference" for arrow in drawn.arrows)
    return {
        "title": drawn.title,
        "count": count,
        "notes": list(drawn.notes),
        "direction": DIRECTION.text(lang),
        "rule": RULE.text(lang) if has_reference else "",
        "legend": [{"sign": sign, "words": LEGEND[sign][at]} for sign in LEGEND if sign in signs],
        "rows": [_row(arrow, drawn) for arrow in drawn.arrows],
        **_frame(drawn),
    }


def _frame(drawn: Drawing) -> Record:
    """Measure the drawing at full size."""
    levels = [box.level for box in drawn.boxes] or [0]
    tallest = max((box.row + 1 for box in drawn.boxes), default=1)
    last = {box.component.curie for box in drawn.boxes if box.level == max(levels)}
    room = AROUND if any({a.step.dependent, a.step.provider} <= last for a in drawn.arrows) else 0
    return {
        "width": max(levels) * _column(drawn) + BOX_WIDTH + 2 * EDGE + room,
        "height": max(260, round(tallest * ROW) + EDGE),
        "middle": [(max(levels) * _column(drawn) + room) / 2, 0],
        "box": BOX_WIDTH,
    }


def _row(arrow: Arrow, drawn: Drawing) -> Record:
    lang, step = drawn.lang, arrow.step
    names = {box.component.curie: box.component.label(lang) for box in drawn.boxes}
    reason = expectation_text(step, lang) or "–"
    return {
        "number": arrow.number,
        "dependent": names[step.dependent],
        "provider": names[step.provider],
        "relation": arrow.label(lang),
        "basis": words_in(lang)[step.basis],
        "reason": reason,
        "facts": _facts((*step.claims, *step.implied), lang),
    }


def _facts(facts: Sequence[Fact], lang: str) -> list[Json]:
    """Quote each sentence once, with all that rests on it."""
    sources: dict[str, list[Json]] = {}
    for fact in facts:
        sources.setdefault(fact.evidence, []).append(_source(fact, lang))
    return [{"sentence": sentence, "sources": told} for sentence, told in sources.items()]


def _source(fact: Fact, lang: str) -> str:
    relation = relation_text(fact.predicate, lang)
    is_guess = fact.qualifiers.get("certainty") == Certainty.LOW
    marks = [
        words_in(lang)("implied", relations=relation) if is_guess else relation,
        term_label(fact.status, lang),
    ]
    note = fact.qualifiers.get("note")
    source = f"{' · '.join(marks)} ({fact.article}, {fact.stated_on.isoformat()})"
    return f"{source} – {note}" if note else source


def _environment(page: Record, lang: str) -> Environment:
    environment = Environment(
        loader=FunctionLoader(partial(packaged_text, __package__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style, scripts = packaged_text(__package__, STYLE), (visjs_library(), program())
    environment.globals.update(
        lang=lang,
        words=WORDS[lang],
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        policy=content_security_policy(style, scripts),
        page=page,
    )
    environment.filters["block"] = _block
    return environment


def program() -> str:
    """Give the page's own script, in a scope of its own."""
    return f'(function () {{\n"use strict";\n{packaged_text(__package__, SCRIPT)}\n}})();\n'


def _block(page: Record, nodes: Sequence[Record], edges: Sequence[Record], options: str) -> Markup:
    """Write the data as JSON that cannot end the script element it stands in."""
    frame = {key: page[key] for key in ("width", "height", "middle", "box")}
    data = {"nodes": list(nodes), "edges": list(edges), "options": json.loads(options), **frame}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
