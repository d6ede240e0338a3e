"""From a picture and its layout to what the page holds: nodes and edges for pyvis, and the evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from ..ontology.vocabulary import load_vocabulary
from .families import families, family_of, page_words
from .layout import GAP, SLOT_HEIGHT, SLOT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..queries.picture import Article, Detail, Node, Picture, Statement, Texts
    from ..queries.values import Json
    from .layout import Layout, Place

Record: TypeAlias = "dict[str, Json]"

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
        self.statements = [self._statement(statement) for statement in picture.statements]

    def _statement(self, statement: Statement) -> Record:
        fact = statement.fact
        record: Record = {
            "id": fact.id,
            "line": fact.line,
            "subject": fact.subject,
            "relation": fact.predicate,
            "object": fact.object,
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
        record["target"] = fact.qualifiers.get("kind") == "target" or None
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


def packed(records: Sequence[Mapping[str, Json]], leave_out: Iterable[str] = ()) -> Record:
    """Turn records into columns; one with few different values holds each once, and positions.

    :param leave_out: keys that the page does not need
    :returns: key -> list of values, `{"d": values, "i": positions}`, or `{"c": the only value, "n": count}`

    >>> packed([{"a": "x", "b": 1, "c": 0}, {"a": "x", "b": 2, "c": 0}, {"a": "y", "b": 3, "c": 0}])["c"]
    {'c': 0, 'n': 3}
    >>> packed([{"a": "x"}, {"a": "y"}, {"a": "x"}, {"a": "y"}])
    {'a': {'d': ['x', 'y'], 'i': [0, 1, 0, 1]}}
    """
    keys = [key for key in (records[0] if records else ()) if key not in set(leave_out)]
    return {key: _column([record[key] for record in records]) for key in keys}


def _column(values: list[Json]) -> Json:
    marks = [_mark(value) for value in values]
    positions = {mark: index for index, mark in enumerate(dict.fromkeys(marks))}
    if len(positions) == 1:
        return {"c": values[0], "n": len(values)}
    if len(positions) * 2 > len(values):
        return values
    distinct = {positions[mark]: value for mark, value in zip(marks, values, strict=True)}
    return {"d": [distinct[index] for index in range(len(distinct))], "i": [positions[m] for m in marks]}


def _mark(value: Json) -> object:
    """Give what is equal for equal values only: 1 and True are not."""
    if isinstance(value, str) or value is None:
        return value
    return json.dumps(value) if isinstance(value, list | dict) else (type(value), value)
