"""Where a province stands against a reference architecture: one verdict a component, each with its sentences.

>>> from egovkg.ontology.verdicts import Verdict
>>> [verdict.value for verdict in Verdict][:3]
['met', 'in_progress', 'planned']
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ...graph.names import ID, with_prefixes
from ...ontology.layers import find_layer
from ...ontology.verdicts import GapSign, Verdict
from ..facts.facts import collect
from ..facts.places import Places
from ..facts.values import Json, short_name
from .candidates import candidates
from .routes import NationalRoute, NationalRoutes
from .verdicts import WeighedStatement, deciding, judge, since, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import Store
    from ..facts.facts import Fact
    from .provinces import ArticleCoverage, JudgedProvince
    from .reference import ReferenceComponent, ReferenceFramework

_DUE = with_prefixes("SELECT ?claim ?due { ?claim egov:dueBy ?due }")
_CHUNK = 500  # claims whose words are read at a time; with more the engine scans all claims for each chunk
MOST = 12  # statements worded for a cell; the ids of all are there


@dataclass(frozen=True)
class GapEvidence:
    """A statement that counted, in words.

    :param sign: what it says: present, partial, absent, limited, under_way or planned
    :param decides: whether the verdict rests on it; the others stand beside it
    """

    fact: Fact
    sign: GapSign
    decides: bool


@dataclass(frozen=True)
class Gap:
    """One cell: a province and a component.

    :param rule: number of the rule that gave the verdict, `G1` to `G8`
    :param since: from when on, by the earliest statement that decided; `None` without one
    :param is_dated: whether that statement bears a date of its own, rather than the day it was said
    :param evidence: the statements that decided first, then the others that counted, a dozen at most
    :param due: last time that the plans which decided are due by, as stated; `None` without one
    :param is_overdue: whether that time has passed, and nothing later is known
    :param routes: stated ways to the national systems that the reference expects
    :param statements: what was weighed, without the words
    """

    judged: JudgedProvince
    component: ReferenceComponent
    rule: str
    since: date | None = None
    is_dated: bool = False
    evidence: tuple[GapEvidence, ...] = ()
    routes: tuple[NationalRoute, ...] = ()
    statements: tuple[WeighedStatement, ...] = ()
    due: str | None = None
    is_overdue: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict that the rule gives."""
        return verdict_of(self.rule)

    def as_dict(self, lang: str, reference: str) -> dict[str, Json]:
        """Give the cell in a form that JSON can hold, in the order of the contract."""
        decided = [each.fact for each in self.evidence if each.decides]
        decisive = deciding(self.rule)
        return {
            "province": self.judged.province.label(lang),
            "component": self.component.code,
            "component_label": self.component.labels.get(lang, self.component.code),
            "layer": self.component.layer,
            "verdict": self.verdict.value,
            "since": self.since.isoformat() if self.since else None,
            "claims": [each.id for each in self.statements if each.sign in decisive],
            "evidence": list(dict.fromkeys(fact.evidence for fact in decided)),
            "reference": reference,
            "province_id": self.judged.province.curie,
            "asked": self.judged.requested.curie,
            "rule": self.rule,
            "since_basis": ("explicit" if self.is_dated else "publication") if self.since else None,
            "due": self.due,
            "overdue": self.is_overdue,
            "also": [
                {"claim": each.id, "says": each.sign.value}
                for each in self.statements
                if each.sign not in decisive
            ],
            "connections": [
                {"to": r.to, "route": r.grade, "status": r.status, "claims": list(r.claims)}
                for r in self.routes
            ],
            "later_layer": self.component.later_layer,
            "sourcing": self.component.sourcing,
        }


@dataclass(frozen=True)
class GapReport:
    """All cells of a question, with what they rest on.

    :param cells: province by province, components in the order of the reference
    :param coverage: IRI of a province -> what the corpus covers of it; a missing one is not covered
    """

    reference: ReferenceFramework
    as_of: date
    known_by: date | None
    cells: tuple[Gap, ...]
    coverage: Mapping[str, ArticleCoverage]

    def under_later_layers(self) -> GapReport:
        """Give the same cells by the four layers of the national digital framework.

        A component whose layer has no counterpart there keeps its own, and comes last.
        """
        parts = self.reference.components
        later = {each.code: replace(each, layer=each.later_layer or each.layer) for each in parts}
        order = [*dict.fromkeys(each.later_layer for each in parts if each.later_layer), None]
        ranked = sorted(parts, key=lambda each: order.index(each.later_layer))
        place = {each.code: number for number, each in enumerate(ranked)}
        units = list(dict.fromkeys(cell.judged for cell in self.cells))
        cells = sorted(self.cells, key=lambda c: (units.index(c.judged), place[c.component.code]))
        components = tuple(later[each.code] for each in ranked)
        moved = tuple(replace(cell, component=later[cell.component.code]) for cell in cells)
        return replace(self, reference=replace(self.reference, components=components), cells=moved)

    def counts(self, cells: Sequence[Gap] | None = None) -> Mapping[Verdict, int]:
        """Count the verdicts, of all cells or of some; every verdict is there."""
        found = Counter(cell.verdict for cell in (self.cells if cells is None else cells))
        return {verdict: found[verdict] for verdict in Verdict}

    def silence(self) -> float:
        """Tell the share of cells without evidence among those that apply; 0 when none applies."""
        counts = self.counts()
        applying = len(self.cells) - counts[Verdict.NOT_APPLICABLE]
        return counts[Verdict.NO_EVIDENCE] / applying if applying else 0.0


def gaps(
    store: Store,
    provinces: Sequence[JudgedProvince],
    reference: ReferenceFramework,
    *,
    as_of: date,
    known_by: date | None = None,
    coverage: Mapping[str, ArticleCoverage] | None = None,
    lang: str = "vi",
    most: int = MOST,
    places: Places | None = None,
) -> GapReport:
    """Judge provinces against a reference on a day.

    :param as_of: the day; a statement counts from its own date, or from the day it was said
    :param known_by: leave out what was said after this day
    :param lang: language of labels and sentences
    :param places: where things belong, when it was read before
    :param most: statements worded for a cell, those that decide first; 0 for verdicts alone

    Cost: about a dozen queries whatever the number of provinces; linear in the claims that count.
    """
    places = places or Places.of(store)
    found = candidates(store, reference.components, as_of=as_of, known_by=known_by, places=places)
    routes = NationalRoutes(store, reference, places, min(as_of, known_by or as_of))
    wanted = {each.province.iri for each in provinces}
    shown = [_foremost(each)[:most] for (province, _), each in found.items() if province in wanted]
    facts = _facts(store, sorted({s.id for each in shown for s in each}), lang)
    due = {short_name(claim): text for claim, text in store.texts(_DUE)}
    cells = tuple(
        _cell(each, component, found.get((each.province.iri, component.code), []), facts, routes, due, as_of)
        for each in provinces
        for component in reference.components
    )
    return GapReport(reference, as_of, known_by, cells, coverage or {})


def _cell(
    judged: JudgedProvince,
    component: ReferenceComponent,
    statements: Sequence[WeighedStatement],
    facts: Mapping[str, Fact],
    routes: NationalRoutes,
    due: Mapping[str, str],
    as_of: date,
) -> Gap:
    if not find_layer(component.layer).is_built_locally:
        return Gap(judged, component, "G1", statements=tuple(statements))
    rule = judge(statements)
    first, decisive = since(rule, statements), deciding(rule)
    shown = [GapEvidence(facts[s.id], s.sign, s.sign in decisive) for s in statements if s.id in facts]
    shown.sort(key=lambda each: (not each.decides, each.fact.article, each.fact.line, each.fact.id))
    ways = routes.of(judged.province.iri, component.code)
    day, is_dated = (first.since, first.is_dated) if first else (None, False)
    last = max((due[s.id] for s in statements if s.sign in decisive and s.id in due), default=None)
    until = last if rule == "G7" else None
    is_overdue = until is not None and until < as_of.isoformat()[: len(until)]
    return Gap(
        judged, component, rule, day, is_dated, tuple(shown), ways, tuple(statements), until, is_overdue
    )


def _foremost(statements: Sequence[WeighedStatement]) -> list[WeighedStatement]:
    """Choose the statements of a cell whose words are read: those that decide first."""
    decisive = deciding(judge(statements))
    return sorted(statements, key=lambda each: (each.sign not in decisive, each.id))


def _facts(store: Store, ids: Sequence[str], lang: str) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for start in range(0, len(ids), _CHUNK):
        values = " ".join(f"<{ID}{each}>" for each in ids[start : start + _CHUNK])
        facts = collect(store, f"VALUES ?fact {{ {values} }}", lang)
        found |= {fact.id: fact for fact in facts}
    return found
