"""The assembly of briefs: one reading of the store, from which the sections of each province are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ..planning.ask import ended_rules
from ..planning.duties import read_duties
from ..planning.frameworks import Frameworks
from ..planning.remarks import ArticlesOfProvince, JudgedAgainst, UnsourcedDuties, UnsourcedTargets
from ..planning.target_reading import read_targets
from ..planning.units import NoSource
from .bodies import read_bodies
from .clauses import read_clauses
from .lines import (
    begun_lines,
    changed_lines,
    due_lines,
    law_lines,
    overdue_lines,
    sentence_lines,
    silent_lines,
)
from .matters import Rules, compare_days
from .remarks import ChangesKnown, DayAhead, NothingPublished, OverdueBefore
from .report import BriefSection
from .statements import due_plans, new_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import Store
    from ..planning.cells.framework import ReferenceFramework
    from ..planning.provinces import Provinces
    from ..planning.remarks import Remark
    from ..planning.units import JudgedProvince, Province
    from .bodies import BodiesToAsk
    from .clauses import RegisteredDocument
    from .matters import ComparedMatter
    from .report import BriefLine, Period
    from .statements import DuePlan, NewSentence


@dataclass(frozen=True)
class Assembly:
    """What briefs of the same days are made of.

    :param lineages: IRI of a present province → the units by which it is judged
    :param compared: the matters of all units, judged on the two days of the period
    """

    provinces: Provinces
    period: Period
    rules: Rules
    documents: Sequence[RegisteredDocument]
    bodies: BodiesToAsk
    lineages: Mapping[str, Sequence[JudgedProvince]]
    compared: Sequence[ComparedMatter]

    @classmethod
    def of(
        cls,
        provinces: Provinces,
        present: Sequence[Province],
        period: Period,
        framework: str | None,
        *,
        unverified: bool,
    ) -> Assembly:
        """Read the rules and judge the units of provinces.

        :param framework: name of the framework whose components count; `None` for the one in force
        :raises FrameworkError: if no framework, or more than one, has the name
        """
        store = provinces.store
        clauses, documents = read_clauses(store)
        days = period.since, period.as_of
        duties, targets = read_duties(store), read_targets(store, unsourced=True)
        reference = _framework(store, framework, period.as_of, unverified=unverified)
        rules = Rules(
            reference,
            [
                duty
                for duty in duties
                if (unverified or duty.is_sourced) and any(map(duty.life.is_in_force, days))
            ],
            [target for target in targets if unverified or target.is_sourced],
            clauses,
            (
                [target for target in targets if not (unverified or target.is_sourced)],
                [duty for duty in duties if not (unverified or duty.is_sourced)],
            ),
            _issue_day(store, reference),
        )
        lineages = {province.iri: provinces.lineage(province) for province in present}
        judged = tuple(dict.fromkeys(unit for lineage in lineages.values() for unit in lineage))
        compared = tuple(compare_days(provinces, judged, rules, period))
        bodies = read_bodies(store, clauses, period.as_of)
        return cls(provinces, period, rules, documents, bodies, lineages, compared)

    def units(self, province: Province) -> Mapping[str, Province]:
        """Return the units by which a province is judged, by IRI."""
        return {judged.province.iri: judged.province for judged in self.lineages[province.iri]}

    def sections(self, province: Province) -> Mapping[BriefSection, tuple[BriefLine, ...]]:
        """Make the lines of a province, section by section."""
        period = self.period
        compared = self._compared_by_province.get(province.iri, ())
        plans, sentences = self._plans_of(province), self._new_sentences_of(province)
        return {
            BriefSection.NEW: (
                *sentence_lines(sentences, period),
                *self._law_of(province, verified=True),
                *begun_lines(compared, period),
            ),
            BriefSection.UNDATED: tuple(sentence_lines(sentences, period, is_dated=False)),
            BriefSection.UNVERIFIED: tuple(self._law_of(province, verified=False)),
            BriefSection.CHANGED: tuple(changed_lines(compared, period)),
            BriefSection.OVERDUE: tuple(overdue_lines(compared, plans, period)),
            BriefSection.DUE: tuple(due_lines(compared, plans, period)),
            BriefSection.SILENT: tuple(silent_lines(compared, self.bodies, period)),
        }

    def remarks(self, province: Province) -> tuple[Remark, ...]:
        """Remark on the basis of the lines of a province."""
        return (*self._limits(province), *self._coverage(province))

    def _limits(self, province: Province) -> Iterator[Remark]:
        """Say what the lines cannot tell."""
        if self.period.as_of > date.today():
            yield DayAhead(self.period)
        yield JudgedAgainst(self.rules.framework, self.period.as_of)
        yield ChangesKnown()
        yield from ended_rules(self.rules.local_targets, self.period.since)
        plans = [plan for plan in self._plans_of(province) if plan.due < self.period.since]
        matters = {
            cell.matter.iri
            for cell in self._compared_by_province.get(province.iri, ())
            if self._was_overdue(cell)
        }
        if plans or matters:
            yield OverdueBefore(self.period, len(plans), len(matters))
        yield from self._unverified()

    def _unverified(self) -> Iterator[Remark]:
        """Count the rules in force that are left out because their source could not be verified."""
        as_of = self.period.as_of
        targets, duties = (
            sum(rule.life.is_in_force(as_of) for rule in rules) for rules in self.rules.left_out
        )
        if targets:
            yield UnsourcedTargets(targets)
        if duties:
            yield UnsourcedDuties(duties)

    def _was_overdue(self, cell: ComparedMatter) -> bool:
        due = cell.matter.due
        return due is not None and due < self.period.since and cell.now is not None and not cell.now.is_met

    def _coverage(self, province: Province) -> Iterator[Remark]:
        """Say which sources speak of a province, and that none is dated in the period."""
        covered = self.provinces.covered
        units = self.units(province)
        coverages = [covered[iri] for iri in units if iri in covered]
        if not coverages:
            yield NoSource(province)
            return
        if not self._new_sentences_of(province):
            yield NothingPublished(max(coverage.last for coverage in coverages).isoformat())
        for iri, unit in units.items():
            yield ArticlesOfProvince(unit, covered.get(iri))

    def _law_of(self, province: Province, *, verified: bool) -> list[BriefLine]:
        units = self.units(province)
        return law_lines(self.rules.clauses, self.documents, units, self.period, verified=verified)

    @cached_property
    def _all_units(self) -> Mapping[str, Province]:
        judged = (unit for lineage in self.lineages.values() for unit in lineage)
        return {unit.province.iri: unit.province for unit in judged}

    @cached_property
    def _plans(self) -> tuple[DuePlan, ...]:
        return tuple(due_plans(self.provinces, self._all_units, self.period))

    @cached_property
    def _new_sentences(self) -> tuple[NewSentence, ...]:
        return tuple(new_sentences(self.provinces, self._all_units, self.period))

    @cached_property
    def _compared_by_province(self) -> Mapping[str, Sequence[ComparedMatter]]:
        return {
            iri: [cell for cell in self.compared if cell.judged in lineage]
            for iri, lineage in self.lineages.items()
        }

    def _plans_of(self, province: Province) -> list[DuePlan]:
        units = self.units(province)
        return [plan for plan in self._plans if plan.unit.iri in units]

    def _new_sentences_of(self, province: Province) -> list[NewSentence]:
        units = self.units(province)
        return [sentence for sentence in self._new_sentences if sentence.unit.iri in units]


def _framework(store: Store, name: str | None, day: date, *, unverified: bool) -> ReferenceFramework:
    """Read the framework that is named, else the one in force on a day."""
    frameworks = Frameworks.of(store)
    iri = frameworks.named(name, day) if name else frameworks.default(day)
    return frameworks.read(iri, unsourced=unverified)


def _issue_day(store: Store, framework: ReferenceFramework) -> date | None:
    """Return the day on which a framework was issued; `None` if it is not known."""
    records = Frameworks.of(store).with_components
    return next((record.issued for record in records if record.iri == framework.iri), None)
