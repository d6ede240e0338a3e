"""A drawing in the forms of other programs: Mermaid for documents, GraphML and GEXF for yEd and Gephi."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import networkx as nx

from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import relation_text

if TYPE_CHECKING:
    from .drawing import Arrow, Drawing

FORMS = ("mermaid", "graphml", "gexf")
_ARROWS = {"stated": "-->", "reference": "-.->", "plans": "-.->", "implied": "-.->", "parts": "-->"}
_CLASSES = {
    "failed": "fill:#fde8e8,stroke:#b00020,stroke-width:3px,color:#1c1c1c",
    "single": "fill:#fff1d6,stroke:#8a5a00,stroke-width:3px,color:#1c1c1c",
    "passed": "fill:#f4f4f4,stroke:#767676,stroke-dasharray:4 3,color:#1c1c1c",
    "listed": "fill:#ffffff,stroke:#30506b,color:#1c1c1c",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mermaid(drawn: Drawing) -> str:
    """Write a Mermaid flow chart; words are escaped, so that none can end its label.

    >>> from egovkg.viz.dependencies.drawing import Drawing
    >>> mermaid(Drawing("t", (), (), (), "en")).splitlines()[-1]
    'flowchart RL'
    """
    lang = drawn.lang
    position = {box.component.curie: f"n{index}" for index, box in enumerate(drawn.boxes)}
    lines = [f"%% {_line(drawn.title)}", f"%% {DIRECTION.text(lang)}", "flowchart RL"]
    for box in drawn.boxes:
        words = f"{_quoted(box.label(lang))}<br/><small>{_quoted(box.detail(lang))}</small>"
        lines.append(f'  {position[box.component.curie]}["{words}"]:::{box.role}')
    for arrow in drawn.arrows:
        one, other = position[arrow.step.dependent], position[arrow.step.provider]
        lines.append(f'  {one} {_ARROWS[arrow.style]}|"{_quoted(_words(arrow, lang))}"| {other}')
    used = {box.role for box in drawn.boxes}
    lines += [f"  classDef {role} {style}" for role, style in _CLASSES.items() if role in used]
    return "\n".join(lines) + "\n"


def _words(arrow: Arrow, lang: str) -> str:
    marks = {
        "vi": {"reference": "tham chiếu", "plans": "kế hoạch", "implied": "suy ra"},
        "en": {"reference": "reference", "plans": "planned", "implied": "implied"},
    }[lang]
    mark = marks.get(arrow.style)
    return f"{arrow.label(lang)} ({mark})" if mark else arrow.label(lang)


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Escape a text for a Mermaid label in quotation marks."""
    signs = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "|": "#124;"}
    return "".join(signs.get(sign, sign) for sign in _line(text))


def plain_graph(drawn: Drawing) -> nx.DiGraph[str]:
    """Give the drawing as a graph whose attributes are plain texts and numbers, as files hold them."""
    made: nx.DiGraph[str] = nx.DiGraph()
    for box in drawn.boxes:
        one = box.component
        made.add_node(
            one.curie,
            label=_clean(one.label(drawn.lang)),
            kind=one.kind,
            layer=one.layer,
            province=one.province or "",
            status=one.status or "",
            role=box.role,
            level=box.level,
            iri=one.iri,
        )
    for arrow in drawn.arrows:
        step = arrow.step
        made.add_edge(
            step.dependent,
            step.provider,
            label=arrow.label(drawn.lang),
            relations=" ".join(step.relations),
            words=", ".join(relation_text(name, drawn.lang) for name in step.relations),
            basis=step.basis,
            style=arrow.style,
            expectations=" ".join(one.id for one in step.expectations),
            claims=" ".join(fact.id for fact in step.claims),
            statuses=" ".join(sorted({fact.status for fact in step.claims})),
            evidence=_clean("\n".join(dict.fromkeys(fact.evidence for fact in step.claims))),
            articles=" ".join(sorted({fact.article for fact in step.claims})),
        )
    return made


def _clean(text: str) -> str:
    """Drop what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def graphml(drawn: Drawing) -> str:
    """Write GraphML; the same drawing gives the same text."""
    return "\n".join(nx.generate_graphml(plain_graph(drawn), named_key_ids=True)) + "\n"


def gexf(drawn: Drawing) -> str:
    """Write GEXF 1.2 for Gephi, without the day of writing: the same drawing gives the same text."""
    out = io.BytesIO()
    nx.write_gexf(plain_graph(drawn), out)
    text = out.getvalue().decode("utf-8")
    return re.sub(r'\s*lastmodifieddate="[^"]*"', "", text) + "\n"


def write_as(drawn: Drawing, form: str) -> str:
    """Write a drawing as `mermaid`, `graphml` or `gexf`.

    :raises KeyError: if there is no such form
    """
    return {"mermaid": mermaid, "graphml": graphml, "gexf": gexf}[form](drawn)
