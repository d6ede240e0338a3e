"""The problems of one file, in the order in which they are detected."""

from __future__ import annotations

from ...problems import Fault, Problem, Severity


class ProblemList:
    """Collects the problems of one file.

    :param file: name of the file in messages
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def report(self, line: int, column: int, flaw: Fault) -> None:
        """Add a fault with its place; line and column are 1-based."""
        self.problems.append(Problem(self.file, line, column, flaw))

    def has_errors_since(self, count: int) -> bool:
        """Tell whether an error was added after the first `count` problems."""
        return any(problem.severity is Severity.ERROR for problem in self.problems[count:])

    def __len__(self) -> int:
        return len(self.problems)
