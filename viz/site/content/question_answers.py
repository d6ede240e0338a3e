"""Answers to the named questions; one with a required parameter is asked for every suitable value."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ....errors import EntityError
from ....graph.names import ID
from ....queries.questions.ask import NamedQuestion, ask_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ....queries.questions.ask import Answer
    from ....queries.questions.header import Question, QuestionParameter
    from .entities import EntityRecord
    from .snapshot import GraphSnapshot

__all__ = ["SubjectAnswers", "most_subjects", "required_parameter", "subject_answers", "subjects_of"]

AS_OF = "2020-03-31"  # the day that questions about a day are asked for
_MOST_TRIED = 34  # subjects other than provinces that a question is asked of until it has its answers
MOST_PROVINCES = 34  # answers to one question about provinces: as many as there are today
MOST_SUBJECTS = 12  # answers to one question about other subjects, those with most statements

# subject and answer; the subject is a CURIE, an article or a day, and empty when the question needs none
SubjectAnswers: TypeAlias = "tuple[tuple[str, Answer], ...]"

_CLASS_OF_PARAMETER = {
    "system": "TechnicalComponent",
    "document": "LegalDocument",
    "body": "Agent",
    "measure": "Measure",
}


def subject_answers(
    snapshot: GraphSnapshot, question: Question, lang: str, subjects: Iterable[str] | None = None
) -> SubjectAnswers:
    """Answer a question; if it has a required parameter, answer it for several subjects.

    :param subjects: values of the required parameter; ``None`` for suitable ones that have an answer, up to
        :func:`most_subjects`
    """
    parameter = required_parameter(question)
    if parameter is None:
        return (("", ask_question(snapshot.store, NamedQuestion(question.name, lang=lang))),)
    candidates = _candidates(snapshot, parameter) if subjects is None else subjects
    answers: list[tuple[str, Answer]] = []
    for subject in candidates:
        if subjects is None and len(answers) == most_subjects(parameter):
            break
        answer = _answer(snapshot, question, {parameter.name: _full_name(snapshot, subject)}, lang)
        if answer and (subjects is not None or answer.rows):
            answers.append((subject, answer))
    return tuple(answers)


def subjects_of(answers: SubjectAnswers) -> tuple[str, ...]:
    """List the subjects of answers; empty if the question has no required parameter."""
    return tuple(subject for subject, _ in answers if subject)


def most_subjects(parameter: QuestionParameter) -> int:
    """Return for how many subjects the page of a question answers at most."""
    return MOST_PROVINCES if parameter.kind == "province" else MOST_SUBJECTS


def required_parameter(question: Question) -> QuestionParameter | None:
    """Return the required parameter of a question; ``None`` if it has none."""
    return next((parameter for parameter in question.parameters if parameter.default is None), None)


def _answer(snapshot: GraphSnapshot, question: Question, values: dict[str, str], lang: str) -> Answer | None:
    """Answer a question for one subject; ``None`` if the entity is not in the graph."""
    try:
        return ask_question(snapshot.store, NamedQuestion(question.name, values, lang))
    except EntityError:
        return None


def _full_name(snapshot: GraphSnapshot, subject: str) -> str:
    """Return the IRI of a subject; a day or a text is returned unchanged."""
    if subject in snapshot.by_curie:
        return snapshot.by_curie[subject].iri
    return f"{ID}article/{subject}" if subject in snapshot.articles else subject


def _candidates(snapshot: GraphSnapshot, parameter: QuestionParameter) -> tuple[str, ...]:
    if parameter.kind == "date":
        return (AS_OF,)
    if parameter.kind in {"number", "text", "year"}:
        return ()
    if parameter.name == "article":
        return tuple(snapshot.articles)
    ranked = sorted(
        _fitting_entities(snapshot, parameter),
        key=lambda entity: (-snapshot.statement_count(entity.curie), entity.curie),
    )
    is_tried_whole = parameter.kind == "province"  # few questions fit all provinces
    tried = ranked if is_tried_whole else ranked[:_MOST_TRIED]
    return tuple(entity.curie for entity in tried)


def _fitting_entities(snapshot: GraphSnapshot, parameter: QuestionParameter) -> Iterator[EntityRecord]:
    """List the entities to ask about: provinces with articles, or entities of the class of the sample."""
    if parameter.kind == "province":
        curies = _provinces_and_successors(snapshot)
        yield from (entity for entity in snapshot.entities if entity.curie in curies)
        return
    for entity in snapshot.entities:
        required_class = _CLASS_OF_PARAMETER.get(parameter.name, entity.kind)
        is_fitting = snapshot.vocabulary.is_a(entity.kind, required_class)
        if is_fitting and snapshot.statement_count(entity.curie):
            yield entity


def _provinces_and_successors(snapshot: GraphSnapshot) -> set[str]:
    """Collect the provinces that articles are about, and the units that succeeded them."""
    provinces = {article.province for article in snapshot.picture.articles if article.province}
    curies = set(provinces)
    for province in provinces & snapshot.by_curie.keys():
        details = snapshot.by_curie[province].details
        curies |= {detail.target for detail in details if detail.relation == "succeededBy" and detail.target}
    return curies
