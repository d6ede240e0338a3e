"""Resolved statements: entities instead of names, typed values instead of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from ..article.attributes import Attributes
    from ..article.document import MentionLink, ParsedParagraph
    from ..register.entity import RegisterEntity
    from ..register.measures import FigureTerm
    from ..text.numbers import Amount


class ClaimObject(NamedTuple):
    """The object of a claim: exactly one of entity, code, stated item, or literal.

    :param entity: an entity of the register
    :param code: slug of a code
    :param stated_item_class: class of a stated item, such as a goal or task; its text is in `text`
    :param text: text of a stated item, or of a literal if `stated_item_class` is missing
    """

    entity: RegisterEntity | None = None
    code: str | None = None
    stated_item_class: str | None = None
    text: str | None = None

    @property
    def key(self) -> str | None:
        """Key for comparing objects: CURIE, code or text."""
        return self.entity.curie if self.entity else self.code or self.text


class Claim(NamedTuple):
    """Subject, predicate and object of one line; `attribute_text` is the source text of its attributes."""

    line: int
    paragraph: str
    subject: RegisterEntity
    predicate: str
    object: ClaimObject
    attributes: Attributes
    attribute_text: str


class Figure(NamedTuple):
    """One stated number; `attribute_text` is the source text of its attributes."""

    line: int
    paragraph: str
    subject: RegisterEntity
    measure: FigureTerm
    unit: FigureTerm | None
    amount: Amount
    attributes: Attributes
    attribute_text: str


class ResolvedMention(NamedTuple):
    """A mention with the entity that it names."""

    paragraph: str
    link: MentionLink
    entity: RegisterEntity


class ArticleHead(NamedTuple):
    """The front matter of an article with resolved names.

    `line` is the line of the id; `chars` is the stated length of the original, empty if not stated;
    `is_inventory` tells a table kept by a body from a published article.
    """

    id: str
    line: int
    title: str
    translated_title: str
    publisher: RegisterEntity
    published: date
    scope: RegisterEntity
    sha256: str
    chars: str
    url: str
    is_inventory: bool = False


class ResolvedArticle(NamedTuple):
    """An article with all its valid lines resolved."""

    file: str
    head: ArticleHead
    paragraphs: tuple[ParsedParagraph, ...]
    mentions: tuple[ResolvedMention, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.head.id
