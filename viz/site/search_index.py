"""The search index: a script that holds data alone, read only when somebody searches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...queries.questions.named import questions
from .content.model import File
from .content.paths import article_path, question_path, tour_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...queries.facts.values import Json
    from .content.model import Site, Texts

INDEX = "search-index.js"
_GENERAL = {
    "question": {"vi": "Câu hỏi", "en": "Question"},
    "article": {"vi": "Bài viết", "en": "Article"},
    "tour": {"vi": "Bài dẫn", "en": "Tour"},
}


def search_index(site: Site) -> File:
    """Write the index: address, kind, names in both languages, other names, statements it takes part in."""
    rows = [*_entities(site), *_others(site)]
    kinds: dict[str, int] = {}
    words: list[Json] = []
    for row in rows:
        key = json.dumps(row[1], ensure_ascii=False)
        if key not in kinds:
            kinds[key] = len(words)
            words.append(row[1])
        row[1] = kinds[key]
    text = json.dumps({"kinds": words, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return File(INDEX, f'"use strict";\nwindow.egovkgIndex = {text};\n'.encode("utf-8", "replace"))


def _entities(site: Site) -> Iterator[list[Json]]:
    known = site.known
    for entity in known.entities:
        kind: list[Json] = [known.class_label(entity.kind, lang) for lang in ("vi", "en")]
        vi, en = entity.label("vi"), entity.label("en")
        names: list[Json] = [name for name in dict.fromkeys((entity.short, *entity.aliases)) if name != vi]
        yield [
            entity.path,
            kind,
            vi,
            "" if en == vi else en,
            [*names, entity.curie],
            known.weight(entity.curie),
        ]


def _others(site: Site) -> Iterator[list[Json]]:
    for asked in questions():
        yield _row(question_path(asked.name), "question", asked.asks, asked.name)
    for article in site.known.picture.articles:
        yield _row(article_path(article.id), "article", article.title, article.id)
    for tour in site.tours:
        yield _row(tour_path(tour.name), "tour", tour.title, tour.name)


def _row(path: str, kind: str, title: Texts, name: str) -> list[Json]:
    vi, en = title["vi"], title.get("en", title["vi"])
    return [path, list(_GENERAL[kind].values()), vi, "" if en == vi else en, [name], 0]
