"""From annotations to a draft: mapped spans become mentions, mapped relations and events become claims.

Whatever is read is accounted for: mapped, merged with an equal one, without mapping, or left out with a
reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from ...problems import Problem, Severity
from ..article.statement_lines import CLAIM, FIGURE
from ..drafts.proposals import CLAIMS, FIGURES, Draft, DraftParagraph, ProposedMention, ProposedStatement
from ..drafts.statement_text import curies_in, written_value
from ..faults.messages import fault
from ..recognition.sentences import sentences
from ..recognition.spans import NamedThing
from .comparison import ATTRIBUTES, LINKS, RELATIONS, SPANS
from .model import STATEMENT
from .offsets import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...words import MessageValue
    from ..drafts.desk import DraftDesk
    from ..drafts.draft_files import DraftHead
    from .mapping import TypeMapping
    from .model import AnnotatedSpan, AnnotatedText, Relation, TextPlace

_STATEMENT_TEXT = "statement"  # attribute of a span that bears a statement
_UNMEASURED = None  # confidence: how many annotations of others are right, nobody measured


@dataclass
class AnnotationAccount:
    """What became of spans, links, relations and attributes.

    :param read: kind → number read
    :param mapped: kind → number that became part of a proposal
    :param merged: kind → number equal to one that did
    :param unmapped: (kind, type) → number without mapping
    :param left_out: kind → number that a problem tells the reason of
    """

    read: Counter[str] = field(default_factory=Counter)
    mapped: Counter[str] = field(default_factory=Counter)
    merged: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def without_mapping(self, kind: str) -> int:
        """Count what has no mapping."""
        return sum(number for (unmapped, _), number in self.unmapped.items() if unmapped == kind)


class AnnotationDrafter:
    """Makes drafts of annotated texts with one mapping.

    :param rule: name of the format, which proposals bear as their rule
    """

    def __init__(self, desk: DraftDesk, mapping: TypeMapping, rule: str) -> None:
        self.desk, self.mapping, self.rule = desk, mapping, rule
        self.account = AnnotationAccount()
        self.problems: list[Problem] = []

    def draft(self, text: AnnotatedText, head: DraftHead) -> Draft:
        """Make the draft of one text in its normal form, see :func:`.offsets.normalised`."""
        return _AnnotatedDraft(self, text, head).draft()


def in_normal_form(text: AnnotatedText, drafter: AnnotationDrafter) -> AnnotatedText:
    """Bring a text into its normal form; spans that hold nothing in it are left out, and reported."""
    account = drafter.account
    account.read[ATTRIBUTES] += sum(len(span.attributes) for span in text.spans)
    account.read[ATTRIBUTES] += sum(len(relation.attributes) for relation in text.relations)
    account.read[SPANS] += len(text.spans)
    account.read[RELATIONS] += len(text.relations)
    account.read[LINKS] += sum(bool(span.link) for span in text.spans)
    normal, empty = normalised(text)
    for span in empty:
        account.left_out[SPANS] += 1
        account.left_out[LINKS] += bool(span.link)
        account.left_out[ATTRIBUTES] += len(span.attributes)
        flaw = fault("KG123.empty-span", Severity.WARNING, id=span.id)
        drafter.problems.append(Problem(text.file, span.line, 1, flaw))
    return normal


class _AnnotatedDraft:
    """The draft of one text in the making."""

    def __init__(self, drafter: AnnotationDrafter, text: AnnotatedText, head: DraftHead) -> None:
        self.drafter, self.text, self.mapping = drafter, text, drafter.mapping
        self.account, self.lexicon = drafter.account, drafter.desk.lexicon
        self.prefix = head.prefix
        self.entities = drafter.desk.entities(head)
        self.curies: dict[str, str] = {}  # id of a span → CURIE
        self.kinds: dict[str, str] = {}  # CURIE → class
        self.spans = {span.id: span for span in text.spans}
        divided = sentences(text.text, drafter.desk.rules[head.language])
        self.sentences: list[TextPlace] = [(sentence.start, sentence.end) for sentence in divided]
        self.mentions: dict[TextPlace, list[tuple[NamedThing, str]]] = defaultdict(list)
        self.statements: dict[TextPlace, list[ProposedStatement]] = defaultdict(list)

    def draft(self) -> Draft:
        bearing = [span for span in self.text.spans if self._bears_statement(span)]
        for span in self.text.spans:
            if span not in bearing:
                self._add_mention(span)
        for span in bearing:
            self._add_statement_line(span)
        stated: set[tuple[object, ...]] = set()
        for relation in self.text.relations:
            self._add_relation(relation, stated)
        if any(len(span.fragments) > 1 for span in self.text.spans):
            parted = sum(len(span.fragments) > 1 for span in self.text.spans)
            self._note(self.text.line, "KG123.discontinuous", Severity.INFO, count=parted)
        return Draft(tuple(self._paragraphs()), self.entities.entries())

    def _note(self, line: int, key: str, severity: Severity, /, **values: MessageValue) -> None:
        self.drafter.problems.append(Problem(self.text.file, line, 1, fault(key, severity, **values)))

    # spans -------------------------------------------------------------------------------------------

    def _bears_statement(self, span: AnnotatedSpan) -> bool:
        return span.label == STATEMENT and _STATEMENT_TEXT in span.attributes

    def _add_mention(self, span: AnnotatedSpan) -> None:
        self._count_attributes(span.attributes)
        kind = self.mapping.span_class(span)
        if not kind:
            self.account.unmapped[SPANS, span.name] += 1
            if span.link:
                self.account.unmapped[LINKS, span.name] += 1
            return
        link = self._link(span)
        surface = " ".join(self.text.text[span.start : span.end].split())
        thing = NamedThing(span.start, span.end, surface, kind)
        curie = self.entities.annotated(thing, link)
        self.curies[span.id] = curie
        self.kinds[curie] = self.entities.kind(curie, kind)
        mentions = self.mentions[self._sentence(span.start)]
        is_repeated = any(
            (other.start, other.end, c) == (span.start, span.end, curie) for other, c in mentions
        )
        (self.account.merged if is_repeated else self.account.mapped)[SPANS] += 1
        if not is_repeated:
            mentions.append((thing, curie))

    def _link(self, span: AnnotatedSpan) -> str:
        """Return the CURIE to which a span is linked; empty for an identifier of another register."""
        if not span.link:
            return ""
        link = self.mapping.curie(span.link)
        if curies_in(link) == [link]:
            self.account.mapped[LINKS] += 1
            return link
        self.account.unmapped[LINKS, span.link.partition(":")[0]] += 1
        return ""

    def _count_attributes(self, attributes: Mapping[str, str]) -> None:
        """Count the attributes of a span, which mentions cannot have."""
        for name in attributes:
            self.account.unmapped[ATTRIBUTES, name] += 1

    def _sentence(self, offset: int) -> TextPlace:
        """Return the sentence at an offset; where sentences were passed over, the line."""
        position = bisect_right(self.sentences, (offset, len(self.text.text))) - 1
        if position >= 0 and self.sentences[position][1] > offset:
            return self.sentences[position]
        start = self.text.text.rfind("\n", 0, offset) + 1
        end = self.text.text.find("\n", offset)
        return start, len(self.text.text) if end < 0 else end

    # statements --------------------------------------------------------------------------------------

    def _add_statement_line(self, span: AnnotatedSpan) -> None:
        """Propose the statement that a span bears."""
        attributes = {key: text for key, text in span.attributes.items() if key != _STATEMENT_TEXT}
        self._count_attributes(attributes)
        line = span.attributes[_STATEMENT_TEXT]
        match = CLAIM.fullmatch(line) or FIGURE.fullmatch(line)
        if match is None:
            self.account.left_out[SPANS] += 1
            self.account.left_out[ATTRIBUTES] += 1
            self._note(span.line, "KG123.no-statement", Severity.WARNING, text=line[:60])
            return
        subject, predicate = match[1], match[2]
        rest = line.strip()[match.end(2) - match.start(1) :].strip()
        block = FIGURES if predicate in self.lexicon.measures else CLAIMS
        statement = ProposedStatement(0, block, self.drafter.rule, _UNMEASURED, subject, predicate, rest)
        self.statements[span.start, span.end].append(statement)
        self.account.mapped[SPANS] += 1
        self.account.mapped[ATTRIBUTES] += 1

    def _add_relation(self, relation: Relation, stated: set[tuple[object, ...]]) -> None:
        meaning = self.mapping.relation(relation)
        if meaning is None:
            self.account.unmapped[RELATIONS, relation.label] += 1
            self._count_attributes(relation.attributes)
            return
        roles = dict(reversed(relation.arguments))
        ends = roles.get(meaning.subject, ""), roles.get(meaning.object, "")
        curies = [self.curies.get(end, "") for end in ends]
        if not all(curies) or curies[0] == curies[1]:
            self._leave_out(relation, "KG123.ends-unmapped" if not all(curies) else "KG123.same-ends")
        elif not self._fits(meaning.relation, curies):
            kinds = {"subject_kind": self.kinds[curies[0]], "object_kind": self.kinds[curies[1]]}
            self._leave_out(relation, "KG123.unfit", **kinds)
        else:
            attributes = self._mapped_attributes(relation)
            key = (*curies, meaning.relation, *attributes.items())
            if key in stated:
                self.account.merged[RELATIONS] += 1
                return
            stated.add(key)
            rule = self.drafter.rule
            statement = ProposedStatement(
                0, CLAIMS, rule, _UNMEASURED, curies[0], meaning.relation, curies[1], attributes
            )
            later = max(self.spans[end].start for end in ends)
            self.statements[self._sentence(later)].append(statement)
            self.account.mapped[RELATIONS] += 1

    def _leave_out(self, relation: Relation, key: str, /, **values: MessageValue) -> None:
        self.account.left_out[RELATIONS] += 1
        self.account.left_out[ATTRIBUTES] += len(relation.attributes)
        self._note(relation.line, key, Severity.WARNING, id=relation.id, label=relation.label, **values)

    def _fits(self, name: str, curies: list[str]) -> bool:
        term = self.lexicon.vocabulary.properties[name]
        return self.lexicon.fits(self.kinds[curies[0]], term.domain) and self.lexicon.fits(
            self.kinds[curies[1]], term.range
        )

    def _mapped_attributes(self, relation: Relation) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for name, value in relation.attributes.items():
            mapped = self.mapping.attribute(name, value)
            if mapped is None:
                self.account.unmapped[ATTRIBUTES, f"{name}={value}"[:60]] += 1
            else:
                self.account.mapped[ATTRIBUTES] += 1
                attributes[mapped[0]] = written_value(*mapped)
        return attributes

    def _paragraphs(self) -> Iterator[DraftParagraph]:
        numbers = count(1)
        for place in sorted({*self.mentions, *self.statements}):
            mentions = sorted(self.mentions.get(place, ()), key=lambda mention: mention[0].start)
            proposed = tuple(ProposedMention(next(numbers), thing, curie) for thing, curie in mentions)
            statements = tuple(
                replace(statement, number=next(numbers)) for statement in self.statements.get(place, ())
            )
            if proposed or statements:
                yield DraftParagraph(*place, proposed, statements)
