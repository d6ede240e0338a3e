"""Dependency matrix as one HTML page that works offline, with edges and loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import packaged_text
from ...graph.network.expectations import rules_of
from ...graph.network.network import DIRECTION
from ...queries.dependencies.text import edge_text, remark_texts
from ...queries.facts.terms import term_label
from ...words import catalogue
from ..shared.html import content_security_policy, template_environment
from .matrix import edge_headings, edge_rows, legend_line, loop_texts
from .source import source_of_edges

if TYPE_CHECKING:
    from ...queries.dependencies.matrix import MatrixReport

__all__ = ["MatrixCell", "MatrixRow", "matrix_page"]

_STYLE = "static/matrix.css"


@dataclass(frozen=True)
class MatrixCell:
    """A cell: how the system of the row depends on that of the column.

    :param css_class: `stated`, `reference`, `self` for the diagonal, or `none`
    :param title: the edge in words; empty without an edge
    """

    mark: str
    css_class: str
    title: str


@dataclass(frozen=True)
class MatrixRow:
    """A row: the cells of one system.

    :param starts_layer: whether its system is the first of its layer
    """

    label: str
    layer: str
    starts_layer: bool
    cells: tuple[MatrixCell, ...]


def matrix_page(report: MatrixReport) -> str:
    """Return the page as HTML; equal reports give equal text."""
    lang = report.choice.lang
    style = packaged_text(__package__, _STYLE)
    template = template_environment(__package__).get_template("matrix.html.j2")
    return template.render(
        lang=lang,
        words=catalogue(__package__, lang),
        style=Markup(style),
        policy=content_security_policy(style),
        rows=[_row(report, index) for index in range(len(report.systems))],
        edge_headings=edge_headings(lang),
        edges=list(edge_rows(report)),
        loops=loop_texts(report),
        legend=legend_line(report),
        notes=remark_texts(report.remarks, lang),
        direction=DIRECTION.text(lang),
        rule=rules_of((edge.basis for edge in report.cells.values()), lang),
        source=source_of_edges([*report.cells.values()], report.choice),
    )


def _row(report: MatrixReport, index: int) -> MatrixRow:
    system, lang = report.systems[index], report.choice.lang
    starts_layer = index == 0 or system.layer != report.systems[index - 1].layer
    cells = tuple(_cell(report, index, column) for column in range(len(report.systems)))
    return MatrixRow(system.label(lang), term_label(system.layer, lang), starts_layer, cells)


def _cell(report: MatrixReport, row: int, column: int) -> MatrixCell:
    if row == column:
        return MatrixCell("", "self", "")
    edge = report.cells.get((row, column))
    if edge is None:
        return MatrixCell("", "none", "")
    lang = report.choice.lang
    dependent, provider = report.systems[row].label(lang), report.systems[column].label(lang)
    title = f"{dependent} — {edge_text(edge, lang)} → {provider}"
    return MatrixCell(report.mark(row, column), edge.basis, title)
