"""The errors of egovkg, one tree.

EgovError
├── InputError            a text, register or option that cannot be used; carries its problems
├── EntityError           a name that fits no entity, or more than one; carries the candidates
├── QuestionError         a named question that does not exist, or a parameter it does not take
├── QueryError            a SPARQL text that the engine refuses
├── StoreError            a folder that is no store, or cannot be written
├── ShapeError            a shape that uses what the compiler does not know
├── ReasonerError         the reasoner is missing or gave up (ontology/consistency.py)
├── BuildError            a build that could not be published; nothing was changed
└── InternalError         an identity that must hold does not: please report it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .loaders.problems import Problem


class EgovError(Exception):
    """The root: every error a caller may want to catch."""


class InputError(EgovError):
    """A text, register or option that cannot be used.

    :param problems: each with file, line, column, code, what and how to fix
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class EntityError(EgovError):
    """A name that fits no entity, or more than one.

    :param name: what was asked for
    :param candidates: labels or identifiers that come near, best first; empty when nothing does
    """

    def __init__(self, name: str, candidates: Sequence[str], *, ambiguous: bool = False) -> None:
        what = f'"{name}" fits {len(candidates)} entities' if ambiguous else f'no entity is called "{name}"'
        hint = "choose one of" if ambiguous else "nearest"
        tail = f" — {hint}: {', '.join(candidates)}" if candidates else ""
        super().__init__(what + tail)
        self.name = name
        self.candidates = tuple(candidates)
        self.ambiguous = ambiguous


class QuestionError(EgovError):
    """A named question that does not exist, or a parameter it does not take."""


class QueryError(EgovError):
    """A SPARQL text that the engine refuses."""


class StoreError(EgovError):
    """A folder that is no store, or cannot be written.

    :param folder: the folder
    :param reason: what the engine said
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


class ShapeError(EgovError):
    """A shape that uses what the compiler does not know."""


class BuildError(EgovError):
    """A build that could not be published; nothing was changed."""


class InternalError(EgovError):
    """An identity that must hold does not: please report it."""
