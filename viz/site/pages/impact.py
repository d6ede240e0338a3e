"""The impact page: the systems that stop when another one stops, and the single points of failure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ....graph.network.network import DIRECTION
from ....queries.dependencies.ask import ImpactQuestion, NetworkQuestion, ask_impact, ask_single_points
from ....queries.dependencies.network.choice import EdgeChoice
from ....queries.dependencies.network.remarks import remark_texts
from ....queries.dependencies.records import affected_record
from ....queries.dependencies.text import alternative_texts, edge_text
from ....words import DEFAULT_LANGUAGE, languages
from ..content.data_files import csv_bytes, json_bytes, table_alternates
from ..content.evidence import fact_quotes
from ..content.model import File, Page
from ..content.paths import anchor
from ..content.statements import StatementWording
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.dependencies.affected import AffectedSystem
    from ....queries.dependencies.impact import ImpactReport
    from ....queries.facts.facts import Fact
    from ....queries.facts.values import Json
    from ...tables import CellValue
    from ..content.evidence import QuotedStatements
    from ..content.model import Context, PageLink
    from ..content.site import Site
    from ..content.statements import Bound

__all__ = ["AffectedGroup", "AffectedSystemView", "FailureImpact", "pages"]

_KEYS = (
    "stops",
    "stops_label",
    "with",
    "with_label",
    "hops",
    "path",
    "basis",
    "articles",
    "evidence",
    "state",
)


@dataclass(frozen=True)
class AffectedSystemView:
    """A system affected by a failure.

    :param path: steps from the system to the failed one: relation in words, next system
    :param bounds: reservations about the statements on the path, such as their certainty
    :param alternatives: the alternatives that keep it running, in words; empty if it stops
    """

    link: PageLink
    path: tuple[tuple[str, PageLink], ...]
    bounds: tuple[Bound, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class AffectedGroup:
    """Affected systems that share the same sentences as evidence."""

    systems: tuple[AffectedSystemView, ...]
    quotes: tuple[QuotedStatements, ...]


@dataclass(frozen=True)
class FailureImpact:
    """The systems affected by the failure of one system, and the services delivered through them.

    :param count: number of systems that fail with it
    :param services: number of services that stop because a failing system delivers them
    """

    anchor: str
    failed: PageLink
    count: int
    services: int
    groups: tuple[AffectedGroup, ...]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the impact page and its data files; none if no dependency is stated."""
    if not site.snapshot.providers:
        return
    answers = {lang: _answers(site, lang) for lang in languages()}
    yield Page(
        path="impact.html",
        template="impact.html.j2",
        title=titles("impact.title"),
        context=partial(_context, site, answers),
        section="impact",
        alternates=table_alternates("impact"),
    )
    default_answers = answers[DEFAULT_LANGUAGE]
    yield File("impact.json", json_bytes({_failed(answer): _content(answer) for answer in default_answers}))
    yield File("impact.csv", csv_bytes(_KEYS, _rows(default_answers)))


def _answers(site: Site, lang: str) -> list[ImpactReport]:
    """Compute the impact of the failure of each provider; the largest impact first."""
    choice = EdgeChoice(lang=lang)
    questions = [
        ImpactQuestion((provider,), choice=choice, compare_choices=False)
        for provider in sorted(site.snapshot.providers)
    ]
    answers = [ask_impact(site.snapshot.dependencies, question) for question in questions]
    return sorted(answers, key=lambda answer: (-len(answer.failing), _failed(answer)))


def _failed(answer: ImpactReport) -> str:
    return answer.failed[0].curie


def _content(answer: ImpactReport) -> list[dict[str, Json]]:
    return [affected_record(affected, DEFAULT_LANGUAGE) for affected in answer.affected]


def _rows(answers: Sequence[ImpactReport]) -> Iterator[tuple[CellValue, ...]]:
    for answer in answers:
        for affected in answer.affected:
            facts = _facts(affected)
            yield (
                affected.system.curie,
                affected.system.label(DEFAULT_LANGUAGE),
                _failed(answer),
                answer.failed[0].label(DEFAULT_LANGUAGE),
                affected.hops,
                " ".join(affected.path),
                affected.basis,
                "; ".join(dict.fromkeys(fact.article for fact in facts)),
                " ".join(dict.fromkeys(str(fact.evidence) for fact in facts)),
                affected.state.value,
            )


def _facts(affected: AffectedSystem) -> list[Fact]:
    """List the claims behind the edges of the path to an affected system."""
    return [fact for edge in affected.edges for fact in edge.claims]


def _context(site: Site, answers: Mapping[str, Sequence[ImpactReport]], lang: str) -> Context:
    wording = StatementWording(site.snapshot, lang)
    question = NetworkQuestion(EdgeChoice(lang=lang))
    points = []
    report = ask_single_points(site.snapshot.dependencies, question)
    for point in report.points:
        failing = [wording.entity(system.curie) for system in point.failing]
        points.append((wording.entity(point.system.curie), failing))
    return {
        "direction": DIRECTION.text(lang),
        "points": points,
        "remarks": remark_texts(report.remarks, lang),
        "failures": [_failure_impact(wording, answer) for answer in answers[lang]],
    }


def _failure_impact(wording: StatementWording, answer: ImpactReport) -> FailureImpact:
    """Return the view of an impact; systems with the same evidence are grouped."""
    quotes_by_sentences: dict[tuple[tuple[str, str], ...], tuple[QuotedStatements, ...]] = {}
    systems: dict[tuple[tuple[str, str], ...], list[AffectedSystemView]] = defaultdict(list)
    for affected in answer.affected:
        quotes = tuple(fact_quotes(wording, _facts(affected)))
        sentences = tuple((quoted.quote.article, quoted.quote.text) for quoted in quotes)
        quotes_by_sentences.setdefault(sentences, quotes)
        systems[sentences].append(_affected_system(wording, affected, quotes))
    groups = tuple(
        AffectedGroup(tuple(systems[sentences]), quotes) for sentences, quotes in quotes_by_sentences.items()
    )
    failed = _failed(answer)
    services = sum(affected.is_delivered for affected in answer.affected)
    return FailureImpact(anchor(failed), wording.entity(failed), len(answer.failing), services, groups)


def _affected_system(
    wording: StatementWording, affected: AffectedSystem, quotes: Sequence[QuotedStatements]
) -> AffectedSystemView:
    edges = list(affected.edges)
    if len(edges) > 1 and edges[0].provider != edges[1].dependent:
        edges.reverse()  # the path leads from the failure outwards
    path = tuple((edge_text(edge, wording.lang), wording.entity(edge.provider)) for edge in edges)
    statements = (statement for quoted in quotes for statement in quoted.statements)
    bounds = dict.fromkeys(bound for statement in statements for bound in statement.bounds)
    alternatives = tuple(alternative_texts(affected.alternatives, wording.lang))
    return AffectedSystemView(wording.entity(affected.system.curie), path, tuple(bounds), alternatives)
