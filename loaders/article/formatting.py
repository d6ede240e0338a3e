"""Formatting of annotated articles: NFC, LF, aligned columns; formatting twice changes nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyromark

from ...errors import InputError
from ...files import write_atomically
from ...problems import Problem
from ..faults.messages import fault
from ..text.file_kinds import foreign_fault, is_article
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from .frontmatter import read_front, split_front
from .statement_lines import CLAIM, FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKDOWN = pyromark.Markdown()
_FENCE = re.compile(r"```[ \t]*(claims|figures)")
_CLOSING = re.compile(r"```+")
_LINE_FORMS = {"claims": CLAIM, "figures": FIGURE}


def formatted(text: str) -> str:
    r"""Format the text of an article without changing its content.

    >>> lines = "a:b  connectsTo a:cc {status: planned}\na:bbb hostedOn a:d"
    >>> print(formatted(f"```claims\n{lines}\n```"), end="")
    ```claims
    a:b    connectsTo  a:cc  {status: planned}
    a:bbb  hostedOn    a:d
    ```
    """
    skipped = split_front(text, "")[1]
    rows = [row.rstrip() for row in text.split("\n")]
    laid_out: list[str] = []
    copied = 0
    for first, last in _blocks(text.split("\n", skipped)[-1], skipped, rows):
        name = rows[first].strip("` \t")
        block = [row.strip() for row in rows[first + 1 : last]]
        laid_out += [*rows[copied:first], f"```{name}", *_aligned(block, _LINE_FORMS[name]), "```"]
        copied = last + 1
    return "\n".join(_without_gaps([*laid_out, *rows[copied:]])) + "\n"


def _blocks(body: str, skipped: int, rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the first and last row of each closed block of claims or figures, as the parser does."""
    for start, end in _fenced(body):
        first, last = skipped + start, skipped + end
        has_fences = _FENCE.fullmatch(rows[first]) and _CLOSING.fullmatch(rows[last].strip())
        if first < last and has_fences and not any("```" in row for row in rows[first + 1 : last]):
            yield first, last


def _fenced(body: str) -> Iterator[tuple[int, int]]:
    """Find the fenced blocks of a body: the rows, counted from 0, on which each starts and ends."""
    data = body.encode()
    row, offset = 0, 0
    for event, span in _MARKDOWN.events_with_range(body):
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict) and "CodeBlock" in start:
            row += data.count(b"\n", offset, span["start"])
            offset = span["start"]
            yield row, row + data.count(b"\n", offset, span["end"] - 1)


def _without_gaps(rows: Iterable[str]) -> list[str]:
    """Drop repeated empty rows, and empty rows at both ends."""
    compact: list[str] = []
    for row in rows:
        if row or (compact and compact[-1]):
            compact.append(row)
    return compact if compact and compact[-1] else compact[:-1]


def _aligned(rows: Sequence[str], form: re.Pattern[str]) -> list[str]:
    """Align the fields of the rows that have the given form; rows with comments are unchanged."""
    matches = [None if "#" in row else form.fullmatch(row) for row in rows]
    table = [match.groups("") for match in matches if match]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        _padded(match.groups(""), widths) if match else row for match, row in zip(matches, rows, strict=True)
    ]
    return [line for line in lines if line]


def _padded(fields: Sequence[str], widths: Sequence[int]) -> str:
    padded = [text.ljust(width) for text, width in zip(fields, widths, strict=True) if width]
    return "  ".join(padded).rstrip()


def would_change(path: Path, file: str) -> bool:
    """Tell whether formatting would change a file.

    :param file: name of the file in messages
    :raises InputError: if the file is no article, cannot be read, or is of another version of the format
    """
    data = input_bytes(path, file, allow_pipe=False)
    return _laid_out(data, file) != data


def format_file(path: Path, file: str) -> bool:
    """Format a file in place, atomically.

    :param file: name of the file in messages
    :returns: whether the file changed
    :raises InputError: if the file is no article, cannot be read, or is of another version of the format
    :raises WriteError: if it cannot be written; nothing was changed
    """
    data = input_bytes(path, file, allow_pipe=False)
    laid_out = _laid_out(data, file)
    if laid_out == data:
        return False
    write_atomically(path, laid_out, file)
    return True


def _laid_out(data: bytes, file: str) -> bytes:
    if foreign := foreign_fault(data, file):
        raise InputError([Problem(file, 1, 1, foreign)])
    decoded = read_bytes(data, file)
    if decoded.text is None:
        raise InputError(decoded.problems)
    if head_problems := _refusals(decoded.text, file):
        raise InputError(head_problems)
    return formatted(decoded.text).encode()


def _refusals(text: str, file: str) -> list[Problem]:
    """List why a text cannot be formatted: no front matter, that of another program, unknown version."""
    block, _, problems = split_front(text, file)
    if problems:
        return list(problems)
    if not is_article(text):
        return [Problem(file, 1, 1, fault("KG007.other-text"))]
    return [problem for problem in read_front(block, file)[1] if problem.code == "KG016"]
