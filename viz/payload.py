"""From a picture and its layout to what the page holds: nodes and edges for pyvis, and the evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from .families import families, family_of, page_words
from .labels import SLOT_HEIGHT, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..queries.picture import Article, Detail, Node, Picture, Statement, Texts
    from ..queries.values import Json
    from .layout import Layout

Record: TypeAlias = "dict[str, Json]"

_QUALIFIERS = ("as_of", "due_by", "period", "baseline", "extent", "scope", "level", "about", "responsible")


def node_records(picture: Picture, layout: Layout) -> list[Record]:
    """Make the nodes for pyvis: place, label, shape and colour, and what the page shows of them."""
    names = {node.curie: node.short for node in picture.nodes}
    drawn = {
        language: {node.curie: wrap(_drawn(node, names, language)) for node in picture.nodes}
        for language in ("vi", "en")
    }
    return [_node(node, layout, drawn) for node in picture.nodes]


def _node(node: Node, layout: Layout, drawn: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Record:
    place, position = layout.places[node.curie], family_of(node.kind)
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
        "province": node.province,
        "aliases": list(node.aliases) or None,
        "details": [_detail(detail) for detail in node.details] or None,
        "lines": [list(drawn["vi"][node.curie]), list(drawn["en"][node.curie])],
        "iri": node.iri,
    }


def _detail(detail: Detail) -> Json:
    return [detail.relation, detail.text["vi"], detail.text.get("en"), detail.target]


def _drawn(node: Node, names: Mapping[str, str], language: str) -> str:
    """Give the words drawn beside a symbol: the short name without the province, which the column says."""
    if language != "vi":
        return node.labels.get(language, node.short)
    place = names.get(node.province or "", "")
    bare = node.short.removesuffix(place).rstrip(" ,")
    return bare if place and node.curie != node.province and len(bare) > 1 else node.short


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
    words = picture.words
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
        "slot": SLOT_HEIGHT,
        "rows": [[band.key, band.start, band.end] for band in layout.rows],
        "columns": [[band.key, band.start, band.end] for band in layout.columns],
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
    :returns: key -> list of values, or key -> `{"d": values, "i": positions}`

    >>> packed([{"a": "x", "b": 1}, {"a": "x", "b": 2}, {"a": "x", "b": 3}])
    {'a': {'d': ['x'], 'i': [0, 0, 0]}, 'b': [1, 2, 3]}
    """
    keys = [key for key in (records[0] if records else ()) if key not in set(leave_out)]
    return {key: _column([record[key] for record in records]) for key in keys}


def _column(values: list[Json]) -> Json:
    written = [json.dumps(value, ensure_ascii=False) for value in values]
    positions = {text: index for index, text in enumerate(dict.fromkeys(written))}
    if len(positions) * 2 > len(values):
        return values
    distinct = {positions[text]: value for text, value in zip(written, values, strict=True)}
    return {"d": [distinct[index] for index in range(len(distinct))], "i": [positions[t] for t in written]}
