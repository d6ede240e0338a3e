"""Dependency matrix as grid (CSV) and as text (terminal), with legend, edges and loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...queries.dependencies.text import edge_text, relation_text, words_in
from ...queries.facts.terms import term_label
from ...words import catalogue
from ..tables import Grid
from .boxes import short_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.network.edge import DependencyEdge
    from ..tables import CellValue

__all__ = [
    "EDGE_COLUMNS",
    "edge_headings",
    "edge_rows",
    "legend_line",
    "loop_texts",
    "matrix_grid",
    "matrix_text",
]

EDGE_COLUMNS = ("dependent", "relation", "provider", "basis", "status", "sentence", "article")
_DIAGONAL = "■"
_WIDEST_COLUMN = 34  # characters on the terminal


def matrix_grid(report: MatrixReport) -> Grid:
    """Build the grid of a matrix: number, CURIE, name and layer of each system, then a column per system."""
    lang, systems = report.choice.lang, report.systems
    texts = catalogue(__package__, lang).below("matrix.column")
    numbers = [str(number) for number in range(1, len(systems) + 1)]
    rows: list[list[CellValue]] = [
        [
            index + 1,
            system.curie,
            short_label(system, lang),
            term_label(system.layer, lang),
            *_marks(report, index),
        ]
        for index, system in enumerate(systems)
    ]
    headings = ["", texts["entity"], texts["system"], texts["layer"], *numbers]
    return Grid(headings, ["no", "entity", "system", "layer", *(system.curie for system in systems)], rows)


def _marks(report: MatrixReport, row: int) -> list[str]:
    columns = range(len(report.systems))
    return [_DIAGONAL if column == row else report.mark(row, column) for column in columns]


def matrix_text(report: MatrixReport) -> str:
    """Return a matrix as text for the terminal, with its legend; columns are as wide as their marks.

    :returns: empty for an empty matrix
    """
    if not report.systems:
        return ""
    from rich.cells import cell_len  # imported here: it slows the start of every command

    grid = matrix_grid(report)
    rows = [list(map(str, row)) for row in (grid.headings, *grid.rows)]
    widths = [min(_WIDEST_COLUMN, max(map(cell_len, column))) for column in zip(*rows, strict=True)]
    lines = [" ".join(map(_fitted, row, widths)).rstrip() for row in rows]
    return "\n".join(lines) + "\n" + legend_line(report)


def _fitted(text: str, width: int) -> str:
    """Pad a text to a width, or truncate it with an ellipsis."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def legend_line(report: MatrixReport) -> str:
    """Explain the letters and marks on one line; empty without any."""
    lang = report.choice.lang
    meanings = [f"{letter} {relation_text(name, lang)}" for letter, name in report.legend().items()]
    marks = catalogue(__package__, lang)["matrix.marks"]
    return f"{', '.join(meanings)}; {marks}\n" if meanings else ""


def edge_headings(lang: str) -> list[str]:
    """Return the headings of the columns of :func:`edge_rows`."""
    texts = catalogue(__package__, lang).below("matrix.column")
    return [texts[column] for column in EDGE_COLUMNS]


def edge_rows(report: MatrixReport) -> Iterator[Sequence[str]]:
    """List the edges with their sentences, in the order of the cells."""
    lang = report.choice.lang
    names = {system.curie: system.label(lang) for system in report.systems}
    for _, edge in sorted(report.cells.items()):
        yield [
            names[edge.dependent],
            edge_text(edge, lang),
            names[edge.provider],
            words_in(lang)[edge.basis],
            _statuses(edge, lang),
            "\n".join(dict.fromkeys(fact.evidence for fact in (*edge.claims, *edge.implied))),
            ", ".join(sorted({fact.article for fact in (*edge.claims, *edge.implied)})),
        ]


def _statuses(edge: DependencyEdge, lang: str) -> str:
    return ", ".join(sorted({term_label(fact.status, lang) for fact in edge.claims}))


def loop_texts(report: MatrixReport) -> list[str]:
    """Return each loop as the names of its systems; empty without loops."""
    texts = []
    for loop in report.loop_systems():
        texts.append(" → ".join(system.label(report.choice.lang) for system in loop))
    return texts
