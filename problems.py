"""What can be wrong with a text: one problem, its place, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .words import DEVELOPER_LANGUAGE, ROOT, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, the others are told."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding.

    :param file: the file as the user named it
    :param line: 1-based
    :param column: 1-based, in characters
    :param code: stable code, ``KG`` and three digits; `docs/errors.md` lists them
    :param what: what is wrong, one clause
    :param fix: what to do about it, one clause

    >>> str(Problem("a.kg.md", 9, 22, "KG021", "no entity tq:lgps", 'did you mean "tq:lgsp"?'))
    'a.kg.md:9:22 KG021 no entity tq:lgps — did you mean "tq:lgsp"?'
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    fix: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return self.text(DEVELOPER_LANGUAGE)

    def text(self, lang: str) -> str:
        """Word the problem in one line that editors can jump from: `FILE:LINE:COLUMN CODE what — fix`."""
        words = catalogue(ROOT, lang)
        kind = "" if self.severity is Severity.ERROR else words(f"severity.{self.severity}") + ": "
        return f"{self.file}:{self.line}:{self.column} {self.code} {kind}{self.what} — {self.fix}"


def a_or_an(name: str) -> str:
    """Put the article before the name of a class.

    >>> a_or_an("Agent"), a_or_an("LegalDocument")
    ('an Agent', 'a LegalDocument')
    """
    return f"an {name}" if name[:1] in "AEIO" else f"a {name}"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
