"""Tables whose columns have a key for programs and a heading for readers."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ...queries.facts.sources import published_text
from ...words import catalogue
from .grid import Grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...ontology.verdicts import TargetVerdict, Verdict
    from ...queries.planning.units import JudgedProvince
    from .grid import CellValue

__all__ = ["column_heading", "grid_of_columns", "judged_columns", "stated_cell", "verdict_text"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def column_heading(name: str, lang: str) -> str:
    """Return the heading of a column in a language.

    >>> column_heading("province", "en")
    'province'
    """
    return catalogue(__package__, lang)[f"column.{name}"]


def grid_of_columns(columns: Mapping[str, str], rows: Sequence[Sequence[CellValue]], lang: str) -> Grid:
    """Build a grid from rows and column keys.

    :param columns: key of each column → key of its heading in the catalogue
    """
    headings = [column_heading(name, lang) for name in columns.values()]
    return Grid(headings, list(columns), rows)


def judged_columns(judged: JudgedProvince, lang: str) -> list[CellValue]:
    """Return the first cells of a row: the province, and the former one that the statements are about."""
    former = judged.source_unit
    return [judged.requested.label(lang), former.label(lang) if former else None]


def stated_cell(edtf: str, lang: str) -> CellValue:
    """Return a stated day as a date, any other time in words; nothing for an empty text.

    >>> stated_cell("2019-12-05", "en"), stated_cell("2023~", "en"), stated_cell("", "en")
    (datetime.date(2019, 12, 5), 'about 2023', None)
    """
    return date.fromisoformat(edtf) if _DAY.fullmatch(edtf) else published_text(edtf, lang) or None


def verdict_text(verdict: Verdict | TargetVerdict, lang: str) -> str:
    """Return the label of a verdict, preceded by its symbol.

    >>> from egovkg.ontology.verdicts import Verdict
    >>> verdict_text(Verdict.MET, "vi")
    '● đã có'
    """
    return f"{verdict.symbol} {verdict.label(lang)}"
