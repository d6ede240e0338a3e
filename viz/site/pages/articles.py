"""The article reader: a digest of each article by paragraph, next to the statements of the paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ....queries.facts.readings import readings_text
from ....words import DEFAULT_LANGUAGE, label, languages
from ..content.data_files import json_bytes, table_alternates, table_files
from ..content.forms import shown_date
from ..content.model import Alternate, File, Page, PageLink
from ..content.paths import anchor, article_path
from ..content.statements import StatementWording
from ..content.texts import page_texts, text_and_language, text_language, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....queries.facts.values import Json
    from ....queries.picture.picture import Article, Statement
    from ...tables import CellValue
    from ..content.model import Context
    from ..content.site import Site
    from ..content.snapshot import DigestParagraph, EntityMention, GraphSnapshot
    from ..content.statements import StatementView

__all__ = ["ReaderParagraph", "pages", "text_pieces"]

OPEN_STATEMENTS = 60  # statements of a page that are not folded, spread evenly over its paragraphs
_TRANSLATIONS = tuple(lang for lang in languages() if lang != DEFAULT_LANGUAGE)
_KEYS = (
    "id",
    "title",
    *(f"title_{lang}" for lang in _TRANSLATIONS),
    "publisher",
    "published",
    "language",
    "language_read",
    "translation",
    "extent",
    "original",
    "copy_of",
    "address",
    "province",
    "statements",
    "page",
)


@dataclass(frozen=True)
class ReaderParagraph:
    """A paragraph of the article reader.

    :param pieces: the text in the default language, with mentions as links
    :param translations: the text in the other languages, by language
    :param mentions: the entities named in the paragraph, each once
    """

    id: str
    line: int
    pieces: tuple[PageLink, ...]
    translations: dict[str, str]
    mentions: tuple[PageLink, ...]
    statements: tuple[StatementView, ...]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of articles, and a page with its data for each article."""
    snapshot = site.snapshot
    alternates = table_alternates("articles")
    context = partial(_list_context, snapshot)
    yield Page("articles.html", "articles.html.j2", titles("articles.title"), context, "articles", alternates)
    rows = (_table_row(snapshot, article) for article in snapshot.picture.articles)
    yield from table_files("articles", _KEYS, rows)
    for article in snapshot.picture.articles:
        yield from _article_pages(snapshot, article)


def _article_pages(snapshot: GraphSnapshot, article: Article) -> Iterator[Page | File]:
    path = article_path(article.id)
    stem = path.removesuffix(".html")
    yield Page(
        path=path,
        template="article.html.j2",
        title={lang: label(article.title, lang) for lang in languages()},
        context=partial(_article_context, snapshot, article),
        section="articles",
        alternates=(Alternate(f"{stem}.json", "JSON"),),
        scripts=("reader.js",),
    )
    yield File(f"{stem}.json", json_bytes(_article_content(snapshot, article)))


def _article_context(snapshot: GraphSnapshot, article: Article, lang: str) -> Context:
    wording = StatementWording(snapshot, lang)
    paragraphs = [_reader_paragraph(wording, paragraph) for paragraph in _paragraphs(snapshot, article)]
    return {
        "paragraphs": paragraphs,
        "published": shown_date(article.published, lang),
        "publisher": label(article.publisher, lang),
        "address": article.address,
        "version": article.version,
        "remark": article.version.remark(lang),
        "readings": article.readings,
        "readings_text": readings_text(article.readings, lang),
        "province": wording.entity(article.province) if article.province else None,
        "hash": snapshot.hashes.get(article.id, ""),
        "translation_note": lambda code: _translation_note(code, lang),
        "statement_count": sum(len(paragraph.statements) for paragraph in paragraphs),
        "open_statements": max(2, OPEN_STATEMENTS // max(1, len(paragraphs))),
        "title_language": text_language(article.title, lang),
    }


def _translation_note(translation: str, lang: str) -> str:
    """Return the heading of a translation, which is initially collapsed."""
    language_name = page_texts(translation)["language.name"]
    return page_texts(lang)("reader.translation", language=language_name)


def _paragraphs(snapshot: GraphSnapshot, article: Article) -> list[DigestParagraph]:
    return snapshot.paragraphs_of_article.get(article.id, [])


def _reader_paragraph(wording: StatementWording, paragraph: DigestParagraph) -> ReaderParagraph:
    snapshot = wording.snapshot
    text = paragraph.text.get(DEFAULT_LANGUAGE, "")
    curies = dict.fromkeys(mention.curie for mention in paragraph.mentions)
    return ReaderParagraph(
        id=anchor(paragraph.id),
        line=paragraph.line,
        pieces=text_pieces(snapshot, text, paragraph.mentions),
        translations={lang: paragraph.text[lang] for lang in _TRANSLATIONS if paragraph.text.get(lang)},
        mentions=tuple(map(wording.entity, curies)),
        statements=wording.statements(snapshot.of_paragraph.get(paragraph.iri, ())),
    )


def text_pieces(
    snapshot: GraphSnapshot, text: str, mentions: Sequence[EntityMention]
) -> tuple[PageLink, ...]:
    """Split a text at its mentions; of overlapping mentions only the first and longest becomes a link.

    :param text: in the default language
    :returns: pieces whose concatenation is the text
    """
    pieces, end = [], 0
    for mention in mentions:
        if not end <= mention.start < mention.end <= len(text):
            continue
        entity = snapshot.by_curie.get(mention.curie)
        pieces.append(PageLink(text[end : mention.start]))
        path = entity.path if entity else ""
        pieces.append(PageLink(text[mention.start : mention.end], path, curie=mention.curie))
        end = mention.end
    pieces.append(PageLink(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def _article_content(snapshot: GraphSnapshot, article: Article) -> dict[str, Json]:
    """Return an article as data: paragraphs with text, mentions and statements."""
    return {
        "id": article.id,
        "title": dict(article.title),
        "publisher": dict(article.publisher),
        "published": article.published,
        "address": article.address or None,
        "version": article.version.as_dict(),
        "second_readings": [reading.as_dict() for reading in article.readings],
        "sha256_of_original": snapshot.hashes.get(article.id, ""),
        "paragraphs": [
            _paragraph_content(snapshot, paragraph) for paragraph in _paragraphs(snapshot, article)
        ],
    }


def _paragraph_content(snapshot: GraphSnapshot, paragraph: DigestParagraph) -> Json:
    positions = snapshot.of_paragraph.get(paragraph.iri, ())
    mentions: list[Json] = [[mention.start, mention.end, mention.curie] for mention in paragraph.mentions]
    return {
        "id": paragraph.id,
        "text": dict(paragraph.text),
        "mentions": mentions,
        "statements": [snapshot.statements[position].fact.as_dict() for position in positions],
    }


def _statements(snapshot: GraphSnapshot, article: Article) -> list[Statement]:
    return [snapshot.statements[position] for position in snapshot.of_article.get(article.id, ())]


def _table_row(snapshot: GraphSnapshot, article: Article) -> tuple[CellValue, ...]:
    return (
        article.id,
        label(article.title, DEFAULT_LANGUAGE),
        *(article.title.get(lang, "") for lang in _TRANSLATIONS),
        label(article.publisher, DEFAULT_LANGUAGE),
        article.published,
        article.version.language,
        article.version.language_read,
        article.version.translation,
        article.version.extent,
        article.version.original,
        article.version.copy_of,
        article.address,
        article.province,
        len(_statements(snapshot, article)),
        article_path(article.id),
    )


def _list_context(snapshot: GraphSnapshot, lang: str) -> Context:
    wording = StatementWording(snapshot, lang)
    rows = []
    for article in sorted(snapshot.picture.articles, key=lambda article: (article.published, article.id)):
        title, title_language = text_and_language(article.title, lang)
        row = {
            "link": PageLink(title, article_path(article.id), title_language),
            "publisher": label(article.publisher, lang),
            "published": shown_date(article.published, lang),
            "remark": article.version.remark(lang),
            "province": wording.entity(article.province) if article.province else None,
            "statement_count": len(_statements(snapshot, article)),
        }
        rows.append(row)
    return {"rows": rows}
