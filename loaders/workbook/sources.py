"""The sources of a workbook: who says what its rows say, as of which day, on which territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.text import fold
from ...problems import FaultError, Problem
from ...words import Labelled, catalogue, languages
from ..article.frontmatter import INVENTORY, is_id, publication_fault, source_kinds
from ..faults.messages import fault
from ..register.entries import is_prefix
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..text.dates import read_publication_time
from .layout import SHEETS, SOURCES, heading
from .records import for_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...problems import Fault
    from ..text.dates import StatedTime
    from .records import SheetRow

_LONGEST_ID, _LONGEST_PREFIX = 60, 20
_TIME_COLUMN = "published"
ARTICLE = "article"  # kind of a source that is an article, of which it is not stated how much was read


@dataclass(frozen=True)
class SourceDefaults:
    """What holds where the sheet of sources says nothing; empty texts where the user said nothing either.

    :param id: id of the source, under which its statements are published
    :param publisher: body that keeps the workbook: CURIE or name
    :param published: time as of which it was kept: a day YYYY-MM-DD, a month, a year, or an interval
    :param scope: territory: CURIE or name
    :param prefix: prefix of the register that is written for its entities
    """

    id: str = ""
    title: str = ""
    title_en: str = ""
    publisher: str = ""
    published: str = ""
    scope: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class WorkbookSource:
    """One source of statements.

    :param kind: kind of the source; `article` for an article of which it is not stated how much was read
    :param values: column of the sheet of sources → text
    :param record: its row; ``None`` for a source that only defaults describe
    """

    id: str
    kind: str
    values: Mapping[str, str]
    published: StatedTime
    record: SheetRow | None

    @property
    def is_inventory(self) -> bool:
        """Whether the source is the workbook itself."""
        return self.kind == INVENTORY

    def problem(self, file: str, column: str, flaw: Fault) -> Problem:
        """Build a problem of the source: at its cell, or of the whole file."""
        return self.record.problem(column, flaw) if self.record else Problem(file, 1, 1, for_workbook(flaw))


def slug(text: str) -> str:
    """Return a name for files and addresses: letters without accents, digits, and hyphens between words.

    >>> slug("Kiểm kê hệ thống 2026.xlsx")
    'kiem-ke-he-thong-2026-xlsx'
    """
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(text)).split()
    shortened = ""
    for word in words:
        longer = f"{shortened}-{word}" if shortened else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        shortened = longer
    return shortened


def read_sources(
    records: Sequence[SheetRow], defaults: SourceDefaults, stem: str, file: str
) -> tuple[list[WorkbookSource], list[Problem]]:
    """Read the sheet of sources; without one, there is one source that the defaults describe.

    :param stem: name of the workbook without its ending
    :param file: name of the workbook in messages
    :returns: the sources in the order of their rows, and all problems
    """
    rows: list[SheetRow | None] = [record for record in records if record.kind == SOURCES]
    sources: list[WorkbookSource] = []
    problems: list[Problem] = []
    for record in rows or [None]:
        source, source_problems = _read_source(record, defaults, stem, file)
        problems += source_problems
        if source and source.id in {earlier.id for earlier in sources}:
            problems.append(source.problem(file, "id", fault("KG113.repeated-source", source=source.id)))
        elif source:
            sources.append(source)
    return sources, problems


def _read_source(
    record: SheetRow | None, defaults: SourceDefaults, stem: str, file: str
) -> tuple[WorkbookSource | None, list[Problem]]:
    values, day_flaw = _values(record, defaults, stem)
    flaws = list(_flaws(values, day_flaw))
    if flaws:
        problems = [
            record.problem(column, flaw) if record else Problem(file, 1, 1, flaw) for column, flaw in flaws
        ]
        return None, problems
    published = read_publication_time(values[_TIME_COLUMN])
    return WorkbookSource(values["id"], values["kind"] or INVENTORY, values, published, record), []


def _flaws(values: Mapping[str, str], day_flaw: Fault | None) -> Iterator[tuple[str, Fault]]:
    """Yield what is wrong with the texts of a source, each with its column."""
    missing = [column for column in ("publisher", _TIME_COLUMN, "scope") if not values[column]]
    yield from ((column, fault("KG114.missing-data", key=_heading(column))) for column in missing)
    if not is_id(values["id"]):
        yield "id", fault("KG014.malformed-id", article=values["id"][:100])
    elif not is_prefix(values["prefix"]):
        yield "prefix", fault("KG018.malformed-prefix", prefix=values["prefix"])
    if values["kind"] not in (kinds := ("", ARTICLE, *source_kinds())):
        yield "kind", fault("KG036.unknown-code", name="kind", value=values["kind"], choices=kinds[1:])
    if flaw := day_flaw or (publication_fault(values[_TIME_COLUMN]) if values[_TIME_COLUMN] else None):
        yield _TIME_COLUMN, flaw


def _heading(column: str) -> Labelled:
    return Labelled.of({lang: heading(SOURCES, column, lang) for lang in languages()})


def _values(
    record: SheetRow | None, defaults: SourceDefaults, stem: str
) -> tuple[dict[str, str], Fault | None]:
    """Return the texts of a source, completed by the defaults; and the fault of its day, if it has one."""
    values = {column.name: record.text(column.name) if record else "" for column in SHEETS[SOURCES]}
    flaw = None
    if record and (cell := record.cells.get(_TIME_COLUMN)):
        try:
            values[_TIME_COLUMN] = cell.time()
        except FaultError as error:
            flaw = error.fault  # the text stays, and is not said to be missing
    for column in values:
        values[column] = values[column] or getattr(defaults, column, "")
    values["id"] = values["id"] or slug(stem)
    values["prefix"] = values["prefix"] or _prefix(values["id"])
    if not values["title"]:
        values["title"] = catalogue(__package__ or "", ARTICLE_LANGUAGE)("title", name=stem)
        values["title_en"] = catalogue(__package__ or "", TRANSLATION_LANGUAGE)("title", name=stem)
    return values, flaw


def _prefix(source: str) -> str:
    """Derive the prefix of a register from the id of a source.

    >>> _prefix("kiem-ke-2026")
    'kiemke2026'
    """
    return source.replace("-", "").lstrip("0123456789")[:_LONGEST_PREFIX] or "a"
