"""The lines of the sections of a brief, made of judged matters, sentences, plans and the register of law."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from ...words import Labelled, message
from .report import BriefLine, LineKind

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from datetime import date
    from typing import TypeAlias

    from ...ontology.verdicts import TargetVerdict, Verdict
    from ...words import Message
    from ..law.lives import RuleChange
    from .bodies import BodiesToAsk
    from .clauses import Clauses, RegisteredDocument
    from .matters import ComparedMatter
    from .report import Period
    from .statements import DuePlan, NewSentence

    Finding: TypeAlias = tuple[Message, date | None]

_FEW_SUBJECTS = 3


def sentence_lines(
    sentences: Iterable[NewSentence], period: Period, *, is_dated: bool = True
) -> Iterator[BriefLine]:
    """Make a line of each sentence of the period.

    :param is_dated: whether to list those surely published in the period, or those that may be older
    """
    for sentence in sentences:
        if (sentence.first > period.since) is not is_dated:
            continue
        subjects = sentence.subjects[:_FEW_SUBJECTS]
        count = len(sentence.claims)
        key = "subjects-and-others" if len(sentence.subjects) > _FEW_SUBJECTS else "subjects"
        yield BriefLine(
            LineKind.SENTENCE,
            message(__package__, key, subjects=subjects),
            _published(sentence) if not is_dated else message(__package__, "finding.sentence", count=count),
            (sentence.unit,),
            sentence.published,
            claims=sentence.claims,
        )


def _published(sentence: NewSentence) -> Message:
    """Word between which days a source without a printed day was published."""
    days = {"first": sentence.first.isoformat(), "last": sentence.published.isoformat()}
    return message(__package__, "finding.undated", count=len(sentence.claims), **days)


def law_lines(
    clauses: Clauses,
    documents: Iterable[RegisteredDocument],
    units: Container[str],
    period: Period,
    *,
    verified: bool = True,
) -> list[BriefLine]:
    """Make a line of each document that came into force in the period, and of each change made then.

    :param units: IRIs of the units of the brief; documents of other provinces are left out
    :param verified: whether to list what was seen on a published page, or what was not
    """
    of_others = {document.iri for document in documents if document.unit and document.unit not in units}
    lines = [
        _document_line(document, clauses)
        for document in documents
        if document.is_verified is verified
        and document.iri not in of_others
        and (day := clauses.lives.of(document.iri).first)
        and period.is_past(day)
    ]
    lines += [
        _change_line(change, clauses)
        for change in chain.from_iterable(clauses.lives.changes.values())
        if change.is_verified is verified
        and change.day
        and period.is_past(change.day)
        and of_others.isdisjoint({change.rule, change.document})
    ]
    return sorted(lines, key=_by_day)


def _document_line(document: RegisteredDocument, clauses: Clauses) -> BriefLine:
    clause = clauses.of_document(document)
    finding = message(__package__, "finding.document", day=str(clause.life.first))
    return BriefLine(
        LineKind.RULE, Labelled.of(document.labels), finding, day=clause.life.first, clause=clause
    )


def _change_line(change: RuleChange, clauses: Clauses) -> BriefLine:
    return BriefLine(
        LineKind.RULE,
        Labelled.of(change.rule_labels),
        change.message(),
        day=change.day,
        clause=clauses.of_change(change),
    )


def begun_lines(compared: Iterable[ComparedMatter], period: Period) -> list[BriefLine]:
    """Make a line of each duty and target that came into force in the period, with its verdict."""
    cells = (cell for cell in compared if _has_begun(cell, period))
    lines = _grouped(cells, lambda cell: _begun_finding(cell, period))
    return sorted(lines, key=_by_day)


def _has_begun(cell: ComparedMatter, period: Period) -> bool:
    """Tell whether a matter came into force in the period of the brief, or the period of a target began."""
    days = (cell.matter.life.first, cell.matter.asked_from)
    return cell.now is not None and any(day is not None and period.is_past(day) for day in days)


def _begun_finding(cell: ComparedMatter, period: Period) -> Finding:
    """Word since when a matter is asked; of a target whose period begins later, from when it will be."""
    assert cell.now is not None  # what is not asked has no finding
    first, asked_from = cell.matter.life.first, cell.matter.asked_from
    if asked_from is None or asked_from <= period.as_of:
        return _dated_finding("finding.begun", cell, asked_from)
    verdict = _verdict_name(cell.now.verdict)
    key = "finding.begun-later"
    return message(__package__, key, day=str(first), begins=str(asked_from), verdict=verdict), first


def changed_lines(compared: Iterable[ComparedMatter], period: Period) -> list[BriefLine]:
    """Make a line of each verdict that differs between the two days, with what made it differ."""
    cells = (cell for cell in compared if cell.differs)
    return sorted(_grouped(cells, lambda cell: _change_finding(cell, period)), key=_by_day)


def _change_finding(cell: ComparedMatter, period: Period) -> Finding:
    assert cell.before is not None  # verdicts differ only where there are two
    assert cell.now is not None
    due, latest = cell.matter.due, cell.now.latest
    key, day = "finding.changed-time", None
    if latest is not None and latest > period.since:
        key, day = "finding.changed-source", latest
    elif due is not None and period.has_passed(due):
        key, day = "finding.changed-due", due
    before, now = _verdict_name(cell.before.verdict), _verdict_name(cell.now.verdict)
    finding = message(__package__, key, before=before, now=now, day=str(day))
    if basis := cell.matter.basis:
        finding = message(__package__, "finding.with-basis", finding=finding, basis=basis)
    return finding, day


def overdue_lines(
    compared: Iterable[ComparedMatter],
    plans: Iterable[DuePlan],
    period: Period,
) -> list[BriefLine]:
    """Make a line of what was due in the period and is not stated to be there."""
    cells = (
        cell
        for cell in compared
        if cell.now and not cell.now.is_met and cell.matter.due and period.has_passed(cell.matter.due)
    )
    lines = _grouped(cells, lambda cell: _dated_finding("finding.overdue", cell, cell.matter.due))
    of_plans = (plan for plan in plans if period.has_passed(plan.due))
    lines += [_plan_line(plan, "finding.plan-overdue") for plan in of_plans]
    return sorted(lines, key=_by_day)


def due_lines(
    compared: Iterable[ComparedMatter],
    plans: Iterable[DuePlan],
    period: Period,
) -> list[BriefLine]:
    """Make a line of what is due within the months ahead, with its verdict, what is met included."""
    cells = (cell for cell in compared if cell.now and cell.matter.due and period.is_ahead(cell.matter.due))
    lines = _grouped(cells, lambda cell: _dated_finding("finding.due", cell, cell.matter.due))
    lines += [_plan_line(plan, "finding.plan-due") for plan in plans if period.is_ahead(plan.due)]
    return sorted(lines, key=_by_day)


def silent_lines(compared: Iterable[ComparedMatter], bodies: BodiesToAsk, period: Period) -> list[BriefLine]:
    """Make a line of each matter that no source speaks of, with the body to ask; by body, then by due day.

    Targets whose day had passed before the period are left out: nobody needs their figure any more.
    """
    cells = (
        cell
        for cell in compared
        if cell.now and cell.now.is_silent and (cell.matter.due is None or cell.matter.due >= period.since)
    )
    lines = _grouped(cells, lambda cell: _dated_finding(_silence(cell), cell, cell.matter.due), bodies)
    return sorted(lines, key=lambda line: (line.body.name.text("") if line.body else "", _by_day(line)))


def _silence(cell: ComparedMatter) -> str:
    return "finding.silent-due" if cell.matter.due else "finding.silent"


def _dated_finding(key: str, cell: ComparedMatter, day: date | None) -> Finding:
    assert cell.now is not None  # what is not asked has no finding
    verdict = _verdict_name(cell.now.verdict)
    finding = message(__package__, key, day=day.isoformat() if day else "", verdict=verdict)
    if reason := cell.now.reason:
        finding = message(__package__, "finding.with-reason", finding=finding, reason=reason)
    return finding, day


def _verdict_name(verdict: Verdict | TargetVerdict) -> Labelled:
    return Labelled.of(verdict.code.labels)


def _grouped(
    cells: Iterable[ComparedMatter],
    finding_of: Callable[[ComparedMatter], Finding],
    bodies: BodiesToAsk | None = None,
) -> list[BriefLine]:
    """Make one line of the units for which the same is found of a matter."""
    groups: dict[tuple[str, Message], list[ComparedMatter]] = defaultdict(list)
    days: dict[Message, date | None] = {}
    for cell in cells:
        finding, days[finding] = finding_of(cell)
        groups[cell.matter.iri, finding].append(cell)
    return [_line(group, finding, days[finding], bodies) for (_, finding), group in groups.items()]


def _line(
    group: Sequence[ComparedMatter], finding: Message, day: date | None, bodies: BodiesToAsk | None
) -> BriefLine:
    first, matter = group[0], group[0].matter
    claims = (claim for cell in group for found in (cell.now, cell.before) if found for claim in found.claims)
    assert first.now is not None  # what is not asked has no line
    return BriefLine(
        kind=matter.kind,
        matter=matter.name,
        finding=finding,
        units=tuple(cell.judged.province for cell in group),
        day=day,
        clause=matter.clause,
        claims=tuple(dict.fromkeys(claims)),
        verdict=first.now.verdict,
        before=first.before.verdict if first.before and first.differs else None,
        body=bodies.about(matter.fields) if bodies else None,
    )


def _plan_line(plan: DuePlan, key: str) -> BriefLine:
    finding = message(__package__, key, day=plan.due.isoformat())
    return BriefLine(LineKind.PLAN, plan.name, finding, (plan.unit,), plan.due, claims=plan.claims)


def _by_day(line: BriefLine) -> tuple[bool, str, str]:
    return line.day is None, line.day.isoformat() if line.day else "", line.kind.value
