"""Labels, CURIEs and sentences of many entities in one language, read together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import with_prefixes
from ...words import DEFAULT_LANGUAGE
from .values import short_name, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...graph.store import Row, Store

TextByIri: TypeAlias = "Mapping[str, str]"

MAX_LISTED = 5000  # entities that a query lists by address; beyond it is cheaper to read all
_LABELS = "SELECT ?thing ?label { %s ?thing rdfs:label ?label }"
_CURIES = "SELECT DISTINCT ?thing ?curie { %s ?thing egov:curie|egov:token ?curie }"
_EVIDENCE = """
SELECT DISTINCT ?thing ?article ?published {
  %s ?thing egov:inArticle ?source . ?source egov:curie ?article .
  OPTIONAL { ?source egov:published ?published }
}"""
_SENTENCES = "SELECT ?thing ?text { %s ?thing egov:inArticle ?article ; egov:text ?text }"


@dataclass(frozen=True)
class Wording:
    """Labels, CURIEs and sentences, by address.

    :param labels: of entities, terms of the ontology, codes and items
    :param curies: CURIEs of entities; for a unit of measure, its name in annotations
    :param articles: evidence → id of its article, and when it was published; empty if that is not stated
    :param sentences: evidence → its text
    """

    labels: TextByIri
    curies: TextByIri
    articles: Mapping[str, tuple[str, str]]
    sentences: TextByIri

    @classmethod
    def of(cls, store: Store, lang: str, among: Collection[str]) -> Wording:
        """Read the texts in one language, with the default language as a fallback; four queries.

        :param among: the addresses required; others may be read too
        """
        limit = values_line("thing", among)
        queries = (_LABELS, _CURIES, _EVIDENCE, _SENTENCES)
        labels, curies, evidence, sentences = (
            store.select(with_prefixes(query % limit)).rows for query in queries
        )
        articles = {text_of(thing): (text_of(article), text_of(day)) for thing, article, day in evidence}
        return cls(_in_language(labels, lang), _pairs(curies), articles, _in_language(sentences, lang))

    def label(self, iri: str) -> str:
        """Return the label of an address; its short address if it has none."""
        return self.labels.get(iri) or short_name(iri)

    def curie(self, iri: str) -> str:
        """Return the CURIE of an address; its short address if it has none, such as an item or a code."""
        return self.curies.get(iri) or short_name(iri)

    def evidence(self, iri: str) -> tuple[str, str, str]:
        """Return article, time of publication and sentence of a piece of evidence; empty if not stated."""
        return (*self.articles.get(iri, ("", "")), self.sentences.get(iri, ""))


def values_line(variable: str, iris: Collection[str]) -> str:
    """Return a VALUES line that limits a variable to addresses; empty for more than :data:`MAX_LISTED`.

    >>> values_line("thing", ["urn:a", "urn:b"])
    'VALUES ?thing { <urn:a> <urn:b> }'
    """
    if len(iris) > MAX_LISTED:
        return ""
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"


def _pairs(rows: Iterable[Row]) -> TextByIri:
    return {text_of(key): text_of(value) for key, value in rows}


def _in_language(rows: Iterable[Row], lang: str) -> TextByIri:
    """Choose one text per address: in the language, else in the default language, else in any."""
    ranks = {DEFAULT_LANGUAGE: 1, lang: 0}
    best: dict[str, tuple[int, str]] = {}
    for key, value in rows:
        language = value.language if isinstance(value, ox.Literal) else None
        ranked_text = (ranks.get(language or "", 2), text_of(value))
        best_so_far = best.get(text_of(key))
        if best_so_far is None or ranked_text < best_so_far:
            best[text_of(key)] = ranked_text
    return {iri: text for iri, (_, text) in best.items()}
