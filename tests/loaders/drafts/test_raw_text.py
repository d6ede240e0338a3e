"""Raw texts of every kind are read; what is no single article in Vietnamese gets a clear line."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
import typst
from egovkg.errors import InputError
from egovkg.loaders.drafts.raw_text import read_raw
from egovkg.loaders.recognition.languages import load_all_rules

RULES = load_all_rules(Path())
SENTENCE = "Ngày 15/3/2021, UBND tỉnh ban hành Quyết định số 212/QĐ-UBND về chính quyền điện tử."
PAGE = f"""<!doctype html><html><head><title>Tỉnh ban hành kiến trúc</title>
<meta property="article:published_time" content="2021-06-30T08:00:00+07:00"></head>
<body><nav><a href="/">Trang chủ</a> <a href="/t">Thời sự</a></nav>
<article><h1>Tỉnh ban hành kiến trúc</h1><p>{SENTENCE * 3}</p></article>
<footer>Bản quyền thuộc về tờ báo</footer></body></html>"""


def without_body() -> bytes:
    """Write a Word document whose text is an empty part."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_document())) as sound, zipfile.ZipFile(written, "w") as broken:
        for name in sound.namelist():
            broken.writestr(name, b"" if name == "word/document.xml" else sound.read(name))
    return written.getvalue()


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE.encode(), "a.html"),
        (typst.compile(SENTENCE.encode(), format="pdf"), "a.pdf"),
        (word_document(), "a.docx"),
        (SENTENCE.encode(), "a.txt"),
    ],
    ids=["html", "pdf", "docx", "txt"],
)
def test_the_words_of_every_kind_of_file_are_read(data: bytes, name: str) -> None:
    text = read_raw(data, name, RULES).text
    assert "Quyết định số 212/QĐ-UBND về chính quyền điện tử." in " ".join(text.split())
    assert "Trang chủ" not in text
    assert "Bản quyền" not in text


def test_title_and_day_are_those_of_the_page() -> None:
    raw = read_raw(PAGE.encode(), "a.html", RULES)
    assert (raw.title, raw.published) == ("Tỉnh ban hành kiến trúc", "2021-06-30")
    unmarked = re.sub("<meta [^>]*>", "", PAGE)  # its text names the day of a decision
    assert read_raw(unmarked.encode(), "a.html", RULES).published == ""
    plain = read_raw(f"Tên bài\n\nThứ Năm, ngày 19 tháng 3 năm 2020 - 09:33\n{SENTENCE}".encode(), "a", RULES)
    assert (plain.title, plain.published) == ("Tên bài", "2020-03-19")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "a.txt:1:1 KG101 there are no words in this text — give the text of an article"),
        (b"\n  \n", "KG101 there are no words"),
        (
            b"\x00\x01\x02" * 99,
            "KG101 this is a binary file of unknown format, from which no words can be taken",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "KG101 this is a PNG picture"),
        (b"%PDF-1.7 broken", "KG101 the file is damaged"),
        (word_document()[:9000], "KG101 the file is damaged"),
        (word_document().replace(b"PK\1\2", b"PK\1\3"), "KG101 the file is damaged"),
        (without_body(), "KG101 the file is damaged"),
        (b"a" * 20_000_000, "KG102 the text has 20000000 characters, more than the 1000000"),
        (
            b"Das Portal der Provinz ist angeschlossen. " * 20,
            "KG103 only 0 % of the letters are ones that only Vietnamese has",
        ),
        (b"Cong dich vu cong cua tinh da ket noi voi truc. " * 20, "KG103 only 0 %"),
        (b"---\nkg: 1\n---\n", "KG101 this is an annotated article already"),
        ("Tỉnh".encode("utf-16"), "KG002"),
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "picture",
        "broken",
        "cut-docx",
        "broken-docx",
        "bodiless-docx",
        "long",
        "german",
        "without-marks",
        "annotated",
        "utf-16",
    ],
)
def test_what_is_no_text_to_draft_from_is_refused(
    data: bytes, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InputError) as error:
        read_raw(data, "a.txt", RULES)
    assert line in error.value.problems[0].text("en")
    assert caplog.text == ""


def test_contents_menus_and_a_second_article_are_told() -> None:
    contents = "".join(f"Phần {number} về chính quyền điện tử ........ {number}\n" for number in range(1, 7))
    article = f"13/09/2018 09:20\n{SENTENCE * 10}\n"
    text = f"{contents}{article}{article}In bài viết Gửi phản hồi\n"
    raw = read_raw(text.encode(), "a.txt", RULES)
    assert [(problem.line, problem.code) for problem in raw.problems] == [
        (1, "KG104"),
        (11, "KG104"),
        (9, "KG105"),
    ]
    assert "6 lines from 1 to 6 look like a table of contents" in raw.problems[0].text("en")


@pytest.mark.parametrize(
    "text",
    [
        "Das Portal der Provinz Sơn La ist an die nationale Plattform angeschlossen. Behörden nutzen es.",
        "Le portail de la province de Tuyên Quang a été intégré à la plateforme développée par l'État.",
        "Il portale della provincia di Sơn La è collegato alla piattaforma nazionale.",
        "Portalul provinciei Sơn La a fost conectat la platforma națională și operat de către autorități.",
        "Cong dich vu cong cua tinh da ket noi voi truc",
    ],
    ids=["german", "french", "italian", "romanian", "without-marks"],
)
def test_short_texts_of_other_languages_are_refused(text: str) -> None:
    with pytest.raises(InputError) as error:
        read_raw(text.encode(), "a.txt", RULES)
    assert error.value.problems[0].code == "KG103"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Công an tỉnh lo an toàn thông tin, an ninh mạng cho các hệ thống.", "vi"),
        ("IOC Cao Bằng", "vi"),
        ("LGSP, NGSP, IOC, SOC", "vi"),
        ("The portal of Sơn La province is connected to the national platform.", "en"),
    ],
)
def test_short_texts_of_the_corpus_languages_are_read(text: str, language: str) -> None:
    assert read_raw(text.encode(), "a.txt", RULES).language == language


SHORT = "Tỉnh Cao Bằng khai trương trung tâm IOC, kết nối LGSP tỉnh với mười hai hệ thống."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Tin một", "Cập nhật: 10:30, 13/09/2018", SHORT, "Tin hai", "Cập nhật: 14/09/2018", SHORT], [5]),
        (["Tin một", "Đăng ngày 13/09/2018", "Cập nhật lúc 08:15 ngày 14/09/2018", SHORT], []),
        (["Tin một", "13/09/2018", SHORT, "Tin liên quan", "Hội nghị về chuyển đổi số", "12/09/2018"], []),
    ],
    ids=["short articles", "published and updated", "list of other articles"],
)
def test_each_of_two_articles_has_sentences_below_its_date(lines: list[str], expected: list[int]) -> None:
    raw = read_raw("\n".join(line.strip() for line in lines).encode(), "a.txt", RULES)
    assert [problem.line for problem in raw.problems if problem.code == "KG105"] == expected
    assert raw.published == "2018-09-13"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError) as error:
        read_raw(PAGE.encode(), "a.html", RULES)
    assert 'pip install "egovkg[texts]"' in error.value.problems[0].text("en")


def test_the_day_of_an_official_document_stands_behind_its_place() -> None:
    text = f"QUYẾT ĐỊNH\n\nHà Giang, ngày 13 tháng 10 năm 2023\n\n{SENTENCE}\n"
    assert read_raw(text.encode(), "a.txt", RULES).published == "2023-10-13"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Tin một", SHORT, "Nguồn: Báo Cao Bằng, ngày 13/3/2025", "Tin hai", SHORT, "Nguồn: Báo A"], [6]),
        (["Tin một", SHORT, "Báo Cao Bằng, ngày 13/3/2025", "Tin hai", SHORT, "Báo A, ngày 14/3/2025"], [6]),
        (["Tin một", SHORT, "---", "Tin hai", SHORT], [3]),
        (["Tin một", "13/09/2018", SHORT, "Nguồn: Báo Cao Bằng"], []),
        (["Tin một", SHORT, "---", "Tin liên quan"], []),
        (["Tin một", "13/9/2018", SHORT, "Tin hai", "14/9/2018", SHORT, "---", "Liên hệ"], [5]),
    ],
    ids=["sources", "closing days", "a rule", "one article", "a footer", "days above a footer"],
)
def test_two_articles_are_told_by_what_closes_or_parts_them(lines: list[str], expected: list[int]) -> None:
    raw = read_raw("\n".join(lines).encode(), "a.txt", RULES)
    assert [problem.line for problem in raw.problems if problem.code == "KG105"] == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("date 2018-09-13", "date 2018-11-25"),
        ("Ngày đăng: 13/09/2018", "Ngày đăng: 25/11/2018"),
        ("Thứ Năm, 13/09/2018", "Chủ nhật, 25/11/2018 - 10:30 (GMT+7)"),
        ("Thời gian đăng: 10:30 13-09-2018", "10:30 | Thứ 3, ngày 25 tháng 11 năm 2018"),
        ("Báo Cao Bằng - 13.09.2018", "Cập nhật lần cuối: 08:15:10 AM 25/11/2018"),
        ("Ngày 2018/09/13", "25/11/2018 lúc 10h30 (giờ Việt Nam)"),
    ],
)
def test_a_day_line_is_known_in_any_form(first: str, second: str) -> None:
    raw = read_raw("\n".join(["Tin một", first, SHORT, "Tin hai", second, SHORT]).encode(), "a.txt", RULES)
    assert [problem.line for problem in raw.problems if problem.code == "KG105"] == [5]
    assert raw.published == "2018-09-13"


@pytest.mark.parametrize("line", ["Sep. 25, 2018 10:30 AM GMT+7", "Posted on 2018-09-25", "25th Sept 2018"])
def test_a_day_line_is_known_in_any_form_in_english(line: str) -> None:
    sentence = "The province of Cao Bang put the new centre into use for all of its departments and people. "
    text = "\n".join(["One", "13 September 2018", sentence, "Two", line, sentence])
    raw = read_raw(text.encode(), "a.txt", RULES)
    assert [problem.line for problem in raw.problems if problem.code == "KG105"] == [5]


@pytest.mark.parametrize(
    "line", ["Ngày 13/9/2018, UBND tỉnh đã họp về chuyển đổi số.", "Quyết định số 12/QĐ-UBND ngày 25/11/2018"]
)
def test_a_sentence_with_a_day_opens_no_article(line: str) -> None:
    raw = read_raw("\n".join(["Tin một", "13/09/2018", SHORT, line, SHORT]).encode(), "a.txt", RULES)
    assert not [problem for problem in raw.problems if problem.code == "KG105"]
