"""Drafts: a raw text in, proposals out; the same text and register give the same draft."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...ontology.qualifiers import Polarity
from ...ontology.statuses import statuses
from ..article.attributes import spelled
from ..recognition.documents import PROGRAMME, DocumentFinder
from ..recognition.name_dictionary import SYSTEM
from ..recognition.names import NameFinder
from ..recognition.quantities import QuantityFinder
from ..recognition.relations import Circumstances, RelationFinder, any_of
from ..recognition.sentences import sentences
from ..recognition.spans import NamedThing, overlaps_any
from ..recognition.stated_dates import DateFinder
from ..statements.name_index import NameIndex
from .document_claims import DocumentClaims
from .entities import TextEntities
from .figures import FigureProposer, Told
from .proposals import Draft, DraftParagraph, ProposedMention, StatementList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..recognition.relations import StatedRelation
    from ..recognition.rules import DraftRules
    from ..recognition.spans import DateSpan, Sentence
    from ..register.lexicon import Lexicon
    from .proposals import ProposedStatement

_STATUS, _POLARITY = "status", "polarity"
_CHANGE = "undergoes"
_RUNNING = (SYSTEM, "Service")  # classes of which statements have a status
_NEARBY = 70  # characters before and after a name in which its status stands
_PLACE = "PLACE"  # in a rule, the place of the text


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
        self.index = NameIndex(lexicon, rules.language)
        self.names = NameFinder(lexicon, rules)
        self.documents = DocumentFinder(rules)
        self.quantities = QuantityFinder(lexicon, rules)
        self.relations = RelationFinder(lexicon, rules)
        self.circumstances = Circumstances(rules)
        self.stand_ins = re.compile(rf"(?<!\w)(?:{any_of(rules.texts('stand_ins'))})(?!\w)")

    def draft(self, text: str, frame: TextFrame) -> Draft:
        """Propose entities, mentions, claims and figures for a text.

        :param text: normalised text, see :func:`egovkg.loaders.text.reading.read_bytes`
        :returns: a draft without paragraphs if nothing was found; cost linear, some 20 ms a page
        """
        return _TextDraft(self, frame).draft(text)

    @cached_property
    def intended(self) -> frozenset[str]:
        """The codes of the statuses of what is yet to come."""
        return frozenset(code for code, status in statuses().items() if status.is_intended)

    @cached_property
    def denial(self) -> str:
        """How articles write that something is not so."""
        return spelled(_POLARITY, Polarity.DENIED)


class _TextDraft:
    """The draft of one text in the making."""

    def __init__(self, drafter: Drafter, frame: TextFrame) -> None:
        self._drafter, self._frame = drafter, frame
        rules, names = drafter.rules, drafter.names
        place = (frame.scope, frame.published, frame.prefix)
        self._entities = TextEntities(drafter.index, names, rules, place)
        self._dates = DateFinder(rules, int(frame.published[:4]))
        self._learnt = names.local_names(frame.scope)
        self._statements = StatementList()
        self._documents = DocumentClaims(rules, (drafter.documents, names), self._entities, self._statements)
        self._figures = FigureProposer(
            drafter.lexicon,
            rules,
            drafter.circumstances,
            (frame.scope, frame.published[:4]),
            self._statements,
        )
        self._not_served = frozenset(rules.listed("not_served"))
        self._before: tuple[ProposedMention, ...] = ()  # mentions of the last sentence with names
        self._last_system: ProposedMention | None = None

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
        without_times = [(thing.start, thing.end) for thing in documents if thing.kind != PROGRAMME]
        dates = self._dates.find(sentence, without_times)
        taken += [(date.start, date.end) for date in dates]
        numbers = self._drafter.quantities.find(sentence, taken)
        names = self._drafter.names.find(sentence, taken, self._learnt)
        taken += [(thing.start, thing.end) for thing in names]
        things = sorted([*documents, *names], key=lambda thing: thing.start)
        mentions = [
            ProposedMention(self._statements.number(), thing, self._entities.resolve(thing, sentence))
            for thing in things
        ]
        named = mentions
        if self._last_system and (stand_ins := [*self._stand_ins(sentence, taken)]):
            mentions = sorted([*named, *stand_ins], key=lambda mention: mention.thing.start)
        claims = [*self._claims(sentence, mentions, dates)]
        figures = self._figures.propose(Told(sentence, mentions, numbers, dates, self._before))
        statements = (*claims, *figures)
        self._before = tuple(named) or self._before
        systems = [mention for mention in named if mention.entity and self._is_system(mention)]
        self._last_system = systems[-1] if systems else self._last_system
        return DraftParagraph(
            sentence.start, sentence.end, tuple(named), statements, tuple(dates), tuple(numbers)
        )

    def _stand_ins(self, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[ProposedMention]:
        """Find words that stand for the system named last; they are no mentions, but ends of relations."""
        last = self._last_system
        for match in self._drafter.stand_ins.finditer(sentence.text.lower()) if last else ():
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if last and not overlaps_any(start, end, taken):
                yield ProposedMention(0, NamedThing(start, end, match[0], last.thing.kind), last.entity)

    def _is_system(self, mention: ProposedMention) -> bool:
        return self._drafter.lexicon.fits(mention.thing.kind, SYSTEM)

    def _claims(
        self, sentence: Sentence, mentions: Sequence[ProposedMention], dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        yield from self._documents.numbers_and_days(sentence, mentions, dates)
        things = [mention.thing for mention in mentions]
        relations = self._drafter.relations.find(sentence, things, dates)
        changed = {relation.subject for relation in relations if relation.rule.relation == _CHANGE}
        yield from self._serving_claims(sentence, mentions, changed)
        for relation in relations:
            attributes = self._attributes(relation, things, dates)
            subject = self._end(relation.subject, relation.rule.subject, mentions)
            target = self._end(relation.target, relation.rule.target, mentions)
            for claim in self._statements.claim(relation.rule, subject, target, attributes):
                yield claim
                yield from self._documents.issue_day(claim, relation, dates)
        yield from self._documents.issuers(mentions)

    def _end(self, place: int | None, fixed: str, mentions: Sequence[ProposedMention]) -> str:
        """Return the CURIE of a subject or an object: of its mention, else what the rule says."""
        if place is not None:
            return mentions[place].entity
        return self._frame.scope if fixed == _PLACE else fixed

    def _serving_claims(
        self, sentence: Sentence, mentions: Sequence[ProposedMention], changed: Collection[int | None]
    ) -> Iterator[ProposedStatement]:
        """State once of each system of the place that it serves the place, with its status or its denial.

        :param changed: places of the systems that undergo a change: if that is to come, they serve already
        """
        rule = self._drafter.rules.single("serves")
        for place, mention in enumerate(mentions):
            if self._is_served(mention):
                before, after = self._around(sentence, mention.thing)
                after_status = self._drafter.circumstances.status_after(after)
                attributes = self._status_of(before) or ({_STATUS: after_status} if after_status else {})
                if self._drafter.circumstances.is_not_running(before, after):
                    attributes = {_POLARITY: self._drafter.denial}
                elif place in changed and attributes.get(_STATUS) in self._drafter.intended:
                    continue
                yield from self._statements.claim(rule, mention.entity, self._frame.scope, attributes)

    def _is_served(self, mention: ProposedMention) -> bool:
        """Tell whether a mention names a system of the place of the text."""
        entity = self._drafter.lexicon.register.get(mention.entity)
        kind = self._entities.kind(mention.entity, mention.thing.kind)
        if not mention.entity or not self._drafter.lexicon.fits(kind, SYSTEM) or kind in self._not_served:
            return False
        if entity is None:
            return self._entities.is_placed(mention.entity)
        return self._drafter.index.is_inside(entity, self._frame.scope)

    def _around(self, sentence: Sentence, thing: NamedThing) -> tuple[str, str]:
        """Return the words of a clause before and after a name."""
        start, end = thing.start - sentence.start, thing.end - sentence.start
        before = sentence.text[max(0, start - _NEARBY) : start].lower().rpartition(";")[2]
        return before, sentence.text[end : end + _NEARBY].lower().partition(";")[0]

    def _status_of(self, nearby: str) -> dict[str, str]:
        status = self._drafter.circumstances.status(nearby)
        return {_STATUS: status} if status else {}

    def _attributes(
        self, relation: StatedRelation, things: Sequence[NamedThing], dates: Sequence[DateSpan]
    ) -> dict[str, str]:
        """Read status, denial and time of a relation from its surroundings."""
        circumstances = self._drafter.circumstances
        domain = self._drafter.lexicon.vocabulary.properties[relation.rule.relation].domain
        attributes: dict[str, str] = {}
        if any(domain and self._drafter.lexicon.fits(domain, kind) for kind in _RUNNING):
            attributes |= self._status_of(relation.nearby)
            if circumstances.is_denied(relation.nearby):
                attributes = {_POLARITY: self._drafter.denial}
        ends = [things[place] for place in (relation.subject, relation.target) if place is not None]
        span = min(thing.start for thing in ends), max(thing.end for thing in ends)
        is_planned = attributes.get(_STATUS) == circumstances.planned
        return attributes | circumstances.time(dates, span, is_planned=is_planned)
