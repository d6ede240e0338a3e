"""Splitting of claims and figures blocks into lines and fields; names and values are validated later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problems import Fault

CLAIM = re.compile(r'\s*([^\s#]\S*)\s+(\S+)\s+("(?:[^"\\]|\\.)*"|[^\s{"]+)\s*(?:(\{.*\})\s*)?(?:#.*)?')
FIGURE = re.compile(r"\s*([^\s#]\S*)\s+(\S+)\s+([^\s{]+)(?:\s+([^\s{#]+))?\s*(?:(\{.*\})\s*)?(?:#.*)?")
_REQUIRED_FIELDS = 3
_QUOTE = '"'
_UNQUOTED_OF_CLAIM, _UNQUOTED_OF_FIGURE = 2, 4  # the first fields of a line, which are never texts
_PROPOSAL = re.compile(r"^(?:#|<!-- )\?\d+ ", re.MULTILINE)
_ARROWS = re.compile(r"\s([-=]+>|[→⇒|])(?=\s)")  # between the parts of a line, as other notations have them
_BLANK_GROUPS = re.compile(r"(?<=[\s~<>=])\d{1,3}(?: \d{3})+(?=\s|$)")  # thousands, as in 1 933


class ClaimLine(NamedTuple):
    """One line of a claims block.

    `columns` are the 1-based columns of its four fields, 0 for a missing field.
    """

    line: int
    subject: str
    predicate: str
    object: str
    attributes: str
    columns: tuple[int, ...]


class FigureLine(NamedTuple):
    """One line of a figures block.

    `columns` are the 1-based columns of its five fields, 0 for a missing field.
    """

    line: int
    subject: str
    measure: str
    value: str
    unit: str
    attributes: str
    columns: tuple[int, ...]


class UnreadLine(NamedTuple):
    """A line that is neither a claim nor a figure, with its fault."""

    line: int
    column: int
    fault: Fault


def count_proposals(text: str) -> int:
    """Count the open proposals in the text of an article: comments that `egovkg accept` takes over.

    >>> count_proposals("#?3 a:b  serves  a:c  # serves 0.85")
    1
    """
    return len(_PROPOSAL.findall(text))


def read_claims(block: str, first_line: int) -> Iterator[ClaimLine | UnreadLine]:
    """Read the lines of a claims block; empty lines and comments are skipped."""
    for number, row, match in _rows(block, first_line, CLAIM):
        if match and (quoted := _quoted(match, number, _UNQUOTED_OF_CLAIM)):
            yield quoted
        elif match:
            subject, predicate, target, attributes = match.groups("")
            yield ClaimLine(number, subject, predicate, target, attributes, _columns(match))
        else:
            yield _unread(row, number, "KG030.no-claim")


def read_figures(block: str, first_line: int) -> Iterator[FigureLine | UnreadLine]:
    """Read the lines of a figures block; empty lines and comments are skipped."""
    for number, row, match in _rows(block, first_line, FIGURE):
        grouped = _BLANK_GROUPS.search(row.partition("{")[0].partition("#")[0])
        if grouped:
            yield UnreadLine(number, grouped.start() + 1, _blank_fault(grouped[0]))
        elif match and (quoted := _quoted(match, number, _UNQUOTED_OF_FIGURE)):
            yield quoted
        elif match:
            subject, measure, value, unit, attributes = match.groups("")
            yield FigureLine(number, subject, measure, value, unit, attributes, _columns(match))
        else:
            yield _unread(row, number, "KG030.no-figure")


def _rows(
    block: str, first_line: int, form: re.Pattern[str]
) -> Iterator[tuple[int, str, re.Match[str] | None]]:
    for number, row in enumerate(block.split("\n"), first_line):
        match = form.fullmatch(row)
        if match or (row.strip() and not row.lstrip().startswith("#")):
            yield number, row, match


def _columns(match: re.Match[str]) -> tuple[int, ...]:
    return tuple([start + 1 for start, _ in match.regs[1:]])


def _quoted(match: re.Match[str], line: int, fields: int) -> UnreadLine | None:
    """Report the first of a number of fields that stands in quotes, which only texts have."""
    for place in range(1, fields + 1):
        field = match[place] or ""
        if field.startswith(_QUOTE):
            return UnreadLine(line, match.start(place) + 1, fault("KG030.quoted", text=field.strip(_QUOTE)))
    return None


def _unread(row: str, line: int, key: str) -> UnreadLine:
    if row.count("{") != row.count("}"):
        column = row.index("{" if "{" in row else "}") + 1
        return UnreadLine(line, column, fault("KG030.braces"))
    if row.count(_QUOTE) % 2:
        return UnreadLine(line, row.rindex(_QUOTE) + 1, fault("KG030.open-quote"))
    if arrow := _ARROWS.search(row):
        return UnreadLine(line, arrow.start(1) + 1, fault("KG030.arrow", arrow=arrow[1]))
    fields = len(re.sub(r"\{.*", "", row).split())
    if fields > _REQUIRED_FIELDS:
        key += "-too-many"
    return UnreadLine(line, len(row) - len(row.lstrip()) + 1, fault(key, count=fields))


def _blank_fault(text: str) -> Fault:
    """Build the fault of a number whose thousands are separated by blanks."""
    dotted, plain = text.replace(" ", "."), text.replace(" ", "")
    return fault("KG050.blank-for-thousands", text=text, dotted=dotted, plain=plain)
