"""The words for things: label, CURIE and sentence in one language, read at once for a whole store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import with_prefixes
from .values import short_name, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...graph.store import Row, Store

Texts: TypeAlias = "Mapping[str, str]"  # address -> text

FEW = 5000  # things; up to here they are asked for by address, beyond it is cheaper to read all
_LABELS = "SELECT ?thing ?label { %s ?thing rdfs:label ?label }"
_CURIES = "SELECT DISTINCT ?thing ?curie { %s ?thing egov:curie|egov:token ?curie }"
_EVIDENCE = "SELECT ?thing ?article { %s ?thing egov:inArticle/egov:curie ?article }"
_SENTENCES = "SELECT ?thing ?text { %s ?thing egov:inArticle ?article ; egov:text ?text }"


@dataclass(frozen=True)
class Wording:
    """Labels, CURIEs and sentences.

    :param labels: things, terms of the ontology, codes and items
    :param curies: things by address; a unit of measure has the word that stands after a value
    :param articles: evidence -> id of its article
    :param sentences: evidence -> its text
    """

    labels: Texts
    curies: Texts
    articles: Texts
    sentences: Texts

    @classmethod
    def of(cls, store: Store, lang: str, among: Collection[str]) -> Wording:
        """Read words in one language, Vietnamese where there is no other; four queries.

        :param among: the things that matter; the answer may hold others
        """
        limit = values_line("thing", among)
        queries = (_LABELS, _CURIES, _EVIDENCE, _SENTENCES)
        labels, curies, evidence, sentences = (
            store.select(with_prefixes(query % limit)).rows for query in queries
        )
        return cls(_in(labels, lang), _pairs(curies), _pairs(evidence), _in(sentences, lang))

    def label(self, iri: str) -> str:
        """Return the label of a thing; its short address when it has none."""
        return self.labels.get(iri) or short_name(iri)

    def curie(self, iri: str) -> str:
        """Return the CURIE of a thing; its short address when it has none, as items and codes."""
        return self.curies.get(iri) or short_name(iri)

    def evidence(self, iri: str) -> tuple[str, str]:
        """Return the article and the sentence of an evidence; empty where the store does not say."""
        return self.articles.get(iri, ""), self.sentences.get(iri, "")


def values_line(variable: str, iris: Collection[str]) -> str:
    """Write the line that limits a variable to some things; empty when they are many.

    >>> values_line("thing", ["urn:a", "urn:b"])
    'VALUES ?thing { <urn:a> <urn:b> }'
    """
    if len(iris) > FEW:
        return ""
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"


def _pairs(rows: Iterable[Row]) -> Texts:
    return {text_of(key): text_of(value) for key, value in rows}


def _in(rows: Iterable[Row], lang: str) -> Texts:
    """Keep one text a thing: the wanted language before Vietnamese, that before any other."""
    ranks = {lang: 0, "vi": 1}
    best: dict[str, tuple[int, str]] = {}
    for key, value in rows:
        language = value.language if isinstance(value, ox.Literal) else None
        offered = (ranks.get(language or "", 2), text_of(value))
        held = best.get(text_of(key))
        if held is None or offered < held:
            best[text_of(key)] = offered
    return {iri: text for iri, (_, text) in best.items()}
