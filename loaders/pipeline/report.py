"""Problems for people and for machines: text lines, JSON, and SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from ... import __version__
from ...problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_text(problems: Iterable[Problem]) -> str:
    """One line a problem: FILE:LINE:COLUMN CODE what — how to fix."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with the fields of :class:`Problem`."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"


def as_sarif(problems: Sequence[Problem]) -> str:
    """The form that code hosts show beside the lines. Source: OASIS SARIF 2.1.0."""
    run = {
        "tool": {
            "driver": {
                "name": "egovkg",
                "version": __version__,
                "rules": [{"id": code} for code in sorted({problem.code for problem in problems})],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem) for problem in problems],
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(problem: Problem) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": problem.file}, "region": region}
    return {
        "ruleId": problem.code,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": f"{problem.what} — {problem.fix}"},
        "locations": [{"physicalLocation": place}],
    }


def summary(problems: Sequence[Problem]) -> str:
    """Say how many there are of each kind.

    >>> summary([])
    'nothing to report'
    """
    if not problems:
        return "nothing to report"
    counts = {kind: sum(problem.severity is kind for problem in problems) for kind in Severity}
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return ", ".join(f"{n} {words[kind]}{'s' * (n != 1)}" for kind, n in counts.items() if n)
