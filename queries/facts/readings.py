"""Second readings of sources: who read an article again, when, and how many of its rows were right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import catalogue
from .values import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...graph.store import RdfTerm
    from .values import Json

__all__ = ["SecondReading", "readings_summary", "readings_text"]

_FINDINGS = ("right", "off", "wrong", "unsupported")


@dataclass(frozen=True, slots=True, order=True)
class SecondReading:
    """One reading of an article by someone who did not annotate it.

    :param day: in ISO 8601
    :param by: who read it, as the table of readings names them
    :param is_page_seen: whether the page was seen again; otherwise a stored text of it was read
    :param rows: number of rows of the article when it was read
    :param read: number of rows read, which is the sum of the four counts that follow
    :param note: what was at fault; empty if nothing is noted
    """

    day: str
    by: str
    is_page_seen: bool
    rows: int
    read: int
    right: int
    off: int
    wrong: int
    unsupported: int
    note: str = ""

    @classmethod
    def of(cls, values: Mapping[str, list[RdfTerm]]) -> SecondReading:
        """Make it of the values of its properties, by local name."""

        def text(name: str) -> str:
            return text_of(next(iter(values.get(name, ())), None))

        return cls(
            day=text("readOn"),
            by=text("readBy"),
            is_page_seen=text("pageSeenAgain") == "true",
            rows=int(text("rowsAtReading")),
            read=int(text("rowsRead")),
            right=int(text("rowsRight")),
            off=int(text("rowsOff")),
            wrong=int(text("rowsWrong")),
            unsupported=int(text("rowsUnsupported")),
            note=text("note"),
        )

    def text(self, lang: str) -> str:
        """Word the reading: who, when, and what was found; findings of which there are none are left out.

        >>> SecondReading("2026-11-30", "R1", True, 24, 8, 7, 1, 0, 0).text("en")
        'read again by R1 on 2026-11-30 against the page: 8 of 24 rows, 7 right, 1 off'
        """
        words = catalogue(__package__, lang)
        counts = {name: getattr(self, name) for name in _FINDINGS}
        findings = [words(f"reading.{name}", count=count) for name, count in counts.items() if count]
        return words(
            "reading.again",
            by=self.by,
            day=self.day,
            source=words["reading.page" if self.is_page_seen else "reading.stored"],
            read=self.read,
            rows=self.rows,
            findings=", ".join(findings),
        )

    def as_dict(self) -> dict[str, Json]:
        """Return it as a JSON-compatible record."""
        counts: dict[str, Json] = {name: getattr(self, name) for name in ("rows", "read", *_FINDINGS)}
        record: dict[str, Json] = {"by": self.by, "on": self.day, "page_seen_again": self.is_page_seen}
        return {**record, **counts, "note": self.note or None}


def readings_text(readings: Iterable[SecondReading], lang: str) -> str:
    """Word the second readings of a source, or say that there was none.

    >>> readings_text((), "en")
    'not read a second time'
    """
    texts = [reading.text(lang) for reading in readings]
    return "; ".join(texts) if texts else catalogue(__package__, lang)["reading.none"]


def readings_summary(readings: Collection[SecondReading], lang: str) -> str:
    """Word the second readings of a source in short: by how many, and how many of the rows read were right.

    A row that two readers read counts twice. Says so where there was no second reading.

    >>> first = SecondReading("2026-11-30", "R1", True, 24, 8, 7, 1, 0, 0)
    >>> readings_summary((first, SecondReading("2026-11-30", "R2", True, 24, 4, 4, 0, 0, 0)), "en")
    'read again by 2 others; 11 of 12 rows right'
    """
    words = catalogue(__package__, lang)
    if not readings:
        return words["reading.none"]
    right, read = (sum(getattr(reading, name) for reading in readings) for name in ("right", "read"))
    readers = len({reading.by for reading in readings})
    return words.counted("reading.summary", readers, right=right, read=read)
