"""Gaps of provinces: one verdict per component of a framework, each with its evidence.

>>> from egovkg.ontology.verdicts import Verdict
>>> [verdict.value for verdict in Verdict][:3]
['met', 'in_progress', 'planned']
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...ontology.layers import find_layer
from ...ontology.qualifiers import TimeBasis
from ...ontology.verdicts import GapSign, Verdict
from ...words import catalogue
from ..facts.sources import published_year, without_mark
from ..facts.values import Json, short_name
from ..facts.worded_facts import WordedFact, sentences, worded_facts
from .cells.candidate_rows import candidate_rows
from .cells.candidates import candidates
from .cells.routes import NationalRoute, NationalRoutes
from .cells.verdicts import (
    NOT_BUILT_RULE,
    PLANNED_RULE,
    WeighedStatement,
    deciding,
    judge,
    pulling_apart,
    since,
    verdict_of,
)
from .target_comparison import period_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .cells.candidate_rows import CandidateRow
    from .cells.candidates import CellKey
    from .cells.framework import ReferenceComponent, ReferenceFramework
    from .cells.verdicts import SetAside
    from .conditions import Conditions
    from .provinces import Provinces
    from .units import JudgedProvince

_DAYS_IN_YEAR = 365
_DUE = with_prefixes("SELECT ?claim ?due { ?claim egov:dueBy ?due }")


@dataclass(frozen=True)
class GapEvidence:
    """A quoted statement that concerns a cell.

    :param weighed: what the statement means for the component
    :param decides: whether the verdict rests on it
    """

    fact: WordedFact
    weighed: WeighedStatement
    decides: bool

    @property
    def sign(self) -> GapSign:
        """What the statement says about the component: present, planned, absent …"""
        return self.weighed.sign

    @property
    def set_aside(self) -> SetAside | None:
        """The reason why the statement does not count; `None` if it does."""
        return self.weighed.set_aside


@dataclass(frozen=True)
class Gap:
    """One cell: a province and a component.

    :param rule: number of the rule that gave the verdict, `G1` to `G9`
    :param earliest: the earliest deciding statement; `None` without one
    :param evidence: the quoted statements, deciding ones first; a dozen at most by default
    :param due: the latest due date among the deciding plans, as stated; `None` without one
    :param is_overdue: whether that date has passed without later statements
    :param routes: stated routes to the national systems that the framework expects
    :param statements: all weighed statements, without their sentences
    """

    judged: JudgedProvince
    component: ReferenceComponent
    rule: str
    earliest: WeighedStatement | None = None
    evidence: tuple[GapEvidence, ...] = ()
    routes: tuple[NationalRoute, ...] = ()
    statements: tuple[WeighedStatement, ...] = ()
    due: str | None = None
    is_overdue: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict that the rule gives."""
        return verdict_of(self.rule)

    @property
    def is_applicable(self) -> bool:
        """Whether the component is asked of the province at all: other cells are no part of any count."""
        return self.verdict is not Verdict.NOT_APPLICABLE

    @property
    def since(self) -> date | None:
        """The day from which the verdict certainly holds; `None` without a deciding statement."""
        return self.earliest.since if self.earliest else None

    @property
    def is_dated(self) -> bool:
        """Whether the earliest deciding statement has its own date, rather than only the day it was made."""
        return self.earliest is not None and self.earliest.is_dated

    @property
    def since_text(self) -> str:
        """The date of the earliest deciding statement as stated, such as `2019` or `2023~`; or empty."""
        return self.earliest.since_text if self.earliest else ""

    @property
    def deciding_statements(self) -> tuple[WeighedStatement, ...]:
        """The statements that the verdict rests on, in order of id."""
        decisive = deciding(self.rule)
        return tuple(weighed for weighed in self.statements if weighed.sign in decisive)

    @property
    def evidence_day(self) -> date | None:
        """The latest day on which a deciding statement can have been made; `None` without one."""
        return max((weighed.stated for weighed in self.deciding_statements if weighed.stated), default=None)

    @property
    def evidence_stated(self) -> str:
        """When the latest deciding statement was made, in EDTF as it is known, such as `2023~`; or empty."""
        times = (weighed.stated_text for weighed in self.deciding_statements if weighed.stated)
        return max(times, key=lambda time: (_last_day(time), time), default="")

    @property
    def evidence_year(self) -> str:
        """The year of :attr:`evidence_stated`, such as `2019`, or `~2023` if it may be another; or empty."""
        return published_year(self.evidence_stated)

    def age_in_years(self, day: date) -> int:
        """Count the whole years from the end of the time :attr:`evidence_stated` to a day; 0 without one."""
        stated = self.evidence_stated
        return max((day - _last_day(stated)).days // _DAYS_IN_YEAR, 0) if stated else 0

    @property
    def pulling_apart(self) -> tuple[GapSign, ...]:
        """The signs of statements that contradict a verdict of presence; empty if all agree."""
        return pulling_apart(self.rule, self.statements)

    @property
    def reasons(self) -> tuple[SetAside, ...]:
        """The reasons why the statements of a cell do not count, if that decided its verdict; else empty."""
        reasons = (weighed.set_aside for weighed in self.deciding_statements if weighed.set_aside)
        return tuple(dict.fromkeys(reasons))

    @property
    def successor_version(self) -> str:
        """The later version that counts instead of the required one; empty if there is none."""
        return max((weighed.version for weighed in self.deciding_statements), default="")

    def remark(self, lang: str) -> str:
        """Word the reservations about the verdict; empty without any.

        They are: why statements do not count, which later version counts instead of the required one, and
        which statements contradict the verdict.
        """
        words = catalogue(__package__, lang)
        remarks = [reason.text(lang) for reason in self.reasons]
        if self.successor_version:
            remarks.append(words("successor_version", version=self.successor_version))
        if self.pulling_apart:
            signs = ", ".join(sign.label(lang) for sign in self.pulling_apart)
            remarks.append(words("pulls_apart", signs=signs))
        return "; ".join(remarks)

    def facts(self, *, decisive: bool) -> list[WordedFact]:
        """List the deciding statements, or the others of the cell, as facts."""
        return [evidence.fact for evidence in self.evidence if evidence.decides is decisive]

    def sentences(self, lang: str) -> list[str]:
        """List the sentences on which the verdict rests, each once."""
        return sentences(self.facts(decisive=True), lang)

    def as_dict(self, lang: str, framework: str) -> dict[str, Json]:
        """Return the cell as a JSON-compatible record; its keys have a fixed order.

        :param framework: name of the framework, the last segment of its address
        """
        since_basis = (TimeBasis.EXPLICIT if self.is_dated else TimeBasis.PUBLICATION).value
        return {
            "province": self.judged.province.label(lang),
            "component": self.component.code,
            "component_label": self.component.label(lang),
            "layer": self.component.group,
            "verdict": self.verdict.value,
            "since": self.since.isoformat() if self.since else None,
            "claims": [weighed.id for weighed in self.deciding_statements],
            "evidence": list(self.sentences(lang)),
            "reference": framework,
            "province_id": self.judged.province.curie,
            "asked": self.judged.requested.curie,
            "rule": self.rule,
            "since_basis": since_basis if self.since else None,
            "due": self.due,
            "overdue": self.is_overdue,
            "also": self._also(),
            "connections": [route.as_dict() for route in self.routes],
            "later_layer": self.component.later_layer,
            "sourcing": self.component.sourcing,
            "basis": self.component.basis.as_dict(lang),
            **self._standing(lang),
        }

    def _also(self) -> list[Json]:
        """List the quoted statements that did not decide."""
        decisive = deciding(self.rule)
        return [
            {"claim": weighed.id, "says": weighed.sign.value}
            for weighed in self.statements
            if weighed.sign not in decisive
        ]

    def _standing(self, lang: str) -> dict[str, Json]:
        """Word the age of the evidence, contradictions, and statements that do not count with the reason."""
        return {
            "since_stated": self.since_text or None,
            "evidence_date": self.evidence_day.isoformat() if self.evidence_day else None,
            "evidence_stated": self.evidence_stated or None,
            "pulls_apart": [sign.value for sign in self.pulling_apart],
            "version": self.successor_version or None,
            "remark": self.remark(lang) or None,
            "not_counted": [
                {
                    "claim": weighed.id,
                    "reason": weighed.set_aside.reason.value,
                    "detail": weighed.set_aside.detail or None,
                    "text": weighed.set_aside.text(lang),
                }
                for weighed in self.statements
                if weighed.set_aside
            ],
        }


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cycles: it would visit the many records again and again, and none has cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def gaps(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    framework: ReferenceFramework,
    conditions: Conditions,
) -> tuple[Gap, ...]:
    """Compare provinces with a framework: one verdict per province and component.

    :param provinces: the provinces of the store that holds the statements
    :returns: province by province, components in the order of the framework

    Cost: about a dozen queries whatever the number of provinces; linear in the claims that count.
    """
    return gaps_under(provinces, judged, framework, (conditions,))[0]


@_without_collector()
def gaps_under(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    framework: ReferenceFramework,
    several_conditions: Sequence[Conditions],
) -> list[tuple[Gap, ...]]:
    """Compare provinces with a framework under several conditions, such as on several days.

    :returns: what :func:`gaps` returns for each of the conditions; the statements are read once for all
    """
    rows = tuple(candidate_rows(provinces.store, framework.components))
    return [_gaps(provinces, judged, framework, conditions, rows) for conditions in several_conditions]


def _gaps(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    framework: ReferenceFramework,
    conditions: Conditions,
    rows: Sequence[CandidateRow],
) -> tuple[Gap, ...]:
    store, places, as_of = provinces.store, provinces.places, conditions.as_of
    statements = candidates(rows, places, as_of=as_of, known_by=conditions.known_by)
    units = {unit.province.iri for unit in judged}
    quoted = [
        _foremost(weighed)[: conditions.sentences_per_cell]
        for (province, _), weighed in statements.items()
        if province in units
    ]
    ids = [statement.id for weighed in quoted for statement in weighed]
    judging = _Judging(
        statements=statements,
        facts=worded_facts(store, ids, conditions.languages),
        routes=NationalRoutes(store, framework, places, min(as_of, conditions.known_by or as_of)),
        due={short_name(claim): day for claim, day in store.texts(_DUE)},
        as_of=as_of,
    )
    return tuple(judging.cell(unit, component) for unit in judged for component in framework.components)


@dataclass(frozen=True)
class _Judging:
    """The data from which the verdicts of cells are derived.

    :param facts: short address → fact, for the quoted statements
    :param due: short address → due date of a plan
    """

    statements: Mapping[CellKey, Sequence[WeighedStatement]]
    facts: Mapping[str, WordedFact]
    routes: NationalRoutes
    due: Mapping[str, str]
    as_of: date

    def cell(self, judged: JudgedProvince, component: ReferenceComponent) -> Gap:
        """Compute the verdict and evidence of one cell."""
        statements = tuple(self.statements.get((judged.province.iri, component.code), ()))
        if not find_layer(component.layer).is_built_locally:
            return Gap(judged, component, NOT_BUILT_RULE, statements=statements)
        rule = judge(statements)
        due = self._due(rule, statements)
        return Gap(
            judged,
            component,
            rule,
            earliest=since(rule, statements),
            evidence=self._evidence(rule, statements),
            routes=self.routes.of(judged.province.iri, component.code),
            statements=statements,
            due=due,
            is_overdue=due is not None and due < self.as_of.isoformat()[: len(due)],
        )

    def _evidence(self, rule: str, statements: Sequence[WeighedStatement]) -> tuple[GapEvidence, ...]:
        decisive = deciding(rule)
        evidence = [
            GapEvidence(self.facts[weighed.id], weighed, weighed.sign in decisive)
            for weighed in statements
            if weighed.id in self.facts
        ]
        return tuple(sorted(evidence, key=_reading_order))

    def _due(self, rule: str, statements: Sequence[WeighedStatement]) -> str | None:
        """Find the latest due date of the deciding plans; only plans have one."""
        if rule != PLANNED_RULE:
            return None
        decisive = deciding(rule)
        times = [self.due.get(weighed.id) for weighed in statements if weighed.sign in decisive]
        return max(filter(None, times), default=None)


def _last_day(stated: str) -> date:
    """Return the last day of a time of publication, whose mark of uncertainty does not count."""
    return period_bounds(without_mark(stated))[1]


def _reading_order(evidence: GapEvidence) -> tuple[bool, str, int, str]:
    fact = evidence.fact
    return not evidence.decides, fact.article, fact.line, fact.id


def _foremost(statements: Sequence[WeighedStatement]) -> list[WeighedStatement]:
    """Order the statements of a cell for quotation: deciding ones first."""
    decisive = deciding(judge(statements))
    return sorted(statements, key=lambda weighed: (weighed.sign not in decisive, weighed.id))
