"""Resolved statements: entities instead of names, typed values instead of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..article.attributes import Attributes
    from ..article.document import MentionLink, ParsedParagraph
    from ..register.entity import RegisterEntity
    from ..register.measures import FigureTerm
    from ..text.dates import StatedTime
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


class ReadVersion(NamedTuple):
    """The version of an article that the annotator read.

    :param language: language in which the article was written
    :param language_read: language of the version that was read, if it is a translation; else empty
    :param translation: slug of the kind of translation; empty if the original was read
    :param extent: slug of how much of it was read; empty if not stated
    :param original: address of the original, if a translation was read; empty if not stated
    :param copy_of: address of the publisher's own page, if a copy elsewhere was read; else empty
    """

    language: str
    language_read: str = ""
    translation: str = ""
    extent: str = ""
    original: str = ""
    copy_of: str = ""


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
    published: StatedTime
    scope: RegisterEntity
    sha256: str
    chars: str
    url: str
    version: ReadVersion
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
