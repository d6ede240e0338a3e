"""Everything that the pages tell, read from the graph once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import CODE, ID, with_prefixes
from ....ontology.vocabulary import load_vocabulary
from ....queries.dependencies.dependencies import Dependencies
from ....queries.facts.show import unit_words
from ....queries.facts.values import text_of
from ....queries.picture.picture import picture, texts
from ....queries.planning.provinces import Provinces
from ....queries.planning.reference import has_components
from .entities import entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ....graph.store import Row, Store
    from ....queries.picture.picture import Article, Picture, Statement
    from .entities import Entity
    from .model import Texts

Positions: TypeAlias = "Mapping[str, list[int]]"  # CURIE, article or paragraph -> statements, by position

_FACTS = "SELECT DISTINCT ?fact ?evidence { ?fact egov:evidence ?evidence }"
_PARAGRAPHS = """
SELECT ?evidence ?article ?line ?text {
  ?evidence a egov:Evidence ; egov:inArticle/egov:curie ?article ; egov:text ?text .
  OPTIONAL { ?evidence egov:sourceLine ?line }
}"""
_MENTIONS = """
SELECT ?evidence ?curie ?start ?end {
  ?mention egov:inEvidence ?evidence ; egov:mentions/egov:curie ?curie ; egov:start ?start ; egov:end ?end .
}"""
_HASHES = "SELECT ?article ?hash { ?thing a egov:Article ; egov:curie ?article ; egov:sha256 ?hash }"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a paragraph names an entity, in code points of its Vietnamese text."""

    start: int
    end: int
    curie: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a digest.

    :param id: its last part, such as `d3`
    :param mentions: in the order of the text
    """

    iri: str
    id: str
    article: str
    line: int
    text: Texts
    mentions: tuple[Mention, ...]


class Known:
    """What is known: entities, statements with their sentences, articles with their paragraphs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.picture: Picture = picture(store)
        self.entities: tuple[Entity, ...] = entities(store)
        self.by_curie: Mapping[str, Entity] = {entity.curie: entity for entity in self.entities}
        self.articles: Mapping[str, Article] = {article.id: article for article in self.picture.articles}
        self.vocabulary = load_vocabulary()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All claims and figures, by article and line."""
        return self.picture.statements

    @cached_property
    def paragraphs(self) -> Mapping[str, Paragraph]:
        """Paragraphs by address, in order of article and line."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for evidence, curie, start, end in self._rows(_MENTIONS):
            place = Mention(int(text_of(start)), int(text_of(end)), text_of(curie))
            mentions[text_of(evidence)].append(place)
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(_PARAGRAPHS):
            rows[text_of(row[0])].append(row)
        made = [_paragraph(iri, found, mentions[iri]) for iri, found in rows.items()]
        return {each.iri: each for each in sorted(made, key=lambda each: (each.article, each.line, each.iri))}

    @cached_property
    def evidence(self) -> Mapping[str, str]:
        """The address of the paragraph of each statement, by the id of the statement."""
        return {
            text_of(fact).removeprefix(ID): text_of(evidence)
            for fact, evidence in sorted(self._rows(_FACTS), key=str)
        }

    @cached_property
    def by_fact(self) -> Mapping[str, int]:
        """Position of a statement, by its id."""
        return {each.fact.id: position for position, each in enumerate(self.statements)}

    @cached_property
    def dependencies(self) -> Dependencies:
        """Which system rests on which, by what is stated."""
        return Dependencies.of(self.store)

    @cached_property
    def providers(self) -> frozenset[str]:
        """Addresses of what something else rests on."""
        return frozenset(edge[2] for edge in self.dependencies.network.edges())

    @cached_property
    def provinces(self) -> Provinces:
        """The provinces, and what articles cover of each."""
        return Provinces(self.store)

    @cached_property
    def compared(self) -> frozenset[str]:
        """Addresses of the provinces that are held against a framework."""
        return frozenset(self.provinces.covered) if has_components(self.store) else frozenset()

    @cached_property
    def as_subject(self) -> Positions:
        """Statements of an entity."""
        return _index((each.fact.subject,) for each in self.statements)

    @cached_property
    def as_object(self) -> Positions:
        """Statements of others to an entity; of a measure, its figures."""
        return _index(
            (each.fact.object or "", each.fact.predicate if each.fact.kind == "figure" else "")
            for each in self.statements
        )

    @cached_property
    def as_topic(self) -> Positions:
        """Statements that are about an entity, or make it responsible."""
        return _index(topics(each) for each in self.statements)

    @cached_property
    def of_paragraph(self) -> Positions:
        """Statements of a paragraph."""
        return _index((self.evidence.get(each.fact.id, ""),) for each in self.statements)

    @cached_property
    def mentioned(self) -> Mapping[str, list[Paragraph]]:
        """Paragraphs that name an entity."""
        found: dict[str, list[Paragraph]] = defaultdict(list)
        for paragraph in self.paragraphs.values():
            for curie in dict.fromkeys(mention.curie for mention in paragraph.mentions):
                found[curie].append(paragraph)
        return found

    @cached_property
    def units(self) -> Mapping[str, Mapping[str, str]]:
        """Language -> word after a value -> label of the unit."""
        return {lang: unit_words(self.store, lang) for lang in ("vi", "en")}

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """SHA-256 of the text that a digest was made from, by article."""
        return {text_of(article): text_of(value) for article, value in self._rows(_HASHES)}

    @cached_property
    def by_label(self) -> Mapping[str, Mapping[str, Entity]]:
        """Language -> label -> entity, for labels that only one entity has."""
        return {lang: self._labels(lang) for lang in ("vi", "en")}

    def _labels(self, lang: str) -> Mapping[str, Entity]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            found[entity.label(lang)].append(entity)
        return {label: held[0] for label, held in found.items() if len(held) == 1}

    def paragraph_of(self, statement: Statement) -> Paragraph | None:
        """Find the paragraph that says a statement."""
        return self.paragraphs.get(self.evidence.get(statement.fact.id, ""))

    def weight(self, curie: str) -> int:
        """Count the statements that an entity takes part in."""
        return sum(len(index.get(curie, ())) for index in (self.as_subject, self.as_object, self.as_topic))

    def class_label(self, kind: str, lang: str) -> str:
        """Name a class in words."""
        term = self.vocabulary.classes.get(kind)
        return term.labels.get(lang, kind) if term else kind

    def relation_label(self, name: str, lang: str) -> str:
        """Name a relation or a measure in words."""
        if labels := self.picture.words.measures.get(name):
            return labels.get(lang) or labels.get("vi") or name
        term = self.vocabulary.properties.get(name)
        return term.labels.get(lang, name) if term else name

    def code_label(self, code: str, lang: str) -> str:
        """Name a code in words."""
        slug = code.removeprefix(CODE).removeprefix("code:")
        term = self.vocabulary.codes.get(slug)
        return term.labels.get(lang, slug) if term else slug

    def _rows(self, query: str) -> tuple[Row, ...]:
        return self.store.select(with_prefixes(query)).rows


def topics(statement: Statement) -> tuple[str, ...]:
    """List the CURIEs that a statement is about or makes responsible."""
    held = (statement.fact.qualifiers.get(word, ()) for word in ("about", "responsible"))
    return tuple(str(each) for values in held if isinstance(values, tuple) for each in values)


def _index(keys: Iterable[tuple[str, ...]]) -> Positions:
    found: dict[str, list[int]] = defaultdict(list)
    for position, several in enumerate(keys):
        for key in dict.fromkeys(filter(None, several)):
            found[key].append(position)
    return dict(found)


def _paragraph(iri: str, rows: list[Row], mentions: list[Mention]) -> Paragraph:
    line = text_of(rows[0][2])
    return Paragraph(
        iri=iri,
        id=iri.rpartition("/")[2],
        article=text_of(rows[0][1]),
        line=int(line) if line else 0,
        text=texts(row[3] for row in rows if row[3] is not None),
        mentions=tuple(sorted(mentions, key=lambda each: (each.start, -each.end, each.curie))),
    )
