"""One layout for annotated articles: NFC, LF, aligned columns. Formatting twice changes nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ...files import write_atomically
from ..text.reading import read_bytes
from .article_format import CLAIM, FIGURE, fenced
from .frontmatter import read_front, split_front

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FENCE = re.compile(r"```[ \t]*(claims|figures)")


def formatted(text: str) -> str:
    r"""Lay out an article's text; what it says stays the same.

    >>> lines = "a:b  connectsTo a:cc {status: planned}\na:bbb hostedOn a:d"
    >>> print(formatted(f"```claims\n{lines}\n```"), end="")
    ```claims
    a:b    connectsTo  a:cc  {status: planned}
    a:bbb  hostedOn    a:d
    ```
    """
    skipped = split_front(text, "")[1]
    rows = [row.rstrip() for row in text.split("\n")]
    out: list[str] = []
    done = 0
    for first, last in _blocks(text.split("\n", skipped)[-1], skipped, rows):
        out += rows[done:first]
        name = rows[first].strip("` \t")
        block = [row.strip() for row in rows[first + 1 : last]]
        out += [f"```{name}", *_aligned(block, CLAIM if name == "claims" else FIGURE), "```"]
        done = last + 1
    return "\n".join(_without_gaps([*out, *rows[done:]])) + "\n"


def _blocks(body: str, skipped: int, rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the closed blocks of claims and figures, as the parser sees them: their first and last row."""
    for start, end in fenced(body):
        first, last = skipped + start, skipped + end
        if first < last and _FENCE.fullmatch(rows[first]) and rows[last].strip().strip("`") == "":
            yield first, last


def _without_gaps(rows: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return kept if kept and kept[-1] else kept[:-1]


def _aligned(rows: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    cells: list[tuple[str, ...] | str] = []
    for row in rows:
        match = pattern.fullmatch(row)
        cells.append(tuple(cell or "" for cell in match.groups()) if match and "#" not in row else row)
    table = [cell for cell in cells if isinstance(cell, tuple)]
    if not table:
        return [row for row in rows if row]
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    lines = []
    for cell in cells:
        if isinstance(cell, str):
            lines.append(cell)
            continue
        padded = [text.ljust(width) for text, width in zip(cell, widths, strict=True) if width]
        lines.append("  ".join(padded).rstrip())
    return [line for line in lines if line]


def would_change(path: Path, shown: str) -> bool:
    """Tell whether formatting would change a file.

    :raises InputError: if the file is no text, or of another version of the format
    """
    data = path.read_bytes()
    return _laid_out(data, shown) != data


def format_file(path: Path, shown: str) -> bool:
    """Lay out a file in place; the old content stays until the new one is whole.

    :returns: whether anything changed
    :raises InputError: if the file is no text, or of another version of the format
    :raises WriteError: if it cannot be written; nothing was changed
    """
    data = path.read_bytes()
    new = _laid_out(data, shown)
    if new == data:
        return False
    write_atomically(path, new, shown)
    return True


def _laid_out(data: bytes, shown: str) -> bytes:
    reading = read_bytes(data, shown)
    if reading.text is None:
        raise InputError(reading.problems)
    told = read_front(split_front(reading.text, shown)[0], shown)[1]
    if other := [problem for problem in told if problem.code == "KG016"]:
        raise InputError(other)  # what is not known to mean the same is left as it is
    return formatted(reading.text).encode()
