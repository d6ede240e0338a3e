"""What a line states, in a form that two annotators share: entities by meaning, texts by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.text import fold
from ..statements.model import Claim

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from ..register.entity import RegisterEntity
    from ..statements.model import Figure, ResolvedArticle


@dataclass(frozen=True)
class Proposition:
    """One line as what it states.

    :param frame: what must be equal: subject, relation or measure, polarity
    :param target: the object: an entity, a code, or the value of a figure; ``None`` for words
    :param words: the words of a text object, without accents
    :param times: key of a time → EDTF
    """

    line: int
    text: str
    frame: Hashable
    target: Hashable
    words: tuple[str, ...]
    status: str
    times: Mapping[str, str]

    @property
    def time_text(self) -> str:
        """The times as written in a line; empty without any.

        >>> Proposition(1, "", (), None, (), "", {"by": "2020"}).time_text
        'by: 2020'
        """
        return ", ".join(f"{key}: {time}" for key, time in sorted(self.times.items()))


def propositions(article: ResolvedArticle, names: Mapping[str, str]) -> list[Proposition]:
    """Read the lines of an article.

    :param names: CURIE → CURIE of the same thing in the other annotation, where they differ
    """
    lines: Sequence[Claim | Figure] = (*article.claims, *article.figures)
    return [_proposition(line, names) for line in sorted(lines, key=lambda line: line.line)]


def _proposition(line: Claim | Figure, names: Mapping[str, str]) -> Proposition:
    subject = names.get(line.subject.curie, line.subject.curie)
    target, words, shown = _claimed(line, names) if isinstance(line, Claim) else _measured(line)
    relation = line.predicate if isinstance(line, Claim) else line.measure.name
    return Proposition(
        line=line.line,
        text=f"{line.subject.curie}  {relation}  {shown}",
        frame=(subject, relation, line.attributes.polarity),
        target=target,
        words=words,
        status=line.attributes.status,
        times={key: time.edtf for key, time in line.attributes.times.items()},
    )


def _claimed(claim: Claim, names: Mapping[str, str]) -> tuple[Hashable, tuple[str, ...], str]:
    entity, code, _, text = claim.object
    if entity:
        return names.get(entity.curie, entity.curie), (), entity.curie
    if code:
        return code, (), code
    return None, tuple(fold(text or "").split()), f'"{text}"'


def _measured(figure: Figure) -> tuple[Hashable, tuple[str, ...], str]:
    amount = figure.amount
    unit = figure.unit.name if figure.unit else ""
    shown = f"{amount.comparator} {amount.value}" + (f"/{amount.denominator}" if amount.denominator else "")
    return (amount.comparator, amount.value, amount.denominator, unit), (), f"{shown} {unit}".strip()


def same_things(first: ResolvedArticle, second: ResolvedArticle) -> dict[str, str]:
    """Find the entities that two annotations name by different CURIEs, by what they are called.

    Each annotator may add entries to a register of their own. Entities with equal CURIEs are the same; of the
    others, those that share a label, short name or alias, compared without accents and capitals.

    :returns: CURIE in the second annotation → CURIE in the first
    """
    own = {entity.curie: entity for entity in _entities(first)}
    other = {entity.curie: entity for entity in _entities(second)}
    free = {curie: _names(entity) for curie, entity in own.items() if curie not in other}
    matches: dict[str, str] = {}
    for curie, entity in other.items():
        if curie not in own:
            namesakes = [free_curie for free_curie, names in free.items() if names & _names(entity)]
            if namesakes:
                matches[curie] = namesakes[0]
                del free[namesakes[0]]
    return matches


def _entities(article: ResolvedArticle) -> Iterator[RegisterEntity]:
    for claim in article.claims:
        yield claim.subject
        if claim.object.entity:
            yield claim.object.entity
    for figure in article.figures:
        yield figure.subject


def _names(entity: RegisterEntity) -> frozenset[str]:
    return frozenset(map(fold, entity.names))
