"""Kinds of names in invented texts: where names end, and which words are names at all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.loaders.drafts.desk import DraftDesk, DraftedText, DraftRequest

CASE = Path(__file__).parents[2] / "cases" / "drafts"


@lru_cache(maxsize=1)
def desk() -> DraftDesk:
    return DraftDesk(CASE)


def draft(sentence: str) -> DraftedText:
    text = f"UBND tỉnh Minh Hoạ họp.\n\n30/06/2021\n\n{sentence}\n"
    return desk().draft(text.encode(), "minh-hoa.txt", DraftRequest(scope="mh:tinh"))


def names(drafted: DraftedText) -> list[str]:
    things = [mention.thing for mention in drafted.draft.mentions][1:]
    return [drafted.raw.text[thing.start : thing.end] for thing in things]


def statements(drafted: DraftedText) -> list[str]:
    return [" ".join(statement.line.split()) for statement in drafted.draft.statements]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tập đoàn Sao Biển (SBG) đã ký.", ["Tập đoàn Sao Biển (SBG)"]),
        ("Tỉnh có kho dữ liệu (KDL) dùng chung.", ["kho dữ liệu (KDL) dùng chung"]),
        ("Việc này do Cục Bưu Ký chủ trì.", ["Cục Bưu Ký"]),
        ("Việc này do Ban Thường vụ Tỉnh uỷ chỉ đạo.", ["Ban Thường vụ Tỉnh uỷ"]),
        ("Các sở, ngành và địa phương đã họp.", ["Các sở, ngành và địa phương"]),
        ("Ở trung ương, tỉnh, huyện, xã đều thế.", []),
        ("Người dân xã Sông Cạn rất vui.", ["Người dân", "xã Sông Cạn"]),
        ("Đoàn đi xã Sông Cạn, Núi Thấp và Đồi Cao.", ["xã Sông Cạn", "Núi Thấp", "Đồi Cao"]),
        ("Bà Trần Thị Mẫu và Lê Văn Thử đã nói.", ["Trần Thị Mẫu", "Lê Văn Thử"]),
        ("Ai cũng dùng ứng dụng Minh-X.", ["Minh-X"]),
        ("Tỉnh đẩy mạnh ứng dụng công nghệ thông tin.", ["công nghệ thông tin"]),
        ("Cả hệ thống chính trị vào cuộc.", []),
        ("Mô hình chính quyền địa phương 2 cấp đã chạy.", []),
        ("Việc của Phòng Văn hóa - Xã hội là thế.", ["Phòng Văn hóa - Xã hội"]),
        ("Theo Chiến lược vườn số đến năm 2030, làm dần.", ["Chiến lược vườn số đến năm 2030"]),
        (
            "Đó là Sở Nội vụ, Sở Y tế và Sở Dân tộc và Tôn giáo.",
            ["Sở Nội vụ", "Sở Y tế", "Sở Dân tộc và Tôn giáo"],
        ),
        ("Theo Bộ Nội vụ Quy định về hồ sơ.", ["Bộ Nội vụ"]),
        ("Việc của Ban Chỉ đạo 35 về chuyển đổi số.", ["Ban Chỉ đạo 35 về chuyển đổi số"]),
        ("Ban Thường vụ Tỉnh uỷ về chuyển đổi số.", ["Ban Thường vụ Tỉnh uỷ"]),
        ("Ban Cán sự Đảng UBND tỉnh đã họp.", ["Ban Cán sự Đảng UBND tỉnh"]),
        ("Phần mềm quản lý văn bản VNPT – iOffice chạy.", ["Phần mềm quản lý văn bản VNPT – iOffice"]),
        ("Theo Báo Sao Biển đưa tin.", ["Báo Sao Biển"]),
        ("Tỉnh làm Đề án 99 và Đề án xây dựng vườn số.", ["Đề án 99", "Đề án xây dựng vườn số"]),
    ],
)
def test_names_end_where_they_end(sentence: str, expected: list[str]) -> None:
    assert names(draft(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("Phòng họp không giấy ứng dụng công nghệ AI.", "mh:phong-hop-khong-giay usesTechnology mh:ai"),
        ("Cục Bưu Ký trực thuộc Sở Thông tin và Truyền thông.", "mh:cuc-buu-ky partOfBody mh:so-tttt"),
        (
            "Sở Thông tin và Truyền thông phối hợp với Công ty Sao Biển.",
            "mh:so-tttt cooperatesWith mh:cong-ty-sao-bien",
        ),
        ("Sau hai năm thực hiện Quyết định số 9/QĐ-UBND.", "mh:tinh implements mh:9-qd-ubnd"),
        (
            "Quyết định số 9/QĐ-UBND của UBND tỉnh để thực hiện Nghị quyết số 17/NQ-CP.",
            "mh:9-qd-ubnd implements nat:nq-17-2019",
        ),
        ("Phản ánh hiện trường sẽ được chuyển đi.", "mh:phan-anh-hien-truong serves mh:tinh"),
    ],
)
def test_relations_that_words_state(sentence: str, statement: str) -> None:
    assert statement in statements(draft(sentence))


def test_a_centre_has_one_entry_under_all_its_names() -> None:
    sentence = "IOC đã chạy; trung tâm điều hành đô thị thông minh (IOC) là trung tâm điều hành thông minh."
    entities = {mention.entity for mention in draft(sentence).draft.mentions[1:]}
    assert len(entities) == 1


def test_the_joining_of_provinces_merges_no_system() -> None:
    assert not [line for line in statements(draft("Việc hợp nhất LGSP đã bàn.")) if "undergoes" in line]
