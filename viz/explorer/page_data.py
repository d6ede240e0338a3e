"""The data of the page other than nodes and edges: statements, articles, labels and styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...graph.text import folding_table
from ...ontology.codes import code_list
from ...ontology.qualifiers import Certainty, Polarity
from ...ontology.vocabulary import load_vocabulary
from ...queries.facts.readings import readings_text
from ...words import catalogue, languages
from .columnar import pack
from .country import country_tiles
from .evidence_records import EvidenceRecords
from .families import families
from .layout import GAP, SHARED, SLOT_HEIGHT, SLOT_WIDTH, architecture_rows
from .line_styles import line_styles
from .views import VIEWS

if TYPE_CHECKING:
    from ...ontology.codes import Code
    from ...queries.picture.picture import Article, Picture
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
        "depends": [*_dependency_relations(picture)],
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
        "denied": Polarity.DENIED.slug,
        "asserted": Polarity.ASSERTED.slug,
        "sure": Certainty.HIGH.value,
        "certainties": {certainty.value: _labelled(certainty.code) for certainty in Certainty},
        "extents": {code.slug: _labelled(code) for code in code_list("Extent")},
    }


def _labelled(code: Code) -> Record:
    hedges: Record = {"hedges": True} if code.is_hedge else {}
    return {"label": dict(code.labels), "meaning": dict(code.definitions), **hedges}


def _article(article: Article) -> Record:
    remarks: Record = {lang: _reading_remark(article, lang) for lang in languages()}
    return {
        "id": article.id,
        "title": dict(article.title),
        "publisher": dict(article.publisher),
        "published": article.published,
        "address": article.address,
        "province": article.province,
        "read": remarks,
    }


def _reading_remark(article: Article, lang: str) -> str:
    """Say what was read of an article, and who read it a second time with what result."""
    return ", ".join(filter(None, (article.version.remark(lang), readings_text(article.readings, lang))))


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


def _dependency_relations(picture: Picture) -> list[str]:
    vocabulary = load_vocabulary()
    return [name for name in picture.words.relations if vocabulary.is_a(name, "dependsOn")]
