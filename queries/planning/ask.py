"""The planning questions: each is one function from a typed question to a report free of language.

>>> from egovkg.graph.store import OxigraphStore
>>> ask_targets(OxigraphStore.in_memory(), TargetQuestion()).standings
()
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from ...ontology.qualifiers import ListBasis
from ...words import languages
from ..law.lives import life_of_framework
from .cells.framework import ComponentTarget, NumericTarget
from .columns import GapColumns
from .component_targets import component_standings
from .conditions import (
    SENTENCES_PER_CELL,
    Conditions,
    levels_are_replaced,
    period_is_over,
    runs_on,
)
from .duties import DutyReport, duty_standings, read_duties
from .framework_remarks import ListOfFramework
from .frameworks import FrameworkRecord, Frameworks, followed_frameworks
from .gap_report import FrameworkStanding, GapReport, gap_difference
from .gaps import gaps
from .provinces import Provinces
from .remarks import DoubtfulRules, EndedFramework, EndedLevels, EndedPeriods, EndedRules
from .roadmap import RoadmapReport, roadmap
from .roll_up import attributed, province_cells, roll_up
from .target_reading import check_measures, read_targets
from .targets import TargetReport, numeric_standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...graph.store import Store
    from .cells.framework import LegalTarget, ReferenceFramework
    from .gap_report import GapDifference
    from .remarks import Remark
    from .roll_up import RollUp
    from .targets import TargetStanding
    from .units import JudgedProvince


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningQuestion:
    """What all planning questions have in common: provinces, dates, reference data, languages.

    :param provinces: names or CURIEs; empty for every province that an article covers
    :param as_of: the day of the question; ``None`` for today. A statement holds from its own date if it has
        one, else from the day it was made
    :param known_by: statements made after this day are left out
    :param reference: a store with the user's own frameworks or targets, read by `read_reference_file`, which
        are added to the shipped ones
    :param languages: languages of labels and sentences, the reader's first; all by default
    """

    provinces: tuple[str, ...] = ()
    as_of: date | None = None
    known_by: date | None = None
    reference: Store | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapQuestion(PlanningQuestion):
    """Which components of a framework does each province have?

    :param frameworks: short names, versions, numbers, CURIEs or labels of frameworks, a column each;
        `in-force` for the one in force on the day. Empty for that one and the user's own
    :param unverified: whether to include components and dependencies that are only recalled, or seen only in
        code repositories
    :param by_later_layers: whether to group components by the four layers of the national digital framework
    :param sentences_per_cell: the largest number of statements quoted per cell, deciding ones first; 0 for
        verdicts only
    """

    frameworks: tuple[str, ...] = ()
    unverified: bool = False
    by_later_layers: bool = False
    sentences_per_cell: int = SENTENCES_PER_CELL


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetQuestion(PlanningQuestion):
    """Which targets does each province meet?

    :param unverified: whether to include targets seen in a code repository only, or recalled
    :param ended: whether to include targets whose period has ended, or whose service levels were replaced
    """

    unverified: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyQuestion(PlanningQuestion):
    """Which of the links that the law asks for does each province have, plan or deny?

    :param unverified: whether to include duties seen in a code repository only, or recalled
    """

    unverified: bool = False


@dataclass(frozen=True, slots=True)
class GapComparison:
    """Which verdicts differ between two days, or between two provinces?

    :param question: the question whose answer is compared
    :param day: the other day, to compare the same provinces on two days
    :param province: the other province, to compare two provinces on the same day
    """

    question: GapQuestion
    day: date | None = None
    province: str | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.province is None):
            raise ValueError("compare with either a day or a province")


def ask_gap_columns(store: Store, question: GapQuestion, provinces: Provinces | None = None) -> GapColumns:
    """Compare provinces with several frameworks side by side, a column each; errors as :func:`ask_gaps`.

    Cost: that of :func:`ask_gaps` for each framework.
    """
    provinces = provinces or Provinces(store)
    single = framework_questions(store, question)
    return GapColumns(tuple(ask_gaps(store, of_framework, provinces) for of_framework in single))


def framework_questions(store: Store, question: GapQuestion) -> tuple[GapQuestion, ...]:
    """Split a question on several frameworks into one per framework, in the order of the names.

    :raises FrameworkError: if no framework, or more than one, has a name that the question gives
    """
    frameworks = _frameworks(store, question)
    chosen = dict.fromkeys(_chosen(frameworks, question))
    return tuple(replace(question, frameworks=(iri,)) for iri in chosen)


def ask_gaps(store: Store, question: GapQuestion, provinces: Provinces | None = None) -> GapReport:
    """Compare provinces with a framework, the first one of the question: one verdict per cell.

    :param provinces: the provinces of the store, if they have been read already
    :raises EntityError: if a name matches no unit
    :raises ProvinceError: if a name refers to a unit below a province
    :raises FrameworkError: if the store has no framework, or more than one

    Cost: about two dozen queries whatever the number of provinces; linear in the claims that count.
    """
    provinces = provinces or Provinces(store)
    day = question.as_of or date.today()
    judged, remarks = _judged(provinces, question, day)
    return _gap_report(provinces, question, day, judged, remarks)


def ask_gap_difference(
    store: Store, comparison: GapComparison, provinces: Provinces | None = None
) -> GapDifference:
    """Find the cells that differ between two days, or between two provinces.

    A merged unit is compared through all of its predecessors.

    :raises EntityError: if a name matches no unit; further errors as :func:`ask_gaps`
    """
    provinces, question = provinces or Provinces(store), comparison.question
    first = ask_gaps(store, question, provinces)
    if comparison.day is not None:
        day = comparison.day
        second = _gap_report(provinces, question, day, first.judged, ())
    else:
        day = first.as_of
        judged, remarks = _judged(provinces, replace(question, provinces=(comparison.province or "",)), day)
        second = _gap_report(provinces, question, day, judged, remarks)
    return gap_difference(first, second)


def ask_roll_up(store: Store, question: GapQuestion, provinces: Provinces | None = None) -> RollUp:
    """Find what merged provinces have twice, and what only one of their former provinces has.

    Without named provinces, every merged province is rolled up whose former provinces an article covers.

    :returns: nothing, with a remark, for a province that was not merged from several
    :raises EntityError: if a name matches no unit; further errors as :func:`ask_gaps`
    """
    provinces = provinces or Provinces(store)
    if question.provinces:
        return roll_up(ask_gaps(store, question, provinces))
    day = question.as_of or date.today()
    return roll_up(_gap_report(provinces, question, day, provinces.merged(day), ()))


def ask_roadmap(store: Store, question: GapQuestion, provinces: Provinces | None = None) -> RoadmapReport:
    """Order the missing components of each province so that needed components come first.

    :raises FrameworkError: if the expected dependencies form a loop; further errors as :func:`ask_gaps`
    """
    provinces = provinces or Provinces(store)
    report = ask_gaps(store, question, provinces)
    roadmap_of_provinces = roadmap_report(provinces, report, unsourced_included=question.unverified)
    silent = () if question.provinces else tuple(provinces.about_silence(report.as_of))
    return replace(roadmap_of_provinces, about_silence=silent)


def roadmap_report(
    provinces: Provinces, report: GapReport, *, unsourced_included: bool = False
) -> RoadmapReport:
    """Order the missing components of the provinces that exist on the day of a report.

    :raises FrameworkError: if the expected dependencies form a loop
    """
    on_day = {unit: provinces.of_day([unit], report.as_of)[0] for unit in report.judged}
    cells = province_cells(replace(cell, judged=on_day[cell.judged]) for cell in report.cells)
    by_province = groupby(cells, key=lambda cell: cell.judged.requested)
    steps = tuple(step for _, own in by_province for step in roadmap(tuple(own), report.framework))
    return RoadmapReport(report, cells, steps, unsourced_included)


def ask_targets(store: Store, question: TargetQuestion, provinces: Provinces | None = None) -> TargetReport:
    """Compare provinces with the targets in force on the day of the question.

    :param provinces: the provinces of the store, if they have been read already
    :raises EntityError: if a name matches no unit
    :raises ProvinceError: if a name refers to a unit below a province
    :raises FrameworkError: if the store does not define the measure of a target

    Cost: about a dozen queries; linear in the figures.
    """
    provinces = provinces or Provinces(store)
    day = question.as_of or date.today()
    judged, remarks = _judged_on_day(provinces, question, day)
    known = read_targets(store, unsourced=True, law=store)
    if question.reference is not None:
        known = (*known, *read_targets(question.reference, unsourced=True, law=store))
    targets = tuple(target for target in known if question.unverified or target.is_sourced)
    check_measures(store, targets)
    running = [target for target in targets if question.ended or runs_on(target, day)]
    standings = target_standings(provinces, judged, running, _conditions(question, day))
    left_out = len(known) - len(targets)
    first_remarks = (*remarks, *ended_rules(targets, day, included=question.ended))
    rows = attributed(standings, lambda cell: cell.target.iri)
    return TargetReport(day, question.known_by, targets, rows, first_remarks, left_out)


def ask_duties(store: Store, question: DutyQuestion, provinces: Provinces | None = None) -> DutyReport:
    """Find which links that the law asks for are stated as done, planned or denied, and which are not.

    :param provinces: the provinces of the store, if they have been read already
    :raises EntityError: if a name matches no unit
    :raises ProvinceError: if a name refers to a unit below a province

    Cost: about a dozen queries; linear in the claims about links.
    """
    provinces = provinces or Provinces(store)
    day = question.as_of or date.today()
    judged, remarks = _judged_on_day(provinces, question, day)
    known = read_duties(question.reference or store)
    sourced = [duty for duty in known if question.unverified or duty.is_sourced]
    in_force = [duty for duty in sourced if duty.life.is_in_force(day)]
    standings = duty_standings(provinces, judged, in_force, _conditions(question, day))
    left_out = len(sourced) - len(in_force), len(known) - len(sourced)
    rows = attributed(standings, lambda cell: cell.duty.iri)
    return DutyReport(day, question.known_by, rows, remarks, *left_out)


def ended_rules(targets: Sequence[LegalTarget], day: date, *, included: bool = False) -> Iterator[Remark]:
    """Remark on the targets that had ended by a day by their rule or period, or live on in ended levels.

    :param included: whether those count nevertheless whose period has ended, or whose levels were replaced
    """
    if ended := tuple(target for target in targets if target.life.ended_by(day)):
        yield EndedRules(ended, day)
    in_force = [target for target in targets if target.life.is_in_force(day)]
    if over := tuple(target for target in in_force if period_is_over(target.period, day)):
        yield EndedPeriods(over, day, still_count=included)
    numeric = (target for target in in_force if isinstance(target, NumericTarget) and target not in over)
    in_ended_levels = [target for target in numeric if target.scheme_life.ended_by(day)]
    replaced = tuple(target for target in in_ended_levels if levels_are_replaced(target, day))
    if replaced:
        yield EndedLevels(replaced, day, still_count=included)
    if carried_on := tuple(target for target in in_ended_levels if target not in replaced):
        yield EndedLevels(carried_on, day, still_count=True)
    if doubtful := tuple(target for target in targets if target.life.doubtful_end_by(day)):
        yield DoubtfulRules(doubtful, day)


def target_standings(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    targets: Sequence[LegalTarget],
    conditions: Conditions,
) -> tuple[TargetStanding, ...]:
    """Compare provinces with those of the targets that are in force on the day of the question.

    A figure of one of several former provinces decides nothing about the province that they became.

    :returns: ordered by province, then in the order of the targets
    """
    in_force = [target for target in targets if target.life.is_in_force(conditions.as_of)]
    numeric = [target for target in in_force if isinstance(target, NumericTarget)]
    of_components = [target for target in in_force if isinstance(target, ComponentTarget)]
    standings = (
        *numeric_standings(provinces, judged, numeric, conditions),
        *component_standings(provinces, judged, of_components, conditions),
    )
    places = {target.iri: place for place, target in enumerate(in_force)}
    units = {unit: place for place, unit in enumerate(judged)}
    ordered = sorted(standings, key=lambda cell: (units[cell.judged], places[cell.target.iri]))
    return tuple(cell.limited_to_part(conditions.as_of) for cell in ordered)


def _conditions(question: PlanningQuestion, day: date) -> Conditions:
    return Conditions(day, question.known_by, question.languages or languages())


def _judged_on_day(
    provinces: Provinces, question: PlanningQuestion, day: date
) -> tuple[tuple[JudgedProvince, ...], tuple[Remark, ...]]:
    """Find the provinces of a question as they exist on its day, with remarks on how they were understood."""
    judged, remarks = _judged(provinces, question, day)
    silent = () if question.provinces else provinces.about_silence(day)
    return provinces.of_day(judged, day), (*remarks, *silent)


def _judged(
    provinces: Provinces, question: PlanningQuestion, day: date
) -> tuple[tuple[JudgedProvince, ...], tuple[Remark, ...]]:
    """Find the provinces of a question, each once, with remarks on how their names were understood."""
    if not question.provinces:
        return provinces.all(), tuple(provinces.about_succession(day))
    lang = (question.languages or languages())[0]
    named = [provinces.named(name, day, lang) for name in question.provinces]
    judged = dict.fromkeys(unit for choice in named for unit in choice.judged)
    return tuple(judged), tuple(remark for choice in named for remark in choice.remarks)


def _frameworks(store: Store, question: GapQuestion) -> Frameworks:
    """Read the frameworks of the store, and add the user's own."""
    frameworks = Frameworks.of(store)
    return frameworks.with_added(Frameworks.of(question.reference)) if question.reference else frameworks


def _chosen(frameworks: Frameworks, question: GapQuestion) -> list[str]:
    """List the IRIs of the frameworks that a question is about."""
    day = question.as_of or date.today()
    if question.frameworks:
        return [frameworks.named(name, day) for name in question.frameworks]
    own = [record.iri for record in frameworks.with_components if record.list_basis == ListBasis.OWN.slug]
    return [frameworks.default(day), *own]


def _gap_report(
    provinces: Provinces,
    question: GapQuestion,
    day: date,
    judged: Sequence[JudgedProvince],
    remarks: tuple[Remark, ...],
) -> GapReport:
    frameworks = _frameworks(provinces.store, question)
    iri = _chosen(frameworks, question)[0]
    framework = frameworks.read(iri, unsourced=question.unverified)
    conditions = replace(_conditions(question, day), sentences_per_cell=question.sentences_per_cell)
    cells = gaps(provinces, judged, framework, conditions)
    first_remarks = (*_qualifications(provinces.store, framework, day), *remarks)
    standing = _standing(provinces.store, frameworks, iri, min(day, question.known_by or day))
    report = GapReport(framework, day, question.known_by, cells, provinces.covered, first_remarks, standing)
    by_later_layers = question.by_later_layers or standing.record.in_national_layers
    return report.under_later_layers() if by_later_layers else report


def _standing(store: Store, frameworks: Frameworks, iri: str, day: date) -> FrameworkStanding:
    records = frameworks.records
    record = records.get(iri) or FrameworkRecord(iri, {})
    return FrameworkStanding(record, followed_frameworks(store, records, day))


def _qualifications(store: Store, framework: ReferenceFramework, day: date) -> Iterator[Remark]:
    """Remark on a framework that had ended by a day, and on a list that is not the framework's own."""
    life = life_of_framework(store, framework.iri)
    if ending := life.ended_by(day) or life.doubtful_end_by(day):
        yield EndedFramework(framework, ending)
    if not framework.has_issued_list:
        yield ListOfFramework(framework)
