"""Construction of the warnings and notes of the guide, whose texts are in the catalogue of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import problems
from ...problems import Problem, Severity
from .cues import cues

if TYPE_CHECKING:
    from ...words import MessageValue


def remark(file: str, line: int, key: str, /, **values: MessageValue) -> Problem:
    """Build a warning or a note, as `cues.yaml` says.

    >>> print(remark("a.kg.md", 14, "KG220.one-level").text("en"))
    a.kg.md:14:1 KG220 warning: interconnects needs at least two levels — add scope: [province, commune], as the article says
    """  # noqa: E501  # the line as a user sees it
    severity = Severity.WARNING if key in cues().warnings else Severity.INFO
    return Problem(file, line, 1, problems.fault(__package__ or "", key, severity, **values))
