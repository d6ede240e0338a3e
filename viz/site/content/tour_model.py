"""Data classes of a guided tour: tour, steps, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Texts

__all__ = ["Tour", "TourEvidence", "TourStep"]


@dataclass(frozen=True)
class TourEvidence:
    """The evidence of a step.

    :param kind: `claim`, `figure`, `entity`, `question` or `paragraph`
    :param name: CURIE, name of the question, or IRI of the paragraph; empty for statements
    :param subject: what a question is asked of; empty when it needs no subject
    :param statements: positions in `GraphSnapshot.statements`
    """

    kind: str
    name: str = ""
    subject: str = ""
    statements: tuple[int, ...] = ()


@dataclass(frozen=True)
class TourStep:
    """One step.

    :param text: paragraphs parted by a blank line; `[words](target)` is a link
    :param evidence: what the step rests on, at least one
    :param check: a question to the reader under `ask`, its answer under `answer`; empty when there is none
    """

    title: Texts
    text: Texts
    evidence: tuple[TourEvidence, ...]
    check: Mapping[str, Texts]


@dataclass(frozen=True)
class Tour:
    """A guided tour.

    :param minutes: how long it takes to read
    :param source: the file that it was read from, which a teacher may take as a pattern
    """

    name: str
    title: Texts
    about: Texts
    minutes: int
    steps: tuple[TourStep, ...]
    source: bytes = b""
