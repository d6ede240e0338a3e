"""The second readings of corpus folders: held against the articles, and as quads of the catalogue."""

from __future__ import annotations

import os
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING

from ...graph.names import GRAPH_CATALOGUE, ID, XSD
from ...problems import Problem, Severity
from ..faults.messages import fault
from ..faults.suggest import with_suggestion_first
from ..statements.nquads import TYPE, day, egov, integer, literal
from ..text.input_files import input_bytes
from .table import READINGS_FILE, load_readings, repeated_readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..text.input_files import InputReader
    from .table import ReadingLine

_COUNTS = {
    "rowsAtReading": "rows",
    "rowsRead": "read",
    "rowsRight": "right",
    "rowsOff": "off",
    "rowsWrong": "wrong",
    "rowsUnsupported": "unsupported",
}  # property -> count of a line


def readings_of(
    folders: Iterable[Path], displayed: Callable[[Path], str], read: InputReader = input_bytes
) -> tuple[tuple[ReadingLine, ...], tuple[Problem, ...]]:
    """Read the tables of second readings of corpus folders; a folder without one is fine.

    :param displayed: names a file in messages
    :param read: what reads the files, if some are taken from elsewhere than the disk
    """
    readings: list[ReadingLine] = []
    problems: list[Problem] = []
    for folder in dict.fromkeys(folders):
        path = folder / READINGS_FILE
        if os.path.lexists(path):
            lines, faults = load_readings(path, displayed(path), read)
            readings += lines
            problems += faults
    return tuple(readings), (*problems, *repeated_readings(readings))


def unknown_articles(readings: Sequence[ReadingLine], rows: Mapping[str, int]) -> tuple[Problem, ...]:
    """Report readings of unknown articles (KG131).

    :param rows: number of claims and figures of each article as it is now
    """
    problems = []
    for reading in readings:
        if reading.article not in rows:
            unknown = fault("KG131.unknown-article", article=reading.article)
            flaw = with_suggestion_first(unknown, reading.article, rows)
            problems.append(Problem(reading.file, reading.line, 1, flaw))
    return tuple(problems)


def changed_since(readings: Sequence[ReadingLine], rows: Mapping[str, int]) -> tuple[Problem, ...]:
    """Note the articles that have changed since they were last read (KG134), once for each file.

    Of two readings on one day, the later line of the file is the last.

    :param rows: number of claims and figures of each article as it is now
    """
    problems = []
    last = {reading.article: reading for reading in sorted(readings, key=attrgetter("on"))}.values()
    changed = [reading for reading in last if rows.get(reading.article, reading.rows) != reading.rows]
    for file in dict.fromkeys(reading.file for reading in changed):
        lines = [reading for reading in changed if reading.file == file]
        names = tuple(f"{line.article} ({line.rows} → {rows[line.article]})" for line in lines)
        since = fault("KG134.changed", Severity.INFO, count=len(lines), articles=names)
        problems.append(Problem(file, lines[0].line, 1, since))
    return tuple(problems)


def reading_quads(readings: Iterable[ReadingLine]) -> Iterator[str]:
    """Write readings as N-Quads of the catalogue: each a node that its article leads to."""
    for reading in readings:
        article = f"<{ID}article/{reading.article}>"
        key = f"{reading.by} {reading.on.isoformat()}"
        node = f"<{ID}reading/{reading.article}/{blake2b(key.encode(), digest_size=4).hexdigest()}>"
        pairs = [
            f"{TYPE} {egov('SecondReading')}",
            f"{egov('readBy')} {literal(reading.by)}",
            f"{egov('readOn')} {day(reading.on.isoformat())}",
            f'{egov("pageSeenAgain")} "{str(reading.is_page_seen).lower()}"^^<{XSD}boolean>',
            *(f"{egov(name)} {integer(getattr(reading, count))}" for name, count in _COUNTS.items()),
        ]
        if reading.note:
            pairs.append(f"{egov('note')} {literal(reading.note)}")
        yield f"{article} {egov('secondReading')} {node} <{GRAPH_CATALOGUE}> .\n"
        yield from (f"{node} {pair} <{GRAPH_CATALOGUE}> .\n" for pair in pairs)
