"""The files of a draft: the article with its proposals as comments, the register, and the original."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...ontology.codes import written_codes
from ...ontology.qualifiers import TranslationKind
from ...words import in_all_languages
from ..article.frontmatter import TRANSLATED_TITLE
from ..register.register_text import register_text
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .proposals import CLAIMS, FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from .proposals import Draft, DraftParagraph, ProposedEntity, ProposedStatement

ORIGINALS = "originals"  # folder beside `articles`, for this machine alone
ENTRY_MARK = "#? "  # before the lines of a proposed entry
NO_ENTRIES = "entities: {}"
_PUBLISHER = "toa-soan"


@dataclass(frozen=True)
class DraftHead:
    """The front matter of a draft.

    :param prefix: prefix of the register for its entries
    :param publisher: CURIE of the publisher; empty for an entry of its own
    :param language: the language of the text; one in another language than that of the articles counts as a
        translation of unknown kind
    """

    article: str
    title: str
    published: str
    scope: str
    prefix: str
    publisher: str = ""
    language: str = ARTICLE_LANGUAGE


def draft_files(
    head: DraftHead,
    draft: Draft,
    text: str,
    folder: Path,
    unwritten: Mapping[Path, str] = MappingProxyType({}),
) -> dict[Path, str]:
    """Word the files of a draft.

    :param text: the normalised text of the original
    :param folder: the corpus folder
    :param unwritten: files of other drafts that are still to be written: path → content
    :returns: path → content, in the order in which they are to be written
    """
    register = folder / "register" / f"{head.prefix}.yaml"
    on_disk = register.read_text("utf-8") if register.is_file() else ""
    existing = unwritten.get(register, on_disk)
    originals = folder / ORIGINALS
    return {
        originals / ".gitignore": "*\n",
        originals / f"{head.article}.txt": text,
        register: _register(head, draft.entities, existing),
        folder / "articles" / f"{head.article}.kg.md": article_text(head, draft, text),
    }


def article_text(head: DraftHead, draft: Draft, text: str) -> str:
    """Word an article without any statement: every proposal is a comment."""
    digest = sha256(text.encode()).hexdigest()
    lines = [
        "---",
        "kg: 1",
        f"article: {head.article}",
        f"title: {json.dumps(head.title, ensure_ascii=False)}",
        f"publisher: {head.publisher or f'{head.prefix}:{_PUBLISHER}'}",
        f"published: {head.published}",
        f"lang: {ARTICLE_LANGUAGE}",
        *_reading(head),
        f"scope: {head.scope}",
        f'source: {{kind: original-not-shipped, sha256: "{digest}", chars: {len(text)}}}',
        "---",
    ]
    if draft.model:
        lines += ["", f"<!-- model {draft.model} -->"]
    telling = [paragraph for paragraph in draft.paragraphs if _has_proposals(paragraph)]
    for number, paragraph in enumerate(telling, 1):
        lines += ["", f"## d{number}", *_paragraph(paragraph)]
    return "\n".join(lines) + "\n"


def _reading(head: DraftHead) -> list[str]:
    """Say in which language a text was read, where that is not the language of the articles."""
    if head.language == ARTICLE_LANGUAGE:
        return []
    kinds = written_codes("TranslationKind")
    unknown = next(word for word, slug in kinds.items() if slug == TranslationKind.UNKNOWN)
    title = json.dumps(head.title, ensure_ascii=False)
    return [f"{TRANSLATED_TITLE}: {title}", f"seen: {head.language}", f"translation: {unknown}"]


def _has_proposals(paragraph: DraftParagraph) -> bool:
    return bool(paragraph.statements) or any(mention.entity for mention in paragraph.mentions)


def _paragraph(paragraph: DraftParagraph) -> Iterator[str]:
    yield f"<!-- original {paragraph.start}-{paragraph.end} -->"
    for mention in paragraph.mentions:
        if mention.entity:
            yield f"<!-- ?{mention.number} {mention.thing.start}-{mention.thing.end} {mention.entity} -->"
    if digest := paragraph.digest:
        words = json.dumps([digest.text, digest.translation], ensure_ascii=False)
        yield f"<!-- ?{digest.number} digest {words} -->"
    for block in (CLAIMS, FIGURES):
        rows = [
            f"#?{statement.number} {statement.line}  # {statement.rule}{_confidence(statement)}"
            for statement in paragraph.statements
            if statement.block == block
        ]
        if rows:
            yield from ["", f"```{block}", *rows, "```"]


def _confidence(statement: ProposedStatement) -> str:
    return "" if statement.confidence is None else f" {statement.confidence:.2f}"


def _register(head: DraftHead, entities: Iterable[ProposedEntity], existing: str) -> str:
    """Add the proposed entries to a register as comments; a new register gets the publisher as an entry."""
    proposed = {
        entity.name: entry_values(entity) for entity in entities if f" {entity.name}:" not in existing
    }
    rows = register_text(head.prefix, proposed).split("\n")[2:] if proposed else []
    comments = "".join(f"{ENTRY_MARK}{row}\n" for row in rows if row)
    own_publisher = not head.publisher and f"  {_PUBLISHER}:" not in existing
    publisher = (
        {_PUBLISHER: {"kind": "MediaOutlet", **_publisher_labels(head.article)}} if own_publisher else {}
    )
    if existing:
        added = "\n".join(register_text(head.prefix, publisher).split("\n")[2:]) if publisher else ""
        return existing.rstrip("\n") + "\n" + added + comments
    return register_text(head.prefix, publisher) + comments


def _publisher_labels(article: str) -> dict[str, str]:
    return in_all_languages(__package__ or "", "publisher", article=article)


def entry_values(entity: ProposedEntity) -> dict[str, str | list[str]]:
    """Return the keys of a proposed entry as a register has them."""
    return {key: [value] if key == "aliases" else value for key, value in entity.values.items()}
