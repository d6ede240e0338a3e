"""The questions about facts and entities, as typed questions and reports that every interface uses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...errors import ArticleError
from ...graph.names import with_prefixes
from ...graph.nearest import nearest
from ...words import DEFAULT_LANGUAGE
from .entities import name_remarks, resolve
from .entity_report import EntityReport, entity_report
from .facts import Fact, facts
from .territories import Territories
from .units import resolve_units

if TYPE_CHECKING:
    from ...graph.store import Store

__all__ = [
    "EntityQuestion",
    "EntityReport",
    "FactQuestion",
    "FactReport",
    "article_ids",
    "ask_entity",
    "ask_facts",
]

_CURIES = with_prefixes("SELECT DISTINCT ?entity ?curie { ?entity egov:curie ?curie }")
_ARTICLES = with_prefixes("SELECT DISTINCT ?id { ?article a egov:Article ; egov:curie ?id } ORDER BY ?id")


@dataclass(frozen=True)
class FactQuestion:
    """Which claims and figures does the graph hold?

    :param article: id of one article; all articles when it is ``None``
    :param lang: language of labels, texts and sentences
    :param province: name of a province, to whose things the facts are limited; ``None`` for all
    """

    article: str | None = None
    lang: str = DEFAULT_LANGUAGE
    province: str | None = None


@dataclass(frozen=True)
class FactReport:
    """Claims and figures, in order of article, line and id.

    :param facts: empty when nothing was published
    """

    question: FactQuestion
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class EntityQuestion:
    """What do the articles say about an entity?

    :param entity: its name, CURIE, slug or address
    :param lang: language of labels, texts and sentences
    """

    entity: str
    lang: str = DEFAULT_LANGUAGE


def ask_facts(store: Store, question: FactQuestion) -> FactReport:
    """Read all claims and figures, of one article or of all, of one province or of all.

    :raises EntityError: if the name of the province matches no entity
    :raises ScopeError: if it names no territory
    :raises ArticleError: if there is no such article; it lists the ids that exist, the most similar first
    """
    if question.article is not None:
        _check_article(question.article, article_ids(store))
    read = facts(store, question.article, question.lang)
    if question.province is not None:
        things = _things_of(store, question.province, question.lang)
        read = tuple(fact for fact in read if fact.subject in things or fact.object in things)
    return FactReport(question, tuple(read))


def _things_of(store: Store, province: str, lang: str) -> frozenset[str]:
    """List the CURIEs of a province, of those it succeeded under the same name, and of all that is theirs."""
    units = frozenset(resolve_units(store, province, lang))
    territories = Territories.of(store)
    return frozenset(
        curie
        for entity, curie in store.texts(_CURIES)
        if (unit := territories.unit_of(entity)) and territories.province[unit] in units
    )


def ask_entity(store: Store, question: EntityQuestion) -> EntityReport:
    """Collect all statements about an entity, each with its sentence.

    :raises EntityError: if the name matches no entity, or more than one
    """
    iri = resolve(store, question.entity, question.lang)
    remarks = name_remarks(store, question.entity, (iri,), question.lang)
    report = entity_report(store, iri, question.lang)
    return replace(report, remarks=tuple(remark.message().text(question.lang) for remark in remarks))


def article_ids(store: Store) -> tuple[str, ...]:
    """List the ids of all articles, in order."""
    return tuple(row[0] for row in store.texts(_ARTICLES))


def _check_article(article: str, known_ids: tuple[str, ...]) -> None:
    if article in known_ids:
        return
    similar = nearest(article, known_ids)
    raise ArticleError(article, tuple(dict.fromkeys((*similar, *known_ids))))
