"""What is wrong with an input file: fault, place and fix, worded in any language.

The texts are in the catalogue of the package that detects the fault, under `CODE.name.problem` and
`CODE.name.fix`; `docs/errors.md` lists the codes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from .words import DEVELOPER_LANGUAGE, ROOT, Labelled, Message, MessageValue, catalogue, message

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Fault", "FaultError", "Problem", "Severity", "errors", "fault"]


_TERMINAL_SIGNS = {sign: f"\\x{sign:02x}" for sign in (*range(32), *range(127, 160))}  # in a name of a file


class Severity(StrEnum):
    """The severity of a problem: errors stop the build; warnings and notes are only reported."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and how to fix it, without the place.

    :param code: stable code, ``KG`` and three digits
    :param problem: what is wrong, as one clause
    :param fix: how to fix it, as one clause
    """

    code: str
    problem: Message | Labelled
    fix: Message | Labelled
    severity: Severity = Severity.ERROR

    def with_fix(self, fix: Message) -> Fault:
        """Return the fault with another fix."""
        return replace(self, fix=fix)

    def text(self, lang: str) -> str:
        """Word the problem and its fix in a language."""
        return f"{self.problem.text(lang)} — {self.fix.text(lang)}"


def fault(package: str, key: str, severity: Severity = Severity.ERROR, /, **values: MessageValue) -> Fault:
    """Build a fault from the catalogue of a package.

    :param key: code and name, such as `KG021.unknown-entity`
    :param values: values for the names in braces in the two texts

    >>> fault("egovkg.loaders.faults", "KG040.no-date", text="x").problem.text("en")
    '"x" is not a date'
    """
    code = key.partition(".")[0]
    problem, fix = (message(package, f"{key}.{part}", **values) for part in ("problem", "fix"))
    return Fault(code, problem, fix, severity)


class FaultError(ValueError):
    """Raised by parsers for a text that cannot be read.

    :param fault: what is wrong with the text, and how to write it
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return self.fault.text(DEVELOPER_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault with its place; problems are sorted by file, line, column and code.

    :param file: the file as the user named it
    :param line: 1-based
    :param column: 1-based, in characters

    >>> problem = Problem("a.kg.md", 9, 22, fault("egovkg.loaders.faults", "KG040.no-date", text="x"))
    >>> problem.text("en")
    'a.kg.md:9:22 KG040 "x" is not a date — write YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Q1 or FROM/TO'
    """

    file: str
    line: int
    column: int
    fault: Fault

    @property
    def code(self) -> str:
        """The code of the fault."""
        return self.fault.code

    @property
    def severity(self) -> Severity:
        """The severity of the fault."""
        return self.fault.severity

    def text(self, lang: str) -> str:
        """Word the problem in one line: `FILE:LINE:COLUMN CODE what — how to correct it`."""
        words = catalogue(ROOT, lang)
        place = f"{self.file.translate(_TERMINAL_SIGNS)}:{self.line}:{self.column} {self.code}"
        if self.severity is Severity.ERROR:
            return f"{place} {self.fault.text(lang)}"
        return f"{place} {words(f'severity.{self.severity}')}: {self.fault.text(lang)}"

    def __str__(self) -> str:
        return self.text(DEVELOPER_LANGUAGE)

    def __lt__(self, other: Problem) -> bool:
        places = [(item.file, item.line, item.column, item.code) for item in (self, other)]
        if places[0] != places[1]:
            return places[0] < places[1]
        return self.text(DEVELOPER_LANGUAGE) < other.text(DEVELOPER_LANGUAGE)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Select the problems that stop the build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
