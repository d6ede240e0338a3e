"""The data of the page other than nodes and edges: statements, articles, labels and styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...graph.text import folding_table
from ...ontology.codes import code_list
from ...ontology.directions import DELIVERED, EXCHANGE, PART, is_reversed
from ...ontology.qualifiers import Certainty, Polarity
from ...ontology.units import RANK_UNIT
from ...ontology.vocabulary import COMPONENT_OR_SERVICE, load_vocabulary
from ...queries.facts.readings import readings_summary
from ...queries.picture.comparability import UNDATED, comparable_measures
from ...queries.questions.named import question
from ...words import catalogue, languages
from ..shared.marks import MARKS
from .columnar import pack
from .country import country_tiles
from .evidence_records import EvidenceRecords
from .families import families
from .layout import GAP, SHARED, SLOT_HEIGHT, SLOT_WIDTH, architecture_rows
from .line_styles import line_styles
from .views import VIEWS

if TYPE_CHECKING:
    from ...ontology.codes import Code
    from ...queries.facts.values import Json
    from ...queries.picture.comparability import MeasureFigures
    from ...queries.picture.picture import Article, Node, Picture
    from .columnar import Record
    from .families import Family
    from .layout import Layout

__all__ = ["page_record"]


def page_record(picture: Picture, layout: Layout) -> Record:
    """Collect the data of a picture for the page; the caller adds language, view and home address."""
    return {
        **_statement_data(picture),
        **_word_data(picture),
        **_drawing_data(layout),
        **_comparison_data(picture),
        **_dependency_data(picture),
        "references": [
            [reference.subject, reference.predicate, reference.object, dict(reference.source)]
            for reference in picture.references
        ],
    }


def _statement_data(picture: Picture) -> Record:
    evidence = EvidenceRecords(picture)
    return {
        "statements": pack(evidence.statements),
        "sentences": pack(evidence.sentences),
        "articles": [_article(article) for article in picture.articles],
        "marks": {**MARKS},
        "denied": Polarity.DENIED.slug,
        "asserted": Polarity.ASSERTED.slug,
        "rankUnit": RANK_UNIT,
        "sure": Certainty.HIGH.value,
        "guess": Certainty.LOW.value,
        "certainties": {certainty.value: _labelled(certainty.code) for certainty in Certainty},
        "extents": {code.slug: _labelled(code) for code in code_list("Extent")},
    }


def _labelled(code: Code) -> Record:
    hedges: Record = {"hedges": True} if code.is_hedge else {}
    return {"label": dict(code.labels), "meaning": dict(code.definitions), **hedges}


def _article(article: Article) -> Record:
    remarks: Record = {lang: article.version.remark(lang) for lang in languages()}
    return {
        "id": article.id,
        "title": dict(article.title),
        "publisher": dict(article.publisher),
        "published": article.published,
        "address": article.address,
        "province": article.province,
        "read": remarks,
        "again": {lang: _second_readings(article, lang) for lang in languages()},
    }


def _second_readings(article: Article, lang: str) -> Json:
    """Say in short how an article was read a second time, then each reading: by whom, with what result."""
    return [
        readings_summary(article.readings, lang),
        *(reading.text(lang) for reading in article.readings),
    ]


def _word_data(picture: Picture) -> Record:
    """Collect labels and texts in every language, and the rules for comparing names."""
    groups: Record = {}
    for name, group in vars(picture.words).items():
        groups[name] = {key: dict(labels) for key, labels in group.items()}
    return {
        "languages": list(languages()),
        "ui": {lang: dict(catalogue(__package__, lang).items()) for lang in languages()},
        "words": groups,
        "folding": cast("Record", folding_table()),  # texts and mappings of texts
    }


def _comparison_data(picture: Picture) -> Record:
    """Collect which figures of provinces compare, the words of the reasons, and those of comparators."""
    comparisons: Record = {figures.measure: _comparison(figures) for figures in comparable_measures(picture)}
    return {"comparisons": comparisons, **(_comparison_words() if comparisons else {})}


def _comparison_words() -> Record:
    own: Record = {lang: catalogue(__package__, lang)[f"reason.{UNDATED}"] for lang in languages()}
    reasons: Record = {key: dict(texts) for key, texts in question("not-comparable").words.items()}
    comparators: Record = {
        code.written: dict(code.labels) for code in code_list("Comparator") if not code.is_default
    }
    return {"reasons": {**reasons, UNDATED: own}, "comparators": comparators}


def _comparison(figures: MeasureFigures) -> Record:
    entries: list[Json] = [[entry.statement, entry.province, entry.group] for entry in figures.figures]
    reasons: Record = {f"{lower}|{higher}": list(keys) for (lower, higher), keys in figures.reasons.items()}
    return {"figures": entries, "reasons": reasons}


def _drawing_data(layout: Layout) -> Record:
    return {
        "views": list(VIEWS),
        "families": [_family(family) for family in families()],
        "modes": line_styles(),
        "slot": [SLOT_WIDTH, SLOT_HEIGHT, GAP],
        "rows": [band.key for band in layout.rows],
        "columns": [band.key for band in layout.columns],
        "layers": list(architecture_rows()),
        "shared": SHARED,
        "country": {curie: list(place) for curie, place in country_tiles().items()},
    }


def _family(family: Family) -> Record:
    return {
        "id": family.id,
        "light": family.light,
        "dark": family.dark,
        "path": family.path,
        "lane": family.lane,
        "isSuggested": family.is_suggested,
    }


def _dependency_data(picture: Picture) -> Record:
    """Name the classes of systems and services and the relations by which a failure spreads between them.

    `joins` lists the relations whose object depends on their subject.
    """
    nodes = {node.curie: node for node in picture.nodes}
    vocabulary = load_vocabulary()
    return {
        "systemKinds": [kind for kind in picture.words.kinds if vocabulary.is_a(kind, COMPONENT_OR_SERVICE)],
        "depends": [*_dependency_relations(picture)],
        "delivers": DELIVERED,
        "partOf": PART,
        "joined": EXCHANGE,
        "joins": [
            f"{edge.subject}|{edge.predicate}|{edge.object}"
            for edge in picture.edges
            if _joins(nodes[edge.subject], edge.predicate, nodes[edge.object])
        ],
    }


def _joins(subject: Node, relation: str, joined: Node) -> bool:
    """Tell whether a relation says that a platform joins a system, which depends on it."""
    is_outward = bool(subject.province) and not joined.province
    return is_reversed(subject.kind, relation, joined.kind, is_from_place_to_country=is_outward)


def _dependency_relations(picture: Picture) -> list[str]:
    vocabulary = load_vocabulary()
    return [name for name in picture.words.relations if vocabulary.is_a(name, "dependsOn")]
