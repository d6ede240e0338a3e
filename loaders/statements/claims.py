"""Conversion of claim lines to claims; relations, objects and texts are checked against the ontology."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...problems import FaultError, Severity
from ..article.attributes import attribute_of_value
from ..faults.messages import fault, message
from ..faults.suggest import with_suggestion
from ..register.document_number import number_fault
from ..register.entries import CODE_PREFIX
from ..text.dates import read_date
from .fitting_relations import class_faults
from .line_resolver import LineResolver
from .model import Claim, ClaimObject

if TYPE_CHECKING:
    from ...ontology.vocabulary import Term
    from ..article.attributes import Attributes
    from ..article.statement_lines import ClaimLine
    from ..register.entity import RegisterEntity

_EVENT_DATES = frozenset({"documentDate", "eventDate"})  # whose text is the time of the statement
_DATE_RANGES = frozenset({"edtf", "date"})
_WORDS = "langString"  # range of the properties whose texts are translated
_CODE_START = f"{CODE_PREFIX}:"
_ESCAPED = re.compile(r"\\(.)")


class ClaimResolver(LineResolver):
    """Converts the claim lines of one article to claims."""

    def resolve(self, paragraph: str, line: ClaimLine) -> Claim | None:
        """Convert one line; ``None`` if it has an error, which is reported."""
        checked = len(self.problems)
        subject_column, _, object_column, attribute_column = line.columns
        attributes = self.read_attributes(line.attributes, line.line, attribute_column, is_figure=False)
        relation = self._relation(line)
        domain = relation.domain if relation else None
        subject = self.lookup.find(line.subject, line.line, subject_column, domain)
        target = self._object(line, relation, attributes) if relation else None
        if relation and subject:
            self._check_classes(line, relation, subject, target.entity if target else None)
        if subject and target and line.subject == line.object:
            itself = fault("KG033.itself", subject=line.subject, relation=line.predicate)
            self.problems.report(line.line, subject_column, itself)
        if subject is None or target is None or self.problems.has_errors_since(checked):
            return None
        attributes = _with_event_date(line.predicate, target.text, attributes)
        self.check_time(attributes, line.line, attribute_column, object_column)
        self.check_unit(subject, attributes, line.line, subject_column)
        self.check_unit(target.entity, attributes, line.line, object_column)
        if self.problems.has_errors_since(checked):
            return None
        return Claim(line.line, paragraph, subject, line.predicate, target, attributes, line.attributes)

    def _relation(self, line: ClaimLine) -> Term | None:
        terms = self.lexicon.vocabulary.properties
        term = terms.get(line.predicate)
        if term is not None and term.kind != "annotation":
            return term
        names = [name for name, term in terms.items() if term.kind != "annotation"]
        unknown = with_suggestion(fault("KG031.unknown-relation", name=line.predicate), line.predicate, names)
        if attribute := attribute_of_value(line.object):
            unknown = fault("KG031.attribute-as-relation", attribute=attribute, value=line.object)
        self.problems.report(line.line, line.columns[1], unknown)
        return None

    def _check_classes(
        self, line: ClaimLine, relation: Term, subject: RegisterEntity, target: RegisterEntity | None
    ) -> None:
        """Report subject or object of a claim if its class does not match the relation."""
        fits = self.lexicon.fits
        if fits(subject.kind, relation.domain) and (target is None or fits(target.kind, relation.range)):
            return
        if target is None:
            role = message("subject-role", relation=relation.name)
            self.lookup.check_class(subject, (line.line, line.columns[0]), relation.domain, role)
            return
        faults = class_faults(self.lexicon.vocabulary, relation, subject, target)
        for column, flaw in zip((line.columns[0], line.columns[2]), faults, strict=True):
            if flaw:
                self.problems.report(line.line, column, flaw)

    def _object(self, line: ClaimLine, relation: Term, attributes: Attributes) -> ClaimObject | None:
        try:
            return self._read_object(line, relation, attributes)
        except FaultError as error:
            self.problems.report(line.line, line.columns[2], error.fault)
            return None

    def _read_object(self, line: ClaimLine, relation: Term, attributes: Attributes) -> ClaimObject | None:
        """Parse the object of a line.

        :returns: ``None`` for an unknown entity, which is reported
        :raises FaultError: for anything else that does not match the relation
        """
        raw, is_quoted = line.object, line.object.startswith('"')
        text = _ESCAPED.sub(r"\1", raw[1:-1]) if is_quoted else raw
        if relation.kind != "object":
            self._check_translation(line, relation, attributes)
            return self._literal(line.predicate, text, relation.range)
        if relation.range and self.lexicon.fits(relation.range, "StatedItem"):
            if not is_quoted:
                raise FaultError(fault("KG032.thing-for-text", relation=line.predicate, object=raw))
            self._check_translation(line, relation, attributes)
            return ClaimObject(stated_item_class=relation.range, text=text)
        if is_quoted:
            raise FaultError(fault("KG032.text-for-thing", relation=line.predicate))
        if raw.startswith(_CODE_START):
            return self._code(line.predicate, raw.removeprefix(_CODE_START), relation.range)
        entity = self.lookup.find(raw, line.line, line.columns[2], relation.range)
        return ClaimObject(entity=entity) if entity else None

    def _check_translation(self, line: ClaimLine, relation: Term, attributes: Attributes) -> None:
        """Warn about words in one language only: of an item, a function, a title."""
        is_worded = relation.kind == "object" or relation.range == _WORDS
        if is_worded and not attributes.translation:
            untranslated = fault("KG038.no-translation", Severity.WARNING)
            self.problems.report(line.line, line.columns[2], untranslated)

    def _code(self, relation: str, slug: str, required: str | None) -> ClaimObject:
        codes = self.lexicon.code_classes
        kind, curie = codes.get(slug), f"{_CODE_START}{slug}"
        if kind is None:
            fitting = [code for code, code_class in codes.items() if self.lexicon.fits(code_class, required)]
            curies = [f"{_CODE_START}{code}" for code in fitting]
            raise FaultError(with_suggestion(fault("KG021.unknown-code", curie=curie), curie, curies))
        if required is not None and not self.lexicon.fits(kind, required):
            raise FaultError(
                fault("KG032.wrong-code", role=relation, required=required, curie=curie, kind=kind)
            )
        return ClaimObject(code=slug)

    def _literal(self, relation: str, text: str, datatype: str | None) -> ClaimObject:
        if not text.strip():
            raise FaultError(fault("KG030.empty-text"))
        if datatype in _DATE_RANGES:
            text = read_date(text, self.year).edtf
        if relation == "number" and (malformed := number_fault(text)):
            raise FaultError(malformed)
        return ClaimObject(text=text)


def _with_event_date(predicate: str, text: str | None, attributes: Attributes) -> Attributes:
    """Use the date of a document or event as the time of the statement, unless the line states another."""
    if predicate not in _EVENT_DATES or text is None or attributes.times or "basis" in attributes.codes:
        return attributes
    return attributes.dated(read_date(text))
