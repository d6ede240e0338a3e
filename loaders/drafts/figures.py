"""Proposals of figures: measure, subject, population, index and time of the numbers of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...ontology.qualifiers import FigureKind
from ..article.attributes import POPULATION, TOPIC, choices, spelled
from ..recognition.name_dictionary import AGENT
from ..recognition.relations import AS_OF, BY, FROM
from .entry_labels import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..recognition.relations import Circumstances
    from ..recognition.rules import DraftRules
    from ..recognition.spans import DateSpan, NumberSpan, Sentence
    from ..register.lexicon import Lexicon
    from .proposals import ProposedMention, ProposedStatement, StatementList

_PER_CENT = "%"
_CLAUSE_END = re.compile(r"[,;]")
_INDEX = "Index"
_CONFIDENCE, _GUESSED_SUBJECT = 0.7, 0.5
_POPULATION_DISTANCE = 4  # characters between a share and the words for that of which it is one
_PERIOD = "period"


@dataclass(frozen=True)
class Told:
    """What a sentence tells, with the names of the last one before it that has any.

    :param before: mentions of the last sentence with names, for a sentence that leaves its subject out
    """

    sentence: Sentence
    mentions: Sequence[ProposedMention]
    numbers: Sequence[NumberSpan]
    dates: Sequence[DateSpan]
    before: Sequence[ProposedMention] = field(default=())


class FigureProposer:
    """Proposes the figures of one text.

    :param place: CURIE of the place that the text is about, and the year in which the text was published
    """

    def __init__(
        self,
        lexicon: Lexicon,
        rules: DraftRules,
        circumstances: Circumstances,
        place: tuple[str, str],
        statements: StatementList,
    ) -> None:
        self._lexicon, self._circumstances = lexicon, circumstances
        self._scope, self._published = place
        self._statements = statements
        self._measure_words = rules.measures()
        self._rank_measure = rules.text("rank_measure")
        self._index_measures = frozenset(rules.listed("index_measures"))
        self._target = spelled("kind", FigureKind.TARGET)

    def propose(self, told: Told) -> Iterator[ProposedStatement]:
        """Propose a figure for each number whose words fit a measure."""
        for position, number in enumerate(told.numbers):
            nearby, around = self._nearby(told, position)
            whole = told.sentence.text.lower()
            measures = (self._measure(number, words) for words in (nearby, around, whole))
            if measure := next(filter(None, measures), ""):
                subject, is_guessed = self._subject(number, told)
                attributes = self._attributes(nearby, number, told, subject)
                if measure in self._index_measures and (index := self._index(told)):
                    attributes[TOPIC] = index
                confidence = _GUESSED_SUBJECT if is_guessed else _CONFIDENCE
                yield self._statements.figure(measure, subject, number.value, attributes, confidence)

    def _nearby(self, told: Told, position: int) -> tuple[str, str]:
        """Return the words that say what is counted: before a share, around a count; and all."""
        numbers, sentence = told.numbers, told.sentence
        number = numbers[position]
        start = numbers[position - 1].end if position else sentence.start
        end = numbers[position + 1].start if position + 1 < len(numbers) else sentence.end
        around = sentence.text[start - sentence.start : end - sentence.start].lower()
        after = around[number.end - start :]
        if number.unit != _PER_CENT:
            return around[: number.end - start] + _CLAUSE_END.split(after)[0], around
        is_share_of = after[:1] == " " and after[1:2].isalpha()  # "100% of agencies", not "reached 100%;"
        return after if is_share_of else around[: number.end - start], around

    def _measure(self, number: NumberSpan, nearby: str) -> str:
        """Choose the measure of a figure by its unit and the words near it; empty if none fits."""
        if number.is_rank:
            return self._rank_measure
        measures = self._lexicon.measures
        fitting = (
            name
            for name, words in self._measure_words
            if name in measures and measures[name].values.get("unit") == number.unit
            if all(word in nearby for word in words)
        )
        return next(fitting, "")

    def _subject(self, number: NumberSpan, told: Told) -> tuple[str, bool]:
        """Choose what a figure is of, and tell whether it is guessed.

        It is what is counted, else the nearest name before, else the body named in the last sentence with
        names, else the place of the text.
        """
        if number.is_rank:
            return self._scope, False
        own = [mention for mention in told.mentions if number.start <= mention.thing.start < number.end]
        before = [
            mention
            for mention in told.mentions
            if mention.thing.end <= number.start and not self._fits(mention, DOCUMENT)
            if not any(other.start <= mention.thing.start < other.end for other in told.numbers)
        ]
        entities = [mention.entity for mention in (*before, *own) if mention.entity]
        if entities:
            return entities[-1], False
        bodies = [mention.entity for mention in told.before if self._fits(mention, AGENT) and mention.entity]
        return (bodies[0], True) if bodies else (self._scope, False)

    def _fits(self, mention: ProposedMention, kind: str) -> bool:
        return self._lexicon.fits(mention.thing.kind, kind)

    def _index(self, told: Told) -> str:
        """Return the last index that a sentence, or the last one with names, names; empty without one."""
        named = [
            mention.entity
            for mention in (*told.before, *told.mentions)
            if mention.entity and self._fits(mention, _INDEX)
        ]
        return named[-1] if named else ""

    def _attributes(self, nearby: str, number: NumberSpan, told: Told, subject: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        is_planned = self._is_goal(nearby, number, told)
        if is_planned:
            attributes["kind"] = self._target
        levels = self._circumstances.levels(nearby, choices()["level"])
        if levels:
            attributes["level"] = levels[0] if len(levels) == 1 else f"[{', '.join(levels)}]"
        if (population := self._population(number, told)) and population != subject:
            attributes[POPULATION] = population
        span = number.start, number.end
        time = self._circumstances.time(told.dates, span, is_planned=is_planned)
        return attributes | (time or self._only_time(told.dates, is_planned=is_planned))

    def _is_goal(self, nearby: str, number: NumberSpan, told: Told) -> bool:
        """Tell whether a figure is a goal: by the words around it, or as all its times are still to come."""
        sentence = told.sentence.text.lower()
        start, end = number.start - told.sentence.start, number.end - told.sentence.start
        before = sentence[:start].rpartition(";")[2]
        following = [other.start for other in told.numbers if other.start >= number.end]
        after = sentence[end : following[0] - told.sentence.start if following else None]
        is_planned = self._circumstances.status(nearby) == self._circumstances.planned
        years = [date.value.rpartition("/")[2][:4] for date in told.dates]
        is_future = bool(years) and min(years) > self._published
        return is_planned or is_future or self._circumstances.is_goal(before, after)

    def _population(self, number: NumberSpan, told: Told) -> str:
        """Return the group of which a share is one: the name right after it; empty without one."""
        if number.unit != _PER_CENT:
            return ""
        after = (mention for mention in told.mentions if mention.thing.start >= number.end)
        nearest = next(after, None)
        if nearest is None or nearest.thing.start - number.end > _POPULATION_DISTANCE:
            return ""
        return nearest.entity if self._fits(nearest, AGENT) else ""

    def _only_time(self, dates: Sequence[DateSpan], *, is_planned: bool) -> dict[str, str]:
        """Return the only time that a sentence tells: the period of its figures, or the end of the goal."""
        free = [date for date in dates if not date.role]
        if is_planned and len(dates) == 1 and dates[0].role != FROM:
            return {BY: dates[0].value.rpartition("/")[2]}
        if is_planned or len(free) != 1 or len(dates) != 1:
            return {}
        return {AS_OF if free[0].is_day else _PERIOD: free[0].value}
