"""Articles as annotated texts: mentions become spans, claims between two mentions of a paragraph relations.

Any other statement is borne by a span over its paragraph. The text is the original where it lies beside the
corpus and the article says where its names stand in it; else the digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from ..article.statement_lines import CLAIM, FIGURE
from ..drafts.draft_files import ORIGINALS
from ..drafts.proposal_lines import MENTIONS, open_proposals, paragraphs
from ..drafts.proposals import CLAIMS, FIGURES
from ..drafts.statement_text import attribute_texts
from ..pipeline.corpus import displayed_path, folder_of
from .model import SOURCE, STATEMENT, TARGET, AnnotatedSpan, AnnotatedText, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..pipeline.article_files import LoadedArticle
    from ..statements.model import ResolvedArticle
    from .model import TextPlace


class StatedMention(NamedTuple):
    """A name at a place of the text, with the CURIE of what it names."""

    place: TextPlace
    curie: str


@dataclass(frozen=True)
class StatedParagraph:
    """A part of the text with what it states; `statements` are lines with the block that they belong to."""

    place: TextPlace
    mentions: tuple[StatedMention, ...]
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AnnotatedArticle:
    """An article as an annotated text.

    :param is_original: whether it is the original text, not the digest
    """

    annotated: AnnotatedText
    is_original: bool


def article_text(
    path: Path, loaded: LoadedArticle, kinds: Mapping[str, str], *, has_proposals: bool
) -> AnnotatedArticle | None:
    """Return an article as an annotated text.

    :param kinds: CURIE → class, of register entries and proposed ones
    :param has_proposals: whether open proposals count as well
    :returns: ``None`` if it cannot be read or nothing in it is annotated
    """
    article = loaded.article
    if article is None:
        return None
    rows = path.read_bytes().decode("utf-8", "replace").split("\n")
    original = folder_of(path) / ORIGINALS / f"{article.id}.txt"
    parts = [*_original_paragraphs(rows, has_proposals=has_proposals)] if original.is_file() else []
    is_original = any(part.mentions for part in parts)
    if is_original:
        text = original.read_text("utf-8")
    else:
        text, parts = _digest(article, rows)
    annotated = _annotated(article.id, text, parts, kinds)
    return (
        AnnotatedArticle(replace(annotated, file=displayed_path(path)), is_original)
        if annotated.spans
        else None
    )


def _digest(article: ResolvedArticle, rows: Sequence[str]) -> tuple[str, list[StatedParagraph]]:
    """Join the paragraphs of the digest to one text, a line each."""
    pieces, parts = [], []
    length = 0
    for paragraph in article.paragraphs:
        mentions = tuple(
            StatedMention((length + mention.link.start, length + mention.link.end), mention.entity.curie)
            for mention in article.mentions
            if mention.paragraph == paragraph.name
        )
        lines = [(line.line, CLAIMS) for line in paragraph.claims]
        lines += [(line.line, FIGURES) for line in paragraph.figures]
        statements = tuple((block, _line(rows[number - 1], block)) for number, block in sorted(lines))
        place = length, length + len(paragraph.text)
        if paragraph.text:
            parts.append(StatedParagraph(place, mentions, statements))
            pieces.append(f"{paragraph.text}\n")
            length = place[1] + 1
    return "".join(pieces), parts


def _line(row: str, block: str) -> str:
    """Return a statement without the blanks that align it, and without a comment."""
    match = (CLAIM if block == CLAIMS else FIGURE).fullmatch(row)
    return " ".join(filter(None, match.groups())) if match else row.strip()


def _original_paragraphs(rows: Sequence[str], *, has_proposals: bool) -> Iterator[StatedParagraph]:
    """Yield the paragraphs of an article with their places in the original."""
    opened = open_proposals(rows) if has_proposals else ()
    for part in paragraphs(rows):
        mentions = [StatedMention(place, curie) for place, curie in part.names]
        statements = [(block, _line(line, block)) for block, line in part.statements]
        for proposal in (proposal for proposal in opened if proposal.paragraph == part.name):
            if proposal.kind == MENTIONS:
                mentions.append(StatedMention(proposal.place, proposal.content))
            elif proposal.kind in {CLAIMS, FIGURES}:
                statements.append((proposal.kind, _line(proposal.content, proposal.kind)))
        if part.place:
            yield StatedParagraph(part.place, tuple(sorted(mentions)), tuple(statements))


def _annotated(
    name: str, text: str, parts: Sequence[StatedParagraph], kinds: Mapping[str, str]
) -> AnnotatedText:
    spans: list[AnnotatedSpan] = []
    relations: list[Relation] = []
    span_numbers, relation_numbers = count(1), count(1)
    for part in parts:
        first: dict[str, str] = {}  # CURIE → id of its first mention in the paragraph
        for mention in part.mentions:
            kind = kinds.get(mention.curie, "")
            if kind:
                span = AnnotatedSpan(f"s{next(span_numbers)}", (mention.place,), kind, link=mention.curie)
                spans.append(span)
                first.setdefault(mention.curie, span.id)
        for block, line in part.statements:
            relation = _relation(line, first) if block == CLAIMS else None
            if relation:
                relations.append(replace(relation, id=f"r{next(relation_numbers)}"))
            else:
                identifier = f"s{next(span_numbers)}"
                bearer = AnnotatedSpan(
                    identifier, (part.place,), STATEMENT, STATEMENT, attributes={"statement": line}
                )
                spans.append(bearer)
    spans.sort(key=lambda span: (span.start, -span.end))
    return AnnotatedText(name, text, tuple(spans), tuple(relations))


def _relation(line: str, mentioned: Mapping[str, str]) -> Relation | None:
    """Read a claim between two mentions; ``None`` for any other statement."""
    match = CLAIM.fullmatch(line)
    if not match or match[1] not in mentioned or match[3] not in mentioned:
        return None
    ends = ((SOURCE, mentioned[match[1]]), (TARGET, mentioned[match[3]]))
    return Relation("", match[2], ends, attribute_texts(match[4] or ""))
