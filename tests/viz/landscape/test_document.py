"""The landscape of a province as a document: footnotes that lead to sentences, pictures that fit a page."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import docx
import pytest
from egovkg.queries.dependencies import EdgeChoice, MatrixQuestion, ask_matrix
from egovkg.queries.landscape import LandscapeQuestion, ask_landscape
from egovkg.viz.documents import (
    Heading,
    Illustration,
    Notes,
    Remarks,
    TextDocument,
    TextTable,
    document_page,
    word,
    word_document,
)
from egovkg.viz.landscape import landscape_document
from egovkg.viz.landscape.pictures import landscape_pictures, systems_left_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from egovkg.graph.store import OxigraphStore
    from egovkg.viz.documents.model import CellLines

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def document(store: OxigraphStore) -> TextDocument:
    question = LandscapeQuestion(province="Bắc Kạn", as_of=DAY, lang="en")
    return landscape_document(ask_landscape(store, question))


def tables(document: TextDocument) -> Mapping[str, TextTable]:
    """Map each heading to the table below it."""
    heading, below = "", {}
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, TextTable):
            below[heading] = block
    return below


def cell_text(lines: CellLines) -> str:
    return " ".join(span.text for line in lines for span in line)


def one_pixel() -> bytes:
    """Return a PNG of one white pixel (PNG specification, sections 5 and 11)."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def test_every_row_leads_to_a_sentence(document: TextDocument) -> None:
    (notes,) = [block for block in document.blocks if isinstance(block, Notes)]
    anchors = {note.anchor for note in notes.notes}
    for table in tables(document).values():
        for row in table.rows:
            targets = {span.anchor for cell in row for line in cell for span in line} - {""}
            assert targets, row
            assert targets <= anchors
    assert notes.notes[0].source[0].text == (
        "Modernising the administration to enable and to serve the people (2019-12-05), bac-kan-2019, "
        "paragraph d1 of our digest"
    )


def test_a_row_reads_as_the_source_states_it(document: TextDocument) -> None:
    below = tables(document)
    title = next(heading for heading in below if heading.startswith("Connections"))
    rows = [
        [" ".join(span.text for line in cell for span in line) for cell in row] for row in below[title].rows
    ]
    (denied,) = [row for row in rows if "denied" in row[3]]
    assert denied[:4] == [
        "Shared software of Bắc Kạn province",
        "hosted on",
        "Servers scattered across Bắc Kạn's bodies",
        "operational, denied",
    ]
    assert denied[4].startswith("[")


def test_the_picture_is_in_both_forms(document: TextDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    (picture,) = [block for block in document.blocks if isinstance(block, Illustration)]
    page = document_page(document)
    ElementTree.fromstring(picture.svg)
    assert page.count("<svg ") == 1
    assert "<?xml" not in page
    assert "pip install" not in page
    short = TextDocument("title", "lead", "en", [Remarks(["before"]), picture])
    monkeypatch.setattr(word, "png", lambda svg: one_pixel())
    monkeypatch.setattr(word, "has_renderer", lambda: True)
    written = word_document(short)
    assert written == word_document(short)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.read("word/media/image1.png") == one_pixel()
        assert picture.text in archive.read("word/document.xml").decode()


def test_without_the_renderer_the_document_says_so(
    document: TextDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = next(block for block in document.blocks if isinstance(block, Illustration))
    monkeypatch.setattr(word, "has_renderer", lambda: False)
    read = docx.Document(io.BytesIO(word_document(TextDocument("title", "lead", "en", [picture]))))
    assert 'pip install "egovkg[pictures]"' in read.paragraphs[-1].text
    assert not read.inline_shapes


def test_a_large_network_is_divided_and_says_what_it_leaves_out(store: OxigraphStore) -> None:
    network = ask_matrix(store, MatrixQuestion(EdgeChoice(plans=True, lang="en")))
    pictures = list(landscape_pictures(network, "Viet Nam"))
    assert len(pictures) > 1
    assert pictures[0].text.startswith(f"Connections of the systems of Viet Nam (1 of {len(pictures)}): ")
    shown = sum(int(picture.text.rpartition(": ")[2].split()[0]) for picture in pictures)
    assert shown + systems_left_out(network) == len(network.systems)
    for picture in pictures:
        width, height = (
            float(ElementTree.fromstring(picture.svg).attrib[side]) for side in ("width", "height")
        )
        assert max(width / 26.1, height / 15.5) < 100  # pixels a centimetre: type of 15 pixels has 4 points
