"""Problem reports as text lines, JSON, and SARIF 2.1.0 for code hosts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from ... import __version__
from ...files import json_text
from ...problems import Problem, Severity
from ...words import Message, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNKNOWN_IN_SCOPE = "KG063"  # a name that means nothing in the scope; one name is told once a file
MISSING_IN_WORKBOOK = "KG114"  # what a workbook does not say of its source
_LISTED_PLACES = 5
_ANY_COLUMN = 0
_SharedCause: TypeAlias = "tuple[str, int, Message]"  # file, column of a sheet, what is wrong
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_text(problems: Iterable[Problem], lang: str) -> str:
    """Return one line per problem: FILE:LINE:COLUMN CODE problem — fix.

    A name without a meaning in the scope is told once a file, with the other lines that hold it; so is what
    is wrong with many cells of one column of a workbook in the same way.
    """
    listed = [*problems]
    lines_by_cause: dict[_SharedCause, list[int]] = {}
    for problem in listed:
        if cause := _shared_cause(problem):
            lines_by_cause.setdefault(cause, []).append(problem.line)
    texts = []
    for problem in listed:
        cause = _shared_cause(problem)
        lines = lines_by_cause.pop(cause, None) if cause else []
        if lines is not None:
            texts.append(f"{problem.text(lang)}{_other_lines(lines, lang)}\n")
    return "".join(texts)


def _shared_cause(problem: Problem) -> _SharedCause | None:
    """Return what several lines may have in common; ``None`` for a problem of its own line."""
    wording = problem.fault.problem
    if not isinstance(wording, Message):
        return None
    in_cell = dict(wording.values).get("problem")
    if isinstance(in_cell, Message):
        return problem.file, problem.column, in_cell
    return (problem.file, _ANY_COLUMN, wording) if problem.code == UNKNOWN_IN_SCOPE else None


def _other_lines(lines: Sequence[int], lang: str) -> str:
    """Word where else a name stands; empty if nowhere."""
    if len(lines) < 2:
        return ""
    listed = ", ".join(map(str, lines[1 : _LISTED_PLACES + 1]))
    key = "summary.same-name-and-more" if len(lines) > _LISTED_PLACES + 1 else "summary.same-name"
    return catalogue(__package__ or "", lang)(key, lines=listed, count=len(lines) - 1 - _LISTED_PLACES)


def as_json(problems: Iterable[Problem], lang: str) -> str:
    """Write problems as a JSON list of objects: place, code, problem, fix, severity."""
    return json_text([problem_record(problem, lang) for problem in problems])


def problem_record(problem: Problem, lang: str) -> dict[str, str | int]:
    """Describe a problem: place, code, problem, fix, severity."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "what": problem.fault.problem.text(lang),
        "fix": problem.fault.fix.text(lang),
        "severity": problem.severity.value,
    }


def as_sarif(problems: Sequence[Problem], lang: str) -> str:
    """Return problems as SARIF, which code hosts show next to the lines. Source: OASIS SARIF 2.1.0."""
    rules = [{"id": code} for code in sorted({problem.code for problem in problems})]
    run = {
        "tool": {"driver": {"name": "egovkg", "version": __version__, "rules": rules}},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, lang) for problem in problems],
    }
    return json_text({"version": "2.1.0", "runs": [run]})


def _sarif_result(problem: Problem, lang: str) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": problem.file}, "region": region}
    return {
        "ruleId": problem.code,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": problem.fault.text(lang)},
        "locations": [{"physicalLocation": place}],
    }


def summary(problems: Sequence[Problem], lang: str) -> str:
    """Word the number of problems of each severity.

    >>> summary([], "en")
    'nothing to report'
    """
    words = catalogue(__package__ or "", lang)
    if not problems:
        return words("summary.nothing")
    counts = Counter(problem.severity for problem in problems)
    severities = [severity for severity in Severity if severity in counts]
    return ", ".join(words.counted(f"summary.{severity}", counts[severity]) for severity in severities)
