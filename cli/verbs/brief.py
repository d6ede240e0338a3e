"""The verbs that make documents of one province: the brief of a period, and the report of its landscape."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import CSV, DOCX, HTML, JSON, ROWS, TABLE, XLSX
from ..app import verb
from ..delivery import Output, output_in
from ..language import say
from ..opening import opened
from ..options import Day, graph
from .planning import remark_line

if TYPE_CHECKING:
    from ...queries.brief.report import BriefReport


@verb("brief", 'egovkg brief --province "Cà Mau" --since 2026-06-30 --as-of 2026-11-30')
@click.option("--province", "name", metavar="NAME", required=True)
@click.option("--since", type=Day(), metavar="DATE")
@click.option("--as-of", type=Day(), metavar="DATE")
@click.option("--framework", metavar="NAME")
@click.option("--unverified", is_flag=True)
@output_in(*ROWS, DOCX, HTML)
@graph
def brief_verb(
    name: str,
    since: date | None,
    as_of: date | None,
    framework: str | None,
    unverified: bool,
    output: Output,
    home: Path,
) -> None:
    """Brief a planner on a province for a period."""
    from ...queries.brief.ask import BriefQuestion, ask_brief

    question = BriefQuestion(
        province=name,
        since=since,
        as_of=as_of,
        framework=framework,
        unverified=unverified,
        languages=(output.lang,),
    )
    _write(ask_brief(opened(home), question), output)


@verb("report", 'egovkg report --province "Cà Mau" -o ca-mau.html')
@click.option("--province", "name", metavar="NAME", required=True)
@click.option("--as-of", type=Day(), metavar="DATE")
@click.option("--framework", metavar="NAME")
@click.option("--unverified", is_flag=True)
@output_in(HTML, DOCX)
@graph
def report_verb(
    name: str, as_of: date | None, framework: str | None, unverified: bool, output: Output, home: Path
) -> None:
    """Report the systems, connections, figures, gaps and sources of a province as a document."""
    from ...queries.landscape import LandscapeQuestion, ask_landscape
    from ...viz.documents import document_page, word_document
    from ...viz.landscape import landscape_document

    question = LandscapeQuestion(
        province=name, as_of=as_of, framework=framework, unverified=unverified, lang=output.lang
    )
    document = landscape_document(ask_landscape(opened(home), question))
    is_word = output.form is DOCX
    output.write_bytes(word_document(document) if is_word else document_page(document).encode())


def _write(report: BriefReport, output: Output) -> None:
    """Write a brief in the form that was asked for; its remarks stand in it, or on standard error."""
    if output.form in _FILES:
        output.write_bytes(_FILES[output.form](report, output.lang))
    else:
        output.write_text(_text(report, output))
    if output.form in {TABLE, CSV}:
        for remark in report.remarks:
            say(remark_line(remark))


def _text(report: BriefReport, output: Output) -> str:
    from ...files import json_text
    from ...viz.brief.tables import brief_grid, brief_text
    from ...viz.tables import render

    if output.form is JSON:
        return json_text(report.as_dict(output.lang))
    if output.form is CSV:
        return output.mark + render(brief_grid(report, output.lang), CSV.name)
    return brief_text(report, output.lang)


def _workbook(report: BriefReport, lang: str) -> bytes:
    from ...viz.brief.tables import brief_sheets
    from ...viz.tables import grid_sheet, workbook

    return workbook([grid_sheet(name, grid) for name, grid in brief_sheets(report, lang).items()])


def _page(report: BriefReport, lang: str) -> bytes:
    from ...viz.brief.document import brief_document
    from ...viz.documents import document_page

    return document_page(brief_document(report, lang)).encode()


def _word_file(report: BriefReport, lang: str) -> bytes:
    from ...viz.brief.document import brief_document
    from ...viz.documents import word_document

    return word_document(brief_document(report, lang))


_FILES = {DOCX: _word_file, HTML: _page, XLSX: _workbook}
