"""Raw texts with lines that are wrapped hard, as from PDF, are read as flowing texts; days without years."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import typst
from egovkg.loaders.drafts.raw_text import read_raw
from egovkg.loaders.recognition.languages import load_all_rules
from egovkg.loaders.recognition.rules import load_rules
from egovkg.loaders.recognition.sentences import sentences
from egovkg.loaders.recognition.stated_dates import DateFinder

FLOWING = (
    "Căn cứ Quyết định số 212/QĐ-UBND ngày 23 tháng 4 năm 2018 của Uỷ ban nhân dân tỉnh Minh Hoạ "
    "về việc cung cấp dịch vụ công và Nghị quyết số 9/NQ-CP ngày 06 tháng 12 năm 2021 của Chính phủ, "
    "các sở, ban, ngành và các huyện đã tiếp nhận 1.250 hồ sơ qua Cổng Dịch vụ công quốc gia, trong đó "
    "Sở Thông tin và Truyền thông nhận 36% hồ sơ."
)


def read(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text, load_rules(Path()))]


@pytest.mark.parametrize("width", [40, 55, 70])
def test_a_wrapped_paragraph_is_read_as_a_flowing_one(width: int) -> None:
    wrapped = textwrap.fill(FLOWING, width, break_on_hyphens=False)
    assert len(wrapped) == len(FLOWING)
    assert read(wrapped) == [FLOWING]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ban hành ngày 23\ntháng 4 năm\n2018", ["ban hành ngày 23 tháng 4 năm 2018"]),
        (
            "ỦY BAN NHÂN DÂN\nTỈNH MINH HOẠ\nSố: 12/QĐ-UBND",
            ["ỦY BAN NHÂN DÂN TỈNH MINH HOẠ", "Số: 12/QĐ-UBND"],
        ),
        ("TỈNH MINH HOẠ\nỦY BAN NHÂN DÂN", ["TỈNH MINH HOẠ", "ỦY BAN NHÂN DÂN"]),
        ("Chính quyền số\nTheo thống kê, tỉnh có 5 xã", ["Chính quyền số", "Theo thống kê, tỉnh có 5 xã"]),
        ("Các việc của\n- Sở Nội vụ\na) sở khác", ["Các việc của", "- Sở Nội vụ", "a) sở khác"]),
        ("Giai đoạn 2021\n- 2025 có kế hoạch,\nSở làm", ["Giai đoạn 2021 - 2025 có kế hoạch, Sở làm"]),
        ("Một đoạn của\n\nĐoạn sau", ["Một đoạn của", "Đoạn sau"]),
    ],
)
def test_headings_items_and_blank_lines_end_a_paragraph(text: str, expected: list[str]) -> None:
    assert [" ".join(sentence.split()) for sentence in read(text)] == [*expected]


def test_pages_of_a_pdf_join_without_their_numbers() -> None:
    source = f'#set page(width: 12cm, height: 5cm, numbering: "1")\n{FLOWING}'
    raw = read_raw(typst.compile(source.encode(), format="pdf"), "a.pdf", load_all_rules(Path()))
    assert raw.text.count("\n") > 3
    assert read(raw.text) == [FLOWING]


@pytest.mark.parametrize(
    ("sentence", "day", "is_assumed"),
    [
        ("Ngày 20-3, hội nghị họp.", "2021-03-20", True),
        ("Ngày 5 tháng 4, hội nghị họp.", "2021-04-05", True),
        ("Sáng 6/8, hội nghị họp.", "2021-08-06", True),
        ("Ngày Chuyển đổi số quốc gia (10/10) sắp tới.", "2021-10-10", True),
        ("Năm 2019, tỉnh họp vào ngày 20/3.", "2019-03-20", True),
        ("Đăng vào 20 Tháng 3, 2020 lúc 20:03.", "2020-03-20", False),
        ("Tỉnh đạt (10/10) xã, 6/8 huyện, theo Kế hoạch 9/10.", "", False),
    ],
)
def test_a_day_without_a_year_is_read_and_told(sentence: str, day: str, is_assumed: bool) -> None:
    found = DateFinder(load_rules(Path()), 2021).find(sentences(sentence, load_rules(Path()))[0], ())
    days = [(date.value, date.is_year_assumed) for date in found if date.is_day]
    assert days == ([(day, is_assumed)] if day else [])
