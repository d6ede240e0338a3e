"""From bytes to text: strict, told, and the same text for the same words."""

from __future__ import annotations

import unicodedata

import pytest
from egovkg.loaders.text.reading import read_bytes
from egovkg.problems import Severity
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read_bytes(data, "a.kg.md").problems]


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    reading = read_bytes(data, "a.kg.md")
    assert reading.text is None or not reading.text.strip()
    assert "KG001" in codes(data) or data == b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "line", "column", "said"),
    [
        ("một\nhai ".encode() + b"\xd5", 2, 5, "byte 0xD5 at offset 10"),
        ("bắc ".encode() + b"\xff", 1, 5, "byte 0xFF"),
        (b"\xff\xfea\x00", 1, 1, "UTF-16"),
        (b"abc\xe1\xba", 1, 4, "byte 0xE1 at offset 3"),
    ],
)
def test_not_utf8(data: bytes, line: int, column: int, said: str) -> None:
    reading = read_bytes(data, "a.kg.md")
    assert reading.text is None
    (problem,) = reading.problems
    assert (problem.code, problem.line, problem.column) == ("KG002", line, column)
    assert said in problem.fault.problem.text("en")


def test_decomposed_text_becomes_composed() -> None:
    text = "dòng một\nTuyên Quang"
    reading = read_bytes(unicodedata.normalize("NFD", text).encode(), "a")
    assert reading.text == text
    (problem,) = reading.problems
    assert (problem.code, problem.line, problem.column, problem.severity) == ("KG003", 1, 2, Severity.WARNING)


def test_blanks_and_line_ends_become_plain() -> None:
    reading = read_bytes("\ufeffa\u00a0b\r\nc\u200bd\re\u00adf".encode(), "a")
    assert reading.text == "a b\ncd\nef"
    (problem,) = reading.problems
    assert problem.code == "KG004"
    assert problem.fault.problem.text("en") == (
        "1 byte-order mark, 1 CRLF line end, 1 carriage return, 1 no-break blank, 2 invisible characters"
        " normalised on reading"
    )


def test_site_menu_is_told() -> None:
    (problem,) = read_bytes("Tin\n  • Đang truy cập: 5\nLượt xem: 7\n".encode(), "a").problems
    assert (problem.code, problem.line) == ("KG005", 2)
    assert "lines 2–3 look like a site menu" in problem.fault.problem.text("en")


@given(WORDS)
def test_both_normal_forms_give_one_text(text: str) -> None:
    forms = {read_bytes(unicodedata.normalize(form, text).encode(), "a").text for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(WORDS)
def test_reading_twice_changes_nothing(text: str) -> None:
    once = read_bytes(text.encode(), "a").text
    if once:
        again = read_bytes(once.encode(), "a")
        assert again.text in {once, None}
        assert not {problem.code for problem in again.problems} & {"KG002", "KG003", "KG004"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    reading = read_bytes(data, "a")
    assert reading.text is not None or reading.problems
    for problem in reading.problems:
        assert problem.line >= 1
        assert problem.column >= 1
