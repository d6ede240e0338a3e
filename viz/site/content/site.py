"""The site as data: everything from which its pages are made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ....graph.store import UnchangingStore
from ....queries.questions.named import questions
from ....words import DEFAULT_LANGUAGE
from .question_answers import subject_answers, subjects_of
from .snapshot import GraphSnapshot
from .tours import read_shipped_tours, read_tours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ....graph.store import Store
    from ....queries.questions.header import Question
    from ....words import Message
    from .question_answers import SubjectAnswers
    from .tour_model import Tour

__all__ = ["Site", "read_site"]


@dataclass(frozen=True)
class Site:
    """Everything from which the pages are made.

    :param snapshot: everything read from the graph
    :param answers: name of a question → its subjects and answers, in the default language
    :param tours: guided tours whose evidence exists in the graph
    :param version: name of the published graph; empty if unknown
    """

    snapshot: GraphSnapshot
    answers: Mapping[str, SubjectAnswers] = field(default_factory=dict)
    tours: tuple[Tour, ...] = ()
    version: str = ""
    _translated: dict[tuple[str, str], SubjectAnswers] = field(
        default_factory=dict, repr=False, compare=False
    )

    def answers_in(self, question: Question, lang: str) -> SubjectAnswers:
        """Answer a question in a language for the subjects of `answers`; computed once."""
        if lang == DEFAULT_LANGUAGE:
            return self.answers[question.name]
        key = (question.name, lang)
        if key not in self._translated:
            subjects = self.subjects(question.name)
            self._translated[key] = subject_answers(self.snapshot, question, lang, subjects)
        return self._translated[key]

    def subjects(self, question: str) -> tuple[str, ...]:
        """List the subjects for which a question has an answer; empty if it has no required parameter."""
        return subjects_of(self.answers.get(question, ()))

    @cached_property
    def questions_of(self) -> Mapping[str, Sequence[str]]:
        """Subject → names of the questions that have an answer for it, in order."""
        names: dict[str, list[str]] = defaultdict(list)
        for name in self.answers:
            for subject in self.subjects(name):
                names[subject].append(name)
        return dict(names)


def read_site(
    store: Store, tours: Sequence[Path] = (), version: str = ""
) -> tuple[Site, tuple[Message | str, ...]]:
    """Read everything from which the pages are made.

    :param tours: files of additional guided tours
    :param version: name of the published graph
    :returns: the site, and the first fault of each shipped tour that was left out
    :raises TourError: with all faults of all additional tours
    """
    snapshot = GraphSnapshot(UnchangingStore.copied_to_memory(store))
    answers = {
        question.name: subject_answers(snapshot, question, DEFAULT_LANGUAGE) for question in questions()
    }
    shipped_tours, faults = read_shipped_tours(snapshot, answers)
    taken_names = [tour.name for tour in shipped_tours]
    all_tours = (*shipped_tours, *read_tours(snapshot, answers, tours, taken_names))
    return Site(snapshot, answers, all_tours, version), faults
