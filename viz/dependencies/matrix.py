"""A matrix as a table on the terminal, CSV, a workbook and an HTML page.

The workbook has the same bytes on every run, and holds texts and numbers only: a label that begins like a
formula stays a label.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ...files import packaged_text
from ...graph.network.expectations import RULE
from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import edge_text, relation_text, remark_texts, words_in
from ...queries.facts.terms import term_label
from ..html import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ...queries.dependencies.matrix import MatrixReport

Cells: TypeAlias = "Sequence[str | int]"

TEMPLATE, STYLE = "templates/matrix.html.j2", "static/matrix.css"
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # no day of writing: the same matrix, the same bytes
WORDS = {
    "vi": {
        "title": "Ma trận phụ thuộc",
        "how": "Hàng phụ thuộc vào cột. Xếp theo tầng; các thành viên của một vòng đứng cạnh nhau.",
        "edges": "Cạnh",
        "loops": "Vòng phụ thuộc",
        "legend": "Chú giải",
        "none": "Không có vòng phụ thuộc nào.",
        "empty": "Theo các cạnh đã chọn, không bài nào nêu phụ thuộc trong phạm vi này.",
        "layer": "tầng",
        "system": "hệ thống",
        "id": "mã",
        "planned": "(…): mới theo kế hoạch; ?: chỉ suy ra; ô gạch chéo: chỉ khung tham chiếu mong đợi",
        "heads": ["bên phụ thuộc", "quan hệ", "bên được dựa vào", "căn cứ", "trạng thái", "câu nêu", "bài"],
    },
    "en": {
        "title": "Matrix of dependencies",
        "how": "Rows depend on columns. Ordered by layer; the members of a loop stand together.",
        "edges": "Edges",
        "loops": "Loops",
        "legend": "Legend",
        "none": "There is no loop of dependencies.",
        "empty": "By the edges chosen, no dependency is told in this scope.",
        "layer": "layer",
        "system": "system",
        "id": "id",
        "planned": "(…): planned only; ?: implied only; hatched cell: expected by the reference only",
        "heads": ["dependent", "relation", "depends on", "basis", "status", "sentence", "article"],
    },
}


@dataclass(frozen=True)
class Laid:
    """A matrix laid out as rows: number, id, system, layer, then a column a system.

    :param headings: words above the columns
    :param keys: names of the columns in CSV: the systems by CURIE
    """

    headings: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def laid_out(answer: MatrixReport) -> Laid:
    """Lay a matrix out."""
    size = len(answer.systems)
    words = WORDS[answer.choice.lang]
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (
            index + 1,
            one.curie,
            one.short if answer.choice.lang == "vi" else one.label(answer.choice.lang),
            term_label(one.layer, answer.choice.lang),
            *("■" if index == column else answer.mark(index, column) for column in range(size)),
        )
        for index, one in enumerate(answer.systems)
    )
    heads = ("", str(words["id"]), str(words["system"]), str(words["layer"]))
    headings = (*heads, *(str(index + 1) for index in range(size)))
    return Laid(headings, ("no", "entity", "system", "layer", *(one.curie for one in answer.systems)), rows)


def as_text(answer: MatrixReport) -> str:
    """Write a matrix for the terminal, with columns as wide as their marks, and its legend.

    :returns: nothing for an empty matrix
    """
    if not answer.systems:
        return ""
    from rich.cells import cell_len

    laid = laid_out(answer)
    cells = [[str(cell) for cell in row] for row in (laid.headings, *laid.rows)]
    widths = [min(34, max(cell_len(row[column]) for row in cells)) for column in range(len(cells[0]))]
    lines = [
        " ".join(_cut(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]
    return "\n".join(lines) + "\n" + legend(answer)


def _cut(words: str, width: int) -> str:
    """Fit words into a column; what is cut ends in a sign."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(words, width) if cell_len(words) <= width else set_cell_size(words, width - 1) + "…"


def legend(answer: MatrixReport) -> str:
    """Write what the letters mean, on one line."""
    found = [
        f"{letter} {relation_text(name, answer.choice.lang)}" for letter, name in answer.legend().items()
    ]
    return f"{', '.join(found)}; {WORDS[answer.choice.lang]['planned']}\n" if found else ""


def _edge_rows(answer: MatrixReport) -> Iterable[list[str]]:
    names = {one.curie: one.label(answer.choice.lang) for one in answer.systems}
    for (_, _), step in sorted(answer.cells.items()):
        facts = (*step.claims, *step.implied)
        yield [
            names[step.dependent],
            edge_text(step, answer.choice.lang),
            names[step.provider],
            words_in(answer.choice.lang)[step.basis],
            ", ".join(sorted({term_label(fact.status, answer.choice.lang) for fact in step.claims})),
            "\n".join(dict.fromkeys(fact.evidence for fact in facts)),
            ", ".join(sorted({fact.article for fact in facts})),
        ]


def xlsx(answer: MatrixReport) -> bytes:
    """Write a workbook of four sheets: matrix, edges with their sentences, loops, legend."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **safe})
    book.set_properties({"title": str(WORDS[answer.choice.lang]["title"]), "created": _MADE})
    head = book.add_format(
        {"bold": True, "bg_color": "#E8EDF2", "border": 1, "text_wrap": True, "valign": "top"}
    )
    words = WORDS[answer.choice.lang]
    _matrix_sheet(book, answer, head)
    _sheet(book, str(words["edges"]), words["heads"], _edge_rows(answer), head, (34, 26, 34, 14, 16, 80, 20))
    names = {one.curie: one.label(answer.choice.lang) for one in answer.systems}
    loops = [[" → ".join(names[curie] for curie in loop)] for loop in answer.loops] or [[str(words["none"])]]
    _sheet(book, str(words["loops"]), [words["loops"]], loops, head, (100,))
    meanings = [[letter, relation_text(name, answer.choice.lang)] for letter, name in answer.legend().items()]
    told = [
        *meanings,
        ["(…)", str(words["planned"])],
        ["", DIRECTION.text(answer.choice.lang)],
        ["", RULE.text(answer.choice.lang)],
    ]
    told += [["!", note] for note in remark_texts(answer.remarks, answer.choice.lang)]
    _sheet(book, str(words["legend"]), ["", words["legend"]], told, head, (8, 120))
    book.close()
    return out.getvalue()


def _matrix_sheet(book: Workbook, answer: MatrixReport, head: Format) -> None:
    sheet: Worksheet = book.add_worksheet(str(WORDS[answer.choice.lang]["title"])[:31])
    turned = book.add_format(
        {"bold": True, "rotation": 90, "bg_color": "#E8EDF2", "border": 1, "valign": "bottom"}
    )
    plain = {"align": "center", "border": 1}
    formats = {
        "stated": book.add_format({**plain, "bg_color": "#CFE3F5"}),
        "reference": book.add_format({**plain, "bg_color": "#EADCF3", "pattern": 14, "fg_color": "#B58CCB"}),
        "self": book.add_format({**plain, "bg_color": "#5A6672", "font_color": "#5A6672"}),
        "": book.add_format({"border": 4, "border_color": "#C8CFD6"}),
    }
    size = len(answer.systems)
    for index, words in enumerate(
        ("", WORDS[answer.choice.lang]["system"], WORDS[answer.choice.lang]["layer"])
    ):
        sheet.write_string(0, index, str(words), head)
    for index, one in enumerate(answer.systems):
        label = one.label(answer.choice.lang)
        sheet.write_string(0, index + 3, f"{index + 1} {label}", turned)
        sheet.write_number(index + 1, 0, index + 1, head)
        sheet.write_string(index + 1, 1, label, head)
        sheet.write_string(index + 1, 2, term_label(one.layer, answer.choice.lang), head)
        for column in range(size):
            step = answer.cells.get((index, column))
            key = "self" if index == column else (step.basis if step else "")
            sheet.write_string(index + 1, column + 3, answer.mark(index, column), formats[key])
    sheet.set_row(0, 190)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 2, 16)
    sheet.set_column(3, max(3, size + 2), 4)
    sheet.freeze_panes(1, 3)


def _sheet(
    book: Workbook, name: str, heads: object, rows: Iterable[Cells], head: Format, widths: Sequence[int]
) -> None:
    sheet = book.add_worksheet(name[:31])
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    assert isinstance(heads, list)
    for column, words in enumerate(heads):
        sheet.write_string(0, column, str(words), head)
    for index, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(index, column, str(cell), wrapped)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def html(answer: MatrixReport) -> str:
    """Write a page that works from a file, offline: the matrix, its edges with their sentences, its loops."""
    environment = Environment(
        loader=FunctionLoader(partial(packaged_text, __package__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style = packaged_text(__package__, STYLE)
    names = {one.curie: one.label(answer.choice.lang) for one in answer.systems}
    size = range(len(answer.systems))
    rows = [
        {
            "label": one.label(answer.choice.lang),
            "layer": term_label(one.layer, answer.choice.lang),
            "starts": not index or one.layer != answer.systems[index - 1].layer,
            "cells": [_cell(answer, index, column) for column in size],
        }
        for index, one in enumerate(answer.systems)
    ]
    return environment.get_template(TEMPLATE).render(
        lang=answer.choice.lang,
        words=WORDS[answer.choice.lang],
        style=Markup(style),
        policy=content_security_policy(style),
        rows=rows,
        edges=list(_edge_rows(answer)),
        loops=[" → ".join(names[curie] for curie in loop) for loop in answer.loops],
        legend=legend(answer),
        notes=remark_texts(answer.remarks, answer.choice.lang),
        direction=DIRECTION.text(answer.choice.lang),
        rule=RULE.text(answer.choice.lang)
        if any(step.basis == "reference" for step in answer.cells.values())
        else "",
    )


def _cell(answer: MatrixReport, row: int, column: int) -> dict[str, str]:
    if row == column:
        return {"mark": "", "look": "self", "title": ""}
    step = answer.cells.get((row, column))
    if step is None:
        return {"mark": "", "look": "none", "title": ""}
    one, other = (
        answer.systems[row].label(answer.choice.lang),
        answer.systems[column].label(answer.choice.lang),
    )
    title = f"{one} — {edge_text(step, answer.choice.lang)} → {other}"
    return {"mark": answer.mark(row, column), "look": step.basis, "title": title}
