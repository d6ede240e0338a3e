"""Parsing of `readings.tsv`, the table of second readings: one line an article and reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...errors import InputError
from ...problems import FaultError, Problem
from ..faults.messages import fault
from ..text.input_files import input_bytes
from ..text.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ...problems import Fault
    from ..text.input_files import InputReader

READINGS_FILE = "readings.tsv"
_COUNTS = ("rows", "read", "right", "off", "wrong", "unsupported")
_COLUMNS = ("article", "by", "on", "seen", *_COUNTS, "note")
_PAGE, _STORED = "page", "stored"
_ISO_DAY_LENGTH = len("2026-11-30")
_LARGEST_COUNT = 6  # digits


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One line of the table: a reading of an article by someone who did not annotate it.

    :param by: who read it, as written
    :param is_page_seen: whether the page itself was opened again, rather than a stored text of it
    :param rows: number of claims and figures of the article when it was read
    :param read: number of rows that were read; the sum of the four counts that follow
    :param off: rows with an imprecise field
    :param wrong: rows that say something else than the page
    :param unsupported: rows of which the page says nothing
    :param note: what was at fault; empty if nothing is noted
    """

    article: str
    by: str
    on: date
    is_page_seen: bool
    rows: int
    read: int
    right: int
    off: int
    wrong: int
    unsupported: int
    note: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """Its file and line, as named in messages."""
        return f"{self.file}:{self.line}"


def load_readings(
    path: Path, file: str, read: InputReader = input_bytes
) -> tuple[tuple[ReadingLine, ...], tuple[Problem, ...]]:
    """Read a table of second readings from a file.

    :param file: name of the file in messages
    :param read: what reads the file, if it is taken from elsewhere than the disk
    """
    try:
        decoded = read_bytes(read(path, file), file)
    except InputError as error:
        return (), error.problems
    readings, problems = read_table(decoded.text, file) if decoded.text else ((), ())
    return readings, (*decoded.problems, *problems)


def read_table(text: str, file: str) -> tuple[tuple[ReadingLine, ...], tuple[Problem, ...]]:
    r"""Parse a table of second readings; linear.

    :returns: the sound lines in file order, and one problem for each faulty line

    >>> head = "article\tby\ton\tseen\trows\tread\tright\toff\twrong\tunsupported\tnote\n"
    >>> lines, problems = read_table(head + "a\tR1\t2026-11-30\tpage\t24\t8\t7\t1\t0\t0\t\n", "readings.tsv")
    >>> lines[0].right, problems
    (7, ())
    """
    rows = text.split("\n")
    if tuple(rows[0].split("\t")) != _COLUMNS:
        return (), (Problem(file, 1, 1, fault("KG130.columns", columns=" ".join(_COLUMNS))),)
    readings: list[ReadingLine] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        if not row.strip():
            continue
        try:
            readings.append(_reading(row.split("\t"), file, number))
        except FaultError as error:
            problems.append(Problem(file, number, 1, error.fault))
    return tuple(readings), tuple(problems)


def _reading(cells: Sequence[str], file: str, line: int) -> ReadingLine:
    cells = [cell.strip() for cell in cells]
    if len(cells) == len(_COLUMNS) - 1:
        cells.append("")  # editors cut the tab before an empty note
    if len(cells) != len(_COLUMNS):
        raise FaultError(fault("KG130.cells", count=len(cells), columns=len(_COLUMNS)))
    article, by, on, seen, note = *cells[:4], cells[-1]
    if flaw := next(_word_faults(article, by, seen), None):
        raise FaultError(flaw)
    counts = {name: _count(name, cell) for name, cell in zip(_COUNTS, cells[4:-1], strict=True)}
    reading = ReadingLine(
        article, by, _day(on), is_page_seen=seen == _PAGE, **counts, note=note, file=file, line=line
    )
    if flaw := _sum_fault(reading):
        raise FaultError(flaw)
    return reading


def _word_faults(article: str, by: str, seen: str) -> Iterator[Fault]:
    for name, cell in (("article", article), ("by", by)):
        if not cell:
            yield fault("KG130.empty-cell", column=name)
    if seen not in {_PAGE, _STORED}:
        yield fault("KG130.seen", value=seen)


def _day(text: str) -> date:
    try:
        if len(text) == _ISO_DAY_LENGTH:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise FaultError(fault("KG130.day", value=text))


def _count(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _LARGEST_COUNT:
        return int(text)
    raise FaultError(fault("KG130.count", column=name, value=text))


def _sum_fault(reading: ReadingLine) -> Fault | None:
    terms = (reading.right, reading.off, reading.wrong, reading.unsupported)
    if sum(terms) != reading.read:
        added = "+".join(map(str, terms))
        return fault("KG132.wrong-sum", terms=added, added=sum(terms), read=reading.read)
    if reading.read > reading.rows:
        return fault("KG132.more-than-rows", read=reading.read, rows=reading.rows)
    return fault("KG132.nothing-read") if reading.read == 0 else None


def repeated_readings(readings: Sequence[ReadingLine]) -> tuple[Problem, ...]:
    """Report lines with the article, reader and day of an earlier line (KG133)."""
    places: dict[tuple[str, str, date], ReadingLine] = {}
    problems = []
    for reading in readings:
        first = places.setdefault((reading.article, reading.by, reading.on), reading)
        if first is not reading:
            repeated = fault("KG133.repeated", article=reading.article, by=reading.by, place=first.place)
            problems.append(Problem(reading.file, reading.line, 1, repeated))
    return tuple(problems)
