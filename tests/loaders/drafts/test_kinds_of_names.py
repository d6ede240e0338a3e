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
        ("Hạ tầng công nghệ tuy mới nhưng còn yếu.", []),
        ("Việc của Trung tâm Ứng dụng KH&XN Minh Hoạ là thế.", ["Minh Hoạ"]),
        ("Bộ trưởng Bộ Vườn nghiệp và Sân đã họp.", ["Bộ Vườn"]),
        ("Tỉnh làm Đề án 99 và Đề án xây dựng vườn số.", ["Đề án 99", "Đề án xây dựng vườn số"]),
        ("Tỉnh mở Cổng thông tin mùa vụ để bán hàng.", ["Cổng thông tin mùa vụ"]),
        ("Tỉnh có phần mềm theo dõi gieo trồng.", ["phần mềm theo dõi gieo trồng"]),
        ("Hệ thống hoạt động ổn định.", []),
        ("Ai cũng mở ứng dụng “Sổ tay Mùa vụ” ra.", ["Sổ tay Mùa vụ"]),
        ("Ai cũng mở ứng dụng e-Mua ra.", ["e-Mua"]),
        ("Ai cũng mở Minh Hoạ Smart ra.", ["Minh Hoạ Smart"]),
        ("Đó là việc của người lao động.", []),
        ("Sổ tay đảng viên là của Đảng.", ["Đảng"]),
        (
            "Lớp cho cán bộ công chức, viên chức và người lao động.",
            ["cán bộ công chức, viên chức và người lao động"],
        ),
        (
            "Ban Chỉ đạo chuyển đổi số (CĐS, ABC) tỉnh Minh Hoạ đã họp.",
            ["Ban Chỉ đạo chuyển đổi số (CĐS, ABC) tỉnh Minh Hoạ"],
        ),
        (
            "Theo Kiến trúc Chính quyền điện tử tỉnh Minh Hoạ (phiên bản 2.0).",
            ["Kiến trúc Chính quyền điện tử tỉnh Minh Hoạ (phiên bản 2.0)"],
        ),
        ("Ngân hàng Nhà nước Việt Nam đã họp.", ["Ngân hàng Nhà nước Việt Nam"]),
        ("Sóng phủ 100% xã, phường và thị trấn.", []),
        ("Tỉnh thuê dịch vụ công nghệ cao.", []),
        ("Phó Bí thư Thường trực Tỉnh uỷ đã nói.", ["Tỉnh uỷ"]),
        ("Trung tướng Mạc Thử Nghiệm đã nói.", ["Mạc Thử Nghiệm"]),
    ],
)
def test_names_end_where_they_end(sentence: str, expected: list[str]) -> None:
    assert names(draft(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Việc của Bộ Chính trị.", ["PartyBody"]),
        ("Đoàn đi TP. Sông Cạn rồi TP. Đà Nẵng.", ["District", "Province"]),
        ("Tỉnh có phần mềm quản lý cán bộ công chức viên chức.", ["InformationSystem"]),
        (
            "Hệ thống thông tin giải quyết thủ tục hành chính (TTHC) xử lý TTHC.",
            ["OneStopSystem", "AdministrativeProcedureSet"],
        ),
        ("Chủ tịch UBND tỉnh đã họp.", ["PeoplesCommittee"]),
    ],
)
def test_names_are_of_the_class_that_their_words_tell(sentence: str, expected: list[str]) -> None:
    assert [mention.thing.kind for mention in draft(sentence).draft.mentions][1:] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Các tổ có tổng số 4.327 thành viên.", ["4327"]),
        ("Dự án có 3 trụ cột, gồm ba phần.", ["3"]),
        ("Tỉnh đứng thứ 14 trong 63 tỉnh.", ["14/63"]),
        ("Cổng có 1.194 dịch vụ/2.019 thủ tục.", ["1194", "2019"]),
        ("Kết quả 5 năm thực hiện.", []),
    ],
)
def test_what_is_counted_need_not_be_known(sentence: str, expected: list[str]) -> None:
    numbers = [number.value for part in draft(sentence).draft.paragraphs for number in part.numbers]
    assert numbers == expected


def test_a_product_keeps_the_place_in_its_name() -> None:
    assert "mh:minh-hoa-smart serves mh:tinh" in statements(draft("Tỉnh mở Minh Hoạ Smart ra."))


def test_a_document_number_is_read_over_a_blank_within() -> None:
    drafted = draft("Theo Nghị quyết số 36- NQ/TW và Quyết định số 9/QĐ - UBND, làm ngay.")
    assert [mention.thing.number for mention in drafted.draft.mentions][1:] == ["36-NQ/TW", "9/QĐ-UBND"]
    assert names(drafted) == ["Nghị quyết số 36- NQ/TW", "Quyết định số 9/QĐ - UBND"]


def test_a_day_of_every_year_is_no_date() -> None:
    drafted = draft("Ngày 10 tháng 10 hằng năm là ngày hội.")
    assert not [
        date for part in drafted.draft.paragraphs for date in part.dates if date.value == "2021-10-10"
    ]


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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("UBND phường Sông Cạn đã họp.", "mh:uy-ban-nhan-dan-phuong-song-can"),
        ("Uỷ ban nhân dân xã Núi Thấp đã họp.", "mh:uy-ban-nhan-dan-xa-nui-thap"),
        ("UBND huyện Đồi Cao giao việc.", "mh:uy-ban-nhan-dan-huyen-doi-cao"),
        ("UBND thành phố Minh Hoạ giao việc.", "mh:uy-ban-nhan-dan-thanh-pho-minh-hoa"),
        ("Công an xã Núi Thấp hỗ trợ dân.", "mh:cong-an-xa-nui-thap"),
        ("Đảng uỷ phường Sông Cạn đã họp.", "mh:dang-uy-phuong-song-can"),
        ("Đảng uỷ xã đã họp.", ""),
        ("Huyện uỷ Đồi Cao đã họp.", "mh:huyen-uy-doi-cao"),
        ("Bí thư Huyện uỷ Nguyễn Văn Thử đã nói.", ""),
        ("Bí thư Huyện uỷ đã nói.", ""),
        ("Chủ tịch UBND phường đã nói.", ""),
        ("Chủ tịch UBND huyện Nguyễn Văn Thử đã nói.", ""),
        ("UBND các xã, phường đã họp.", ""),
        ("UBND tỉnh giao việc.", "mh:ubnd"),
        ("UBND tỉnh Minh Hoạ giao việc.", "mh:ubnd"),
        ("UBND giao việc cho xã hội.", "mh:ubnd"),
    ],
)
def test_a_body_of_another_unit_is_not_that_of_the_province(sentence: str, expected: str) -> None:
    bodies = [mention for mention in draft(sentence).draft.mentions[1:] if mention.thing.kind != "BodyGroup"]
    assert next((mention.entity for mention in bodies), "") == expected


def test_a_body_of_a_ward_is_placed_in_the_ward() -> None:
    entries = {entity.name: entity.values for entity in draft("UBND phường Sông Cạn họp.").draft.entities}
    assert entries["uy-ban-nhan-dan-phuong-song-can"] == {
        "kind": "PeoplesCommittee",
        "vi": "UBND phường Sông Cạn",
        "en": "People's Committee of phường Sông Cạn",
        "territory": "mh:phuong-song-can",
    }
    assert entries["phuong-song-can"]["within"] == "mh:tinh"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Song Can Ward People's Committee met on dossiers.", "mh:song-can-ward-people-s-committee"),
        ("The People's Committee of Nui Thap commune met.", "mh:people-s-committee-of-nui-thap-commune"),
        ("The People's Committee of the ward met on it.", ""),
        ("The Provincial People's Committee met on it.", "mh:ubnd"),
        ("The People's Committee of Minh Hoa province met.", "mh:ubnd"),
    ],
)
def test_a_body_of_another_unit_in_english(sentence: str, expected: str) -> None:
    text = f"The province met.\n\n30 June 2021\n\n{sentence} It was about the work of the province.\n"
    drafted = desk().draft(text.encode(), "minh-hoa.txt", DraftRequest(scope="mh:tinh"))
    bodies = [mention for mention in drafted.draft.mentions if mention.thing.kind == "PeoplesCommittee"]
    assert [mention.entity for mention in bodies] == [expected]


def kinds(drafted: DraftedText) -> list[tuple[str, str]]:
    things = [mention.thing for mention in drafted.draft.mentions][1:]
    return [(thing.kind, thing.surface) for thing in things]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Theo Luật Vườn số 72/2025/QH15, làm dần.", [("Law", "Luật Vườn số 72/2025/QH15")]),
        (
            "Luật Vườn cây được sửa đổi bởi Nghị định số 187/2025/NĐ-CP.",
            [("Decree", "Nghị định số 187/2025/NĐ-CP")],
        ),
        ("Theo Tờ trình số 3690/TTr- SKHCN.", [("LegalDocument", "Tờ trình số 3690/TTr- SKHCN")]),
    ],
)
def test_documents_have_their_own_class_and_number(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(draft(sentence)) == expected


def test_a_month_may_be_joined_to_its_year_by_a_point() -> None:
    drafted = draft("Việc xong trong tháng 6.2025.")
    assert "2025-06" in [date.value for part in drafted.draft.paragraphs for date in part.dates]
