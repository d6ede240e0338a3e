"""The layout of workbooks: their sheets, the columns of each, and the names of both in every language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ...graph.text import fold
from ...words import catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READER_ONLY = "_label"  # how columns end that are written for readers and never read
GUIDE = "guide"  # the sheet that explains the others
SOURCES = "sources"  # the sheet that says whose statements the rows are
_REQUIRED_MARK = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    :param name: key of the column in every language, such as `status`
    :param value: what its cells hold: `text`, `time`, `number`, `entity`, `population`, `class`, `relation`,
        `measure`, `unit`, `component`, or the name of a code list
    :param is_required: whether each row must have a value
    :param is_list: whether a cell may hold several values, parted by semicolons
    """

    name: str
    value: str
    is_required: bool = False
    is_list: bool = False

    @classmethod
    def of(cls, written: str) -> Column:
        """Parse a column of `sheets.yaml`, such as `kind! class`."""
        name, _, value = written.partition(" ")
        return cls(name.rstrip("!*"), value, "!" in name, "*" in name)

    @property
    def is_read(self) -> bool:
        """Whether an import reads the column."""
        return not self.name.endswith(READER_ONLY)


def _sheets() -> Mapping[str, tuple[Column, ...]]:
    listed = yaml.safe_load(packaged_text(__package__ or "", "sheets.yaml"))
    return MappingProxyType({name: tuple(map(Column.of, columns)) for name, columns in listed.items()})


SHEETS = _sheets()  # sheet -> its columns, in the order in which they are written


def sheet_name(sheet: str, lang: str) -> str:
    """Return the name of a sheet in a language.

    >>> sheet_name("systems", "vi")
    'Hệ thống'
    """
    return catalogue(__package__ or "", lang)(f"sheet.{sheet}")


def heading(sheet: str, column: str, lang: str) -> str:
    """Return the heading of a column in a language.

    >>> heading("systems", "kind", "en"), heading("connections", "subject", "en")
    ('Kind', 'From system')
    """
    words = catalogue(__package__ or "", lang)
    special = f"column_of.{sheet}.{column}"
    return words(special if special in words else f"column.{column}")


@lru_cache(maxsize=1)
def sheets_by_name() -> Mapping[str, str]:
    """Map the folded names of sheets, in every language, to their keys."""
    keys = (GUIDE, *SHEETS)
    names = {fold(sheet_name(key, lang)): key for lang in languages() for key in keys}
    return {**names, **{key: key for key in keys}}


@lru_cache(maxsize=16)
def columns_by_heading(sheet: str) -> Mapping[str, Column]:
    """Map the folded headings of a sheet, its own and those people use, in every language, to its columns."""
    columns = SHEETS[sheet]
    headings = {fold(heading(sheet, column.name, lang)): column for lang in languages() for column in columns}
    others = {fold(text): column for column in columns for text in _other_headings(sheet, column.name)}
    return {**others, **headings, **{fold(column.name): column for column in columns}}


@lru_cache(maxsize=1)
def row_counters() -> frozenset[str]:
    """Return the folded headings, in every language, of a column that only counts the rows."""
    texts = (catalogue(__package__ or "", lang)("row_counter") for lang in languages())
    return frozenset(fold(heading) for text in texts for heading in text.split(";"))


def _other_headings(sheet: str, column: str) -> Iterator[str]:
    """Yield the headings, in every language, under which people keep a column beside its own."""
    yield from _listed(f"also_read.{sheet}.{column}")


def other_names(value: str, name: str) -> tuple[str, ...]:
    """List other words, in every language, by which people call a class or a code.

    >>> other_names("class", "Database")[0]
    'CSDL'
    """
    return tuple(text.strip() for text in _listed(f"also_named.{value}.{name}"))


def _listed(key: str) -> Iterator[str]:
    """Yield the texts of a list in the words of every language; none if there is no such list."""
    for lang in languages():
        words = catalogue(__package__ or "", lang)
        if key in words:
            yield from words(key).split(";")


def heading_key(text: str) -> str:
    """Return the key by which a heading is found: accents, case and the mark of required columns are ignored.

    >>> heading_key("Trạng thái *")
    'trang thai'
    """
    return fold(text.replace(_REQUIRED_MARK, " "))


def required_heading(sheet: str, column: Column, lang: str) -> str:
    """Return the heading of a column as the template writes it, with the mark of required columns."""
    mark = f" {_REQUIRED_MARK}" if column.is_required else ""
    return heading(sheet, column.name, lang) + mark
