"""Impact: which systems stop when another stops, by what articles state, and the single points of failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....graph.network.network import DIRECTION
from ....queries.dependencies.ask import ImpactQuestion, NetworkQuestion, ask_impact, ask_single_points
from ....queries.dependencies.choice import EdgeChoice
from ....queries.dependencies.records import affected_record
from ....queries.dependencies.text import edge_text
from ..content.csv_files import as_csv
from ..content.data_files import as_json, table_twins
from ..content.model import LANGUAGES, File, Page
from ..content.paths import anchor
from ..content.statements import Teller
from ..content.words import words
from .entities import told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....queries.dependencies.impact import AffectedSystem, ImpactReport
    from ..content.model import Context, Site
    from ..content.statements import Bound, Link
    from .entities import Bundle

_KEYS = ("stops", "stops_label", "with", "with_label", "hops", "path", "basis", "articles", "evidence")


@dataclass(frozen=True)
class Stopped:
    """One system that stops.

    :param way: from the system to what it rests on: relation in words, next system
    :param bounds: what bounds the statements on the way, certainty among it
    """

    system: Link
    way: tuple[tuple[str, Link], ...]
    bounds: tuple[Bound, ...]


@dataclass(frozen=True)
class Group:
    """Systems of which the same sentences say that they stop."""

    stopped: tuple[Stopped, ...]
    proofs: tuple[Bundle, ...]


@dataclass(frozen=True)
class Part:
    """What stops with one system."""

    anchor: str
    failed: Link
    number: int
    groups: tuple[Group, ...]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page and its data; none where no dependency is stated."""
    if not site.known.providers:
        return
    answers = {lang: _answers(site, lang) for lang in LANGUAGES}

    def context(lang: str) -> Context:
        teller = Teller(site.known, lang)
        points = ask_single_points(site.known.dependencies, NetworkQuestion(EdgeChoice(lang=lang))).points
        return {
            "direction": DIRECTION.text(lang),
            "points": [
                (teller.thing(each.system.curie), [teller.thing(one.curie) for one in each.cut_off])
                for each in points
            ],
            "parts": [_part(teller, answer) for answer in answers[lang]],
        }

    title = {lang: words(lang)["impact.title"] for lang in LANGUAGES}
    yield Page("impact.html", "impact.html.j2", title, context, "impact", table_twins("impact"))
    rows = {
        answer.failed[0].curie: [affected_record(one, "vi") for one in answer.affected]
        for answer in answers["vi"]
    }
    yield File("impact.json", as_json(rows))
    yield File("impact.csv", as_csv(_KEYS, _rows(answers["vi"])))


def _answers(site: Site, lang: str) -> list[ImpactReport]:
    """Ask of every provider what stops with it; most affected first."""
    questions = (
        ImpactQuestion((provider,), choice=EdgeChoice(lang=lang), compare_choices=False)
        for provider in sorted(site.known.providers)
    )
    answers = [ask_impact(site.known.dependencies, question) for question in questions]
    return sorted(answers, key=lambda each: (-len(each.affected), each.failed[0].curie))


def _rows(answers: Sequence[ImpactReport]) -> Iterator[tuple[object, ...]]:
    for answer in answers:
        failed = answer.failed[0]
        for one in answer.affected:
            facts = [fact for step in one.edges for fact in step.claims]
            yield (
                one.system.curie,
                one.system.label("vi"),
                failed.curie,
                failed.label("vi"),
                one.hops,
                " ".join(one.path),
                one.basis,
                "; ".join(dict.fromkeys(fact.article for fact in facts)),
                " ".join(dict.fromkeys(str(fact.evidence) for fact in facts)),
            )


def _part(teller: Teller, answer: ImpactReport) -> Part:
    """Put an answer into words; what the same sentences say stands together."""
    held: dict[tuple[Bundle, ...], list[Stopped]] = {}
    by_quote: dict[tuple[tuple[str, str], ...], tuple[Bundle, ...]] = {}
    for one in answer.affected:
        proofs = tuple(told_by(teller, [fact for step in one.edges for fact in step.claims]))
        quotes = tuple((each.quote.article, each.quote.text) for each in proofs)
        held.setdefault(by_quote.setdefault(quotes, proofs), []).append(_stopped(teller, one, proofs))
    failed = answer.failed[0].curie
    groups = tuple(Group(tuple(stopped), proofs) for proofs, stopped in held.items())
    return Part(anchor(failed), teller.thing(failed), len(answer.affected), groups)


def _stopped(teller: Teller, one: AffectedSystem, proofs: Sequence[Bundle]) -> Stopped:
    outwards = list(one.edges)
    if len(outwards) > 1 and outwards[0].provider != outwards[1].dependent:
        outwards.reverse()  # it was found from the failure outwards
    way = tuple((edge_text(step, teller.lang), teller.thing(step.provider)) for step in outwards)
    bounds = dict.fromkeys(bound for each in proofs for told in each.told for bound in told.bounds)
    return Stopped(teller.thing(one.system.curie), way, tuple(bounds))
