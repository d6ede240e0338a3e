"""A document as DOCX: the only DOCX writer of the package; its bytes are reproducible.

Pictures need the optional package that converts them to PNG; without it a remark stands in their place.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from ...words import catalogue
from ..pictures import has_renderer, png
from .model import Heading, Illustration, Remarks, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from .model import Block, CellLines, Note, Notes, Span, SpanLine, TextDocument

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # a fixed day, so that the bytes stay the same
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PROGRAM = "egovkg"
_FONT = "Times New Roman"  # of documents of state bodies; it has the Vietnamese letters
_SIZE, _SMALL = 11, 9  # points
_PAGE = (29.7, 21.0)  # cm, A4 across
_MARGIN = 1.8  # cm
_TALLEST_PICTURE = 14.3  # cm: a page without its heading and two lines
_LINK_COLOUR, _SOFT_COLOUR = "0B57A4", "5A6472"
_HEADING_SHADE = "E8EDF2"
_LONGEST_BOOKMARK = 40  # characters


def word_document(document: TextDocument) -> bytes:
    """Return a document as DOCX, A4 across.

    Links lead to the notes of the document and to the web; headings of tables are repeated on each page.

    :returns: the file; equal documents give equal bytes
    """
    import docx  # imported here: it slows the start of every command

    word = docx.Document()
    _set_properties(word, document)
    _set_page(word)
    word.add_heading(document.title, level=0)
    word.add_paragraph().add_run(document.lead).bold = True
    for block, next_block in pairwise((*document.blocks, None)):
        if block is not None:
            _write_block(word, block, document.lang)
        if isinstance(next_block, Illustration):
            word.paragraphs[-1].paragraph_format.keep_with_next = True
    out = io.BytesIO()
    word.save(out)
    return _with_fixed_times(out.getvalue())


def _set_properties(word: Document, document: TextDocument) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, _PROGRAM, document.lang
    properties.comments = ""
    properties.created = properties.modified = _CREATED


def _set_page(word: Document) -> None:
    """Set page size, margins and fonts; the fonts of the library's template lack Vietnamese letters."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Cm, _PAGE)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(_MARGIN))
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        _set_font(word.styles[name].element)
    word.styles["Normal"].font.size = Pt(_SIZE)


def _set_font(style: BaseOxmlElement) -> None:
    """Let a style use one font for all scripts."""
    from docx.oxml.ns import qn

    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)


def _write_block(word: Document, block: Block, lang: str) -> None:
    if isinstance(block, Heading):
        word.add_heading(block.text, level=block.level)
    elif isinstance(block, Remarks):
        for text in block.texts:
            word.add_paragraph(text, style="List Bullet")
    elif isinstance(block, TextTable):
        _write_table(word, block)
    elif isinstance(block, Illustration):
        _write_picture(word, block, lang)
    else:
        _write_notes(word, block)


def _write_notes(word: Document, notes: Notes) -> None:
    for number, note in enumerate(notes.notes):
        _write_note(word.add_paragraph(), note, number)


def _write_picture(word: Document, picture: Illustration, lang: str) -> None:
    """Place a picture as large as the page allows; without the renderer, say that it is left out."""
    from docx.shared import Cm, Length

    if not has_renderer():
        left_out = catalogue(__package__, lang)("left-out", picture=picture.text)
        word.add_paragraph(left_out, style="List Bullet")
        return
    drawn = word.add_picture(io.BytesIO(png(picture.svg)))
    drawn._inline.docPr.set("descr", picture.text)
    scale = min(Cm(_PAGE[0] - 2 * _MARGIN) / drawn.width, Cm(_TALLEST_PICTURE) / drawn.height)
    drawn.width, drawn.height = (Length(side * scale) for side in (drawn.width, drawn.height))


def _write_table(word: Document, table: TextTable) -> None:
    from docx.shared import Cm

    centimetres = (_PAGE[0] - 2 * _MARGIN) / sum(table.widths)
    widths = [Cm(centimetres * share) for share in table.widths]
    written = word.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    written.autofit = False
    for place, width in enumerate(widths):
        written.columns[place].width = width
    for cell, heading in zip(written.rows[0].cells, table.headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
        _set_small(cell.paragraphs[0])
        _add_element(cell._tc.get_or_add_tcPr(), "w:shd", {"w:val": "clear", "w:fill": _HEADING_SHADE})
    _add_element(written.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", {"w:val": "true"})
    for row in table.rows:
        added = written.add_row()
        _add_element(added._tr.get_or_add_trPr(), "w:cantSplit", {"w:val": "true"})
        _write_row(added.cells, row, widths)


def _write_row(cells: Sequence[_Cell], row: Iterable[CellLines], widths: Iterable[Length]) -> None:
    for cell, lines, width in zip(cells, row, widths, strict=True):
        cell.width = width
        for place, line in enumerate(lines):
            paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
            _write_line(paragraph, line)
            _set_small(paragraph)


def _write_note(paragraph: Paragraph, note: Note, identifier: int) -> None:
    """Write a note as the target of links: a bookmark around its number."""
    names = {"w:id": str(identifier), "w:name": _bookmark(note.anchor)}
    _add_element(paragraph._p, "w:bookmarkStart", names)
    paragraph.add_run(f"[{note.number}] ").bold = True
    _add_element(paragraph._p, "w:bookmarkEnd", {"w:id": str(identifier)})
    paragraph.add_run(note.text)
    paragraph.paragraph_format.keep_together = True
    paragraph.add_run().add_break()
    _write_line(paragraph, note.source)


def _write_line(paragraph: Paragraph, line: SpanLine) -> None:
    for place, span in enumerate(line):
        run = paragraph.add_run(f" {span.text}" if place else span.text)
        if span.leads_outside or span.anchor:
            _make_link(paragraph, run, span)
        elif span.is_soft:
            _colour(run, _SOFT_COLOUR)


def _make_link(paragraph: Paragraph, run: Run, span: Span) -> None:
    """Turn a run into a link; python-docx reads links but has no call that writes them."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if span.leads_outside:
        key = paragraph.part.relate_to(span.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        attributes = {"r:id": key}
    else:
        attributes = {"w:anchor": _bookmark(span.anchor)}
    _add_element(paragraph._p, "w:hyperlink", attributes).append(run._r)
    run.underline = True
    _colour(run, _LINK_COLOUR)


def _bookmark(anchor: str) -> str:
    """Return the name of a bookmark: letters, digits and underscores."""
    return anchor.replace("-", "_")[:_LONGEST_BOOKMARK]


def _colour(run: Run, colour: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour)


def _set_small(paragraph: Paragraph) -> None:
    """Set the runs of a paragraph smaller, those in links included."""
    from docx.shared import Pt
    from docx.text.run import Run

    paragraph.paragraph_format.space_after = Pt(2)
    for element in paragraph._p.iter("{*}r"):
        Run(element, paragraph).font.size = Pt(_SMALL)


def _add_element(parent: BaseOxmlElement, name: str, attributes: Mapping[str, str]) -> BaseOxmlElement:
    """Append an element of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    parent.append(element)
    return element


def _with_fixed_times(archive: bytes) -> bytes:
    """Return a ZIP archive whose members all bear the same time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name, _ZIP_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
