"""The question how two graphs differ, as a typed question and a report that every interface renders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ...words import DEFAULT_LANGUAGE
from ..facts.entity_report import unit_words
from ..facts.units import resolve_units
from .answers import answer_changes
from .changes import Change, DifferenceKind, GraphPart
from .dependencies import dependency_changes
from .entities import entity_changes, entity_records, source_records
from .graphs import differing_articles, same_register
from .report import DifferenceReport
from .statements import FactDifference, compare_facts, fact_text, measure_names, read_facts
from .verdicts import JudgedCells, verdict_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..planning.units import Province
    from ..questions.ask import NamedQuestion
    from .entities import Records, Renamed
    from .graphs import ComparedGraph
    from .statements import FactChange, Names
    from .verdicts import JudgedKey

_ORDER = (DifferenceKind.CHANGED, DifferenceKind.WENT, DifferenceKind.CAME)  # the rare before the frequent


@dataclass(frozen=True)
class DifferenceQuestion:
    """How do two graphs differ?

    :param parts: what is compared; everything by default
    :param questions: named questions whose answers are compared too
    :param province: name of a province, to which the changes are limited, answers excepted; empty for all
    :param as_of: the day of the verdicts, and of the provinces that changes are assigned to; today by default
    :param lang: language of labels, texts and sentences
    """

    parts: tuple[GraphPart, ...] = tuple(GraphPart)
    questions: tuple[NamedQuestion, ...] = ()
    province: str = ""
    as_of: date | None = None
    lang: str = field(default=DEFAULT_LANGUAGE)


def ask_difference(
    before: ComparedGraph, after: ComparedGraph, question: DifferenceQuestion | None = None
) -> DifferenceReport:
    """Compare two graphs by what they say.

    Comments, the order and the wording of sentences make no difference, and an entity or a source that bears
    another identifier is one change.

    :raises EntityError: if the name of the province matches no entity, or an entity of a named question
    :raises QuestionError: if a named question is unknown, or a parameter of it

    Cost: linear in the register, and in the facts of the articles that differ, if both are versions; else in
    all facts. Verdicts are compared for the provinces that other changes concern; see `docs/versions.md`.
    """
    question = question or DifferenceQuestion()
    comparison = _Comparison(before, after, question)
    changes = [change for change in comparison.changes() if change.part in question.parts]
    if question.province:
        units = _units_of(after, question)
        changes = [one for one in changes if one.part is GraphPart.ANSWER or one.province in units]
    parts = {part: place for place, part in enumerate(GraphPart)}
    kinds = {kind: place for place, kind in enumerate(_ORDER)}
    labels = {unit.curie: unit.label(question.lang) for unit in comparison.present.values()}
    return DifferenceReport(
        before.name,
        after.name,
        comparison.day,
        tuple(sorted(changes, key=lambda change: (parts[change.part], kinds[change.kind]))),
        comparison.facts.reworded,
        {change.province: labels.get(change.province, "") for change in changes if change.province},
    )


def _units_of(graph: ComparedGraph, question: DifferenceQuestion) -> set[str]:
    """Find the CURIEs of the present provinces that a name refers to."""
    units = resolve_units(graph.store, question.province, question.lang)
    day = question.as_of or date.today()
    present = graph.present_provinces(day)
    return {present[graph.curies[unit]].curie for unit in units if graph.curies.get(unit) in present}


class _Comparison:
    """The steps of one comparison; what is read once serves several of them."""

    def __init__(self, before: ComparedGraph, after: ComparedGraph, question: DifferenceQuestion) -> None:
        self.before, self.after, self.question = before, after, question
        self.day, self.lang = question.as_of or date.today(), question.lang
        self.articles = differing_articles(before, after)
        self.is_equal = self.articles == frozenset() and same_register(before, after)

    def changes(self) -> Iterator[Change]:
        """Compare part by part."""
        if not self.is_equal:
            content = [*self._content_changes()]
            yield from content
            if any(part.is_verdict for part in self.question.parts) and content:
                yield from self._verdict_changes(content)
        for named in self.question.questions:
            yield from answer_changes(self.before, self.after, named)

    def _content_changes(self) -> Iterator[Change]:
        yield from self._placed((*self.entities[0], *self.sources[0]))
        for fact_change in self.facts.changes:
            yield self._fact_change(fact_change)
        if GraphPart.DEPENDENCY in self.question.parts:
            yield from self._placed(dependency_changes(self.before, self.after, self.entities[1], self.lang))

    @cached_property
    def entities(self) -> tuple[list[Change], Renamed]:
        """The changes of entities, and which of them bear a new identifier."""
        if same_register(self.before, self.after):
            return [], {}
        before, after = entity_records(self.before.store), entity_records(self.after.store)
        return entity_changes(before, after, GraphPart.ENTITY, self.lang)

    @cached_property
    def sources(self) -> tuple[list[Change], Renamed]:
        """The changes of sources, and which of them bear a new identifier."""
        before, after = self.source_records
        return entity_changes(before, after, GraphPart.SOURCE, self.lang)

    @cached_property
    def source_records(self) -> tuple[Records, Records]:
        """The sources of both graphs."""
        return source_records(self.before.store), source_records(self.after.store)

    @cached_property
    def facts(self) -> FactDifference:
        """The changes of claims and figures."""
        if self.is_equal:
            return FactDifference((), 0)
        before = read_facts(self.before.store, self.articles, self.lang)
        after = read_facts(self.after.store, self.articles, self.lang)
        return compare_facts(before, after, {**self.entities[1], **self.sources[1]})

    @cached_property
    def names(self) -> tuple[Names, Names]:
        """The labels of measures, and those of units."""
        stores, lang = (self.before.store, self.after.store), self.lang
        measures = [measure_names(store, lang) for store in stores]
        units = [unit_words(store, lang) for store in stores]
        return {**measures[0], **measures[1]}, {**units[0], **units[1]}

    @cached_property
    def present(self) -> Mapping[str, Province]:
        """CURIE of each entity of either graph → its present province."""
        return {
            **self.before.present_provinces(self.day),
            **self.after.present_provinces(self.day),
        }

    @cached_property
    def scopes(self) -> Mapping[str, str]:
        """Source → CURIE of the territory that it is about."""
        before, after = self.source_records
        records = {**before, **after}
        return {key: record["territory"] for key, record in records.items()}

    def _fact_change(self, change: FactChange) -> Change:
        fact = change.fact
        names = [fact.subject, fact.object or "", self.scopes.get(fact.article, "")]
        return Change(
            change.part,
            change.kind,
            fact.id,
            fact.subject_label,
            fact_text(fact, *self.names, self.lang),
            change.fields,
            self._province(names),
            fact.article,
            fact.evidence,
        )

    def _placed(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Assign changes of entities and sources to provinces."""
        for change in changes:
            names = [change.id, self.scopes.get(change.id, "")]
            yield replace(change, province=self._province(names))

    def _province(self, names: Iterable[str]) -> str:
        """Return the CURIE of the province of the first name that has one; empty for none."""
        return next((self.present[name].curie for name in names if name in self.present), "")

    def _verdict_changes(self, content: Iterable[Change]) -> Iterator[Change]:
        """Compare the verdicts of the provinces that changes concern; of all, if one concerns the country."""
        touched = {change.province for change in content}
        provinces = {curie: unit.curie for curie, unit in self.present.items()}
        units = {
            unit.curie
            for graph in (self.before, self.after)
            for unit in graph.provinces.by_iri.values()
            if "" in touched or provinces.get(unit.curie) in touched
        }
        changes = verdict_changes(self._verdicts(self.before, units), self._verdicts(self.after, units))
        for change in changes:
            yield replace(change, province=self._province([change.province]))

    def _verdicts(self, graph: ComparedGraph, units: Collection[str]) -> Mapping[JudgedKey, Change]:
        """Give the verdicts of one graph; in memory, as they take some hundred queries."""
        cells = JudgedCells(graph.copied_to_memory(), units, self.day, self.lang)
        gaps = cells.gaps() if GraphPart.GAP in self.question.parts else {}
        return {**gaps, **(cells.targets() if GraphPart.TARGET in self.question.parts else {})}
