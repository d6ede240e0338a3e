"""The difference of two graphs as a document to read and to print: counts, then a table a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue
from ..documents.model import Heading, Remarks, Span, TextDocument, TextTable
from .tables import count_grids, page_text
from .texts import fields_text, lead_text, matter_text, remark_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...queries.differences.changes import Change, GraphPart
    from ...queries.differences.report import DifferenceReport
    from ..documents.model import Block, CellLines
    from ..tables.grid import Grid
    from .tables import DetailPage

_COLUMNS = ("change", "province", "matter", "difference", "sentence")
_WIDTHS = (2, 4, 9, 6, 9)


def difference_document(report: DifferenceReport, page: DetailPage, lang: str) -> TextDocument:
    """Return a difference as a document: counts by part and province, then a page of the changes."""
    words = catalogue(__package__, lang)
    blocks: list[Block] = []
    if remarks := remark_texts(report, lang):
        blocks.append(Remarks(remarks))
    for heading, grid in count_grids(report, lang).items():
        blocks += [Heading(heading), _count_table(grid)]
    for part in report.counts():
        blocks += _part(report, part, page, lang)
    title = words("title", before=report.before, after=report.after)
    return TextDocument(title, lead_text(report, lang), lang, blocks)


def _count_table(grid: Grid) -> TextTable:
    rows = [[_cell(str(value)) for value in row] for row in grid.rows]
    return TextTable([*grid.headings], rows, [3, *(1 for _ in grid.headings[1:])])


def _part(report: DifferenceReport, part: GraphPart, page: DetailPage, lang: str) -> Iterator[Block]:
    changes = report.of_part(part)
    listed = page.rows(changes)
    if not listed:
        return
    yield Heading(f"{part.label(lang)} ({page_text(changes, listed, page, lang)})")
    words = catalogue(__package__, lang)
    headings = [words[f"column.{column}"] for column in _COLUMNS]
    yield TextTable(headings, [_row(report, change, lang) for change in listed], _WIDTHS).filled()


def _row(report: DifferenceReport, change: Change, lang: str) -> list[CellLines]:
    sentence: CellLines = ((Span(change.sentence),),) if change.sentence else ()
    source: CellLines = ((Span(change.source, is_soft=True),),) if change.source else ()
    return [
        _cell(change.kind.label(lang)),
        _cell(report.province_label(change.province)),
        _cell(matter_text(change)),
        _cell(fields_text(change, lang)),
        (*sentence, *source),
    ]


def _cell(text: str) -> CellLines:
    return ((Span(text),),) if text else ()
