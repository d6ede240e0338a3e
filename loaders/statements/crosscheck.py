"""What one line says against the other lines of its article: doubles, contradictions, sums."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ...ontology.qualifiers import Polarity
from ...ontology.statuses import find_status
from ...problems import Problem, Severity
from ..text.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from .model import Article, Claim, Figure

_Line = TypeVar("_Line", "Claim", "Figure")

_OPEN_START, _OPEN_END = date.min, date.max


def merge_doubles(article: Article) -> tuple[Article, tuple[Problem, ...]]:
    """Keep the first of equal lines; tell the others.

    :returns: the article with each statement once, and a warning for each double
    """
    problems: list[Problem] = []
    claims = tuple(_once(article.claims, _claim_key, "claim", article.file, problems))
    figures = tuple(_once(article.figures, _figure_key, "figure", article.file, problems))
    return article._replace(claims=claims, figures=figures), tuple(problems)


def _claim_key(claim: Claim) -> Hashable:
    other = claim.object.curie if claim.object else claim.code
    return claim.subject.curie, claim.predicate, other, claim.text, claim.raw


def _figure_key(figure: Figure) -> Hashable:
    return (
        figure.subject.curie,
        figure.measure.name,
        figure.amount,
        figure.unit and figure.unit.name,
        figure.raw,
    )


def _once(
    lines: Iterable[_Line], key: Callable[[_Line], Hashable], word: str, file: str, problems: list[Problem]
) -> Iterator[_Line]:
    seen: dict[Hashable, int] = {}
    for line in lines:
        first = seen.setdefault(key(line), line.line)
        if first == line.line:
            yield line
            continue
        what, fix = f"same {word} as line {first}", "counted once, listed in the report: drop one"
        problems.append(Problem(file, line.line, 1, "KG034", what, fix, Severity.WARNING))


def check_lines(article: Article) -> tuple[Problem, ...]:
    """Check contradictions (KG035), sums (KG053) and an article that states nothing (KG037)."""
    problems = [*_contradictions(article), *_sums(article)]
    if article.mentions and not any(p.claims or p.figures or p.unread for p in article.paragraphs):
        count = len(article.mentions)
        what = f"{count} mention{'s' * (count != 1)}, 0 claims"
        fix = "add a claims or figures block under the paragraphs"
        problems.append(Problem(article.file, 1, 1, "KG037", what, fix, Severity.WARNING))
    return tuple(problems)


def _contradictions(article: Article) -> list[Problem]:
    by_edge: dict[Hashable, list[Claim]] = defaultdict(list)
    denied = set()
    for claim in article.claims:
        if find_status(claim.attributes.status).is_intended:
            continue
        edge = (
            claim.subject.curie,
            claim.predicate,
            claim.object.curie if claim.object else claim.code or claim.text,
        )
        by_edge[edge].append(claim)
        if claim.attributes.polarity == Polarity.DENIED:
            denied.add(edge)
    problems = []
    for edge in sorted(denied, key=str):
        asserted = [claim for claim in by_edge[edge] if claim.attributes.polarity == Polarity.ASSERTED]
        for no in (claim for claim in by_edge[edge] if claim.attributes.polarity == Polarity.DENIED):
            if yes := next((claim for claim in asserted if _overlap(no, claim)), None):
                problems.append(_contradiction(article.file, no, yes))
    return problems


def _contradiction(file: str, no: Claim, yes: Claim) -> Problem:
    time = no.attributes.earliest or yes.attributes.earliest
    when = time.edtf if time else "the same time"
    what = f"line {no.line} denies what line {yes.line} asserts for {when}"
    return Problem(file, no.line, 1, "KG035", what, "set different asOf or drop one")


def _overlap(one: Claim, other: Claim) -> bool:
    def span(claim: Claim) -> tuple[date, date]:
        a = claim.attributes
        return (
            a.earliest.earliest if a.earliest else _OPEN_START,
            a.latest.latest if a.latest else _OPEN_END,
        )

    (start, end), (start2, end2) = span(one), span(other)
    return start <= end2 and start2 <= end


def _sums(article: Article) -> list[Problem]:
    groups: dict[str, tuple[list[Figure], list[Figure]]] = defaultdict(lambda: ([], []))
    for figure in article.figures:
        for role, key in enumerate(("sum", "part")):
            if name := figure.attributes.texts.get(key):
                groups[name][role].append(figure)
    found = (_sum_flaw(name, totals, parts) for name, (totals, parts) in groups.items())
    return [
        Problem(article.file, line, 1, "KG053", what, fix, Severity.WARNING)
        for line, what, fix in (flaw for flaw in found if flaw)
    ]


def _sum_flaw(name: str, totals: Sequence[Figure], parts: Sequence[Figure]) -> tuple[int, str, str] | None:
    if not totals:
        return parts[0].line, f'"{name}" has parts and no total', f"mark the total with sum: {name}"
    if not parts:
        return totals[0].line, f'"{name}" has a total and no parts', f"mark the parts with part: {name}"
    if len(totals) > 1:
        what = f'"{name}" already has a total at line {totals[0].line}'
        return totals[1].line, what, "give each sum a name of its own"
    added, total = sum((part.amount.value for part in parts), Decimal(0)), totals[0].amount.value
    if added == total:
        return None
    shown = "+".join(plain(part.amount.value) for part in parts)
    what = f"{shown}={plain(added)} expected, got {plain(total)}"
    return totals[0].line, what, f'mend the parts or the total of "{name}"'
