"""Drafts: a raw text in, proposals out; the same text and register give the same draft."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from ...ontology.qualifiers import FigureKind, Polarity
from ..article.attributes import choices
from ..recognition.documents import DocumentFinder
from ..recognition.names import SYSTEM, NameFinder
from ..recognition.quantities import QuantityFinder
from ..recognition.relations import Circumstances, RelationFinder
from ..recognition.sentences import sentences
from ..recognition.spans import Sentence
from ..recognition.stated_dates import DateFinder
from ..recognition.tokens import PhraseTree
from ..statements.name_index import NameIndex
from .entities import DOCUMENT, TextEntities
from .proposals import CLAIMS, FIGURES, Draft, DraftParagraph, ProposedMention, ProposedStatement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..recognition.relations import StatedRelation
    from ..recognition.rules import DraftRules, RelationRule
    from ..recognition.spans import DateSpan, NamedThing, NumberSpan
    from ..register.lexicon import Lexicon

_STATUS, _POLARITY = "status", "polarity"
_RUNNING = (SYSTEM, "Service")  # classes of which statements have a status
_PER_CENT = "%"
_NEARBY = 70  # characters before a name in which its status stands
_DATE_DISTANCE = 3  # characters between a document and its date
_TIME_DISTANCE = 80  # characters between a statement and a time that belongs to it


@dataclass(frozen=True)
class TextFrame:
    """What is known of a text before it is read.

    :param scope: CURIE of the unit that it is about
    :param published: day of publication, YYYY-MM-DD
    :param prefix: prefix of the register for proposed entries
    """

    scope: str
    published: str
    prefix: str


class Drafter:
    """Drafts many texts with one lexicon; its dictionaries are made once.

    :param lexicon: the register, measures and units of the corpus
    """

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self.lexicon, self.rules = lexicon, rules
        self.index = NameIndex(lexicon)
        self.names = NameFinder(lexicon, rules)
        self.documents = DocumentFinder(rules)
        self.quantities = QuantityFinder(lexicon, rules)
        self.relations = RelationFinder(lexicon, rules)
        self.circumstances = Circumstances(rules)
        self.measure_words = rules.measures()

    def draft(self, text: str, frame: TextFrame) -> Draft:
        """Propose entities, mentions, claims and figures for a text.

        :param text: normalised text, see :func:`egovkg.loaders.text.reading.read_bytes`
        :returns: a draft without paragraphs if nothing was found; cost linear, some 20 ms a page
        """
        return _TextDraft(self, frame).draft(text)

    @cached_property
    def denial(self) -> str:
        """How articles write that something is not so."""
        return _spelled(_POLARITY, Polarity.DENIED)

    @cached_property
    def target_figure(self) -> str:
        """How articles write that a figure is a target."""
        return _spelled("kind", FigureKind.TARGET)


def _spelled(attribute: str, code: str) -> str:
    return next(word for word, slug in choices()[attribute].items() if slug == code)


class _TextDraft:
    """The draft of one text in the making."""

    def __init__(self, drafter: Drafter, frame: TextFrame) -> None:
        self._drafter, self._frame = drafter, frame
        place = (frame.scope, frame.published, frame.prefix)
        self._entities = TextEntities(drafter.index, drafter.names, drafter.rules, place)
        self._dates = DateFinder(drafter.rules, int(frame.published[:4]))
        self._learnt = drafter.names.local_names(frame.scope)
        self._numbers = count(1)
        self._issuing = drafter.rules.single("document_issuer").relation
        self._issued: set[str] = set()  # documents whose issuer is proposed
        self._dated: set[str] = set()  # documents whose date is proposed
        self._stated: set[tuple[str, str, str]] = set()
        self._not_served = frozenset(drafter.rules.listed("not_served"))

    def draft(self, text: str) -> Draft:
        paragraphs = [self._paragraph(sentence) for sentence in sentences(text, self._drafter.rules)]
        telling = tuple(
            paragraph
            for paragraph in paragraphs
            if paragraph.mentions or paragraph.statements or paragraph.numbers or paragraph.dates
        )
        return Draft(telling, self._entities.entries())

    def _paragraph(self, sentence: Sentence) -> DraftParagraph:
        documents = self._drafter.documents.find(sentence)
        taken = [(thing.start, thing.end) for thing in documents]
        dates = self._dates.find(sentence, taken)
        taken += [(date.start, date.end) for date in dates]
        numbers = self._drafter.quantities.find(sentence, taken)
        names = self._drafter.names.find(sentence, taken, self._learnt)
        things = sorted([*documents, *names], key=lambda thing: thing.start)
        curies = [self._entities.resolve(thing) for thing in things]
        mentions = tuple(
            ProposedMention(next(self._numbers), thing, curie)
            for thing, curie in zip(things, curies, strict=True)
        )
        claims = self._claims(sentence, mentions, dates)
        figures = self._figures(sentence, mentions, numbers, dates)
        return DraftParagraph(
            sentence.start, sentence.end, mentions, (*claims, *figures), tuple(dates), tuple(numbers)
        )

    # claims ------------------------------------------------------------------------------------------

    def _claims(
        self, sentence: Sentence, mentions: Sequence[ProposedMention], dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        yield from self._document_claims(mentions, dates)
        yield from self._serving_claims(sentence, mentions, dates)
        things = [mention.thing for mention in mentions]
        for relation in self._drafter.relations.find(sentence, things, dates):
            subject, target = mentions[relation.subject], mentions[relation.target]
            attributes = self._attributes(relation, subject.thing, target.thing, dates)
            if claim := self._claim(relation.rule, subject.entity, target.entity, attributes):
                yield claim
                yield from self._issue_date(claim, relation, dates)
        yield from self._issuers(mentions)

    def _issue_date(
        self, claim: ProposedStatement, relation: StatedRelation, dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        """State the date of a document when its issue is told with a time before it."""
        if claim.predicate != self._issuing:
            return
        self._issued.add(claim.subject)
        self._entities.add_document_facts(claim.subject, "issuer", claim.target)
        if (
            relation.date is not None
            and claim.subject not in self._dated
            and "/" not in dates[relation.date].value
        ):
            value = dates[relation.date].value
            self._dated.add(claim.subject)
            self._entities.add_document_facts(claim.subject, "date", value)
            if dated := self._claim(self._drafter.rules.single("document_date"), claim.subject, value, {}):
                yield dated

    def _issuers(self, mentions: Sequence[ProposedMention]) -> Iterator[ProposedStatement]:
        """Propose the issuer that the letters of a document's number stand for, where the text names none."""
        for mention in mentions:
            name = self._drafter.documents.issuer(mention.thing.number)
            if not name or mention.entity in self._issued:
                continue
            self._issued.add(mention.entity)
            found = self._drafter.names.find(Sentence(0, len(name), name), (), PhraseTree())
            issuer = self._entities.resolve(found[0]) if found else ""
            if claim := self._claim(
                self._drafter.rules.single("document_issuer"), mention.entity, issuer, {}
            ):
                self._entities.add_document_facts(mention.entity, "issuer", issuer)
                yield claim

    def _claim(
        self, rule: RelationRule, subject: str, target: str, attributes: Mapping[str, str]
    ) -> ProposedStatement | None:
        """Propose a claim once a text; ``None`` if it was proposed before, or lacks an entity."""
        key = (subject, rule.relation, target)
        if not subject or not target or subject == target or key in self._stated:
            return None
        self._stated.add(key)
        number = next(self._numbers)
        return ProposedStatement(
            number, CLAIMS, rule.name, rule.confidence, subject, rule.relation, target, attributes
        )

    def _document_claims(
        self, mentions: Sequence[ProposedMention], dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        """State the number of each document, and the date right after it."""
        rules = self._drafter.rules
        for mention in mentions:
            if not mention.entity or not self._is_document(mention):
                continue
            facts = (
                [(rules.single("document_number"), f'"{mention.thing.number}"')]
                if mention.thing.number
                else []
            )
            end = mention.thing.end
            if date := next((date for date in dates if 0 < date.start - end <= _DATE_DISTANCE), None):
                self._dated.add(mention.entity)
                self._entities.add_document_facts(mention.entity, "date", date.value)
                facts.append((rules.single("document_date"), date.value))
            for rule, value in facts:
                if claim := self._claim(rule, mention.entity, value, {}):
                    yield claim

    def _serving_claims(
        self, sentence: Sentence, mentions: Sequence[ProposedMention], dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        """State once of each system of the place that it serves the place, with its status."""
        rule = self._drafter.rules.single("serves")
        for mention in mentions:
            if self._is_served(mention):
                attributes = self._status_of(self._before(sentence, mention.thing))
                if claim := self._claim(rule, mention.entity, self._frame.scope, attributes):
                    yield claim

    def _is_served(self, mention: ProposedMention) -> bool:
        """Tell whether a mention names a system of the place of the text."""
        entity = self._drafter.lexicon.register.get(mention.entity)
        kind = self._entities.kind(mention.entity, mention.thing.kind)
        if not mention.entity or not self._drafter.lexicon.fits(kind, SYSTEM) or kind in self._not_served:
            return False
        if entity is None:
            return self._entities.is_placed(mention.entity)
        return self._drafter.index.is_inside(entity, self._frame.scope)

    def _before(self, sentence: Sentence, thing: NamedThing) -> str:
        start = thing.start - sentence.start
        return sentence.text[max(0, start - _NEARBY) : start].lower().rpartition(";")[2]

    def _status_of(self, nearby: str) -> dict[str, str]:
        status = self._drafter.circumstances.status(nearby)
        return {_STATUS: status} if status else {}

    def _attributes(
        self, relation: StatedRelation, subject: NamedThing, target: NamedThing, dates: Sequence[DateSpan]
    ) -> dict[str, str]:
        """Read status, denial and time of a relation from its surroundings."""
        domain = self._drafter.lexicon.vocabulary.properties[relation.rule.relation].domain
        attributes: dict[str, str] = {}
        if any(domain and self._drafter.lexicon.fits(domain, kind) for kind in _RUNNING):
            attributes |= self._status_of(relation.nearby)
            if self._drafter.circumstances.is_denied(relation.nearby):
                attributes = {_POLARITY: self._drafter.denial}
        first, last = min(subject.start, target.start), max(subject.end, target.end)
        is_planned = attributes.get(_STATUS) == self._drafter.circumstances.planned
        return attributes | self._time(dates, (first, last), is_planned=is_planned)

    def _time(self, dates: Sequence[DateSpan], span: tuple[int, int], *, is_planned: bool) -> dict[str, str]:
        """Return the time of a statement if exactly one time with a role stands nearby."""
        near = [
            date
            for date in dates
            if date.role and span[0] - _TIME_DISTANCE <= date.start <= span[1] + _TIME_DISTANCE
            if (date.role == "by") <= is_planned
        ]
        return {near[0].role: near[0].value} if len(near) == 1 else {}

    # figures -----------------------------------------------------------------------------------------

    def _figures(
        self,
        sentence: Sentence,
        mentions: Sequence[ProposedMention],
        numbers: Sequence[NumberSpan],
        dates: Sequence[DateSpan],
    ) -> Iterator[ProposedStatement]:
        for position, number in enumerate(numbers):
            nearby = self._nearby(sentence, numbers, position)
            measure = self._measure(number, nearby) or self._measure(number, sentence.text.lower())
            if measure:
                attributes = self._figure_attributes(nearby, number, dates)
                subject = self._figure_subject(number, mentions, numbers)
                yield ProposedStatement(
                    next(self._numbers), FIGURES, measure, 0.7, subject, measure, number.value, attributes
                )

    def _nearby(self, sentence: Sentence, numbers: Sequence[NumberSpan], position: int) -> str:
        """Return the words that say what is counted: before a share, on both sides of a count."""
        number = numbers[position]
        start = numbers[position - 1].end if position else sentence.start
        end = numbers[position + 1].start if position + 1 < len(numbers) else sentence.end
        if number.unit == _PER_CENT:
            end = number.end
        return sentence.text[start - sentence.start : end - sentence.start].lower()

    def _measure(self, number: NumberSpan, nearby: str) -> str:
        """Choose the measure of a figure by its unit and the words near it; empty if none fits."""
        if number.is_rank:
            return self._drafter.rules.text("rank_measure")
        measures = self._drafter.lexicon.measures
        fitting = (
            name
            for name, words in self._drafter.measure_words
            if name in measures and measures[name].values.get("unit") == number.unit
            if all(word in nearby for word in words)
        )
        return next(fitting, "")

    def _figure_subject(
        self, number: NumberSpan, mentions: Sequence[ProposedMention], numbers: Sequence[NumberSpan]
    ) -> str:
        """Choose what is counted, else the nearest name before a figure, else the place of the text."""
        if number.is_rank:
            return self._frame.scope
        own = [mention.entity for mention in mentions if number.start <= mention.thing.start < number.end]
        before = [
            mention.entity
            for mention in mentions
            if mention.thing.end <= number.start and not self._is_document(mention)
            if not any(other.start <= mention.thing.start < other.end for other in numbers)
        ]
        entities = [entity for entity in (*before, *own) if entity]
        return entities[-1] if entities else self._frame.scope

    def _is_document(self, mention: ProposedMention) -> bool:
        return self._drafter.lexicon.fits(mention.thing.kind, DOCUMENT)

    def _figure_attributes(
        self, nearby: str, number: NumberSpan, dates: Sequence[DateSpan]
    ) -> dict[str, str]:
        circumstances = self._drafter.circumstances
        attributes: dict[str, str] = {}
        is_planned = circumstances.status(nearby) == circumstances.planned
        if is_planned:
            attributes["kind"] = self._drafter.target_figure
        levels = circumstances.levels(nearby, choices()["level"])
        if levels:
            attributes["level"] = levels[0] if len(levels) == 1 else f"[{', '.join(levels)}]"
        return attributes | self._time(dates, (number.start, number.end), is_planned=is_planned)
