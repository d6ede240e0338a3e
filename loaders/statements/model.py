"""Statements that stand on their own: every name resolved, every value typed."""

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

    :param entity: a thing of the register
    :param code: slug of a code
    :param stated_item_class: class of a stated item, whose words are `text`
    :param text: words of a stated item, or of a literal when there is no `stated_item_class`
    """

    entity: RegisterEntity | None = None
    code: str | None = None
    stated_item_class: str | None = None
    text: str | None = None

    @property
    def key(self) -> str | None:
        """Key by which objects are compared: CURIE, code or words."""
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
    """A link with the entity it names."""

    paragraph: str
    link: MentionLink
    entity: RegisterEntity


class ArticleHead(NamedTuple):
    """What the head of an article says, every name resolved.

    `line` is that of its id, `chars` the stated length of its original, empty when not stated.
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


class ResolvedArticle(NamedTuple):
    """An article whose every line was understood."""

    file: str
    head: ArticleHead
    paragraphs: tuple[ParsedParagraph, ...]
    mentions: tuple[ResolvedMention, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.head.id
