"""Documents as DOCX and HTML: links lead to what is there, nothing of a text is markup, bytes are stable."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from egovkg.viz.documents import (
    Heading,
    Note,
    Notes,
    Remarks,
    Span,
    TextDocument,
    TextTable,
    document_page,
    word_document,
)
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAW = "https://example.vn/224"
DOCUMENT = TextDocument(
    title="Bản tóm tắt <của> tỉnh & huyện",
    lead="Ngày 2026-11-30",
    lang="vi",
    blocks=(
        Remarks(["chưa nguồn nào nói tới"]),
        Heading("Có gì mới"),
        Heading("Quy định", level=2),
        TextTable(
            ["về việc", "căn cứ", "câu dẫn"],
            [
                [
                    ((Span("Cổng <script>alert(1)</script>"),), (Span("kết nối", is_soft=True),)),
                    ((Span("điều 11.3", target=LAW),),),
                    ((Span("[1]", target="sentence-1"), Span("bài a")),),
                ],
                [((Span("Nền tảng"),),), ((Span("mã", target="javascript:alert(1)"),),), ()],
            ],
            (3, 2, 1),
        ),
        Notes([Note("sentence-1", 1, "Cổng đã chạy.", (Span("bài a, đoạn d1", is_soft=True),))]),
    ),
)


@pytest.fixture(scope="module")
def word() -> bytes:
    return word_document(DOCUMENT)


class TestWord:
    def test_it_reads_back(self, word: bytes) -> None:
        read = docx.Document(io.BytesIO(word))
        assert [(part.style.name, part.text) for part in read.paragraphs if part.style] == [
            ("Title", "Bản tóm tắt <của> tỉnh & huyện"),
            ("Normal", "Ngày 2026-11-30"),
            ("List Bullet", "chưa nguồn nào nói tới"),
            ("Heading 1", "Có gì mới"),
            ("Heading 2", "Quy định"),
            ("Normal", "[1] Cổng đã chạy.\nbài a, đoạn d1"),
        ]
        (table,) = read.tables
        assert [cell.text for cell in table.rows[1].cells] == [
            "Cổng <script>alert(1)</script>\nkết nối",
            "điều 11.3",
            "[1] bài a",
        ]
        assert read.core_properties.title == DOCUMENT.title

    def test_links_lead_to_bookmarks_and_the_web(self, word: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(word)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
            links = archive.read("word/_rels/document.xml.rels").decode()
        anchors = {link.get(W + "anchor") for link in body.iter(W + "hyperlink")} - {None}
        assert anchors == {mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")} == {"sentence_1"}
        assert f'Target="{LAW}"' in links
        assert "javascript" not in links

    def test_a_table_keeps_its_head_on_each_page_and_its_widths(self, word: bytes) -> None:
        read = docx.Document(io.BytesIO(word))
        (table,) = read.tables
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        widths = [column.width for column in table.columns]
        assert [round(width / widths[2]) for width in widths if width and widths[2]] == [3, 2, 1]
        section = read.sections[0]
        assert section.orientation == WD_ORIENT.LANDSCAPE
        assert section.page_width
        assert sum(filter(None, widths)) <= section.page_width

    def test_vietnamese_letters_have_a_font(self, word: bytes) -> None:
        read = docx.Document(io.BytesIO(word))
        assert {read.styles[name].font.name for name in ("Normal", "Title", "Heading 1")} == {
            "Times New Roman"
        }

    def test_equal_documents_give_equal_bytes(self, word: bytes) -> None:
        assert word_document(DOCUMENT) == word
        with zipfile.ZipFile(io.BytesIO(word)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


class TestPage:
    def test_links_lead_to_notes_and_the_web(self) -> None:
        page = document_page(DOCUMENT)
        targets = re.findall(r'<a href="([^"]*)"', page)
        assert targets == [LAW, "#sentence-1"]
        assert 'id="sentence-1" value="1"' in page

    def test_texts_are_no_markup(self) -> None:
        page = document_page(DOCUMENT)
        assert "<script" not in page
        assert "javascript" not in page
        assert "Cổng &lt;script&gt;" in page

    def test_nothing_is_loaded_and_no_style_is_inline(self) -> None:
        page = document_page(DOCUMENT)
        assert "script-src &#39;none&#39;" in page
        assert " style=" not in page
        assert page == document_page(DOCUMENT)
