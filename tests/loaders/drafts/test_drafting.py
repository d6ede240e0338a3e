"""What the rules propose for an invented text: names, figures, times, documents, relations."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import InputError
from egovkg.loaders.drafts.desk import DraftDesk, DraftedText, DraftRequest
from egovkg.loaders.drafts.records import draft_record

if TYPE_CHECKING:
    from egovkg.loaders.recognition.spans import NamedThing

CASE = Path(__file__).parents[2] / "cases" / "drafts"
TEXT = (CASE / "minh-hoa.txt").read_text("utf-8")


@lru_cache(maxsize=1)
def desk() -> DraftDesk:
    return DraftDesk(CASE)


def draft(text: str) -> DraftedText:
    return desk().draft(text.encode(), "minh-hoa.txt", DraftRequest(scope="mh:tinh"))


@pytest.fixture(scope="module")
def drafted() -> DraftedText:
    return draft(TEXT)


def lines(drafted: DraftedText) -> list[str]:
    return [" ".join(statement.line.split()) for statement in drafted.draft.statements]


def surfaces(drafted: DraftedText) -> dict[str, str]:
    things: list[tuple[NamedThing, str]] = [
        (mention.thing, mention.entity) for mention in drafted.draft.mentions
    ]
    return {drafted.raw.text[thing.start : thing.end]: entity for thing, entity in things}


def test_names_are_found_whole_and_linked(drafted: DraftedText) -> None:
    names = surfaces(drafted)
    assert names["UBND tỉnh Minh Hoạ"] == "mh:ubnd"
    assert names["Sở Thông tin và Truyền thông"] == "mh:so-tttt"
    assert names["phần mềm quản lý văn bản"] == "mh:qlvb"
    assert names["Cổng dịch vụ công quốc gia"] == "nat:cong-dvcqg"
    assert names["Quyết định số 212/QĐ-UBND"] == "mh:212-qd-ubnd"
    assert names["LGSP"] == names["LGSP của tỉnh"] == "mh:lgsp"


def test_every_statement_is_proposed_once_with_status_denial_and_time(drafted: DraftedText) -> None:
    assert {
        'mh:212-qd-ubnd number "212/QĐ-UBND"',
        "mh:212-qd-ubnd issuedBy mh:ubnd",
        "mh:212-qd-ubnd documentDate 2021-03-15",
        "mh:lgsp serves mh:tinh {status: pilot}",
        "mh:lgsp operatedBy mh:so-tttt {status: pilot, from: 2021-03}",
        "mh:he-thong-mot-cua-dien-tu connectsTo nat:cong-dvcqg",
        "mh:qlvb connectsTo mh:lgsp {polarity: no}",
        "mh:cong-dich-vu-cong connectsTo mh:lgsp {status: planned, by: 2022}",
        "mh:tinh onlineDossiers ~1250 {period: 2021-Q2}",
        "mh:tinh indexRank 12/63 {about: nat:pci}",
    } <= {*lines(drafted)}
    assert len(lines(drafted)) == len({*lines(drafted)})


def test_figures_keep_comparison_ratio_and_multiples(drafted: DraftedText) -> None:
    figures = {number.value: number.unit for part in drafted.draft.paragraphs for number in part.numbers}
    assert figures == {
        "~1250": "hồ-sơ",
        ">20": "%",
        "138/138": "xã",
        "936": "chứng-thư",
        "1500000000": "đồng",
        "12/63": "",
    }


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Việc này xong ngày 9/10/2017 ở tỉnh.", "2017-10-09"),
        ("Việc này xong ngày 19 tháng 3 năm 2020 ở tỉnh.", "2020-03-19"),
        ("Việc này xong trong quý IV/2019 ở tỉnh.", "2019-Q4"),
        ("Việc này làm trong 09 tháng đầu năm 2019 ở tỉnh.", "2019-01/2019-09"),
        ("Việc này làm trong giai đoạn 2016 - 2020 ở tỉnh.", "2016/2020"),
        ("Việc này xong trước tháng 02/2020 ở tỉnh.", "2020-02"),
        ("Việc này xong ngày 10/2 ở tỉnh.", "2021-02-10"),
        ("Việc này chạy 24/7, ngày 31/02/2020 không có ở tỉnh.", None),
    ],
)
def test_times_keep_the_precision_that_is_stated(sentence: str, value: str | None) -> None:
    found = draft(f"30/06/2021\n{sentence}").draft.paragraphs
    assert [date.value for part in found for date in part.dates][1:] == ([value] if value else [])


def test_versions_levels_and_numbers_of_things_are_no_figures() -> None:
    text = (
        "Phiên bản 2.0 đạt mức độ 3, 4 theo Nghị quyết số 17/NQ-CP, phủ sóng 4G, mạng IPv6 chạy 24/7 ở tỉnh."
    )
    assert [part.numbers for part in draft(text).draft.paragraphs if part.numbers] == []


def test_a_record_holds_places_and_no_text_of_the_original(drafted: DraftedText) -> None:
    record = draft_record(drafted)
    assert record["chars"] == len(drafted.raw.text)
    assert "tiếp nhận" not in str(record)
    start = TEXT.index("212/QĐ-UBND")
    assert record["document_numbers"] == [{"start": start, "end": start + 11, "number": "212/QĐ-UBND"}]


def test_the_same_text_gives_the_same_draft(drafted: DraftedText) -> None:
    again = DraftDesk(CASE).draft(TEXT.encode(), "minh-hoa.txt", DraftRequest(scope="mh:tinh"))
    assert again.draft == drafted.draft


def test_rules_of_ones_own_are_added(tmp_path: Path) -> None:
    folder = Path(copytree(CASE, tmp_path / "corpus"))
    rule = 'relations: [{rule: hug, relation: connectsTo, confidence: 0.5, words: "S … ôm O"}]\n'
    names = "names: {ReportingSystem: [bảng chỉ huy]}\n"
    (folder / "draft-rules.yaml").write_text(rule + names, encoding="utf-8")
    text = "Bảng chỉ huy luôn ôm LGSP."
    found = DraftDesk(folder).draft(text.encode(), "bai.txt", DraftRequest(scope="mh:tinh"))
    assert "mh:bang-chi-huy connectsTo mh:lgsp" in lines(found)
    assert "mh:bang-chi-huy" not in str(draft(text).draft)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "nmaes: {A: [b]}",
            'no section of rules is called nmaes — did you mean "names"?',
        ),
        ("names: [b]", "the section names is not of the form of the shipped one"),
        ("- a", "the file of rules has no sections"),
        ("names: {", "KG012"),
    ],
)
def test_wrong_rules_are_told(tmp_path: Path, rules: str, message: str) -> None:
    (tmp_path / "draft-rules.yaml").write_text(rules, encoding="utf-8")
    with pytest.raises(InputError) as error:
        DraftDesk(tmp_path)
    assert message in str(error.value.problems[0])


def test_a_text_on_the_country_names_no_thing_of_some_province() -> None:
    text = "Việc kết nối dữ liệu số của cơ quan nhà nước cần Chính phủ chỉ đạo.\n"
    national = desk().draft(text.encode(), "ca-nuoc.txt", DraftRequest(scope="vn:viet-nam"))
    entities = {mention.entity for mention in national.draft.mentions}
    assert "nat:chinh-phu" in entities
    assert not {curie for curie in entities if curie.startswith(("bk:", "bl:", "bp:", "pt:", "tq:"))}


@pytest.fixture(scope="module")
def drafted_from_english() -> DraftedText:
    return draft((CASE / "minh-hoa.en.txt").read_text("utf-8"))


def test_an_english_text_is_drafted_to_the_same_statements(drafted_from_english: DraftedText) -> None:
    drafted = drafted_from_english
    assert (drafted.head.language, drafted.head.published) == ("en", "2021-06-30")
    assert {
        'mh:212-qd-ubnd number "212/QĐ-UBND"',
        "mh:212-qd-ubnd documentDate 2021-03-15",
        "mh:lgsp serves mh:tinh {status: pilot}",
        "mh:one-stop-system connectsTo nat:cong-dvcqg",
        "mh:qlvb connectsTo mh:lgsp {polarity: no}",
        "mh:tinh onlineDossiers 125430 {period: 2021-01/2021-06}",
        "mh:tinh onlineDossierShare 68,5",
        "mh:paperless-meeting-system serves mh:tinh {polarity: no}",
        "mh:tinh indexRank 12/63 {about: nat:pci}",
    } <= {*lines(drafted)}


DAY = "UBND tỉnh Minh Hoạ họp.\n\n30/06/2021\n\n"
GOALS = [
    ("Mục tiêu: Tỷ lệ hồ sơ trực tuyến đạt 80% vào năm 2025.", "80 {kind: target, by: 2025}"),
    ("Mục tiêu đến năm 2025, 80% hồ sơ trực tuyến.", "80 {kind: target, by: 2025}"),
    ("Chỉ tiêu đến năm 2021: 80% hồ sơ được nộp trực tuyến.", "80 {kind: target, by: 2021}"),
    ("Năm 2021 sẽ có 80% hồ sơ được nộp trực tuyến.", "80 {kind: target, by: 2021}"),
    ("Tỉnh đặt mục tiêu 90% hồ sơ được nộp trực tuyến.", "90 {kind: target}"),
    ("Tỷ lệ hồ sơ trực tuyến phải đạt tối thiểu 70% vào năm 2024.", ">=70 {kind: target, by: 2024}"),
    ("Phấn đấu thực hiện 90% hồ sơ trực tuyến.", "90 {kind: target}"),
    ("Đến năm 2025, 80% hồ sơ được nộp trực tuyến.", "80 {kind: target, by: 2025}"),
    ("Đến năm 2020, 80% hồ sơ đã được nộp trực tuyến, vượt mục tiêu đề ra.", "80 {asOf: 2020}"),
    ("Vượt mục tiêu, tỉnh có 80% hồ sơ trực tuyến.", "80"),
]


@pytest.mark.parametrize(("sentence", "figure"), GOALS, ids=[sentence for sentence, _ in GOALS])
def test_a_goal_is_no_result(sentence: str, figure: str) -> None:
    assert [line.partition("onlineDossierShare ")[2] for line in lines(draft(DAY + sentence + "\n"))] == [
        figure
    ]


def test_a_goal_in_english_is_no_result() -> None:
    text = (
        "June 30, 2021\n\nThe province aims, by 2025, to have 90 per cent of dossiers submitted online. "
        "By 2020, 80% of the dossiers were submitted online. "
        "100 per cent of the cameras in the province will in 2021 be connected to the platform."
    )
    figures = [line.split(" ", 2)[2] for line in lines(draft(text)) if "Share" in line]
    assert figures == ["90 {kind: target, by: 2025}", "80 {asOf: 2020}", "100 {kind: target, by: 2021}"]


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("Sở được giao hoàn thiện phần mềm quản lý văn bản.", "serves mh:tinh {status: approved}"),
        ("UBND tỉnh yêu cầu Sở hoàn thiện phần mềm quản lý văn bản.", "serves mh:tinh {status: approved}"),
        ("Phần mềm quản lý văn bản đáp ứng yêu cầu.", "serves mh:tinh"),
        ("Tỉnh sẽ nâng cấp phần mềm quản lý văn bản.", "undergoes code:upgrade {status: planned}"),
        ("Tỉnh dự kiến duy trì phần mềm quản lý văn bản.", "undergoes code:keep {status: planned}"),
        ("Tỉnh sẽ mở rộng phần mềm quản lý văn bản.", "undergoes code:extend {status: planned}"),
        ("Tỉnh sẽ xây dựng phần mềm quản lý văn bản.", "serves mh:tinh {status: planned}"),
    ],
)
def test_what_is_to_come_is_no_running_system(sentence: str, statement: str) -> None:
    assert [line for line in lines(draft(sentence + "\n")) if "qlvb" in line] == [f"mh:qlvb {statement}"]


def test_an_improvement_in_english_is_a_change_of_what_runs() -> None:
    text = (
        "The province is one of the places of the country. "
        "The province plans to maintain and develop the document management software."
    )
    assert lines(draft(text)) == ["mh:qlvb undergoes code:keep {status: planned}"]


def test_another_spelling_of_a_province_is_no_new_one() -> None:
    hyphen = draft(DAY + "Đoàn của tỉnh Thừa Thiên - Huế đã thăm tỉnh Thừa Thiên-Huế và tỉnh Hủa Phăn.\n")
    names = surfaces(hyphen)
    assert names["tỉnh Thừa Thiên - Huế"] == names["tỉnh Thừa Thiên-Huế"] == "vn:thua-thien-hue"
    assert hyphen.draft.entities == ()
    text = "June 30, 2021\n\nThe delegation of the Bac Ninh City is one of those that were in the province."
    assert draft(text).draft.entities == ()
