"""Export of drawings: Mermaid for documents, GraphML for yEd, GEXF for Gephi."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import networkx as nx

from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import relation_text
from ...words import catalogue
from ..pictures import xml_text
from .boxes import ArrowStyle, BoxRole
from .source import source_line

if TYPE_CHECKING:
    from .boxes import Arrow, Box, Drawing

__all__ = ["gexf", "graphml", "mermaid", "plain_graph"]

_MERMAID_ARROWS = {
    ArrowStyle.STATED: "-->",
    ArrowStyle.REFERENCE: "-.->",
    ArrowStyle.DUTY: "-.->",
    ArrowStyle.PLANNED: "-.->",
    ArrowStyle.IMPLIED: "-.->",
    ArrowStyle.PART: "-->",
}
_MERMAID_CLASSES = {
    BoxRole.FAILED: "fill:#fde8e8,stroke:#b00020,stroke-width:3px,color:#1c1c1c",
    BoxRole.SINGLE_POINT: "fill:#fff1d6,stroke:#8a5a00,stroke-width:3px,color:#1c1c1c",
    BoxRole.PASSED: "fill:#f4f4f4,stroke:#767676,stroke-dasharray:4 3,color:#1c1c1c",
    BoxRole.LISTED: "fill:#ffffff,stroke:#30506b,color:#1c1c1c",
}
# Signs of Mermaid, of HTML, and of the Markdown, TeX and icons in labels. Each becomes `#code;`. Mermaid 11
# decodes these before it looks for line breaks `\n`, for TeX between `$$` and for icons `fa:`: a place where
# a line may break, which is not seen, keeps these signs apart.
_MERMAID_PAIRED_SIGNS = frozenset("\\$:")
_MERMAID_SIGNS = frozenset('\\$%#"<>&`|{}[]*_~:;')
_MARKDOWN_LIST = re.compile(r"^(\d+)?([.)+-])(?= )")  # Mermaid refuses a label that begins as a list
_NAME_SIGN = re.compile(r"[\w.-]", re.ASCII)  # what an identifier in GraphML may hold besides the colon
_WRITING_DAY = re.compile(r'\s*lastmodifieddate="[^"]*"')


def mermaid(drawing: Drawing) -> str:
    """Return a Mermaid flow chart; texts are escaped so that they cannot break out of their labels.

    >>> from egovkg.viz.dependencies.boxes import Drawing
    >>> mermaid(Drawing("t", (), (), (), "en")).splitlines()[-1]
    'flowchart RL'
    """
    lang = drawing.lang
    names = {box.system.curie: f"n{position}" for position, box in enumerate(drawing.boxes)}
    roles = {box.role for box in drawing.boxes}
    lines = [
        f"%% {_escaped(drawing.title)}",
        f"%% {DIRECTION.text(lang)}",
        "flowchart RL",
        *(_mermaid_box(names[box.system.curie], box, lang) for box in drawing.boxes),
        *(_mermaid_arrow(names, arrow, lang) for arrow in drawing.arrows),
        *(f"  classDef {role} {style}" for role, style in _MERMAID_CLASSES.items() if role in roles),
    ]
    return "\n".join(lines) + "\n"


def _mermaid_box(name: str, box: Box, lang: str) -> str:
    label, detail = _escaped(box.label(lang)), _escaped(box.detail(lang))
    return f'  {name}["{label}<br/><small>{detail}</small>"]:::{box.role}'


def _mermaid_arrow(names: dict[str, str], arrow: Arrow, lang: str) -> str:
    dependent, provider = names[arrow.edge.dependent], names[arrow.edge.provider]
    return (
        f'  {dependent} {_MERMAID_ARROWS[arrow.style]}|"{_escaped(_marked_label(arrow, lang))}"| {provider}'
    )


def _marked_label(arrow: Arrow, lang: str) -> str:
    """Return the label of an arrow; line styles that Mermaid lacks are named in brackets."""
    texts, key = catalogue(__package__, lang), f"mark.{arrow.style}"
    return texts(key, relation=arrow.label(lang)) if key in texts else arrow.label(lang)


def _escaped(text: str) -> str:
    r"""Escape a text for a Mermaid label in quotation marks: it is shown as written, and nothing is run.

    >>> _escaped("1. a\nb $$x")
    '1#46; a b #36;<wbr>#36;<wbr>x'
    """
    line = " ".join(xml_text(text).split())
    line = "".join(_escaped_sign(sign) if sign in _MERMAID_SIGNS else sign for sign in line)
    return _MARKDOWN_LIST.sub(lambda match: f"{match[1] or ''}#{ord(match[2])};", line)


def _escaped_sign(sign: str) -> str:
    return f"#{ord(sign)};{'<wbr>' if sign in _MERMAID_PAIRED_SIGNS else ''}"


def plain_graph(drawing: Drawing) -> nx.DiGraph[str]:
    """Convert a drawing to a networkx graph whose attributes are texts and numbers only."""
    graph: nx.DiGraph[str] = nx.DiGraph(title=xml_text(drawing.title), source=xml_text(source_line(drawing)))
    for box in drawing.boxes:
        graph.add_node(box.system.curie, **_node_attributes(box, drawing.lang))
    for arrow in drawing.arrows:
        graph.add_edge(*arrow.edge.ends, **_edge_attributes(arrow, drawing.lang))
    return graph


def _node_attributes(box: Box, lang: str) -> dict[str, str | int]:
    system = box.system
    return {
        "label": xml_text(system.label(lang)),
        "kind": system.kind,
        "layer": system.layer,
        "province": system.province or "",
        "status": system.status or "",
        "role": box.role.value,
        "level": box.column,
        "iri": system.iri,
    }


def _edge_attributes(arrow: Arrow, lang: str) -> dict[str, str]:
    edge = arrow.edge
    return {
        "label": arrow.label(lang),
        "relations": " ".join(edge.relations),
        "words": ", ".join(relation_text(name, lang) for name in edge.relations),
        "basis": edge.basis,
        "style": arrow.style.value,
        "expectations": " ".join(expectation.id for expectation in edge.expectations),
        "claims": " ".join(fact.id for fact in edge.claims),
        "statuses": " ".join(sorted({fact.status for fact in edge.claims})),
        "evidence": xml_text("\n".join(dict.fromkeys(fact.evidence for fact in edge.claims))),
        "articles": " ".join(sorted({fact.article for fact in edge.claims})),
    }


def graphml(drawing: Drawing) -> str:
    """Write GraphML, valid by its schema; the same drawing gives the same text.

    A node is named by the CURIE of its system, with the signs that no identifier may hold as `_code_`.
    """
    graph = plain_graph(drawing)
    named = nx.relabel_nodes(graph, {curie: _identifier(curie) for curie in graph})
    return "\n".join(nx.generate_graphml(named)) + "\n"


def _identifier(curie: str) -> str:
    """Write a CURIE as an identifier of XML (NMTOKEN).

    >>> _identifier("tq:lgsp"), _identifier("système/1")
    ('tq:lgsp', 'syst_232_me_47_1')
    """
    return "".join(sign if sign == ":" or _NAME_SIGN.match(sign) else f"_{ord(sign)}_" for sign in curie)


def gexf(drawing: Drawing) -> str:
    """Return the drawing as GEXF 1.2 without a creation date: equal drawings give equal text."""
    out = io.BytesIO()
    nx.write_gexf(plain_graph(drawing), out)
    return _WRITING_DAY.sub("", out.getvalue().decode("utf-8")) + "\n"
