"""Comparison of two annotations: pairs of equal statements, F1, shares and kappa, and every disagreement.

F1 of statements is 2m / (a + b) for m pairs among a and b statements. Status and time are compared in the
pairs only: the share that agree, and Cohen's kappa, which counts what chance would give (Educational and
Psychological Measurement 20, 1960, p. 37-46).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .propositions import Proposition, propositions, same_things

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from ..statements.model import ResolvedArticle

_ENOUGH = 0.5  # share of words that two texts have in common when they say the same


class Difference(StrEnum):
    """What two annotations disagree on."""

    FIRST_ONLY = "only_a"
    SECOND_ONLY = "only_b"
    STATUS = "status"
    TIME = "time"


@dataclass(frozen=True)
class Disagreement:
    """One statement on which the annotations differ.

    :param first_line: file and line in the first annotation; empty if it has no such statement
    :param first: its status or time there; empty if only one of the two has the statement
    """

    kind: Difference
    statement: str
    first_line: str
    second_line: str
    first: str
    second: str


@dataclass(frozen=True)
class Measure:
    """How far two annotations agree.

    :param first: statements in the first annotation, or pairs compared; `second` likewise
    :param equal: how many of them agree
    :param agreement: ratio in 0..1; 1.0 if there was nothing to compare
    :param kappa: Cohen's kappa in -1..1; ``None`` where statements are found, not classified
    """

    first: int
    second: int
    equal: int
    agreement: float
    kappa: float | None = None


@dataclass(frozen=True)
class Agreement:
    """The agreement of two annotations on statements, on status and on time, with what they disagree on."""

    statements: Measure
    status: Measure
    time: Measure
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True)
class _Pairing:
    files: tuple[str, str]
    pairs: tuple[tuple[Proposition, Proposition], ...]
    first_only: tuple[Proposition, ...]
    second_only: tuple[Proposition, ...]


def agreement_of(articles: Sequence[tuple[ResolvedArticle, ResolvedArticle]]) -> Agreement:
    """Compare annotations, article by article, and sum up.

    :param articles: each source as annotated by the one and by the other
    """
    pairings = [_paired(first, second) for first, second in articles]
    pairs = [pair for pairing in pairings for pair in pairing.pairs]
    first_count = len(pairs) + sum(len(pairing.first_only) for pairing in pairings)
    second_count = len(pairs) + sum(len(pairing.second_only) for pairing in pairings)
    total = first_count + second_count
    return Agreement(
        Measure(first_count, second_count, len(pairs), 2 * len(pairs) / total if total else 1.0),
        _classified([(first.status, second.status) for first, second in pairs]),
        _classified([(first.time_text, second.time_text) for first, second in pairs]),
        tuple(item for pairing in pairings for item in _disagreements(pairing)),
    )


def _classified(labels: Sequence[tuple[str, str]]) -> Measure:
    """Measure how often two annotators gave the same label.

    >>> measure = _classified([("a", "a"), ("a", "a"), ("b", "a"), ("b", "b")])
    >>> measure.agreement, measure.kappa
    (0.75, 0.5)
    """
    count, equal = len(labels), sum(first == second for first, second in labels)
    if not count:
        return Measure(0, 0, 0, 1.0, 1.0)
    firsts, seconds = Counter(first for first, _ in labels), Counter(second for _, second in labels)
    by_chance = sum(firsts[label] * seconds[label] for label in firsts) / count**2
    share = equal / count
    kappa = 1.0 if by_chance == 1 else (share - by_chance) / (1 - by_chance)
    return Measure(count, count, equal, share, kappa)


def _paired(first: ResolvedArticle, second: ResolvedArticle) -> _Pairing:
    own = propositions(first, {})
    other = propositions(second, same_things(first, second))
    pairs: list[tuple[Proposition, Proposition]] = []
    groups: dict[Hashable, tuple[list[Proposition], list[Proposition]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((own, other)):
        for item in items:
            groups[item.frame, item.target][side].append(item)
    for firsts, seconds in groups.values():
        pairs += _closest(firsts, seconds)
    paired = {id(item) for pair in pairs for item in pair}
    return _Pairing(
        (first.file, second.file),
        tuple(pairs),
        tuple(item for item in own if id(item) not in paired),
        tuple(item for item in other if id(item) not in paired),
    )


def _closest(
    firsts: Iterable[Proposition], seconds: Iterable[Proposition]
) -> list[tuple[Proposition, Proposition]]:
    """Pair statements with one subject, relation and object: the most alike first, each at most once."""
    candidates = [(_likeness(first, second), first, second) for first in firsts for second in seconds]
    candidates = [item for item in candidates if item[0][0] >= _ENOUGH]
    candidates.sort(key=lambda item: (*(-part for part in item[0]), item[1].line, item[2].line))
    pairs: list[tuple[Proposition, Proposition]] = []
    used: set[int] = set()
    for _, first, second in candidates:
        if not used & {id(first), id(second)}:
            used |= {id(first), id(second)}
            pairs.append((first, second))
    return pairs


def _likeness(first: Proposition, second: Proposition) -> tuple[float, bool, bool]:
    """Return the share of common words, and whether status and time are equal."""
    return _overlap(first.words, second.words), first.status == second.status, first.times == second.times


def _overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of words that two texts have in common (Dice); 1.0 for two objects that are no texts.

    >>> _overlap(["a", "b", "c"], ["c", "b", "d"]), _overlap([], [])
    (0.6666666666666666, 1.0)
    """
    common = sum((Counter(first) & Counter(second)).values())
    total = len(first) + len(second)
    return 2 * common / total if total else 1.0


def _disagreements(pairing: _Pairing) -> list[Disagreement]:
    first_file, second_file = pairing.files
    found = [
        Disagreement(Difference.FIRST_ONLY, item.text, f"{first_file}:{item.line}", "", "", "")
        for item in pairing.first_only
    ]
    found += [
        Disagreement(Difference.SECOND_ONLY, item.text, "", f"{second_file}:{item.line}", "", "")
        for item in pairing.second_only
    ]
    for first, second in sorted(pairing.pairs, key=lambda pair: pair[0].line):
        places = f"{first_file}:{first.line}", f"{second_file}:{second.line}"
        if first.status != second.status:
            found.append(Disagreement(Difference.STATUS, first.text, *places, first.status, second.status))
        if first.times != second.times:
            found.append(
                Disagreement(Difference.TIME, first.text, *places, first.time_text, second.time_text)
            )
    return found
