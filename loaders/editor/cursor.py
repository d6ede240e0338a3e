"""Where the cursor stands in a file: the part of the file, and what is typed so far; any text is accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ..article.parser import BLOCK_READERS

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD_MARK = "---"
_FENCE = re.compile(r"(?:```|~~~)\s*(\w*)\s*")
_HEADING = re.compile(r"##\s")
_SCOPE = re.compile(r"scope:\s*(\S+)")
_WORD = re.compile(r"[^\s{}\[\](),\"#]+")


class FilePart(Enum):
    """A part of a file in which other things can be written than elsewhere."""

    HEAD = auto()
    DIGEST = auto()
    CLAIMS = auto()
    FIGURES = auto()
    OTHER_BLOCK = auto()
    REGISTER = auto()


_BLOCKS = dict(zip(BLOCK_READERS, (FilePart.CLAIMS, FilePart.FIGURES), strict=True))


@dataclass(frozen=True)
class Cursor:
    """A place in a file that may be half typed.

    :param line: the whole line
    :param column: number of characters before the cursor
    :param scope: CURIE of the unit that the article is about; empty in registers
    """

    part: FilePart
    line: str
    column: int
    scope: str = ""

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.line[: self.column]

    @property
    def word(self) -> tuple[str, int, int]:
        """The word at the cursor, with its start and end in the line; empty without any."""
        for match in _WORD.finditer(self.line):
            if match.start() <= self.column <= match.end():
                return match[0], match.start(), match.end()
        return "", self.column, self.column


def cursor_at(rows: Sequence[str], row: int, column: int, *, is_register: bool) -> Cursor:
    """Describe a place in a file; a place beyond the end counts as the end.

    :param rows: the lines of the file
    :param row: index of the line, from 0
    :param column: number of characters before the place
    Cost: linear in the lines before it.

    >>> cursor_at(["---", "kg: 1", "---", "## d1", "```claims", "mh:a  ser"], 5, 9, is_register=False).part
    <FilePart.CLAIMS: 3>
    """
    row = min(row, len(rows) - 1)
    line = rows[row] if rows else ""
    column = min(column, len(line))
    if is_register:
        return Cursor(FilePart.REGISTER, line, column)
    return Cursor(_part(rows[: max(row, 0)]), line, column, _scope(rows))


def _part(rows_before: Sequence[str]) -> FilePart:
    """Tell the part of an article after some of its lines; a heading ends a block that was left open."""
    if not rows_before:
        return FilePart.DIGEST
    part = FilePart.HEAD if rows_before[0].rstrip() == _HEAD_MARK else FilePart.DIGEST
    for row in rows_before[1:]:
        if part is FilePart.HEAD:
            part = FilePart.DIGEST if row.rstrip() == _HEAD_MARK else part
        elif fence := _FENCE.fullmatch(row.strip()):
            is_start = part is FilePart.DIGEST
            part = _BLOCKS.get(fence[1], FilePart.OTHER_BLOCK) if is_start else FilePart.DIGEST
        elif _HEADING.match(row):
            part = FilePart.DIGEST
    return part


def _scope(rows: Sequence[str]) -> str:
    for row in rows[1:]:
        if row.rstrip() == _HEAD_MARK:
            break
        if match := _SCOPE.fullmatch(row.strip()):
            return match[1]
    return ""
