"""Data classes of a guided tour: tour, steps, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ....words import Texts

__all__ = ["Tour", "TourEvidence", "TourStep"]


@dataclass(frozen=True)
class TourEvidence:
    """The evidence of a step in a tour.

    :param kind: `claim`, `figure`, `entity`, `question` or `paragraph`
    :param name: CURIE, name of the question, or IRI of the paragraph; empty for statements
    :param subject: the value of the required parameter of a question; empty if it has none
    :param statements: indexes into `GraphSnapshot.statements`
    """

    kind: str
    name: str = ""
    subject: str = ""
    statements: tuple[int, ...] = ()


@dataclass(frozen=True)
class TourStep:
    """One step of a tour.

    :param text: paragraphs separated by blank lines; `[words](target)` is a link
    :param evidence: the evidence for the step, at least one
    :param check: a quiz question under `ask` and its answer under `answer`; empty without one
    :param view: the view of the explorer in which the step is drawn; empty for the one that fits its evidence
    """

    title: Texts
    text: Texts
    evidence: tuple[TourEvidence, ...]
    check: Mapping[str, Texts]
    view: str = ""


@dataclass(frozen=True)
class Tour:
    """A guided tour.

    :param minutes: estimated reading time
    :param source: the file from which it was read; teachers can use it as a template
    """

    name: str
    title: Texts
    about: Texts
    minutes: int
    steps: tuple[TourStep, ...]
    source: bytes = b""
