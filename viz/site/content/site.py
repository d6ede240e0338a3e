"""The site as data: everything that the pages are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ....queries.questions.named import questions
from ....words import DEFAULT_LANGUAGE
from .question_answers import subject_answers, subjects_of
from .snapshot import GraphSnapshot
from .tours import read_shipped_tours, read_tours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ....graph.store import Store
    from ....words import Message
    from .question_answers import SubjectAnswers
    from .tour_model import Tour

__all__ = ["Site", "read_site"]


@dataclass(frozen=True)
class Site:
    """What the pages are made of.

    :param snapshot: everything read from the graph
    :param answers: name of a question -> subjects and answers, in the default language
    :param tours: guided tours whose evidence is in the graph
    :param version: name of the published graph; empty when it is not known
    """

    snapshot: GraphSnapshot
    answers: Mapping[str, SubjectAnswers] = field(default_factory=dict)
    tours: tuple[Tour, ...] = ()
    version: str = ""

    def subjects(self, question: str) -> tuple[str, ...]:
        """List the subjects for which a question has an answer; empty when it needs none."""
        return subjects_of(self.answers.get(question, ()))


def read_site(
    store: Store, tours: Sequence[Path] = (), version: str = ""
) -> tuple[Site, tuple[Message | str, ...]]:
    """Read everything that the pages need.

    :param tours: files of further guided tours
    :param version: name of the published graph
    :returns: the site; and the first fault of each shipped tour that is left out
    :raises TourError: with every fault of every further tour
    """
    snapshot = GraphSnapshot(store)
    answers = {
        question.name: subject_answers(snapshot, question, DEFAULT_LANGUAGE) for question in questions()
    }
    shipped_tours, faults = read_shipped_tours(snapshot, answers)
    taken_names = [tour.name for tour in shipped_tours]
    all_tours = (*shipped_tours, *read_tours(snapshot, answers, tours, taken_names))
    return Site(snapshot, answers, all_tours, version), faults
