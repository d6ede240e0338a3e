"""The article reader: a digest, paragraph by paragraph, with what each paragraph states beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..content.csv_files import as_csv
from ..content.data_files import as_json, table_files, table_twins
from ..content.dates import shown_date
from ..content.fact_tables import FACT_KEYS, fact_row
from ..content.model import File, Page, Twin
from ..content.paths import anchor, article_path
from ..content.statements import Link, Teller, Told
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ....queries.facts.values import Json
    from ....queries.picture.picture import Article
    from ..content.model import Context, Site
    from ..content.snapshot import Known, Mention, Paragraph

_LIST = "articles.html"
_KEYS = ("id", "title", "title_en", "publisher", "published", "province", "statements", "page")


@dataclass(frozen=True)
class Block:
    """A paragraph of the reader.

    :param pieces: the Vietnamese text; a mention is a link
    :param other: the English text; empty when there is none
    :param named: what it names, once each, in the language of the page
    """

    id: str
    line: int
    pieces: tuple[Link, ...]
    other: str
    named: tuple[Link, ...]
    told: tuple[Told, ...]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of articles, and a page with two twins of each."""
    known = site.known
    title = {lang: words(lang)["articles.title"] for lang in ("vi", "en")}
    own = table_twins("articles")
    yield Page(_LIST, "articles.html.j2", title, lambda lang: _list(known, lang), "articles", own)
    yield from table_files("articles", _KEYS, (_row(known, each) for each in known.picture.articles))
    for article in known.picture.articles:
        path = article_path(article.id)
        stem = path.removesuffix(".html")
        twins = (Twin(f"{stem}.json", "JSON"), Twin(f"{stem}.csv", "CSV"))
        titles = {"vi": article.title["vi"], "en": article.title.get("en", article.title["vi"])}
        yield Page(
            path, "article.html.j2", titles, _shower(known, article), "articles", twins, ("reader.js",)
        )
        yield File(f"{stem}.json", _json(known, article))
        rows = (fact_row(each) for each in known.statements if each.fact.article == article.id)
        yield File(f"{stem}.csv", as_csv(FACT_KEYS, rows))


def _shower(known: Known, article: Article) -> Callable[[str], Context]:
    return lambda lang: _article(known, article, lang)


def _article(known: Known, article: Article, lang: str) -> Context:
    teller = Teller(known, lang)
    held = [paragraph for paragraph in known.paragraphs.values() if paragraph.article == article.id]
    blocks = [_block(known, teller, paragraph) for paragraph in held]
    return {
        "article": article,
        "blocks": blocks,
        "published": shown_date(article.published, lang),
        "publisher": article.publisher.get(lang) or article.publisher.get("vi", ""),
        "province": teller.thing(article.province) if article.province else None,
        "hash": known.hashes.get(article.id, ""),
        "stated": sum(len(block.told) for block in blocks),
        "title_lang": lang if lang in article.title else "vi",
    }


def _block(known: Known, teller: Teller, paragraph: Paragraph) -> Block:
    named = dict.fromkeys(mention.curie for mention in paragraph.mentions)
    return Block(
        id=anchor(paragraph.id),
        line=paragraph.line,
        pieces=pieces(known, paragraph.text.get("vi", ""), paragraph.mentions),
        other=paragraph.text.get("en", ""),
        named=tuple(teller.thing(curie) for curie in named),
        told=teller.all(known.of_paragraph.get(paragraph.iri, ())),
    )


def pieces(known: Known, text: str, mentions: Sequence[Mention]) -> tuple[Link, ...]:
    """Cut a text at its mentions; of two that overlap the first and longer one is a link.

    :returns: pieces that joined give the text again
    """
    cut, at = [], 0
    for mention in mentions:
        if not at <= mention.start < mention.end <= len(text):
            continue
        entity = known.by_curie.get(mention.curie)
        if mention.start > at:
            cut.append(Link(text[at : mention.start]))
        path = entity.path if entity else ""
        cut.append(Link(text[mention.start : mention.end], path, "vi", mention.curie))
        at = mention.end
    return (*cut, Link(text[at:])) if at < len(text) else tuple(cut)


def _json(known: Known, article: Article) -> bytes:
    content: dict[str, Json] = {
        "id": article.id,
        "title": dict(article.title),
        "publisher": dict(article.publisher),
        "published": article.published,
        "sha256_of_original": known.hashes.get(article.id, ""),
        "paragraphs": [
            _paragraph(known, each) for each in known.paragraphs.values() if each.article == article.id
        ],
    }
    return as_json(content)


def _paragraph(known: Known, paragraph: Paragraph) -> Json:
    positions = known.of_paragraph.get(paragraph.iri, ())
    mentions: list[Json] = [[each.start, each.end, each.curie] for each in paragraph.mentions]
    return {
        "id": paragraph.id,
        "text": dict(paragraph.text),
        "mentions": mentions,
        "statements": [known.statements[position].fact.as_dict() for position in positions],
    }


def _row(known: Known, article: Article) -> tuple[object, ...]:
    return (
        article.id,
        article.title["vi"],
        article.title.get("en", ""),
        article.publisher.get("vi", ""),
        article.published,
        article.province,
        sum(each.fact.article == article.id for each in known.statements),
        article_path(article.id),
    )


def _list(known: Known, lang: str) -> Context:
    teller = Teller(known, lang)
    rows = []
    for article in sorted(known.picture.articles, key=lambda each: (each.published, each.id)):
        own = lang if lang in article.title else "vi"
        link = Link(article.title[own], article_path(article.id), own)
        stated = sum(each.fact.article == article.id for each in known.statements)
        publisher = article.publisher.get(lang) or article.publisher.get("vi", "")
        place = teller.thing(article.province) if article.province else None
        rows.append((link, publisher, shown_date(article.published, lang), place, stated))
    return {"rows": rows}
