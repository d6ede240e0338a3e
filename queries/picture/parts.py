"""Data classes of a picture: entities, relations, statements, articles and labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.facts import Fact

Texts: TypeAlias = "Mapping[str, str]"  # language -> text, the default language first
Labels: TypeAlias = "Mapping[str, Texts]"  # name of a class, relation, measure or code -> its label


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of the register about an entity.

    :param relation: local name, such as `validFrom`
    :param text: the value, or the label of the thing it names
    :param target: CURIE of that thing; ``None`` for a value
    """

    relation: str
    text: Texts
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One entity.

    :param iri: its address; `slug` is the last part of it
    :param curie: its short address, by which edges and statements name it
    :param kind: local name of its class
    :param layer: slug of the drawing layer of its class
    :param labels: language -> label
    :param short: the name that is drawn
    :param aliases: other names, in order
    :param province: CURIE of the province-level unit it belongs to; ``None`` for what is national
    :param details: what else the register says
    :param articles: ids of the articles that name it, in order
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
        """The last part of its address."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim or figure, with its words in every language.

    :param fact: the statement as `facts` gives it, in the default language
    :param text: the stated text; empty for a relation between things and for a figure
    :param sentence: the sentence that says it
    """

    fact: Fact
    text: Texts
    sentence: Texts


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two entities, with every claim that states it.

    :param statements: positions in :attr:`Picture.statements`, at least one
    """

    subject: str
    predicate: str
    object: str
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A relation that no article states: it stands in reference data.

    :param source: what the reference data are, such as a framework of the ministry
    """

    subject: str
    predicate: str
    object: str
    source: Texts


@dataclass(frozen=True, slots=True)
class Article:
    """An article that states something.

    :param province: CURIE of the province-level unit it is about; ``None`` when it does not say
    """

    id: str
    title: Texts
    publisher: Texts
    published: str
    province: str | None


@dataclass(frozen=True)
class Words:
    """The labels of the classes, relations, measures, units and codes that the picture uses."""

    kinds: Labels
    definitions: Labels
    relations: Labels
    measures: Labels
    units: Labels
    codes: Labels


@dataclass(frozen=True)
class Picture:
    """The whole graph as data for the explorer, in a fixed order.

    :param nodes: by CURIE; only what a statement, a mention or the place of such a thing names
    :param edges: by subject, predicate, object
    :param statements: by article and line
    :param articles: by id
    :param references: relations of reference data between the nodes, by subject, predicate, object
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    statements: tuple[Statement, ...]
    articles: tuple[Article, ...]
    words: Words
    references: tuple[Reference, ...] = ()
