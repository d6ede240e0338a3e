"""All data of the graph that the pages show, read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import CODE, ID, with_prefixes
from ....ontology.vocabulary import load_vocabulary
from ....queries.dependencies.network.dependencies import Dependencies
from ....queries.facts.entity_report import unit_words
from ....queries.facts.values import text_of, texts
from ....queries.picture.picture import picture
from ....queries.planning.provinces import Provinces
from ....words import DEFAULT_LANGUAGE, label, languages
from .entities import entity_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ....graph.store import Row, Store
    from ....queries.picture.picture import Article, Picture, Statement
    from ....queries.planning.units import Province
    from ....words import Texts
    from .entities import EntityRecord

__all__ = ["DigestParagraph", "EntityMention", "GraphSnapshot", "Positions"]

Positions: TypeAlias = "Mapping[str, list[int]]"  # CURIE, or IRI of a paragraph -> positions of statements

_EVIDENCE = "SELECT DISTINCT ?fact ?evidence { ?fact egov:evidence ?evidence }"
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
_HAS_COMPONENTS = with_prefixes("ASK { ?component a egov:ReferenceComponent }")
_NUMBER = "number"  # relation of a document to its number
_TOPIC_QUALIFIERS = ("about", "responsible", "said_by", "of")


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention of an entity in a paragraph.

    Positions count code points of the text in the default language.
    """

    start: int
    end: int
    curie: str


@dataclass(frozen=True, slots=True)
class DigestParagraph:
    """A paragraph of a digest, which is the annotator's summary of an article.

    :param id: last segment of its IRI, such as `d3`
    :param text: the text by language
    :param mentions: the mentions of entities in it, in the order of the text
    """

    iri: str
    id: str
    article: str
    line: int
    text: Texts
    mentions: tuple[EntityMention, ...]


class GraphSnapshot:
    """The data of the graph that the pages show: entities, statements, articles with their paragraphs.

    Data that need a query of their own are read on first access.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.picture: Picture = picture(store)
        self.entities: tuple[EntityRecord, ...] = entity_records(store)
        self.by_curie: Mapping[str, EntityRecord] = {entity.curie: entity for entity in self.entities}
        self.articles: Mapping[str, Article] = {article.id: article for article in self.picture.articles}
        self.vocabulary = load_vocabulary()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All claims and figures, in order of article and line."""
        return self.picture.statements

    @cached_property
    def paragraphs(self) -> Mapping[str, DigestParagraph]:
        """IRI → paragraph, in order of article and line."""
        mentions: dict[str, list[EntityMention]] = defaultdict(list)
        for evidence, curie, start, end in self._rows(_MENTIONS):
            mention = EntityMention(int(text_of(start)), int(text_of(end)), text_of(curie))
            mentions[text_of(evidence)].append(mention)
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(_PARAGRAPHS):
            rows[text_of(row[0])].append(row)
        paragraphs = (_paragraph(iri, translations, mentions[iri]) for iri, translations in rows.items())
        ordered = sorted(paragraphs, key=lambda paragraph: (paragraph.article, paragraph.line, paragraph.iri))
        return {paragraph.iri: paragraph for paragraph in ordered}

    @cached_property
    def evidence(self) -> Mapping[str, str]:
        """Id of a statement → IRI of the paragraph that states it."""
        return {
            text_of(fact).removeprefix(ID): text_of(evidence)
            for fact, evidence in sorted(self._rows(_EVIDENCE), key=str)
        }

    @cached_property
    def position_of_fact(self) -> Mapping[str, int]:
        """Id of a statement → its index in :attr:`statements`."""
        return {statement.fact.id: position for position, statement in enumerate(self.statements)}

    @cached_property
    def dependencies(self) -> Dependencies:
        """The dependencies between systems, by stated edges."""
        return Dependencies.of(self.store)

    @cached_property
    def providers(self) -> frozenset[str]:
        """IRIs of the systems that others depend on."""
        return frozenset(edge[2] for edge in self.dependencies.network.edges())

    @cached_property
    def article_by_name(self) -> Mapping[str, Article]:
        """Id of an article, or its title in any language → the article; the first where titles are equal."""
        names: dict[str, Article] = {}
        for article in self.picture.articles:
            for name in (article.id, *article.title.values()):
                names.setdefault(name, article)
        return names

    @cached_property
    def of_article(self) -> Positions:
        """Id of an article → the statements that it makes."""
        return _positions((statement.fact.article,) for statement in self.statements)

    @cached_property
    def paragraphs_of_article(self) -> Mapping[str, list[DigestParagraph]]:
        """Id of an article → its paragraphs in order."""
        paragraphs: dict[str, list[DigestParagraph]] = defaultdict(list)
        for paragraph in self.paragraphs.values():
            paragraphs[paragraph.article].append(paragraph)
        return dict(paragraphs)

    @cached_property
    def document_by_number(self) -> Mapping[str, EntityRecord]:
        """Number of a document → the document; of several with one number, none."""
        documents: dict[str, list[EntityRecord]] = defaultdict(list)
        for entity in self.entities:
            for detail in entity.details_of(_NUMBER):
                documents[label(detail.text, DEFAULT_LANGUAGE)].append(entity)
        return {number: namesakes[0] for number, namesakes in documents.items() if len(namesakes) == 1}

    @cached_property
    def drawn(self) -> frozenset[str]:
        """CURIEs of the entities that the explorer draws."""
        return frozenset(node.curie for node in self.picture.nodes)

    @cached_property
    def provinces(self) -> Provinces:
        """The provinces and their article coverage."""
        return Provinces(self.store)

    @cached_property
    def as_of(self) -> date | None:
        """The one day that the site speaks of: the latest on which an article or a document of law appeared.

        It is `None` where no article covers a province.
        """
        return self.provinces.latest_known_day

    @cached_property
    def compared_provinces(self) -> frozenset[str]:
        """IRIs of the provinces that are compared with a framework."""
        return frozenset(self.provinces.covered) if self.store.ask(_HAS_COMPONENTS) else frozenset()

    @cached_property
    def paged_provinces(self) -> tuple[Province, ...]:
        """The provinces that have a page: those of its day; none without articles about provinces."""
        if self.as_of is None or not self.compared_provinces:
            return ()
        return tuple(judged.province for judged in self.provinces.standing(self.as_of))

    @cached_property
    def as_subject(self) -> Positions:
        """CURIE of an entity → the statements with it as subject."""
        return _positions((statement.fact.subject,) for statement in self.statements)

    @cached_property
    def as_object(self) -> Positions:
        """CURIE of an entity → the statements with it as object; for a measure, its figures."""
        return _positions(_objects(statement) for statement in self.statements)

    @cached_property
    def as_topic(self) -> Positions:
        """CURIE of an entity → the statements about it, covering it or made by it, or tasks of it."""
        return _positions(_topics(statement) for statement in self.statements)

    @cached_property
    def of_paragraph(self) -> Positions:
        """IRI of a paragraph → the statements found in it."""
        return _positions((self.evidence.get(statement.fact.id, ""),) for statement in self.statements)

    @cached_property
    def mentioned_in(self) -> Mapping[str, list[DigestParagraph]]:
        """CURIE of an entity → the paragraphs that mention it."""
        paragraphs: dict[str, list[DigestParagraph]] = defaultdict(list)
        for paragraph in self.paragraphs.values():
            for curie in dict.fromkeys(mention.curie for mention in paragraph.mentions):
                paragraphs[curie].append(paragraph)
        return paragraphs

    @cached_property
    def units(self) -> Mapping[str, Mapping[str, str]]:
        """Language → name of a unit in annotations → label of the unit."""
        return {lang: unit_words(self.store, lang) for lang in languages()}

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """Id of an article → SHA-256 of the text from which its digest was written."""
        return {text_of(article): text_of(digest) for article, digest in self._rows(_HASHES)}

    @cached_property
    def by_label(self) -> Mapping[str, Mapping[str, EntityRecord]]:
        """Language → label → entity, for labels that belong to exactly one entity."""
        return {lang: self._entities_by_label(lang) for lang in languages()}

    def _entities_by_label(self, lang: str) -> Mapping[str, EntityRecord]:
        entities: dict[str, list[EntityRecord]] = defaultdict(list)
        for entity in self.entities:
            entities[entity.label(lang)].append(entity)
        return {text: namesakes[0] for text, namesakes in entities.items() if len(namesakes) == 1}

    def paragraph_of(self, statement: Statement) -> DigestParagraph | None:
        """Return the paragraph that contains the evidence of a statement."""
        return self.paragraphs.get(self.evidence.get(statement.fact.id, ""))

    def statement_count(self, curie: str) -> int:
        """Count the statements with an entity as subject, object or topic."""
        return sum(len(index.get(curie, ())) for index in (self.as_subject, self.as_object, self.as_topic))

    def positions_of(self, curie: str) -> list[int]:
        """List the statements of an entity, each once: first as subject, then as object, then as topic."""
        positions: dict[int, None] = {}
        for index in (self.as_subject, self.as_object, self.as_topic):
            positions |= dict.fromkeys(index.get(curie, ()))
        return list(positions)

    def class_label(self, kind: str, lang: str) -> str:
        """Return the label of a class."""
        term = self.vocabulary.classes.get(kind)
        return label(term.labels, lang) if term else kind

    def relation_label(self, name: str, lang: str) -> str:
        """Return the label of a relation or a measure."""
        term = self.vocabulary.properties.get(name)
        labels = self.picture.words.measures.get(name) or (term.labels if term else {})
        return label(labels, lang) or name

    def code_label(self, code: str, lang: str) -> str:
        """Return the label of a code, given its IRI, CURIE or slug."""
        slug = code.removeprefix(CODE).removeprefix("code:")
        term = self.vocabulary.codes.get(slug)
        return label(term.labels, lang) if term else slug

    def _rows(self, query: str) -> tuple[Row, ...]:
        return self.store.select(with_prefixes(query)).rows


def _objects(statement: Statement) -> tuple[str, str]:
    """List the object of a claim, or the measure of a figure."""
    fact = statement.fact
    return fact.object or "", fact.predicate if fact.kind == "figure" else ""


def _topics(statement: Statement) -> tuple[str, ...]:
    """List the CURIEs of the topics, population, speakers and responsible bodies of a statement."""
    curies: list[str] = []
    for name in _TOPIC_QUALIFIERS:
        values = statement.fact.qualifiers.get(name, ())
        curies += map(str, values) if isinstance(values, tuple) else (str(values),)
    return tuple(curies)


def _positions(keys_by_statement: Iterable[tuple[str, ...]]) -> Positions:
    """Map each key to the positions of the statements that have it; empty keys are left out."""
    index: dict[str, list[int]] = defaultdict(list)
    for position, keys in enumerate(keys_by_statement):
        for key in dict.fromkeys(filter(None, keys)):
            index[key].append(position)
    return dict(index)


def _paragraph(iri: str, translations: list[Row], mentions: list[EntityMention]) -> DigestParagraph:
    line = text_of(translations[0][2])
    return DigestParagraph(
        iri=iri,
        id=iri.rpartition("/")[2],
        article=text_of(translations[0][1]),
        line=int(line) if line else 0,
        text=texts(row[3] for row in translations if row[3] is not None),
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.curie))),
    )
