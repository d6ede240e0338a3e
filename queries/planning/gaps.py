"""Gaps of provinces: one verdict a component of a framework, each with its sentences.

>>> from egovkg.ontology.verdicts import Verdict
>>> [verdict.value for verdict in Verdict][:3]
['met', 'in_progress', 'planned']
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...ontology.layers import find_layer
from ...ontology.qualifiers import TimeBasis
from ...ontology.verdicts import GapSign, Verdict
from ...words import catalogue
from ..facts.values import Json, short_name
from ..facts.worded_facts import WordedFact, sentences, worded_facts
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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cells.candidates import Cell
    from .cells.framework import ReferenceComponent, ReferenceFramework
    from .cells.verdicts import SetAside
    from .conditions import Conditions
    from .provinces import Provinces
    from .units import JudgedProvince

_DAYS_IN_YEAR = 365
_DUE = with_prefixes("SELECT ?claim ?due { ?claim egov:dueBy ?due }")


@dataclass(frozen=True)
class GapEvidence:
    """A statement that counted, in words.

    :param weighed: what it says of the component
    :param decides: whether the verdict rests on it; the others stand beside it
    """

    fact: WordedFact
    weighed: WeighedStatement
    decides: bool

    @property
    def sign(self) -> GapSign:
        """What it says of the component."""
        return self.weighed.sign

    @property
    def set_aside(self) -> SetAside | None:
        """Why it does not count; `None` where it does."""
        return self.weighed.set_aside


@dataclass(frozen=True)
class Gap:
    """One cell: a province and a component.

    :param rule: number of the rule that gave the verdict, `G1` to `G9`
    :param earliest: the earliest statement that decided; `None` without one
    :param evidence: the statements that decided first, then the others that counted, a dozen at most
    :param due: last time that the plans which decided are due by, as stated; `None` without one
    :param is_overdue: whether that time has passed, and nothing later is known
    :param routes: stated routes to the national systems that the framework expects
    :param statements: what was weighed, without the words
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
    def since(self) -> date | None:
        """From when on it surely holds, by the earliest statement that decided; `None` without one."""
        return self.earliest.since if self.earliest else None

    @property
    def is_dated(self) -> bool:
        """Whether the earliest statement bears a date of its own, rather than the day it was said."""
        return self.earliest is not None and self.earliest.is_dated

    @property
    def since_text(self) -> str:
        """The date of the earliest statement as stated, such as `2019`, else the day; empty without one."""
        if self.earliest is None:
            return ""
        return self.earliest.own_time or self.earliest.since.isoformat()

    @property
    def deciding_statements(self) -> tuple[WeighedStatement, ...]:
        """The statements that the verdict rests on, in order of id."""
        decisive = deciding(self.rule)
        return tuple(weighed for weighed in self.statements if weighed.sign in decisive)

    @property
    def evidence_day(self) -> date | None:
        """The latest day on which a statement that decided was said; `None` without one."""
        return max((weighed.stated for weighed in self.deciding_statements if weighed.stated), default=None)

    def age_in_years(self, day: date) -> int:
        """Count the whole years from the latest statement that decided to a day; 0 without one."""
        return 0 if self.evidence_day is None else max((day - self.evidence_day).days // _DAYS_IN_YEAR, 0)

    @property
    def pulling_apart(self) -> tuple[GapSign, ...]:
        """What is said against a component that is said to be there; empty where statements agree."""
        return pulling_apart(self.rule, self.statements)

    @property
    def reasons(self) -> tuple[SetAside, ...]:
        """Why the statements that decided do not count, each reason once; empty for all other verdicts."""
        reasons = (weighed.set_aside for weighed in self.deciding_statements if weighed.set_aside)
        return tuple(dict.fromkeys(reasons))

    @property
    def successor_version(self) -> str:
        """The later version that counts for the one asked for; empty where none does."""
        return max((weighed.version for weighed in self.deciding_statements), default="")

    def remark(self, lang: str) -> str:
        """Word what qualifies the verdict; empty where nothing does.

        Why what is said does not count, which later version stands for the one asked for, and what else is
        said that pulls against it.
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
        """List the statements that decided, or those that stand beside them."""
        return [evidence.fact for evidence in self.evidence if evidence.decides is decisive]

    def sentences(self, lang: str) -> list[str]:
        """List the sentences that the verdict rests on, each once."""
        return sentences(self.facts(decisive=True), lang)

    def as_dict(self, lang: str, framework: str) -> dict[str, Json]:
        """Give the cell in a form that JSON can hold, in the order of the contract.

        :param framework: name of the framework, the last part of its address
        """
        since_basis = (TimeBasis.EXPLICIT if self.is_dated else TimeBasis.PUBLICATION).value
        return {
            "province": self.judged.province.label(lang),
            "component": self.component.code,
            "component_label": self.component.label(lang),
            "layer": self.component.layer,
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
            **self._standing(lang),
        }

    def _also(self) -> list[Json]:
        """List what stands beside the statements that decided."""
        decisive = deciding(self.rule)
        return [
            {"claim": weighed.id, "says": weighed.sign.value}
            for weighed in self.statements
            if weighed.sign not in decisive
        ]

    def _standing(self, lang: str) -> dict[str, Json]:
        """Say how old the evidence is, whether it pulls apart, and what does not count and why."""
        return {
            "since_stated": self.since_text or None,
            "evidence_date": self.evidence_day.isoformat() if self.evidence_day else None,
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


def gaps(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    framework: ReferenceFramework,
    conditions: Conditions,
) -> tuple[Gap, ...]:
    """Compare provinces with a framework; one verdict a component.

    :param provinces: the provinces of the store that holds the statements
    :returns: province by province, components in the order of the framework

    Cost: about a dozen queries whatever the number of provinces; linear in the claims that count.
    """
    store, places, as_of = provinces.store, provinces.places, conditions.as_of
    statements = candidates(
        store, framework.components, as_of=as_of, known_by=conditions.known_by, places=places
    )
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
    """The data from which cells are judged.

    :param facts: short address → fact in words, of the statements that are quoted
    :param due: short address → time by which a plan is due
    """

    statements: Mapping[Cell, Sequence[WeighedStatement]]
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
        """Find the last time that the plans which decided are due by; only plans are due."""
        if rule != PLANNED_RULE:
            return None
        decisive = deciding(rule)
        times = [self.due.get(weighed.id) for weighed in statements if weighed.sign in decisive]
        return max(filter(None, times), default=None)


def _reading_order(evidence: GapEvidence) -> tuple[bool, str, int, str]:
    fact = evidence.fact
    return not evidence.decides, fact.article, fact.line, fact.id


def _foremost(statements: Sequence[WeighedStatement]) -> list[WeighedStatement]:
    """Order the statements of a cell for quoting: those that decide first."""
    decisive = deciding(judge(statements))
    return sorted(statements, key=lambda weighed: (weighed.sign not in decisive, weighed.id))
