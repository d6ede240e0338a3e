"""What the sources of a province say: sentences of a period, and plans that are due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...words import DEFAULT_LANGUAGE, Labelled, languages
from ..facts.sentences import sentence_place
from ..facts.terms import term_label
from ..facts.values import short_name
from ..facts.worded_facts import worded_facts
from ..planning.cells.candidate_rows import INTENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..facts.facts import Fact
    from ..facts.worded_facts import WordedFact
    from ..planning.provinces import Provinces
    from ..planning.units import Province
    from .report import Period

_FEW_AIMS = 3
_STATEMENTS = with_prefixes("""
SELECT ?statement ?subject ?object ?first ?published {
  ?statement egov:evidence/egov:inArticle ?article ; egov:subject ?subject .
  ?article egov:lastDay ?published ; egov:firstDay ?first ; egov:ofTerritory ?place .
  FILTER(?published > "%(since)s"^^xsd:date && ?published <= "%(as_of)s"^^xsd:date)
  OPTIONAL { ?statement egov:object ?object }
}
""")
_PLANS = with_prefixes("""
SELECT ?claim ?subject ?place ?last {
  ?claim egov:status/egov:phase ?phase ; egov:latest ?last ; egov:subject ?subject ;
    egov:predicate ?relation ; egov:polarity code:asserted ; egov:statedOn ?stated ;
    egov:evidence/egov:inArticle ?article .
  ?article egov:ofTerritory ?place .
  OPTIONAL { ?claim egov:dueBy ?due }
  FILTER(?phase = code:phase-intended || ?phase = code:phase-begun && BOUND(?due))
  FILTER(?last <= "%(until)s"^^xsd:date && ?stated <= "%(as_of)s"^^xsd:date)
  MINUS {
    ?claim egov:subject ?subject ; egov:predicate ?relation ; egov:object ?aim . ?subject ?relation ?aim
  }
}
""")


@dataclass(frozen=True)
class NewSentence:
    """A sentence of a source of the period, with what it states about a unit.

    :param first: the first day on which its source can have been published; `published` is the last one
    :param subjects: what its statements are about
    :param claims: short addresses of its statements
    """

    unit: Province
    first: date
    published: date
    subjects: tuple[Labelled, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class DuePlan:
    """A plan that names a day by which it is to be done, without a statement that it is done.

    :param claims: short addresses of the statements of one sentence that set the day
    :param name: what is planned by whom
    :param due: the last day that the plan can mean
    """

    unit: Province
    claims: tuple[str, ...]
    name: Labelled
    due: date


def new_sentences(
    provinces: Provinces, units: Mapping[str, Province], period: Period
) -> Iterator[NewSentence]:
    """List the sentences of a period that state something about units, in order of day, article and place."""
    days = {"since": period.since.isoformat(), "as_of": period.as_of.isoformat()}
    by_paragraph: dict[tuple[str, tuple[str, str], tuple[str, str]], set[str]] = defaultdict(set)
    for statement, subject, target, first, published in provinces.store.texts(_STATEMENTS % days):
        claim = short_name(statement)
        ends = {_province(provinces, entity) for entity in (subject, target)} & units.keys()
        for unit in ends:
            by_paragraph[unit, (first, published), sentence_place(claim)].add(claim)
    facts = worded_facts(
        provinces.store, {key for keys in by_paragraph.values() for key in keys}, languages()
    )
    sentences = [
        NewSentence(
            units[unit],
            date.fromisoformat(first),
            date.fromisoformat(last),
            _subjects(claims, facts),
            _in_order(claims, facts),
        )
        for (unit, (first, last), _), claims in by_paragraph.items()
    ]
    places = {key: (fact.article, fact.line) for key, fact in facts.items()}
    yield from sorted(sentences, key=lambda sentence: (sentence.published, places[sentence.claims[0]]))


def due_plans(provinces: Provinces, units: Mapping[str, Province], period: Period) -> Iterator[DuePlan]:
    """List the plans of units that are due by the last day of a brief's outlook, in order of that day.

    The statements of one sentence that set the same day are one plan.
    """
    days = {"until": period.until.isoformat(), "as_of": period.as_of.isoformat()}
    sentences: dict[tuple[str, tuple[str, str], str], list[str]] = defaultdict(list)
    for claim, subject, place, last in provinces.store.texts(_PLANS % days):
        unit = _province(provinces, subject) or _province(provinces, place)
        if unit in units:
            sentences[last, sentence_place(short_name(claim)), unit].append(short_name(claim))
    facts = worded_facts(provinces.store, chain.from_iterable(sentences.values()), languages())
    for last, sentence, unit in sorted(sentences):
        claims = _in_order(sentences[last, sentence, unit], facts)
        name = _planned([facts[claim] for claim in claims])
        yield DuePlan(units[unit], claims, name, date.fromisoformat(last))


def _province(provinces: Provinces, entity: str) -> str:
    """Return the province of an entity or unit; empty for a national one."""
    unit = provinces.places.unit_of(entity) if entity else None
    return provinces.places.province[unit] if unit else ""


def _in_order(claims: Iterable[str], facts: Mapping[str, WordedFact]) -> tuple[str, ...]:
    return tuple(sorted(claims, key=lambda claim: (facts[claim].line, claim)))


def _subjects(claims: Iterable[str], facts: Mapping[str, WordedFact]) -> tuple[Labelled, ...]:
    return tuple(dict.fromkeys(_label(facts[claim], "subject_label") for claim in _in_order(claims, facts)))


def _label(fact: WordedFact, name: str) -> Labelled:
    return Labelled.of({lang: getattr(fact.in_language(lang), name) for lang in languages()})


def _planned(facts: Sequence[WordedFact]) -> Labelled:
    """Name a plan by what its sentence sets as tasks and goals, else by all that it states."""
    intents = [fact for fact in facts if fact.in_language(DEFAULT_LANGUAGE).predicate in INTENT]
    named = (intents or facts)[:_FEW_AIMS]
    return Labelled.of({lang: _aims(named, lang) for lang in languages()})


def _aims(facts: Iterable[WordedFact], lang: str) -> str:
    return "; ".join(_aim(fact.in_language(lang), lang) for fact in facts)


def _aim(fact: Fact, lang: str) -> str:
    aim = fact.object_label or fact.text or ""
    if fact.predicate in INTENT:
        return aim
    return f"{fact.subject_label} – {term_label(fact.predicate, lang)}: {aim}"
