"""Checks between the lines of an article: duplicates, contradictions, sums."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ...ontology.statuses import find_status
from ...problems import Problem, Severity
from ..faults.messages import fault
from ..text.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from ...problems import Fault
    from .model import Claim, Figure, ResolvedArticle

_Line = TypeVar("_Line", "Claim", "Figure")


def merge_doubles(article: ResolvedArticle) -> tuple[ResolvedArticle, tuple[Problem, ...]]:
    """Remove duplicate lines and report them.

    :returns: the article with each statement once, and a warning for each duplicate (KG034)
    """
    claims, repeated_claims = _without_doubles(article.claims, _claim_key)
    figures, repeated_figures = _without_doubles(article.figures, _figure_key)
    repeated_lines = {"KG034.repeated-claim": repeated_claims, "KG034.repeated-figure": repeated_figures}
    problems = [
        Problem(article.file, line, 1, fault(key, Severity.WARNING, line=first))
        for key, lines in repeated_lines.items()
        for line, first in lines.items()
    ]
    return article._replace(claims=claims, figures=figures), tuple(problems)


def _claim_key(claim: Claim) -> Hashable:
    target = claim.object
    return claim.subject.curie, claim.predicate, target.key, target.text, claim.attribute_text


def _figure_key(figure: Figure) -> Hashable:
    unit = figure.unit and figure.unit.name
    return figure.subject.curie, figure.measure.name, figure.amount, unit, figure.attribute_text


def _without_doubles(
    lines: Sequence[_Line], key: Callable[[_Line], Hashable]
) -> tuple[tuple[_Line, ...], dict[int, int]]:
    """Drop lines that repeat an earlier one; also return line number → number of the earlier line."""
    first_lines: dict[Hashable, int] = {}
    repeated: dict[int, int] = {}
    distinct: list[_Line] = []
    for line in lines:
        first_line = first_lines.setdefault(key(line), line.line)
        if first_line == line.line:
            distinct.append(line)
        else:
            repeated[line.line] = first_line
    return tuple(distinct), repeated


def check_lines(article: ResolvedArticle) -> tuple[Problem, ...]:
    """Report contradictions (KG035), wrong sums (KG053) and an article without statements (KG037)."""
    problems = [*_contradictions(article), *_sums(article)]
    if article.mentions and not any(p.claims or p.figures or p.unread for p in article.paragraphs):
        silent = fault("KG037.no-statements", Severity.WARNING, count=len(article.mentions))
        problems.append(Problem(article.file, 1, 1, silent))
    return tuple(problems)


def _contradictions(article: ResolvedArticle) -> Iterator[Problem]:
    asserted: dict[Hashable, list[Claim]] = defaultdict(list)
    denied: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in article.claims:
        if not find_status(claim.attributes.status).is_intended:
            edge = (claim.subject.curie, claim.predicate, claim.object.key)
            (denied if claim.attributes.is_denied else asserted)[edge].append(claim)
    for denied_edge in sorted(denied.keys() & asserted.keys(), key=str):
        for denial in denied[denied_edge]:
            assertions = (claim for claim in asserted[denied_edge] if _overlap(denial, claim))
            if assertion := next(assertions, None):
                yield Problem(article.file, denial.line, 1, _contradiction(denial, assertion))


def _contradiction(denial: Claim, assertion: Claim) -> Fault:
    lines = {"denial": denial.line, "assertion": assertion.line}
    time = denial.attributes.earliest or assertion.attributes.earliest
    if time is None:
        return fault("KG035.contradiction", **lines)
    return fault("KG035.contradiction-in-time", **lines, time=time.edtf)


def _overlap(claim: Claim, counterpart: Claim) -> bool:
    (start, end), (other_start, other_end) = _validity(claim), _validity(counterpart)
    return start <= other_end and other_start <= end


def _validity(claim: Claim) -> tuple[date, date]:
    """Return the first and the last day on which a claim can hold."""
    start, end = claim.attributes.earliest, claim.attributes.latest
    return start.earliest if start else date.min, end.latest if end else date.max


def _sums(article: ResolvedArticle) -> Iterator[Problem]:
    totals: dict[str, list[Figure]] = defaultdict(list)
    parts: dict[str, list[Figure]] = defaultdict(list)
    for figure in article.figures:
        for figures, key in ((totals, "sum"), (parts, "part")):
            if name := figure.attributes.texts.get(key):
                figures[name].append(figure)
    for name in dict.fromkeys([*totals, *parts]):
        if line_and_fault := _sum_fault(name, totals[name], parts[name]):
            line, flaw = line_and_fault
            yield Problem(article.file, line, 1, flaw)


def _sum_fault(name: str, totals: Sequence[Figure], parts: Sequence[Figure]) -> tuple[int, Fault] | None:
    """Check one sum.

    :returns: ``None`` if the parts add up to the total, else the line with its fault
    """
    if not totals:
        return parts[0].line, fault("KG053.no-total", Severity.WARNING, name=name)
    first = totals[0]
    if not parts:
        return first.line, fault("KG053.no-parts", Severity.WARNING, name=name)
    if len(totals) > 1:
        return totals[1].line, fault("KG053.repeated-total", Severity.WARNING, name=name, line=first.line)
    added = sum((part.amount.value for part in parts), Decimal(0))
    if added == first.amount.value:
        return None
    terms = "+".join(plain(part.amount.value) for part in parts)
    values = {"terms": terms, "added": plain(added), "total": plain(first.amount.value)}
    return first.line, fault("KG053.wrong-total", Severity.WARNING, name=name, **values)
