"""Statements that stand on their own: every name resolved, every value typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from ..article.article_format import Link, Paragraph
    from ..article.attributes import Attributes
    from ..register.entries import Entity
    from ..register.measures import Listed
    from ..text.numbers import Amount


class Claim(NamedTuple):
    """Subject, predicate and object of one line.

    Exactly one of `object`, `code`, `item` and `literal` is given: an entity, a code slug, the class of
    a stated item whose words are `text`, or a literal whose words are `text`.
    """

    line: int
    paragraph: str
    subject: Entity
    predicate: str
    object: Entity | None
    code: str | None
    item: str | None
    text: str | None
    attributes: Attributes
    raw: str


class Figure(NamedTuple):
    """One stated number."""

    line: int
    paragraph: str
    subject: Entity
    measure: Listed
    unit: Listed | None
    amount: Amount
    attributes: Attributes
    raw: str


class Mention(NamedTuple):
    """A link with the entity it names."""

    paragraph: str
    link: Link
    entity: Entity


class Article(NamedTuple):
    """An article whose every line was understood.

    `line` is that of its id, `chars` the stated length of its original, empty when not stated.
    """

    id: str
    file: str
    title: str
    title_en: str
    publisher: Entity
    published: date
    scope: Entity
    sha256: str
    url: str
    paragraphs: tuple[Paragraph, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    line: int = 1
    chars: str = ""
