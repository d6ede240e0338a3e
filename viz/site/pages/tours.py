"""The pages of guided tours: each step with its text, its evidence, and a quiz question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from ....queries.questions.named import question
from ....words import label, languages
from ..content.answer_tables import AnswerTable, answer_table
from ..content.data_files import json_bytes, table_alternates, table_files
from ..content.evidence import QuotedStatements, quoted_statements
from ..content.model import Alternate, File, Page, PageLink
from ..content.paths import anchor, article_path, question_path, tour_path
from ..content.statements import StatementWording
from ..content.texts import text_and_language, titles
from ..content.tour_evidence import LINK, link_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...tables import CellValue
    from ..content.model import Context
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot
    from ..content.tour_model import Tour, TourEvidence, TourStep

__all__ = ["EvidenceView", "StepView", "pages"]

_KEYS = ("name", *(f"title_{lang}" for lang in languages()), "minutes", "steps", "page")
ROW_LIMIT = 8  # rows of an answer inside a step
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class EvidenceView:
    """The evidence of a step as the page shows it.

    :param kind: `statements`, `entity`, `question` or `paragraph`; tells which of the fields below is set
    :param link: the page from which the evidence comes
    """

    kind: str
    link: PageLink
    quotes: tuple[QuotedStatements, ...] = ()
    table: AnswerTable | None = None
    paragraph: PageLink | None = None


@dataclass(frozen=True)
class StepView:
    """A step of a tour in the language of the page.

    :param paragraphs: the text, split at its links
    :param check: a quiz question under `ask` and its answer under `answer`; empty without one
    """

    anchor: str
    title: str
    paragraphs: tuple[tuple[PageLink, ...], ...]
    evidence: tuple[EvidenceView, ...]
    check: dict[str, str]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of tours, and a page with its source file for each tour; none without tours."""
    if not site.tours:
        return
    alternates = table_alternates("tours")
    context = partial(_list_context, site)
    yield Page("tours.html", "tours.html.j2", titles("tours.title"), context, "tours", alternates)
    yield from table_files("tours", _KEYS, map(_table_row, site.tours))
    for tour in site.tours:
        path = tour_path(tour.name)
        stem = path.removesuffix(".html")
        alternates = (Alternate(f"{stem}.json", "JSON"), Alternate(f"{stem}.yaml", "YAML"))
        yield Page(path, "tour.html.j2", tour.title, partial(_context, site, tour), "tours", alternates)
        yield File(f"{stem}.json", json_bytes(_content(site.snapshot, tour)))
        yield File(f"{stem}.yaml", tour.source)


def _table_row(tour: Tour) -> tuple[CellValue, ...]:
    return (
        tour.name,
        *(label(tour.title, lang) for lang in languages()),
        tour.minutes,
        len(tour.steps),
        tour_path(tour.name),
    )


def _content(snapshot: GraphSnapshot, tour: Tour) -> dict[str, object]:
    """Return a tour as data, with the statements cited in its steps."""
    return {
        "tour": tour.name,
        "title": dict(tour.title),
        "about": dict(tour.about),
        "minutes": tour.minutes,
        "steps": [_step_content(snapshot, step) for step in tour.steps],
    }


def _step_content(snapshot: GraphSnapshot, step: TourStep) -> dict[str, object]:
    return {
        "title": dict(step.title),
        "text": dict(step.text),
        "shows": [_evidence_content(snapshot, evidence) for evidence in step.evidence],
        "check": {key: dict(texts) for key, texts in step.check.items()},
    }


def _evidence_content(snapshot: GraphSnapshot, evidence: TourEvidence) -> dict[str, object]:
    facts = (snapshot.statements[position].fact for position in evidence.statements)
    return {
        "kind": evidence.kind,
        "name": evidence.name,
        "of": evidence.subject,
        "statements": [fact.as_dict() for fact in facts],
    }


def _tour_link(tour: Tour, lang: str) -> PageLink:
    return PageLink(label(tour.title, lang), tour_path(tour.name), lang)


def _list_context(site: Site, lang: str) -> Context:
    return {"rows": [(_tour_link(tour, lang), tour) for tour in site.tours]}


def _context(site: Site, tour: Tour, lang: str) -> Context:
    steps = [_step_view(site, step, number, lang) for number, step in enumerate(tour.steps, 1)]
    other_tours = [_tour_link(other_tour, lang) for other_tour in site.tours if other_tour is not tour]
    return {"tour": tour, "steps": steps, "other_tours": other_tours}


def _step_view(site: Site, step: TourStep, number: int, lang: str) -> StepView:
    paragraphs = (" ".join(part.split()) for part in _BLANK_LINE.split(label(step.text, lang)))
    return StepView(
        anchor=f"step-{number}",
        title=label(step.title, lang),
        paragraphs=tuple(tuple(_pieces(site.snapshot, text, lang)) for text in paragraphs if text),
        evidence=tuple(_evidence_views(site, step, lang)),
        check={key: label(texts, lang) for key, texts in step.check.items()},
    )


def _pieces(snapshot: GraphSnapshot, text: str, lang: str) -> Iterator[PageLink]:
    """Split a paragraph at its links."""
    end = 0
    for match in LINK.finditer(text):
        yield PageLink(text[end : match.start()], lang=lang)
        yield PageLink(match[1], link_target(snapshot, match[2]), lang)
        end = match.end()
    yield PageLink(text[end:], lang=lang)


def _evidence_views(site: Site, step: TourStep, lang: str) -> Iterator[EvidenceView]:
    """Return the evidence of a step; neighbouring statements are grouped by sentence."""
    for is_statements, group in groupby(step.evidence, key=lambda evidence: bool(evidence.statements)):
        if is_statements:
            positions = dict.fromkeys(position for evidence in group for position in evidence.statements)
            yield _statements_view(StatementWording(site.snapshot, lang), tuple(positions))
        else:
            for evidence in group:
                yield _EVIDENCE_VIEWS[evidence.kind](site, evidence, lang)


def _statements_view(wording: StatementWording, positions: Sequence[int]) -> EvidenceView:
    statements = wording.statements(positions)
    return EvidenceView("statements", statements[0].subject, quotes=tuple(quoted_statements(statements)))


def _entity_view(site: Site, evidence: TourEvidence, lang: str) -> EvidenceView:
    link = StatementWording(site.snapshot, lang).entity(evidence.name)
    return EvidenceView("entity", link)


def _question_view(site: Site, evidence: TourEvidence, lang: str) -> EvidenceView:
    named_question = question(evidence.name)
    text, address = label(named_question.asks, lang), question_path(evidence.name)
    has_subject = evidence.subject in site.subjects(evidence.name)
    if has_subject:
        text += f" — {StatementWording(site.snapshot, lang).entity(evidence.subject).text}"
        address += f"#{anchor(evidence.subject)}"
    answers = site.answers_in(named_question, lang)
    answer = dict(answers)[evidence.subject] if has_subject else answers[0][1]
    table = answer_table(site.snapshot, answer, ROW_LIMIT)
    return EvidenceView("question", PageLink(text, address, lang), table=table)


def _paragraph_view(site: Site, evidence: TourEvidence, lang: str) -> EvidenceView:
    paragraph = site.snapshot.paragraphs[evidence.name]
    text, text_lang = text_and_language(paragraph.text, lang)
    page = f"{article_path(paragraph.article)}#{anchor(paragraph.id)}"
    title = label(site.snapshot.articles[paragraph.article].title, lang)
    return EvidenceView("paragraph", PageLink(title, page, lang), paragraph=PageLink(text, lang=text_lang))


_EVIDENCE_VIEWS = {"entity": _entity_view, "question": _question_view, "paragraph": _paragraph_view}
