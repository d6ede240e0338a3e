"""Output of a difference in every form that verbs write it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....viz.shared.forms import CSV, DOCX, HTML, JSON

if TYPE_CHECKING:
    from ....queries.differences.report import DifferenceReport
    from ....viz.differences import DetailPage
    from ...delivery import Output

_ROWS_IN_TERMINAL, _ROWS_ON_PAGE = 20, 500


def write_difference(
    report: DifferenceReport, output: Output, most: int | None = None, page: int = 1
) -> None:
    """Write a difference.

    :param most: rows of each part on a page; by default 20 in a terminal, and 500 in a document
    :param page: number of the page, from 1 on
    """
    from ....files import json_text
    from ....viz.differences import DetailPage, changes_grid, difference_text
    from ....viz.tables import render

    detail = DetailPage(most or (_ROWS_IN_TERMINAL if output.is_table else _ROWS_ON_PAGE), page)
    if output.form in _FILES:
        output.write_bytes(_FILES[output.form](report, detail, output.lang))
    elif output.form is JSON:
        output.write_text(json_text(report.as_dicts()))
    elif output.form is CSV:
        grid = changes_grid(report, report.changes, output.lang)
        output.write_text(output.mark + render(grid, CSV.name))
    elif output.is_table:
        output.write_text(difference_text(report, detail, output.lang))
    else:
        _write_sheets(report, output)


def _write_sheets(report: DifferenceReport, output: Output) -> None:
    from ....viz.differences import difference_sheets
    from ....viz.tables import grid_sheet

    sheets = difference_sheets(report, output.lang)
    output.write_sheets([grid_sheet(name, grid) for name, grid in sheets.items()])


def _page(report: DifferenceReport, page: DetailPage, lang: str) -> bytes:
    from ....viz.differences import difference_document
    from ....viz.documents import document_page

    return document_page(difference_document(report, page, lang)).encode()


def _word_file(report: DifferenceReport, page: DetailPage, lang: str) -> bytes:
    from ....viz.differences import difference_document
    from ....viz.documents import word_document

    return word_document(difference_document(report, page, lang))


_FILES = {HTML: _page, DOCX: _word_file}
