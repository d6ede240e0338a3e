"""Records of entities and relations: pyvis nodes and edges, and packed columns for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.names import ID
from ...words import DEFAULT_LANGUAGE, label, languages
from .columnar import pack
from .families import families, family_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.facts.values import Json
    from ...queries.picture.picture import Detail, Node, Picture
    from .columnar import Record
    from .layout import Layout, Place

__all__ = ["edge_records", "language_columns", "network_columns", "node_records"]

# of pyvis; the page draws by family, and makes the grid for its window
_DRAWN_BY_THE_PAGE = frozenset({"shape", "color", "size", "x", "y"})


def language_columns(name: str, texts: Mapping[str, str]) -> Record:
    """Return texts as one entry per language, keyed `NAME.LANGUAGE`, as the page expects them.

    >>> language_columns("text", {"vi": "cổng"})
    {'text.vi': 'cổng', 'text.en': None}
    """
    return {f"{name}.{lang}": texts.get(lang) for lang in languages()}


def node_records(picture: Picture, layout: Layout) -> list[Record]:
    """Make the pyvis nodes: position, label, shape and colour, and the data shown on the page."""
    positions = {article.id: index for index, article in enumerate(picture.articles)}
    return [_node(node, layout.places[node.curie], positions) for node in picture.nodes]


def _node(node: Node, place: Place, article_positions: Mapping[str, int]) -> Record:
    family_position = family_of(node.kind)
    family = families()[family_position]
    articles: list[Json] = [
        article_positions[article] for article in node.articles if article in article_positions
    ]
    return {
        "id": node.curie,
        "label": node.short,
        "shape": family.shape,
        "color": family.light,
        "size": 10,
        "x": round(place.x, 1),
        "y": round(place.y, 1),
        **language_columns("names", node.labels),
        "kind": node.kind,
        "family": family_position,
        "row": place.row,
        "column": place.column,
        "rank": place.rank,
        "province": node.province,
        "aliases": list(node.aliases) or None,
        "details": [_detail(detail) for detail in node.details] or None,
        "articles": articles or None,
        "iri": node.iri,
    }


def _detail(detail: Detail) -> Json:
    return [detail.relation, dict(detail.text), detail.target]


def edge_records(picture: Picture) -> list[Record]:
    """Make the pyvis edges; the page styles them by the status of their claims."""
    relations = picture.words.relations
    return [
        {
            "id": f"{edge.subject}|{edge.predicate}|{edge.object}",
            "from": edge.subject,
            "to": edge.object,
            "label": label(relations.get(edge.predicate, {}), DEFAULT_LANGUAGE) or edge.predicate,
            "relation": edge.predicate,
            "statements": list(edge.statements),
        }
        for edge in picture.edges
    ]


def network_columns(nodes: Sequence[Record], edges: Sequence[Record]) -> Record:
    """Pack the nodes and edges of a network, without values that the page can derive.

    The page derives shape and position itself. The name is omitted if it equals the short name; of an IRI
    only the folder is kept if the CURIE determines the remainder.
    """
    positions = {node["id"]: index for index, node in enumerate(nodes)}
    ends = [
        {"from": positions[edge["from"]], "to": positions[edge["to"]], "relation": edge["relation"]}
        for edge in edges
    ]
    return {
        "nodes": pack([_shortened(node) for node in nodes], leave_out=_DRAWN_BY_THE_PAGE),
        "edges": pack(ends),
    }


def _shortened(node: Record) -> Record:
    iri, local_name = str(node["iri"]), str(node["id"]).replace(":", "-")
    folder = iri.removeprefix(ID).removesuffix(f"/{local_name}")
    follows_from_curie = iri == f"{ID}{folder}/{local_name}" and ":" not in folder
    name_key = f"names.{DEFAULT_LANGUAGE}"
    name = None if node[name_key] == node["label"] else node[name_key]
    return {**node, name_key: name, "iri": folder if follows_from_curie else iri}
