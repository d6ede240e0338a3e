"""What provinces are judged on, with the verdicts on the first and on the last day of a period.

The verdict of a day rests on what sources of that day or earlier say. It changes by a source of the period,
or by the time that has passed: a day that an earlier source names, or the day by which a rule asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ...ontology.qualifiers import GovernmentLevel
from ...ontology.verdicts import TargetVerdict, Verdict
from ...words import DEFAULT_LANGUAGE, Labelled, languages, message
from ..law.lives import RuleLife
from ..planning.ask import target_standings
from ..planning.cells.framework import ComponentTarget, NumericTarget
from ..planning.cells.verdicts import deciding
from ..planning.conditions import Conditions, runs_on
from ..planning.duties import duty_standings
from ..planning.gaps import gaps_under
from ..planning.target_comparison import due_day, has_begun, period_bounds
from .report import LineKind, RuleClause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ...words import Message
    from ..planning.cells.framework import LegalTarget, ReferenceFramework
    from ..planning.cells.verdicts import WeighedStatement
    from ..planning.duties import Duty, DutyStanding
    from ..planning.gaps import Gap
    from ..planning.provinces import Provinces
    from ..planning.targets import TargetStanding
    from ..planning.units import JudgedProvince
    from .clauses import Clauses
    from .report import Period

    Verdicts: TypeAlias = "Mapping[tuple[JudgedProvince, str], Judgement]"  # unit, IRI of the matter
    Days: TypeAlias = tuple[Conditions, Conditions]  # the first and the last
    JudgedMatters: TypeAlias = "tuple[Sequence[Matter], Sequence[Verdicts]]"


@dataclass(frozen=True)
class Matter:
    """A component, a link that the law asks for, or a target.

    :param due: the day by which it has to be there; `None` without one
    :param life: from which day it is asked; always in force for a component
    :param begins: the first day of the period of a target; `None` for what has no period
    :param basis: of which framework a component is, where that was issued after the first day of the brief
    :param fields: IRIs by which the body that answers for it is found, the most specific first
    """

    kind: LineKind
    iri: str
    name: Labelled = field(hash=False)
    clause: RuleClause = field(hash=False)
    due: date | None = None
    life: RuleLife = field(default_factory=RuleLife, hash=False)
    fields: tuple[str, ...] = ()
    begins: date | None = None
    basis: Message | None = None

    @property
    def asked_from(self) -> date | None:
        """The day from which it is asked: in force, and its period begun; `None` if no such day is known."""
        first = self.life.first
        return max(first, self.begins) if first and self.begins else first


@dataclass(frozen=True)
class Judgement:
    """A verdict with the short addresses of the statements that it rests on.

    :param reason: why nothing can be compared with a target; `None` if something is, or nothing is stated
    :param latest: the latest day on which one of them was made; `None` without any
    """

    verdict: Verdict | TargetVerdict
    claims: tuple[str, ...] = ()
    latest: date | None = None
    reason: Labelled | None = None

    @property
    def is_silent(self) -> bool:
        """Whether no source speaks of the matter."""
        return self.verdict in {Verdict.NO_EVIDENCE, TargetVerdict.NO_FIGURE}

    @property
    def is_met(self) -> bool:
        """Whether sources say that the matter is there."""
        return self.verdict in {Verdict.MET, TargetVerdict.MET}


@dataclass(frozen=True)
class ComparedMatter:
    """A matter of a unit, judged on the two days of a period.

    :param before: on the first day, by the sources of that day; `None` if it was not asked then
    :param now: on the last day; `None` if it is asked no longer
    """

    judged: JudgedProvince
    matter: Matter
    before: Judgement | None
    now: Judgement | None

    @property
    def differs(self) -> bool:
        """Whether the verdicts of the two days differ; a rule of one day only makes no difference."""
        before, now = self.before, self.now
        return before is not None and now is not None and before.verdict is not now.verdict


@dataclass(frozen=True)
class Rules:
    """What provinces are held against.

    :param duties: those in force on one of the two days
    :param left_out: targets and duties that do not count, because their source could not be verified
    :param framework_issued: the day on which the framework was issued; `None` if it is not known
    """

    framework: ReferenceFramework
    duties: Sequence[Duty]
    targets: Sequence[LegalTarget]
    clauses: Clauses
    left_out: tuple[Sequence[LegalTarget], Sequence[Duty]] = ((), ())
    framework_issued: date | None = None

    @property
    def local_targets(self) -> tuple[LegalTarget, ...]:
        """The targets that are set for provinces and their communes, and not for the country."""
        central = GovernmentLevel.CENTRAL.slug
        return tuple(target for target in self.targets if target.level != central)


def compare_days(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    rules: Rules,
    period: Period,
) -> Iterator[ComparedMatter]:
    """Judge components, duties and targets of units on the two days of a period.

    :returns: units in order; for each unit components, then duties, then targets

    Cost: about forty queries, whatever the number of units; linear in the claims.
    """
    since, as_of = period.since, period.as_of
    days = Conditions(since, since, (), 0), Conditions(as_of, as_of, (), 0)
    tables = (
        _components(provinces, judged, rules, days),
        _duties(provinces, judged, rules, days),
        _targets(provinces, judged, rules, days),
    )
    for unit in judged:
        for matters, verdicts in tables:
            for matter in matters:
                before, now = (of_day.get((unit, matter.iri)) for of_day in verdicts)
                yield ComparedMatter(unit, matter, before, now)


def _components(
    provinces: Provinces, judged: Sequence[JudgedProvince], rules: Rules, days: Days
) -> JudgedMatters:
    cells = gaps_under(provinces, judged, rules.framework, days)
    basis = _later_framework(rules, days[0].as_of)
    matters = [
        Matter(
            LineKind.COMPONENT,
            part.iri,
            Labelled.of(part.labels),
            rules.clauses.of_component(part),
            fields=(part.iri, *part.counterparts),
            basis=basis,
        )
        for part in rules.framework.components
    ]
    verdicts = [{(cell.judged, cell.component.iri): _of_cell(cell) for cell in of_day} for of_day in cells]
    return matters, verdicts


def _later_framework(rules: Rules, first_day: date) -> Message | None:
    """Name the framework of the components, if it was issued after the first day on which they are judged."""
    issued = rules.framework_issued
    if issued is None or issued <= first_day:
        return None
    return message(
        __package__, "later-framework", framework=rules.framework.short_name, issued=issued.isoformat()
    )


def _of_cell(cell: Gap) -> Judgement:
    return _by_statements(cell.verdict, cell.deciding_statements)


def _by_statements(verdict: Verdict, statements: Iterable[WeighedStatement]) -> Judgement:
    """Make a judgement from the statements that decide it."""
    listed = tuple(statements)
    latest = max((weighed.stated for weighed in listed if weighed.stated), default=None)
    return Judgement(verdict, tuple(weighed.id for weighed in listed), latest)


def _duties(
    provinces: Provinces, judged: Sequence[JudgedProvince], rules: Rules, days: Days
) -> JudgedMatters:
    matters = [
        Matter(
            LineKind.DUTY,
            duty.iri,
            Labelled.of(duty.labels),
            rules.clauses.of_duty(duty),
            duty.due,
            duty.life,
            (duty.iri, duty.dependent.iri),
        )
        for duty in rules.duties
    ]
    verdicts = []
    for of_day in days:
        in_force = [duty for duty in rules.duties if duty.life.is_in_force(of_day.as_of)]
        standings = duty_standings(provinces, judged, in_force, of_day)
        verdicts.append({(cell.judged, cell.duty.iri): _of_duty(cell) for cell in standings})
    return matters, verdicts


def _of_duty(cell: DutyStanding) -> Judgement:
    decisive = deciding(cell.rule)
    return _by_statements(cell.verdict, (weighed for weighed in cell.statements if weighed.sign in decisive))


def _targets(
    provinces: Provinces, judged: Sequence[JudgedProvince], rules: Rules, days: Days
) -> JudgedMatters:
    """Judge the local targets whose periods ran on the first day, or begin later.

    On the first day a target was not asked if its period had not begun.
    """
    first_day = days[0].as_of
    local = [target for target in rules.local_targets if runs_on(target, first_day)]
    matters = [
        Matter(
            LineKind.TARGET,
            target.iri,
            _required(target),
            rules.clauses.of_target(target),
            _end_of(target.period),
            target.life,
            _fields(target),
            period_bounds(target.period)[0],
        )
        for target in local
    ]
    verdicts = []
    for conditions in days:
        of_day = Conditions(conditions.as_of, conditions.known_by, (DEFAULT_LANGUAGE,))
        in_period = [
            target for target in local if conditions is days[-1] or has_begun(target.period, first_day)
        ]
        standings = target_standings(provinces, judged, in_period, of_day)
        verdicts.append({(cell.judged, cell.target.iri): _of_target(cell) for cell in standings})
    return matters, verdicts


def _of_target(cell: TargetStanding) -> Judgement:
    latest = max((fact.stated_on for fact in cell.facts), default=None)
    reason = Labelled.of({lang: cell.remark(lang) for lang in languages()}) if cell.obstacle else None
    return Judgement(cell.verdict, tuple(fact.id for fact in cell.facts), latest, reason)


def _end_of(period: str) -> date | None:
    """Return the day by which a target is to be reached; ``None`` for what is to be kept from a day on.

    >>> _end_of("2026"), _end_of("2026-07-01/..")
    (datetime.date(2026, 12, 31), None)
    """
    return None if period.endswith("/..") else due_day(period)


def _required(target: LegalTarget) -> Labelled:
    """Name a target together with the value that it asks for."""
    if not isinstance(target, NumericTarget):
        return Labelled.of(target.labels)
    return Labelled.of({lang: f"{text}: {target.words(lang)}" for lang, text in target.labels.items()})


def _fields(target: LegalTarget) -> tuple[str, ...]:
    if isinstance(target, ComponentTarget):
        return (target.component.iri, *target.component.counterparts)
    return (target.measure,) if isinstance(target, NumericTarget) else ()
