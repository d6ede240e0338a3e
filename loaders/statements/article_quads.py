"""Conversion of articles to N-Quads: a lossless record of their statements, in line order.

Each article gives two texts: its statements, in a graph of its own, and the plain edges derived from its
claims. A plain edge follows only from a claim that is asserted, that is in force according to its status, and
that is not a mere guess (`certainty: low` marks what the annotator only inferred).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from ...graph.names import CODE, GRAPH_EDGES, ID, XSD, article_graph
from ...ontology.codes import default_code
from ...ontology.directions import EXCHANGE, counts_as_edge, is_reversed
from ..article.attributes import POPULATION, POPULATION_TRANSLATION
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..text.numbers import plain
from .nquads import (
    INTEGER_SUFFIX,
    LABEL,
    TYPE,
    Quads,
    code,
    day,
    decimal,
    distinct_lines,
    edtf,
    egov,
    integer,
    labelled,
    literal,
    measure_node,
    typed_literal,
    unit_node,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..article.attributes import Attributes
    from ..article.document import ParsedParagraph
    from ..register.lexicon import Lexicon
    from .model import Claim, Figure, ReadVersion, ResolvedArticle, ResolvedMention

_CODED = {
    "extent": egov("extent"),
    "scope": egov("atGovernmentLevel"),
    "level": egov("atServiceLevel"),
    "kind": egov("figureKind"),
}  # attribute -> relation to its code
_TIMES = {
    "from": egov("validFrom"),
    "to": egov("validTo"),
    "asOf": egov("asOf"),
    "by": egov("dueBy"),
    "period": egov("period"),
    "baseline": egov("baseline"),
}  # attribute -> relation to its time
_ITEM_ENTITIES = {"about": egov("concerns"), "responsible": egov("responsible")}
_STATEMENT_ENTITIES = {POPULATION: egov("population"), "saidBy": egov("saidBy")}  # never of an item
_STATUS, _POLARITY, _BASIS = map(egov, ("status", "polarity", "timeBasis"))
_EARLIEST, _LATEST, _NOTE, _CERTAINTY = map(egov, ("earliest", "latest", "note", "certainty"))
_SUBJECT, _PREDICATE, _OBJECT, _LITERAL = map(egov, ("subject", "predicate", "object", "literal"))
_EVIDENCE, _SOURCE_LINE = map(egov, ("evidence", "sourceLine"))
_STATED_ON, _STATED_FROM = map(egov, ("statedOn", "statedFrom"))
_MENTIONS, _START, _END, _IN_EVIDENCE = map(egov, ("mentions", "start", "end", "inEvidence"))
_TEXT, _POPULATION_TEXT, _PART_OF_FIGURE = map(egov, ("text", "populationText", "partOfFigure"))
_IS_REVERSED, _TRUE = egov("isReversed"), f'"true"^^<{XSD}boolean>'
_WORDS = "langString"  # range of the properties whose texts are translated
_CLAIM_TYPE = f"{TYPE} {egov('Claim')}"


def becomes_edge(attributes: Attributes, relation: str = "") -> bool:
    """Tell whether a claim becomes a plain edge: asserted, in force, and not a mere guess.

    :param relation: relation of the claim; dependencies count as soon as they run, even partly

    >>> from egovkg.loaders.article.attributes import Attributes
    >>> becomes_edge(Attributes()), becomes_edge(Attributes(codes={"status": ("planned",)}))
    (True, False)
    """
    return (
        not attributes.is_denied and counts_as_edge(relation, attributes.status) and not attributes.is_guess
    )


def is_joined(claim: Claim) -> bool:
    """Tell whether the object of a claim depends on its subject: an integration platform that connects it."""
    joined = claim.object.entity
    if joined is None:
        return False
    is_outward = claim.subject.has_place and not joined.has_place and joined.prefix != claim.subject.prefix
    return is_reversed(claim.subject.kind, claim.predicate, joined.kind, is_from_place_to_country=is_outward)


def _texts(claim: Claim) -> list[str]:
    """List the words that are the object of a claim: the original, and its translation if there is one."""
    original = labelled(claim.object.text or "", ARTICLE_LANGUAGE)
    translation = claim.attributes.translation
    return [original, labelled(translation, TRANSLATION_LANGUAGE)] if translation else [original]


class Emitter:
    """Converts articles to quads; caches the qualifiers of lines with equal attributes.

    :param lexicon: used to find the entities named in attributes
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._qualifiers: dict[tuple[str, tuple[str, ...], bool, int | None], list[str]] = {}
        self._edges: dict[tuple[str, str], bool] = {}  # relation, attributes as written -> is it an edge?

    def article(self, article: ResolvedArticle) -> Quads:
        """Convert one article; linear in its lines."""
        return _ArticleWriter(article, self).write()

    def qualifiers(self, line: Claim | Figure, *, is_item: bool, year: int | None) -> list[str]:
        """Return the qualifiers of a line as pairs of relation and value.

        :param is_item: whether the line states an item, to which its entities are attached instead
        :param year: year of publication, used for dates without a year
        """
        times = tuple(time.edtf for time in line.attributes.times.values())  # one may come from the object
        key = (line.attribute_text, times, is_item, year)
        pairs = self._qualifiers.get(key)
        if pairs is None:
            pairs = self._qualifiers[key] = list(self._pairs(line.attributes, is_item=is_item))
        return pairs

    def becomes_edge(self, claim: Claim) -> bool:
        """Tell whether a claim becomes a plain edge; cached version of :func:`becomes_edge`."""
        key = (claim.predicate, claim.attribute_text)
        answer = self._edges.get(key)
        if answer is None:
            answer = self._edges[key] = becomes_edge(claim.attributes, claim.predicate)
        return answer

    def _pairs(self, attributes: Attributes, *, is_item: bool) -> Iterator[str]:
        yield f"{_BASIS} {code(attributes.basis)}"
        yield f"{_STATUS} {code(attributes.status)}"
        yield f"{_POLARITY} {code(attributes.polarity)}"
        yield from _code_pairs(attributes)
        yield from _time_pairs(attributes)
        if note := attributes.texts.get("note"):
            yield f"{_NOTE} {literal(note)}"
        for certainty in attributes.codes.get("certainty", ()):
            yield f"{_CERTAINTY} {literal(certainty)}"
        yield from _population_pairs(attributes)
        if not is_item:
            yield from self._entity_pairs(attributes, {name: egov(name) for name in _ITEM_ENTITIES})
        yield from self._entity_pairs(attributes, _STATEMENT_ENTITIES)

    def _entity_pairs(self, attributes: Attributes, relations: Mapping[str, str]) -> Iterator[str]:
        for name, relation in relations.items():
            for iri in self.entity_iris(attributes, name):
                yield f"{relation} <{iri}>"

    def entity_iris(self, attributes: Attributes, name: str) -> list[str]:
        """Return the IRIs of the entities named in an attribute."""
        entities = self.lexicon.register.by_curie
        return [entities[curie].iri for curie, _ in attributes.entities.get(name, ())]


def _population_pairs(attributes: Attributes) -> Iterator[str]:
    """Yield the population of a statement where it is stated in words."""
    for name, lang in ((POPULATION, ARTICLE_LANGUAGE), (POPULATION_TRANSLATION, TRANSLATION_LANGUAGE)):
        if text := attributes.texts.get(name):
            yield f"{_POPULATION_TEXT} {labelled(text, lang)}"


def _code_pairs(attributes: Attributes) -> Iterator[str]:
    for name, relation in _CODED.items():
        for slug in attributes.codes.get(name, ()):
            yield f"{relation} {code(slug)}"


def _time_pairs(attributes: Attributes) -> Iterator[str]:
    for name, time in attributes.times.items():
        yield f"{_TIMES[name]} {edtf(time.edtf)}"
    if first := attributes.earliest:
        yield f"{_EARLIEST} {day(first.earliest.isoformat())}"
    if last := attributes.latest:
        yield f"{_LATEST} {day(last.latest.isoformat())}"


def _version_pairs(version: ReadVersion) -> Iterator[str]:
    """Yield what is stated about the version of an article that was read."""
    yield f"{egov('language')} {literal(version.language)}"
    for relation, slug in (("readingExtent", version.extent), ("translationKind", version.translation)):
        if slug:
            yield f"{egov(relation)} {code(slug)}"
    texts = {
        "languageRead": version.language_read,
        "originalAddress": version.original,
        "copyOf": version.copy_of,
    }
    yield from (f"{egov(relation)} {literal(text)}" for relation, text in texts.items() if text)


class _ArticleWriter:
    """Converts the lines of one article to quads."""

    def __init__(self, article: ResolvedArticle, emitter: Emitter) -> None:
        self.article, self.emitter = article, emitter
        self.published = article.head.published
        self.end = f" <{article_graph(article.id)}> .\n"  # of each line: its graph
        self.days_stated = [f"{_STATED_ON} {day(self.published.latest.isoformat())}{self.end}"]
        if not self.published.is_day:
            self.days_stated.append(f"{_STATED_FROM} {day(self.published.earliest.isoformat())}{self.end}")
        self.lines: list[str] = []
        self.edges: list[str] = []
        self.totals = {  # name of a sum -> node of its total, the first one where several are stated
            name: self._figure_node(figure)
            for figure in reversed(article.figures)
            if (name := figure.attributes.texts.get("sum"))
        }

    def write(self) -> Quads:
        self._head()
        for paragraph in self.article.paragraphs:
            self._paragraph(paragraph)
        for mention in self.article.mentions:
            self._mention(mention)
        for claim in self.article.claims:
            self._claim(claim)
        for figure in self.article.figures:
            self._figure(figure)
        return Quads(distinct_lines(self.lines), distinct_lines(self.edges))

    def _add(self, node: str, *pairs: str) -> None:
        self.lines += [f"{node} {pair}{self.end}" for pair in pairs]

    def _head(self) -> None:
        head = self.article.head
        node = f"<{ID}article/{head.id}>"
        self._add(
            node,
            f"{TYPE} {egov('Article')}",
            f"{LABEL} {labelled(head.title, ARTICLE_LANGUAGE)}",
            f"{egov('publisher')} <{head.publisher.iri}>",
            f"{egov('published')} {edtf(head.published.edtf)}",
            f"{egov('firstDay')} {day(head.published.earliest.isoformat())}",
            f"{egov('lastDay')} {day(head.published.latest.isoformat())}",
            f"{egov('ofTerritory')} <{head.scope.iri}>",
            f"{egov('curie')} {literal(head.id)}",
        )
        if head.is_inventory:
            self._add(node, f"{TYPE} {egov('Inventory')}")
        if head.translated_title:
            self._add(node, f"{LABEL} {labelled(head.translated_title, TRANSLATION_LANGUAGE)}")
        if head.sha256:
            self._add(node, f"{egov('sha256')} {literal(head.sha256)}")
        if head.url:
            self._add(node, f"{egov('webAddress')} {literal(head.url)}")
        self._add(node, *_version_pairs(head.version))

    def _paragraph(self, paragraph: ParsedParagraph) -> None:
        node = f"<{ID}evidence/{self.article.id}/{paragraph.name}>"
        self._add(
            node,
            f"{TYPE} {egov('Evidence')}",
            f"{egov('inArticle')} <{ID}article/{self.article.id}>",
            f"{egov('text')} {labelled(paragraph.text, ARTICLE_LANGUAGE)}",
            f"{_SOURCE_LINE} {integer(paragraph.line)}",
        )
        if paragraph.translation:
            self._add(node, f"{egov('text')} {labelled(paragraph.translation, TRANSLATION_LANGUAGE)}")

    def _mention(self, mention: ResolvedMention) -> None:
        paragraph, link, entity = mention
        node, end = f"<{ID}mention/{self.article.id}/{paragraph}-{link.start}>", self.end
        self.lines.append(
            f"{node} {TYPE} {egov('Mention')}{end}"
            f"{node} {_MENTIONS} <{entity.iri}>{end}"
            f"{node} {_IN_EVIDENCE} <{ID}evidence/{self.article.id}/{paragraph}>{end}"
            f'{node} {_START} "{link.start}"{INTEGER_SUFFIX}{end}'
            f'{node} {_END} "{link.end}"{INTEGER_SUFFIX}{end}'
        )

    def _claim(self, claim: Claim) -> None:
        target, end = self._target(claim), self.end
        node = self._node(
            "claim",
            claim.paragraph,
            f"{claim.subject.curie} {claim.predicate} {target} {claim.attribute_text}",
        )
        is_item = claim.object.stated_item_class is not None
        relation = _LITERAL if claim.object.text is not None and not is_item else _OBJECT
        predicate = egov(claim.predicate)
        self.lines.append(
            f"{node} {_CLAIM_TYPE}{end}"
            f"{node} {_SUBJECT} <{claim.subject.iri}>{end}"
            f"{node} {_PREDICATE} {predicate}{end}"
            f"{node} {relation} {target}{end}" + "".join([f"{node} {pair}" for pair in self.days_stated])
        )
        self._qualify(node, claim, is_item=is_item)
        if is_item:
            self._item(claim, target)
        elif self._is_worded(claim):
            self._add(node, *(f"{relation} {text}" for relation in (_TEXT, LABEL) for text in _texts(claim)))
        runs_against_words = is_joined(claim)
        if runs_against_words:
            self.lines.append(f"{node} {_IS_REVERSED} {_TRUE}{end}")
        if self.emitter.becomes_edge(claim):
            edges = [
                f"<{claim.subject.iri}> {predicate} {value}" for value in self._edge_objects(claim, target)
            ]
            if runs_against_words:
                edges = [f"{target} {egov(EXCHANGE)} <{claim.subject.iri}>"]
            self.edges += [f"{edge} <{GRAPH_EDGES}> .\n" for edge in edges]

    def _edge_objects(self, claim: Claim, target: str) -> list[str]:
        """List the objects of the edges of a claim: one for each language of words that are translated."""
        return _texts(claim) if self._is_worded(claim) else [target]

    def _is_worded(self, claim: Claim) -> bool:
        """Tell whether the object of a claim is words that are translated, such as a function or a title."""
        return self.emitter.lexicon.vocabulary.properties[claim.predicate].range == _WORDS

    def _target(self, claim: Claim) -> str:
        entity, slug, item, text = claim.object
        if entity:
            return f"<{entity.iri}>"
        if slug:
            return f"<{CODE}{slug}>"
        if item:
            return self._node("item", claim.paragraph, f"{claim.subject.curie} {claim.predicate} {text}")
        relation = self.emitter.lexicon.vocabulary.properties[claim.predicate]
        return typed_literal(text or "", relation.range)

    def _node(self, folder: str, paragraph: str, statement_key: str) -> str:
        """Create the IRI of a statement from a digest of its content, so that it is equal in every build."""
        digest = blake2b(statement_key.encode(), digest_size=4).hexdigest()
        return f"<{ID}{folder}/{self.article.id}/{paragraph}-{digest}>"

    def _item(self, claim: Claim, node: str) -> None:
        pairs = [f"{relation} {text}" for relation in (_TEXT, LABEL) for text in _texts(claim)]
        self._add(node, f"{TYPE} {egov(claim.object.stated_item_class or '')}", *pairs)
        for name, relation in _ITEM_ENTITIES.items():
            for iri in self.emitter.entity_iris(claim.attributes, name):
                self._add(node, f"{relation} <{iri}>")

    def _figure(self, figure: Figure) -> None:
        amount, node = figure.amount, self._figure_node(figure)
        self._add(
            node,
            f"{TYPE} {egov('Figure')}",
            f"{_SUBJECT} <{figure.subject.iri}>",
            f"{egov('measure')} {measure_node(figure.measure.name)}",
            f"{egov('value')} {decimal(plain(amount.value))}",
            f"{egov('comparator')} {code(amount.comparator)}",
        )
        self.lines += [f"{node} {pair}" for pair in self.days_stated]
        if total := self.totals.get(figure.attributes.texts.get("part", "")):
            self._add(node, f"{_PART_OF_FIGURE} {total}")
        if amount.denominator is not None:
            self._add(node, f"{egov('denominator')} {decimal(plain(amount.denominator))}")
        if figure.unit:
            self._add(node, f"{egov('unit')} {unit_node(figure.unit.values['slug'])}")
        if "kind" not in figure.attributes.codes:
            self._add(node, f"{egov('figureKind')} {code(default_code('FigureKind'))}")
        self._qualify(node, figure, is_item=False)

    def _figure_node(self, figure: Figure) -> str:
        amount = figure.amount
        value = f"{amount.comparator}{amount.value}/{amount.denominator}"
        statement_key = f"{figure.subject.curie} {figure.measure.name} {value} {figure.attribute_text}"
        return self._node("figure", figure.paragraph, statement_key)

    def _qualify(self, node: str, line: Claim | Figure, *, is_item: bool) -> None:
        """Add evidence, place and qualifiers to a statement."""
        end = self.end
        evidence = f"<{ID}evidence/{self.article.id}/{line.paragraph}>"
        qualifiers = self.emitter.qualifiers(line, is_item=is_item, year=self.published.year)
        self.lines.append(
            f'{node} {_EVIDENCE} {evidence}{end}{node} {_SOURCE_LINE} "{line.line}"{INTEGER_SUFFIX}{end}'
            + "".join([f"{node} {pair}{end}" for pair in qualifiers])
        )
