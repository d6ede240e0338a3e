"""All output formats of a drawing and of a matrix: page, picture, diagram text, graph file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..pictures import picture_bytes
from ..shared.forms import GEXF, GRAPHML, HTML, MERMAID, PDF, PNG, SVG, XLSX
from .cell_picture import matrix_svg, matrix_title
from .drawing import of_matrix
from .graph_formats import gexf, graphml, mermaid
from .matrix_page import matrix_page
from .matrix_workbook import matrix_workbook
from .page import render
from .picture import svg

if TYPE_CHECKING:
    from ...queries.dependencies.matrix import MatrixReport
    from ..shared.forms import Form
    from .boxes import Drawing

__all__ = ["drawing_bytes", "matrix_bytes"]

_PICTURES = {SVG, PNG, PDF}
_TEXTS = {HTML: render, MERMAID: mermaid, GRAPHML: graphml, GEXF: gexf}


def drawing_bytes(drawing: Drawing, form: Form) -> bytes:
    """Return a drawing in one of :data:`~egovkg.viz.shared.forms.DRAWINGS`; equal drawings give equal bytes.

    :raises KeyError: if the format is not available for drawings
    """
    if form in _PICTURES:
        return picture_bytes(svg(drawing), form.name)
    return _TEXTS[form](drawing).encode()


def matrix_bytes(report: MatrixReport, form: Form, place: str | None) -> bytes:
    """Return a matrix in a format: its cells as page, workbook or picture, else its network.

    :param place: the territory named in the title
    :raises KeyError: if the format is not available for matrices
    """
    if form is XLSX:
        return matrix_workbook(report)
    if form is HTML:
        return matrix_page(report).encode()
    if form in _PICTURES:
        return picture_bytes(matrix_svg(report, place), form.name)
    return drawing_bytes(of_matrix(report, matrix_title(report, place)), form)
