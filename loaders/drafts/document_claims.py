"""Proposals about legal documents: number, day and issuer, and what the document at hand rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..recognition.spans import Sentence
from ..recognition.tokens import PhraseTree
from .entry_labels import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..recognition.documents import DocumentFinder
    from ..recognition.names import NameFinder
    from ..recognition.relations import StatedRelation
    from ..recognition.rules import DraftRules
    from ..recognition.spans import DateSpan
    from .entities import TextEntities
    from .proposals import ProposedMention, ProposedStatement, StatementList

_DATE_DISTANCE = 3  # characters between a document and its date
_HEADER = 4  # sentences after the number of a document in which its own day stands


class DocumentClaims:
    """Proposes claims about the documents of one text.

    :param statements: the proposals of the text, which hold each claim once
    """

    def __init__(
        self,
        rules: DraftRules,
        finders: tuple[DocumentFinder, NameFinder],
        entities: TextEntities,
        statements: StatementList,
    ) -> None:
        self._rules = rules
        self._documents, self._names = finders
        self._entities, self._statements = entities, statements
        self._issuing = rules.single("document_issuer").relation
        self._number_words, self._base_words = rules.texts("number_words"), rules.texts("bases_at_start")
        self._date_links = frozenset(rules.texts("date_links"))
        self._base_ends = rules.texts("base_ends")
        self._issued: set[str] = set()  # documents whose issuer is proposed
        self._dated: set[str] = set()  # documents whose date is proposed
        self._own = ""  # the document that the text is
        self._since_own = 0  # sentences since its number

    def numbers_and_days(
        self, sentence: Sentence, mentions: Sequence[ProposedMention], dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        """State the number of each document, and its day."""
        self._note_own(sentence, mentions)
        for mention in mentions:
            if mention.entity and self.is_document(mention):
                if mention.thing.number:
                    rule = self._rules.single("document_number")
                    yield from self._statements.claim(rule, mention.entity, f'"{mention.thing.number}"')
                near = (date for date in dates if self._is_day_of(mention, date, sentence))
                yield from self._day(mention.entity, next(near, None))
        if self._own and self._since_own <= _HEADER and self._own not in self._dated:
            yield from self._day(self._own, next((date for date in dates if date.is_day), None))
        yield from self._bases(sentence, mentions)

    def issue_day(
        self, claim: ProposedStatement, relation: StatedRelation, dates: Sequence[DateSpan]
    ) -> Iterator[ProposedStatement]:
        """State the day of a document when its issue is told with a time before it."""
        if claim.predicate == self._issuing:
            self._issued.add(claim.subject)
            self._entities.add_document_facts(claim.subject, "issuer", claim.target)
            yield from self._day(claim.subject, None if relation.date is None else dates[relation.date])

    def issuers(self, mentions: Sequence[ProposedMention]) -> Iterator[ProposedStatement]:
        """Propose the issuer that the letters of a document's number stand for, where the text names none."""
        for mention in mentions:
            name = self._documents.issuer(mention.thing.number)
            if not name or mention.entity in self._issued:
                continue
            self._issued.add(mention.entity)
            found = self._names.find(Sentence(0, len(name), name), (), PhraseTree())
            issuer = self._entities.resolve(found[0]) if found else ""
            for claim in self._statements.claim(
                self._rules.single("document_issuer"), mention.entity, issuer
            ):
                self._entities.add_document_facts(mention.entity, "issuer", issuer)
                yield claim

    def _is_day_of(self, mention: ProposedMention, date: DateSpan, sentence: Sentence) -> bool:
        """Tell whether a time is that of a document: right after it, or after words such as "dated"."""
        between = sentence.text[mention.thing.end - sentence.start : date.start - sentence.start]
        is_after = date.start > mention.thing.end
        is_close = len(between) <= _DATE_DISTANCE or between.strip(" ,(").lower() in self._date_links
        return is_after and is_close

    def is_document(self, mention: ProposedMention) -> bool:
        """Tell whether a mention names a legal document."""
        return self._entities.lexicon.fits(mention.thing.kind, DOCUMENT)

    def _note_own(self, sentence: Sentence, mentions: Sequence[ProposedMention]) -> None:
        """Note the document that the text is: the first whose number opens a line with the word for it."""
        self._since_own += 1
        numbered = [mention for mention in mentions[:1] if mention.thing.number and mention.entity]
        if not self._own and numbered and sentence.text.lower().startswith(self._number_words):
            self._own, self._since_own = numbered[0].entity, 0

    def _day(self, document: str, date: DateSpan | None) -> Iterator[ProposedStatement]:
        if date is None or document in self._dated or not date.is_day:
            return
        self._dated.add(document)
        self._entities.add_document_facts(document, "date", date.value)
        yield from self._statements.claim(self._rules.single("document_date"), document, date.value)

    def _bases(self, sentence: Sentence, mentions: Sequence[ProposedMention]) -> Iterator[ProposedStatement]:
        """State what the document at hand rests on: the documents that its clauses of bases open with."""
        if not self._own or not sentence.text.lower().startswith(self._base_words):
            return
        for mention in mentions:
            before = sentence.text[: mention.thing.start - sentence.start].lower().rpartition(";")[2]
            is_base = not any(f" {word} " in before for word in self._base_ends)
            if mention.entity and is_base and self.is_document(mention):
                yield from self._statements.claim(
                    self._rules.single("document_base"), self._own, mention.entity
                )
