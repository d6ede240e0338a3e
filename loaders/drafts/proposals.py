"""The proposals of a draft: entities, mentions, claims and figures that a person accepts or rejects."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..recognition.rules import RelationRule
    from ..recognition.spans import DateSpan, NamedThing, NumberSpan

CLAIMS, FIGURES = "claims", "figures"  # names of the blocks of the format
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ProposedEntity:
    """An entry that a register lacks.

    :param name: its name after the prefix
    :param values: its keys with their values as YAML
    """

    name: str
    kind: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ProposedMention:
    """A name in the original that stands for an entity.

    :param entity: CURIE of the entity; empty if the register has none and none is proposed
    """

    number: int
    thing: NamedThing
    entity: str


@dataclass(frozen=True)
class ProposedStatement:
    """A claim or a figure.

    :param block: the block it belongs to, :data:`CLAIMS` or :data:`FIGURES`
    :param confidence: expected share of right ones among such proposals, in 0..1; ``None`` if not measured
    :param attributes: its attributes in their order
    """

    number: int
    block: str
    rule: str
    confidence: float | None
    subject: str
    predicate: str
    target: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The statement as a line of its block."""
        pairs = ", ".join(f"{name}: {value}" for name, value in self.attributes.items())
        braces = f"  {{{pairs}}}" if pairs else ""
        return f"{self.subject}  {self.predicate}  {self.target}{braces}"


@dataclass(frozen=True)
class ProposedDigest:
    """Words for a paragraph, by a language model.

    :param text: in the language of the articles, with mentions
    :param translation: the same in the other language of the corpus
    """

    number: int
    text: str
    translation: str


@dataclass(frozen=True)
class DraftParagraph:
    """The proposals that rest on one sentence; `start` and `end` are its place in the original."""

    start: int
    end: int
    mentions: tuple[ProposedMention, ...]
    statements: tuple[ProposedStatement, ...]
    dates: tuple[DateSpan, ...] = ()
    numbers: tuple[NumberSpan, ...] = ()
    digest: ProposedDigest | None = None


@dataclass(frozen=True)
class Draft:
    """All that is proposed for one text.

    :param paragraphs: one for each sentence in which something was found
    :param entities: entries that the register lacks
    :param model: the language model that was asked, with the hash of its prompt; empty if none was
    """

    paragraphs: tuple[DraftParagraph, ...]
    entities: tuple[ProposedEntity, ...]
    model: str = ""

    @property
    def statements(self) -> tuple[ProposedStatement, ...]:
        """All statements in their order."""
        return tuple(statement for paragraph in self.paragraphs for statement in paragraph.statements)

    @property
    def mentions(self) -> tuple[ProposedMention, ...]:
        """All mentions in their order."""
        return tuple(mention for paragraph in self.paragraphs for mention in paragraph.mentions)

    @property
    def years_assumed(self) -> int:
        """The number of days that the text states without their year."""
        return sum(date.is_year_assumed for paragraph in self.paragraphs for date in paragraph.dates)


class StatementList:
    """Numbers the proposals of a text, and proposes no claim twice."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._stated: set[tuple[str, str, str]] = set()

    def number(self) -> int:
        """Return the number of the next proposal."""
        return next(self._numbers)

    def claim(
        self, rule: RelationRule, subject: str, target: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES
    ) -> Iterator[ProposedStatement]:
        """Propose a claim; nothing if it was proposed before, or lacks an entity."""
        key = (subject, rule.relation, target)
        if subject and target and subject != target and key not in self._stated:
            self._stated.add(key)
            yield ProposedStatement(
                self.number(), CLAIMS, rule.name, rule.confidence, subject, rule.relation, target, attributes
            )

    def figure(
        self, measure: str, subject: str, value: str, attributes: Mapping[str, str], confidence: float
    ) -> ProposedStatement:
        """Propose a figure."""
        return ProposedStatement(
            self.number(), FIGURES, measure, confidence, subject, measure, value, attributes
        )
