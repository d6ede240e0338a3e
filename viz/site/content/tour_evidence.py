"""Resolution of the references in a guided tour: statements, entities, questions, paragraphs, pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....queries.questions.named import questions
from ....words import DEFAULT_LANGUAGE, message
from .paths import article_path, question_path
from .question_answers import required_parameter, subject_answers, subjects_of
from .tour_checks import nearest_names
from .tour_model import TourEvidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.questions.header import Question
    from ....words import Message, Texts
    from .question_answers import SubjectAnswers
    from .snapshot import GraphSnapshot
    from .tour_checks import FaultList, TourPlace

__all__ = ["LINK", "EvidenceReader", "link_target"]

LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")  # [words](target)
PAGES = (
    "index",
    "questions",
    "entities",
    "articles",
    "tours",
    "ontology",
    "glossary",
    "data",
    "about",
    "explorer",
)
_STATEMENT_KINDS = ("claim", "figure")
_KINDS = (*_STATEMENT_KINDS, "entity", "question", "paragraph")


def link_target(snapshot: GraphSnapshot, target: str) -> str:
    """Find the page to which a link in a tour leads.

    :param target: a CURIE, the name of a page, `question/NAME` or `article/ID`
    :returns: empty if there is no such page
    """
    if entity := snapshot.by_curie.get(target):
        return entity.path
    folder, _, name = target.partition("/")
    if folder == "question" and name in {question.name for question in questions()}:
        return question_path(name)
    if folder == "article" and name in snapshot.articles:
        return article_path(name)
    return f"{target}.html" if target in PAGES else ""


class EvidenceReader:
    """Resolves the evidence of the steps of one tour.

    :param answers: name of a question → its subjects and answers; questions that are not in it are asked
    """

    def __init__(
        self, snapshot: GraphSnapshot, answers: Mapping[str, SubjectAnswers], faults: FaultList
    ) -> None:
        self.snapshot, self.answers, self.faults = snapshot, answers, faults

    def check_links(self, text: Texts, place: TourPlace) -> None:
        """Record a fault for each link in a text that leads to no page."""
        for lang, paragraphs in text.items():
            for label, target in LINK.findall(paragraphs):
                if not link_target(self.snapshot, target):
                    nearest = self._nearest_entities(target)
                    fault = message(__package__, "fault.link", label=label, target=target, nearest=nearest)
                    self.faults.add(place.below(f"text ({lang})"), fault)

    def evidence(self, value: object, place: TourPlace) -> Iterator[TourEvidence]:
        """Read the evidence of a step; a missing one is recorded as a fault."""
        if not isinstance(value, list) or not value:
            self.faults.add(place, message(__package__, "fault.nothing_shown", kinds=_KINDS))
            return
        for entry in value:
            if (evidence := self._entry(entry, place.below("show"))) is not None:
                yield evidence

    def _entry(self, value: object, place: TourPlace) -> TourEvidence | None:
        entry = self.faults.mapping(value, place)
        self.faults.check_keys(entry, (*_KINDS, "in", "of"), place)
        kinds = [kind for kind in _KINDS if kind in entry]
        if len(kinds) != 1:
            self.faults.add(place, message(__package__, "fault.kind", kinds=_KINDS))
            return None
        evidence = self._lookup(kinds[0], entry)
        if isinstance(evidence, TourEvidence):
            return evidence
        self.faults.add(place, evidence)
        return None

    def _lookup(self, kind: str, entry: Mapping[str, object]) -> TourEvidence | Message:
        """Find the evidence that an entry refers to, or return a description of the fault."""
        name = str(entry[kind])
        if kind in _STATEMENT_KINDS:
            return self._statements(kind, name, str(entry.get("in", "")))
        if kind == "entity":
            return self._entity(name)
        if kind == "question":
            return self._question(name, str(entry.get("of", "")))
        return self._paragraph(name)

    def _entity(self, name: str) -> TourEvidence | Message:
        if name in self.snapshot.by_curie:
            return TourEvidence("entity", name)
        return message(__package__, "fault.entity", name=name, nearest=self._nearest_entities(name))

    def _statements(self, kind: str, pattern: str, source: str) -> TourEvidence | Message:
        """Find the statements that match a pattern.

        :param pattern: `subject relation`, `subject relation object`, or the id of a statement
        :param source: an article, or `ARTICLE#PARAGRAPH`; empty for any source
        """
        parts = pattern.split()
        positions = tuple(
            position
            for position, statement in enumerate(self.snapshot.statements)
            if statement.fact.kind == kind
            and self._matches(position, parts)
            and self._stands_in(position, source)
        )
        if positions:
            return TourEvidence(kind, statements=positions)
        place = message(__package__, "fault.place", place=source) if source else ""
        nearest = self._nearest_statements(parts, kind)
        return message(__package__, f"fault.{kind}", pattern=pattern, place=place, nearest=nearest)

    def _matches(self, position: int, parts: Sequence[str]) -> bool:
        fact = self.snapshot.statements[position].fact
        if len(parts) == 1:
            return fact.id == parts[0]
        triple = [fact.subject, fact.predicate, fact.object]
        return len(parts) in {2, 3} and list(parts) == triple[: len(parts)]

    def _stands_in(self, position: int, source: str) -> bool:
        """Tell whether a statement is made in an article, or in one paragraph of it."""
        if not source:
            return True
        article, _, paragraph_id = source.partition("#")
        statement = self.snapshot.statements[position]
        paragraph = self.snapshot.paragraph_of(statement)
        is_in_paragraph = not paragraph_id or (paragraph is not None and paragraph.id == paragraph_id)
        return statement.fact.article == article and is_in_paragraph

    def _question(self, name: str, subject: str) -> TourEvidence | Message:
        by_name = {question.name: question for question in questions()}
        if name not in by_name:
            return message(__package__, "fault.question", name=name, nearest=nearest_names(name, by_name))
        subjects = self._subjects(by_name[name], subject)
        if required_parameter(by_name[name]) is None or subject in subjects:
            return TourEvidence("question", name, subject)
        hint = nearest_names(subject, sorted(subjects)) or message(__package__, "fault.write_subject")
        return message(__package__, "fault.answer", name=name, subject=subject, nearest=hint)

    def _subjects(self, asked: Question, subject: str) -> tuple[str, ...]:
        """List the subjects with an answer; where no answers were read, the given one if it has an answer."""
        if asked.name in self.answers or not subject:
            return subjects_of(self.answers.get(asked.name, ()))
        answers = subject_answers(self.snapshot, asked, DEFAULT_LANGUAGE, (subject,))
        return tuple(name for name, answer in answers if answer.rows)

    def _paragraph(self, name: str) -> TourEvidence | Message:
        paragraphs = self.snapshot.paragraphs.values()
        names = {f"{paragraph.article}#{paragraph.id}": paragraph.iri for paragraph in paragraphs}
        if name in names:
            return TourEvidence("paragraph", names[name])
        return message(__package__, "fault.paragraph", name=name, nearest=nearest_names(name, names))

    def _nearest_statements(self, parts: Sequence[str], kind: str) -> Message | str:
        """Suggest statements with the same subject, or else similar entities."""
        subject = parts[0] if parts else ""
        patterns = []
        for position in self.snapshot.as_subject.get(subject, ()):
            fact = self.snapshot.statements[position].fact
            if fact.kind == kind:
                patterns.append(f"{fact.subject} {fact.predicate} {fact.object or ''}".strip())
        return nearest_names(" ".join(parts), patterns) if patterns else self._nearest_entities(subject)

    def _nearest_entities(self, name: str) -> Message | str:
        return nearest_names(name, self.snapshot.by_curie)
