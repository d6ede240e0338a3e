"""Data classes of a picture: entities, relations, statements, articles and labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ..facts.sources import SourceVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...words import Texts
    from ..facts.facts import Fact
    from ..facts.readings import SecondReading

TextsByName: TypeAlias = "Mapping[str, Texts]"  # name of a class, relation, measure or code -> its label


@dataclass(frozen=True, slots=True)
class Detail:
    """One property that the register states about an entity.

    :param relation: local name, such as `validFrom`
    :param text: the value, or the label of the entity that is the value
    :param target: CURIE of that entity; ``None`` for other values
    """

    relation: str
    text: Texts
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One entity.

    :param iri: its address; `slug` is the last segment
    :param curie: its short address, by which edges and statements refer to it
    :param kind: local name of its class
    :param layer: slug of the layer in which its class is drawn
    :param labels: labels by language
    :param short: the name shown in drawings
    :param aliases: other names, sorted
    :param province: CURIE of its province; ``None`` for a national entity
    :param details: the other properties in the register
    :param articles: ids of the articles that name it, sorted
    """

    iri: str
    curie: str
    kind: str
    layer: str
    labels: Texts
    short: str
    aliases: tuple[str, ...]
    province: str | None
    details: tuple[Detail, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The last segment of its address."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim or figure, with its texts in every language.

    :param fact: the statement as a :class:`~egovkg.queries.facts.facts.Fact` in the default language
    :param text: the text object of a claim; empty for a relation between entities and for a figure
    :param sentence: the sentence from which the statement was recorded
    :param population: whom it covers, where that is stated in words
    """

    fact: Fact
    text: Texts
    sentence: Texts
    population: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two entities, with all claims that state it.

    :param statements: indexes into :attr:`Picture.statements`, at least one
    """

    subject: str
    predicate: str
    object: str
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A relation from reference data, which no article states.

    :param source: the reference data it comes from, such as a framework of the ministry
    """

    subject: str
    predicate: str
    object: str
    source: Texts


@dataclass(frozen=True, slots=True)
class Article:
    """An article that makes statements.

    :param published: when it was published, in EDTF
    :param province: CURIE of the province that the article is about; ``None`` if it names none
    :param address: web address of the page that was read; empty if not stated
    :param version: which version of it was read
    :param readings: its second readings, by day
    """

    id: str
    title: Texts
    publisher: Texts
    published: str
    province: str | None
    address: str = ""
    version: SourceVersion = field(default_factory=SourceVersion)
    readings: tuple[SecondReading, ...] = ()


@dataclass(frozen=True)
class Words:
    """The labels of the classes, relations, measures, units and codes in the picture."""

    kinds: TextsByName
    definitions: TextsByName
    relations: TextsByName
    measures: TextsByName
    units: TextsByName
    codes: TextsByName


@dataclass(frozen=True)
class Picture:
    """The whole graph as data for the explorer, in a fixed order.

    :param nodes: sorted by CURIE; only entities named by a statement or mention, and their territories
    :param edges: sorted by subject, predicate, object
    :param statements: sorted by article and line
    :param articles: sorted by id
    :param references: relations of reference data between the nodes, sorted by subject, predicate, object
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    statements: tuple[Statement, ...]
    articles: tuple[Article, ...]
    words: Words
    references: tuple[Reference, ...] = ()
