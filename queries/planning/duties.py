"""The links that the law asks of provinces: stated as done, planned, denied, or not spoken of.

A statement counts for a duty if it links an entity that realises the one component for the province with an
entity that realises the other. The verdict follows by the rules of components (`cells.verdicts`), so that a
denial, a plan and silence are kept apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ...ontology.qualifiers import Polarity, bears_verdict
from ...ontology.statuses import find_status
from ...ontology.verdicts import GapSign, Verdict
from ...words import label
from ..facts.values import Json, short_name, text_of
from ..facts.worded_facts import WordedFact, sentences, worded_facts
from ..law.lives import RuleLife, read_lives
from .cells.routes import DEPENDENCY_NAMES, realising_entities
from .cells.verdicts import WeighedStatement, deciding, judge, since, verdict_of
from .frameworks.catalogue import Frameworks
from .remarks import LaterDuties, SilentDuties, UnsourcedDuties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import Store
    from .cells.framework import ReferenceComponent
    from .conditions import Conditions
    from .provinces import Provinces
    from .remarks import Remark
    from .units import JudgedProvince

_DUTIES = with_prefixes("""
SELECT DISTINCT ?duty ?dependent ?provider ?document ?sourcing ?clause ?due {
  ?duty a egov:Duty ; egov:dependent ?dependent ; egov:provider ?provider ; egov:statedIn ?document ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?duty egov:clause ?clause }
  OPTIONAL { ?duty egov:dueOn ?due }
}
""")
_LABELS = with_prefixes("""
SELECT DISTINCT ?thing (LANG(?text) AS ?language) ?text {
  { ?duty a egov:Duty . BIND(?duty AS ?thing) } UNION { ?duty a egov:Duty ; egov:statedIn ?thing }
  ?thing rdfs:label ?text
}
""")
_CLAIMS = """
SELECT DISTINCT ?claim ?one ?other ?status ?polarity ?stated ?earliest ?published {
  VALUES ?predicate { %s }
  ?claim egov:predicate ?predicate ; egov:subject ?one ; egov:object ?other ; egov:status ?status ;
    egov:polarity ?polarity ; egov:statedOn ?stated ;
    egov:evidence/egov:inArticle/egov:published ?published .
  OPTIONAL { ?claim egov:earliest ?earliest }
  OPTIONAL { ?claim egov:certainty ?certainty } FILTER(!BOUND(?certainty) || ?certainty != "low")
}
"""


@dataclass(frozen=True)
class Duty:
    """A link that the law asks for.

    :param dependent: the component that has to be joined; `provider` is the one that it is joined to
    :param life: from which day the duty is in force, and what ended it
    :param due: the last day by which the link has to be in place; `None` if no day is set
    """

    iri: str
    labels: Mapping[str, str]
    dependent: ReferenceComponent
    provider: ReferenceComponent
    document_labels: Mapping[str, str]
    sourcing: str
    life: RuleLife
    clause: str | None = None
    due: date | None = None

    @property
    def is_sourced(self) -> bool:
        """Tell whether the clause, a published page or an article is its source."""
        return bears_verdict(self.sourcing)


@dataclass(frozen=True)
class DutyStanding:
    """One cell: what statements say about a duty of a province.

    :param rule: number of the rule that gave the verdict, `G2` to `G8`
    :param statements: the statements about the link, in order of id
    :param facts: the deciding ones with their sentences
    """

    judged: JudgedProvince
    duty: Duty
    rule: str
    statements: tuple[WeighedStatement, ...] = ()
    facts: tuple[WordedFact, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict that the rule gives."""
        return verdict_of(self.rule)

    @property
    def is_stated(self) -> bool:
        """Whether a statement tells whether the link is there, planned or denied."""
        return not self.verdict.lacks_evidence

    @property
    def since(self) -> date | None:
        """The day from which the verdict certainly holds; `None` without a deciding statement."""
        earliest = since(self.rule, self.statements)
        return earliest.since if earliest else None

    @property
    def since_text(self) -> str:
        """From when the verdict holds, in EDTF as it is known; empty without a deciding statement."""
        earliest = since(self.rule, self.statements)
        return earliest.since_text if earliest else ""

    def is_overdue(self, day: date) -> bool:
        """Tell whether the link was due before a day and is not stated to be there."""
        return self.duty.due is not None and self.duty.due < day and self.verdict is not Verdict.MET

    def sentences(self, lang: str) -> list[str]:
        """List the sentences on which the verdict rests, each once."""
        return sentences(self.facts, lang)

    def as_dict(self, lang: str, day: date) -> dict[str, Json]:
        """Return the cell as a JSON-compatible record.

        :param day: the day of the question
        """
        duty = self.duty
        return {
            "province": self.judged.requested.label(lang),
            "province_id": self.judged.requested.curie,
            "duty": short_name(duty.iri).removeprefix("duty/"),
            "duty_label": label(duty.labels, lang),
            "dependent": duty.dependent.code,
            "provider": duty.provider.code,
            "document": label(duty.document_labels, lang),
            "clause": duty.clause,
            "in_force_from": duty.life.first.isoformat() if duty.life.first else None,
            "in_force_until": duty.life.last.isoformat() if duty.life.last else None,
            "due": duty.due.isoformat() if duty.due else None,
            "overdue": self.is_overdue(day),
            "verdict": self.verdict.value,
            "since": self.since.isoformat() if self.since else None,
            "claims": [fact.id for fact in self.facts],
            "evidence": list(self.sentences(lang)),
            "sourcing": duty.sourcing,
            "rule": self.rule,
            **self.judged.source_as_dict(lang),
        }


@dataclass(frozen=True)
class DutyReport:
    """What statements say about the duties of provinces on a day.

    :param standings: ordered by province, then by duty
    :param remarks: remarks on how the names of provinces were understood
    :param later: number of duties that were not in force yet
    :param unsourced: number of duties left out because their source could not be verified
    """

    as_of: date
    known_by: date | None
    standings: tuple[DutyStanding, ...]
    remarks: tuple[Remark, ...] = ()
    later: int = 0
    unsourced: int = 0

    def counts(self) -> Mapping[Verdict, int]:
        """Count the cells by verdict; verdicts without a cell are missing."""
        return Counter(standing.verdict for standing in self.standings)

    @property
    def scope(self) -> tuple[Remark, ...]:
        """Remarks on the basis of the verdicts: silence, duties not yet in force, duties left out."""
        return (
            SilentDuties(self.counts().get(Verdict.NO_EVIDENCE, 0), len(self.standings)),
            *([LaterDuties(self.later, self.as_of)] if self.later else []),
            *([UnsourcedDuties(self.unsourced)] if self.unsourced else []),
        )

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the cells as JSON-compatible records."""
        return [standing.as_dict(lang, self.as_of) for standing in self.standings]


def read_duties(store: Store) -> tuple[Duty, ...]:
    """Read the duties of a store, unverified ones included, in order of document day and IRI."""
    lives, components = read_lives(store), Frameworks.of(store).components_by_iri
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, language, text in store.texts(_LABELS):
        labels[thing][language] = text
    duties = [
        Duty(
            iri=iri,
            labels=labels[iri],
            dependent=components[dependent],
            provider=components[provider],
            document_labels=labels[document],
            sourcing=sourcing.removeprefix(CODE),
            life=lives.of(iri, document),
            clause=clause or None,
            due=date.fromisoformat(due) if due else None,
        )
        for iri, dependent, provider, document, sourcing, clause, due in store.texts(_DUTIES)
    ]
    return tuple(sorted(duties, key=lambda duty: (duty.life.first or date.min, duty.iri)))


def duty_standings(
    provinces: Provinces, judged: Sequence[JudgedProvince], duties: Sequence[Duty], conditions: Conditions
) -> tuple[DutyStanding, ...]:
    """Find what statements say about duties of provinces.

    :param provinces: the provinces of the store that holds the statements
    :param conditions: statements of a time after its day are left out
    :returns: ordered by province, then by duty

    Cost: four queries; linear in the claims about links.
    """
    links = _StatedLinks(provinces, duties, conditions)
    cells = [(unit, duty, links.about(unit, duty)) for unit in judged for duty in duties]
    decisive = {
        weighed.id
        for *_, statements in cells
        for weighed in statements
        if weighed.sign in deciding(judge(statements))
    }
    facts = worded_facts(provinces.store, sorted(decisive), conditions.languages)
    return tuple(_standing(unit, duty, statements, facts) for unit, duty, statements in cells)


def _standing(
    judged: JudgedProvince,
    duty: Duty,
    statements: tuple[WeighedStatement, ...],
    facts: Mapping[str, WordedFact],
) -> DutyStanding:
    rule = judge(statements)
    decisive = deciding(rule)
    quoted = [facts[weighed.id] for weighed in statements if weighed.sign in decisive and weighed.id in facts]
    return DutyStanding(judged, duty, rule, statements, tuple(quoted))


@dataclass(frozen=True)
class _StatedLinks:
    """The statements about links between entities, by pair, up to the day of the question."""

    provinces: Provinces
    duties: Sequence[Duty]
    conditions: Conditions

    @cached_property
    def statements(self) -> Mapping[frozenset[str], list[WeighedStatement]]:
        """Map each pair of entities to the statements about a link between them, in either direction."""
        by_pair: dict[frozenset[str], list[WeighedStatement]] = defaultdict(list)
        for pair, weighed in self._read():
            known_by = self.conditions.known_by or date.max
            if weighed.stated and weighed.stated <= known_by and weighed.since <= self.conditions.as_of:
                by_pair[pair].append(weighed)
        return by_pair

    @cached_property
    def realising(self) -> Mapping[tuple[str, str], list[str]]:
        """Map (province, component code) to the linked entities that realise it; "" for national ones."""
        components = {part.iri: part for duty in self.duties for part in (duty.dependent, duty.provider)}
        linked = sorted({entity for pair in self.statements for entity in pair})
        if not linked:
            return {}
        return realising_entities(
            self.provinces.store, tuple(components.values()), self.provinces.places, linked
        )

    def about(self, judged: JudgedProvince, duty: Duty) -> tuple[WeighedStatement, ...]:
        """List the statements about a duty of a province, in order of id."""
        dependents, providers = (self._entities(judged, part) for part in (duty.dependent, duty.provider))
        pairs = {frozenset((one, other)) for one in dependents for other in providers if one != other}
        found = {weighed.id: weighed for pair in pairs for weighed in self.statements.get(pair, ())}
        return tuple(found[key] for key in sorted(found))

    def _entities(self, judged: JudgedProvince, component: ReferenceComponent) -> list[str]:
        province = judged.province.iri
        keys = ((province, component.code), ("", component.code))
        return [entity for key in keys for entity in self.realising.get(key, ())]

    def _read(self) -> Iterator[tuple[frozenset[str], WeighedStatement]]:
        store = self.provinces.store
        predicates = " ".join(f"<{row[0]}>" for row in store.texts(DEPENDENCY_NAMES))
        for row in store.select(with_prefixes(_CLAIMS % predicates)).rows:
            claim, one, other, status, polarity, stated, earliest, published = map(text_of, row)
            sign = _sign(status.removeprefix(CODE), is_denied=polarity == Polarity.DENIED.code.iri)
            if sign is not None:
                is_plan = sign is GapSign.PLANNED  # a plan counts from the day it was made
                begins = date.fromisoformat(stated if is_plan or not earliest else earliest)
                yield (
                    frozenset((one, other)),
                    WeighedStatement(
                        short_name(claim),
                        sign,
                        begins,
                        "" if is_plan else earliest,
                        date.fromisoformat(stated),
                        published=published,
                    ),
                )


def _sign(status: str, *, is_denied: bool) -> GapSign | None:
    return GapSign.ABSENT if is_denied else find_status(status).sign
