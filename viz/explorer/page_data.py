"""From a picture and its layout to what the page holds: nodes and edges for pyvis, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.names import ID
from ...ontology.layers import outside_layer
from ...ontology.qualifiers import FigureKind
from ...ontology.statuses import default_status, statuses
from ...ontology.vocabulary import load_vocabulary
from .columnar import packed
from .families import families, family_of, page_words
from .layout import GAP, SLOT_HEIGHT, SLOT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.facts.values import Json
    from ...queries.picture.picture import Article, Detail, Node, Picture, Statement, Texts
    from .columnar import Record
    from .layout import Layout, Place

_DRAWN = {"shape", "color", "size", "x", "y"}  # the page draws by family, and makes the grid for its window
LEFT_OUT = "\x1f"  # stands in an id for the article of its statement, between two strokes
_QUALIFIERS = ("as_of", "due_by", "period", "baseline", "extent", "scope", "level", "about", "responsible")


def node_records(picture: Picture, layout: Layout) -> list[Record]:
    """Make the nodes for pyvis: place, label, shape and colour, and what the page shows of them."""
    articles = {article.id: index for index, article in enumerate(picture.articles)}
    return [_node(node, layout.places[node.curie], articles) for node in picture.nodes]


def _node(node: Node, place: Place, articles: Mapping[str, int]) -> Record:
    position = family_of(node.kind)
    family = families()[position]
    return {
        "id": node.curie,
        "label": node.short,
        "shape": family.shape,
        "color": family.light,
        "size": 10,
        "x": round(place.x, 1),
        "y": round(place.y, 1),
        "vi": node.labels["vi"],
        "en": node.labels.get("en"),
        "kind": node.kind,
        "family": position,
        "row": place.row,
        "column": place.column,
        "rank": place.rank,
        "province": node.province,
        "aliases": list(node.aliases) or None,
        "details": [_detail(detail) for detail in node.details] or None,
        "articles": [articles[each] for each in node.articles if each in articles] or None,
        "iri": node.iri,
    }


def _detail(detail: Detail) -> Json:
    return [detail.relation, detail.text["vi"], detail.text.get("en"), detail.target]


def edge_records(picture: Picture) -> list[Record]:
    """Make the edges for pyvis; the page styles them by the status of their claims."""
    relations = picture.words.relations
    return [
        {
            "id": f"{edge.subject}|{edge.predicate}|{edge.object}",
            "from": edge.subject,
            "to": edge.object,
            "label": relations.get(edge.predicate, {}).get("vi", edge.predicate),
            "relation": edge.predicate,
            "statements": list(edge.statements),
        }
        for edge in picture.edges
    ]


class Evidence:
    """The statements with their sentences and articles, each sentence held once."""

    def __init__(self, picture: Picture) -> None:
        self.articles = {article.id: index for index, article in enumerate(picture.articles)}
        self.sentences: dict[tuple[int, str, str | None], int] = {}
        self.edges = {
            each: number for number, edge in enumerate(picture.edges, 1) for each in edge.statements
        }
        self.statements = [self._statement(number, each) for number, each in enumerate(picture.statements)]

    def _statement(self, number: int, statement: Statement) -> Record:
        fact, edge = statement.fact, self.edges.get(number, 0)
        own = f"/{fact.article}/"
        record: Record = {
            "id": fact.id.replace(own, LEFT_OUT, 1),
            "line": fact.line,
            "edge": edge,
            "subject": None if edge else fact.subject,
            "relation": None if edge else fact.predicate,
            "object": fact.object.replace(own, LEFT_OUT, 1) if fact.object and not edge else None,
            "vi": statement.text.get("vi"),
            "en": statement.text.get("en"),
            "value": None if fact.value is None else f"{fact.value:f}",
            "comparator": fact.comparator,
            "unit": fact.unit,
            "status": fact.status,
            "denied": fact.polarity == "no" or None,
            "from": fact.valid_from,
            "to": fact.valid_to,
            "basis": fact.as_of_basis,
            "stated": fact.stated_on.isoformat(),
            "sentence": self._sentence(fact.article, statement.sentence),
        }
        record["denominator"] = _plain(fact.qualifiers.get("denominator"))
        for name in _QUALIFIERS:
            record[name] = _plain(fact.qualifiers.get(name))
        record["target"] = fact.qualifiers.get("kind") == FigureKind.TARGET or None
        record["note"] = _plain(fact.qualifiers.get("note"))
        record["certainty"] = _plain(fact.qualifiers.get("certainty"))
        return record

    def _sentence(self, article: str, text: Texts) -> int:
        key = (self.articles.get(article, -1), text.get("vi", ""), text.get("en"))
        return self.sentences.setdefault(key, len(self.sentences))


def _plain(value: object) -> Json:
    if value is None or isinstance(value, str):
        return value
    return [str(each) for each in value] if isinstance(value, tuple) else str(value)


def page_record(picture: Picture, layout: Layout, lang: str) -> Record:
    """Gather what the page holds besides nodes and edges."""
    evidence = Evidence(picture)
    words, vocabulary = picture.words, load_vocabulary()
    return {
        "lang": lang,
        "statements": packed(evidence.statements),
        "sentences": packed([{"article": a, "vi": vi, "en": en} for a, vi, en in evidence.sentences]),
        "articles": [_article(each) for each in picture.articles],
        "words": {
            name: {key: dict(labels) for key, labels in group.items()} for name, group in vars(words).items()
        },
        "ui": {language: dict(entries) for language, entries in page_words().items()},
        "families": [
            {"id": each.id, "light": each.light, "dark": each.dark, "path": each.path, **each.labels}
            for each in families()
        ],
        "statuses": {
            slug: {"line": status.line, "holds": status.materialises, "unused": status.is_unused}
            for slug, status in statuses().items()
        },
        "usual": default_status(),
        "outside": outside_layer(),
        "slot": [SLOT_WIDTH, SLOT_HEIGHT, GAP],
        "rows": [band.key for band in layout.rows],
        "columns": [band.key for band in layout.columns],
        "depends": [name for name in words.relations if vocabulary.is_a(name, "dependsOn")],
        "references": [
            [each.subject, each.predicate, each.object, dict(each.source)] for each in picture.references
        ],
    }


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "title": dict(article.title),
        "publisher": dict(article.publisher),
        "published": article.published,
    }


def columns(nodes: Sequence[Record], edges: Sequence[Record]) -> Record:
    """Write the nodes and edges of a network as columns, without what the page can make out by itself.

    A node of the page draws itself and knows its place. The Vietnamese name is left out where the short one
    is the same, and all of an IRI but its folder where the rest follows from the CURIE.
    """
    position = {node["id"]: index for index, node in enumerate(nodes)}
    return {
        "nodes": packed([_shortened(node) for node in nodes], leave_out=_DRAWN),
        "edges": packed(
            [
                {"from": position[edge["from"]], "to": position[edge["to"]], "relation": edge["relation"]}
                for edge in edges
            ]
        ),
    }


def _shortened(node: Record) -> Record:
    iri, local = str(node["iri"]), str(node["id"]).replace(":", "-")
    folder = iri.removeprefix(ID).removesuffix(f"/{local}")
    follows = iri == f"{ID}{folder}/{local}" and ":" not in folder
    vi = None if node["vi"] == node["label"] else node["vi"]
    return {**node, "vi": vi, "iri": folder if follows else iri}
