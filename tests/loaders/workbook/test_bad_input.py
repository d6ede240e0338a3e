"""Bad input: each kind has one clear line with sheet, row and column; nothing is written then."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from egovkg import files
from egovkg.errors import InputError, WriteError
from egovkg.loaders.faults.report import as_text
from egovkg.loaders.workbook import ImportReport, SourceDefaults, WorkbookImport, import_workbook
from egovkg.loaders.workbook import reading as workbook_reading
from egovkg.tests.loaders.workbook.books import SOURCES, ods, xlsx

if TYPE_CHECKING:
    from egovkg.tests.loaders.workbook.books import Rows

SYSTEMS = ("Tên", "Tên tiếng Anh", "Loại", "Chủ quản", "Trạng thái", "Từ khi", "Thành phần tham chiếu")
CONNECTIONS = ("Hệ thống nguồn", "Quan hệ", "Hệ thống đích", "Trạng thái")
FIGURES = ("Chủ thể", "Thước đo", "Giá trị", "Đơn vị tính")
CLAIMS = ("Chủ thể", "Quan hệ", "Đối tượng", "Có hay không")
NOTHING = SourceDefaults()
PROVINCE = SourceDefaults(publisher="tq:so-tttt", published="2020-06-30", scope="tuyên quang")
PORTAL, SHARE = "tq:dvctt", "onlineDossierShare"
SOUND = ("Hệ thống A", "System A", "InformationSystem")


def attempt(path: Path, defaults: SourceDefaults = NOTHING, *, partial: bool = False) -> ImportReport:
    return import_workbook(WorkbookImport(path, path.parent / "corpus", defaults, is_partial=partial))


def lines(path: Path, lang: str = "en", defaults: SourceDefaults = NOTHING) -> list[str]:
    """Return what is reported, and check that errors leave nothing behind."""
    try:
        report = attempt(path, defaults)
    except InputError as error:
        assert not (path.parent / "corpus").exists()
        return error.text(lang).split("\n")
    return [problem.text(lang) for problem in report.problems]


def sheet_lines(folder: Path, name: str, *rows: tuple[object, ...]) -> list[str]:
    """Return what is reported of the rows of one sheet, without the name of the file."""
    found = lines(xlsx(folder / "a.xlsx", {name: rows}))
    return [line.removeprefix(f"a.xlsx[{name}]:") for line in found]


def check_rows(
    folder: Path, name: str, headings: tuple[object, ...], cases: list[tuple[tuple[object, ...], str]]
) -> None:
    """Check that each row gives its message, all in one workbook; `{n}` in a message stands for its row."""
    found = sheet_lines(folder, name, headings, *(row for row, _ in cases))
    for number, (_, message) in enumerate(cases, 2):
        own = [line for line in found if line.startswith(f"{number}:")]
        assert not message or any(message.replace("{n}", str(number)) in line for line in own), (message, own)


def test_cells_of_systems(tmp_path: Path) -> None:
    cases: list[tuple[tuple[object, ...], str]] = [
        (("A", "A", "Nonsense"), '{n}:3 KG019 C{n} “Kind”: no class "Nonsense" — docs/ontology.md lists'),
        (("A", "A", "InformationSystm"), "did you mean"),
        (("A", "A", "Decison"), '{n}:3 KG019 C{n} “Kind”: no class "Decison" — docs/ontology.md lists'),
        (("A", "A", None), "{n}:3 KG113 C{n} “Kind”: this cell must not be empty — fill it in, or delete"),
        ((None, None, "Database"), "{n}:1 KG113 A{n} “Name”: this cell must not be empty"),
        (("A", "A", "Resolution"), "{n}:1 KG032 A{n} “Name”: the subject of serves must be of class"),
        (
            (*SOUND, "Sở X"),
            '{n}:4 KG021 D{n} “Owner”: no entity is called "Sở X" — add the thing to the sheet',
        ),
        ((*SOUND, "tq:so-ttt"), "{n}:4 KG021 D{n} “Owner”: no entity tq:so-ttt — did you mean"),
        ((*SOUND, None, "chạy"), '{n}:5 KG036 E{n} “Status”: status cannot be "chạy" — choose one of'),
        ((*SOUND, None, None, "hôm qua"), '{n}:6 KG040 F{n} “Since”: "hôm qua" is not a date'),
        ((*SOUND, None, None, 45292), "{n}:6 KG113 F{n} “Since”: 45292 is the number of a day"),
        ((*SOUND, None, None, None, "Z-9"), "{n}:7 KG021 G{n} “Reference component”: no reference component"),
        (
            ("LGSP", None, "Database"),
            "{n}:3 KG113 C{n} “Kind”: tq:lgsp is IntegrationPlatform in its register",
        ),
    ]
    check_rows(tmp_path, "Hệ thống", SYSTEMS, cases)


def test_cells_of_figures(tmp_path: Path) -> None:
    cases: list[tuple[tuple[object, ...], str]] = [
        (
            (PORTAL, "onlineDossiers", "1,250"),
            '{n}:3 KG050 C{n} “Value”: "1,250" groups thousands by a comma',
        ),
        ((PORTAL, "onlineDossiers", "6.5"), '{n}:3 KG050 C{n} “Value”: "6.5" is not a number in Vietnamese'),
        ((PORTAL, "onlineDossiers", "1 250"), '{n}:3 KG050 C{n} “Value”: "1 250" is not a number'),
        ((PORTAL, SHARE, 0.655), "holds this number — write 65,5 without the format of per cent"),
        ((PORTAL, SHARE, 165), "{n}:3 KG051 C{n} “Value”: 165 % is more than 100 %"),
        (
            (PORTAL, "onlinDossiers", 5),
            '{n}:2 KG031 B{n} “Measure”: no measure "onlinDossiers" — did you mean',
        ),
        ((PORTAL, "onlineDossiers", 5, "hs"), '{n}:4 KG052 D{n} “Unit”: unknown unit "hs"'),
        (("tq:nothing", "onlineDossiers", 5), "{n}:1 KG021 A{n} “Subject”: no entity tq:nothing"),
    ]
    check_rows(tmp_path, "Số liệu", FIGURES, cases)


def test_figures_in_other_notations_are_read(tmp_path: Path) -> None:
    rows = [(PORTAL, "Số hồ sơ trực tuyến", value) for value in (1250, 6.5, "75.005", "6,25", "~1.250")]
    assert sheet_lines(tmp_path, "Số liệu", FIGURES, *rows) == []
    text = (tmp_path / "corpus" / "articles" / "kiem-ke.kg.md").read_text("utf-8")
    values = [line.split()[2] for line in text.split("\n") if line.startswith(PORTAL)]
    assert values == ["1250", "6,5", "75.005", "6,25", "~1.250"]


def test_rows_of_connections(tmp_path: Path) -> None:
    cases: list[tuple[tuple[object, ...], str]] = [
        (("tq:lgsp", None, "tq:lgsp"), "{n}:1 KG033 A{n} “From system”: subject and object of connectsTo"),
        (("tq:lgsp", "conectsTo", "tq:qlvb"), "{n}:2 KG031 B{n} “Relation”: no relation"),
        (("tq:lgsp", None, "tq:ubnd-tinh"), "{n}:3 KG032 C{n} “To system”: the object of connectsTo"),
        (("tq:lgsp", None, "tq:qlvb"), ""),
        (
            ("tq:lgsp", None, "tq:qlvb"),
            "{n}:1 KG034 warning: A{n} “From system”: same claim as line Kết nối!5",
        ),
    ]
    check_rows(tmp_path, "Kết nối", CONNECTIONS, cases)


def test_rows_of_handling(tmp_path: Path) -> None:
    check_rows(
        tmp_path,
        "Phương án xử lý",
        ("Hệ thống", "Phương án", "Thời hạn"),
        [
            (("tq:lgsp", "nâng cao", "2027"), "KG036 B2"),
            (("tq:khong-co", "nâng cấp", "2027"), "KG021 A3"),
            (("tq:lgsp", "nâng cấp", "thang 6"), "KG040 C4"),
        ],
    )


def test_contradictions_name_both_rows(tmp_path: Path) -> None:
    rows = (("tq:lgsp", "connectsTo", "tq:qlvb", "không"), ("tq:lgsp", "connectsTo", "tq:qlvb", None))
    (line,) = sheet_lines(tmp_path, "Phát biểu", CLAIMS, (*rows[0][:3], "no"), rows[1])
    assert line.startswith("2:1 KG035 A2 “Subject”: line Phát biểu!2 denies what line Phát biểu!3 asserts")


def test_duplicate_names(tmp_path: Path) -> None:
    (line,) = sheet_lines(tmp_path, "Hệ thống", SYSTEMS, SOUND, SOUND)
    assert line == (
        '3:1 KG062 kiemke:he-thong-a has the same label "Hệ thống A" (a.xlsx[Hệ thống]:2)'
        " — change the labels so that they differ"
    )
    (line,) = sheet_lines(tmp_path, "Hệ thống", SYSTEMS, SOUND, ("hệ  thống a ", *SOUND[1:]))
    assert line.startswith('3:1 KG062 kiemke:he-thong-a has the same label "hệ thống a"')


def test_columns_and_sheets(tmp_path: Path) -> None:
    headings = ("Tên", "Loại", "Trạgn thái", "Màu sắc", "Tên")
    sheets: dict[str, Rows] = {
        "Hệ thống": [headings, SOUND[:1]],
        "Pivot": [("x",)],
        "Kết nối": [("Hệ thống nguồn",)],
    }
    found = lines(xlsx(tmp_path / "a.xlsx", sheets), "vi")
    expected = [
        'a.xlsx[Hệ thống]:1:3 KG111 cột "Trạgn thái" không được đọc — có phải là "Trạng thái"?',
        'a.xlsx[Hệ thống]:1:4 KG111 cảnh báo: cột "Màu sắc" không được đọc — đổi thành tên cột',
        'a.xlsx[Hệ thống]:1:5 KG111 có hai cột "Tên" — xoá hoặc đổi tên một trong hai cột',
        "a.xlsx[Hệ thống]:2:1 KG113 thông tin: A2: Hệ thống A chưa có tên tiếng Anh",
        "a.xlsx[Hệ thống]:2:2 KG113 B2 “Loại”: ô này không được để trống — điền vào, hoặc xoá dòng",
        'a.xlsx[Kết nối]:1:1 KG111 thiếu cột "Hệ thống đích" — thêm cột này vào dòng tên cột',
        "a.xlsx[Pivot]:1:1 KG111 cảnh báo: trang này không được đọc — muốn đọc thì đặt tên trang là",
    ]
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected


def test_what_a_spreadsheet_hides(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    systems = [SYSTEMS[:3], *[[f"S{number}", f"S{number}", ""] for number in range(6)]]
    for name, rows in (("Nguồn", SOURCES), ("Hệ thống", systems)):
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            sheet.write_row(row, 0, values)
    for row in range(1, 7):
        sheet.write_formula(row, 2, '="Database"', None, "Database" if row > 1 else "")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.merge_range("A6:A7", "gộp")
    sheet.hide()
    book.close()
    found = [line.removeprefix("a.xlsx[Hệ thống]:") for line in lines(path)]
    assert [line.partition(" — ")[0] for line in found] == [
        "1:1 KG112 warning: this hidden sheet is read all the same",
        "2:3 KG112 C2 is a formula without a saved value",
        "2:3 KG113 C2 “Kind”: this cell must not be empty",
        "3:3 KG112 warning: 5 formulas, from C3 on: the values of the last saving were read",
        "4:1 KG112 warning: hidden rows 4–5 are read all the same",
        "6:1 KG112 the cells A6:A7 are merged, so that only the first has a value",
    ]


def test_errors_of_the_spreadsheet(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    book = openpyxl.load_workbook(path)
    book["Hệ thống"]["D2"].value = "#REF!"
    book["Hệ thống"]["D2"].data_type = "e"
    book.save(path)
    (line,) = lines(path)
    assert line.startswith("a.xlsx[Hệ thống]:2:4 KG112 D2 shows an error of the spreadsheet")


def test_headings_may_stand_below_a_title_and_in_english(tmp_path: Path) -> None:
    rows = [("Danh sách hệ thống",), (), ("NAME", "english name", "Kind *"), SOUND]
    path = xlsx(tmp_path / "a.xlsx", {"Trang 1": rows})
    assert lines(path) == []
    assert attempt(path).rows == {"sources": 1, "systems": 1}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"", "KG110 the file is empty"),
        ("a.xlsx", b"PK\x03\x04" + os.urandom(400) + b"xl/", "KG110 the file is damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "that is old or has a password"),
        ("a.xlsx", b"\x7fELF" + bytes(600), "a binary file of unknown format, not a workbook"),
        ("a.pdf", b"%PDF-1.7 ...", "not a workbook — save it as XLSX, ODS or CSV"),
        ("a.csv", "Tên;Loại\nHệ thống A;Database".encode("cp1258", "replace"), "KG002 byte"),
        ("a.csv", b"x,y\n1,2\n", "KG111 none of the columns x, y is known"),
        ("a.csv", b'"x,y\n1', "KG110 the file is damaged"),
        ("a.xlsx", bytes(21 << 20), "KG110 more than 20 MB"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = lines(path, defaults=PROVINCE)
    assert message in found[0]


def test_a_document_type_and_too_much_content_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    monkeypatch.setattr(workbook_reading, "LARGEST_UNPACKED", 100)
    assert "when unpacked" in lines(path)[0]
    monkeypatch.undo()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
    assert "xl/extra.xml declares a document type" in lines(path)[0]
    monkeypatch.setattr(workbook_reading, "MOST_ROWS", 1)
    assert "more than 1 rows" in lines(xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]}))[0]


def test_a_cell_far_outside_takes_no_memory(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    book = openpyxl.load_workbook(path)
    book["Hệ thống"]["XFD90000"] = "?"
    book.save(path)
    assert lines(path) == [
        "a.xlsx:1:1 KG110 the cells of Hệ thống reach to XFD90000 — delete what stands far outside the table"
    ]
    book["Hệ thống"]["A1000000"] = "?"
    book.save(path)
    assert "KG110 more than 100000 rows in Hệ thống" in lines(path)[0]
    many = ods(tmp_path / "b.ods", {"Hệ thống": [SYSTEMS, SOUND]})
    with zipfile.ZipFile(many) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    cell = members["content.xml"].rindex(b"<table:table-cell") + len("<table:table-cell")
    xml = members["content.xml"]
    members["content.xml"] = xml[:cell] + b' table:number-columns-repeated="9000000"' + xml[cell:]
    with zipfile.ZipFile(many, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert "KG110 the cells of Hệ thống reach to" in lines(many)[0]


def test_a_member_that_cannot_be_unpacked(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/workbook.xml").header_offset + 30 + len("xl/workbook.xml")
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    assert "KG110 the file is damaged" in lines(path)[0]


def test_the_source_is_missing_or_faulty(tmp_path: Path) -> None:
    sheets = {"Hệ thống": [SYSTEMS, SOUND]}
    bare = xlsx(tmp_path / "a.xlsx", sheets, sources=())
    assert [line.partition(" — ")[0] for line in lines(bare)] == [
        f"a.xlsx:1:1 KG114 the workbook does not state: {name}" for name in ("As of day", "Kept by", "Scope")
    ]
    assert lines(bare, defaults=PROVINCE) == []
    faulty = xlsx(tmp_path / "b.xlsx", sheets, sources=[SOURCES[0], ("KK", "t", "Sở Q", 44012, "Atlantis")])
    assert [line.split()[1] for line in lines_without_corpus(faulty)] == ["KG014", "KG113"]
    two = [SOURCES[0], SOURCES[1], SOURCES[1]]
    (line,) = lines_without_corpus(xlsx(tmp_path / "c.xlsx", sheets, sources=two))
    assert line.startswith('c.xlsx[Nguồn]:3:1 KG113 A3 “Id”: source "kiem-ke" is listed twice')


def lines_without_corpus(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        attempt(path)
    return caught.value.text("en").split("\n")


def test_a_broken_row_takes_no_other_with_it(tmp_path: Path) -> None:
    systems = [SYSTEMS, SOUND, ("Hệ thống B", "System B", "Nonsense")]
    connections = [CONNECTIONS, ("Hệ thống A", None, "Hệ thống B"), ("Hệ thống A", None, "tq:lgsp")]
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": systems, "Kết nối": connections})
    with pytest.raises(InputError):
        attempt(path)
    report = attempt(path, partial=True)
    assert report.left_out == {"systems": 1, "connections": 1}
    assert [(problem.file, problem.line) for problem in report.problems] == [
        ("a.xlsx[Hệ thống]", 3),
        ("a.xlsx[Kết nối]", 2),
    ]
    text = (tmp_path / "corpus" / "articles" / "kiem-ke.kg.md").read_text("utf-8")
    assert "connectsTo  tq:lgsp" in text


def test_a_row_that_names_a_faulty_row_says_so(tmp_path: Path) -> None:
    """The status is checked in the article, when the row of the system is an entry already."""
    systems = [SYSTEMS, SOUND, ("Hệ thống AB", "System AB", "InformationSystem", None, "nonsense")]
    connections = [CONNECTIONS, ("Hệ thống A", None, "Hệ thống AB"), ("Hệ thống A", None, "tq:lgsp")]
    report = attempt(xlsx(tmp_path / "a.xlsx", {"Hệ thống": systems, "Kết nối": connections}), partial=True)
    (told,) = [problem.text("en") for problem in report.problems if "Kết nối" in problem.file]
    assert 'the row that names "Hệ thống AB" has errors' in told
    assert "did you mean" not in told


def test_a_heading_that_is_mistyped_leaves_its_sheet_out(tmp_path: Path) -> None:
    systems = [("Tên", "Tên tiếng Anh", "Loạii"), SOUND, ("Hệ thống B", "System B", "InformationSystem")]
    connections = [CONNECTIONS, ("tq:lgsp", None, "nat:cong-dvcqg"), ("Hệ thống A", None, "tq:lgsp")]
    report = attempt(xlsx(tmp_path / "a.xlsx", {"Hệ thống": systems, "Kết nối": connections}), partial=True)
    assert report.rows == {"sources": 1, "systems": 2, "connections": 2}
    assert report.left_out == {"systems": 2, "connections": 1}
    assert any("Loạii" in problem.text("vi") for problem in report.problems)
    assert len(report.written) == 1


def test_other_lines_are_those_of_the_same_column(tmp_path: Path) -> None:
    connections = [CONNECTIONS, ("xyz", None, "tq:lgsp"), ("xyz", None, "tq:lgsp"), ("tq:lgsp", None, "xyz")]
    with pytest.raises(InputError) as caught:
        attempt(xlsx(tmp_path / "a.xlsx", {"Kết nối": connections}))
    told = as_text(caught.value.problems, "en").splitlines()
    assert [line.partition("]:")[2][:3] for line in told] == ["2:1", "4:3"]
    assert "3" in told[0].rpartition("(")[2]
    assert "4" not in told[0].rpartition("(")[2]


def test_headings_and_names_as_people_keep_them(tmp_path: Path) -> None:
    """Messages lead to what a cell should say; a faulty row is told as the cause of those that name it."""
    systems = ("Tên hệ thống", "Loại hệ thống", "Đơn vị chủ quản", "Tình trạng")
    rows: dict[str, Rows] = {
        "Hệ thống": (systems, ("Một cửa tỉnh", "Cơ sở dữ lịu", "UBND tỉnh Lạng Sơn", "đang vận hành")),
        "Kết nối": (("Từ", "Đến"), ("Một cửa tỉnh", "tq:lgsp")),
    }
    assert lines(xlsx(tmp_path / "a.xlsx", rows), "vi") == [
        "a.xlsx[Hệ thống]:2:1 KG113 thông tin: A2: Một cửa tỉnh chưa có tên tiếng Anh: tên tiếng Việt "
        "được dùng thay — điền cột tên tiếng Anh",
        'a.xlsx[Hệ thống]:2:2 KG019 B2 “Loại”: không có lớp "Cơ sở dữ lịu" — có phải là "Cơ sở dữ liệu"?',
        'a.xlsx[Hệ thống]:2:3 KG063 C2 “Chủ quản”: "UBND tỉnh Lạng Sơn" không chỉ thực thể nào '
        "trong phạm vi vn:tuyen-quang — thêm vào trang đối tượng, hoặc ghi mã dạng tiền-tố:tên; "
        "tên mà tỉnh nào cũng có thì lệnh egovkg new ghi sẵn",
        'a.xlsx[Kết nối]:2:1 KG021 A2 “Hệ thống nguồn”: dòng đặt tên "Một cửa tỉnh" có lỗi — '
        "sửa dòng đó, rồi nhập lại",
    ]


def test_words_that_people_use_for_kinds_states_and_headings(tmp_path: Path) -> None:
    rows: dict[str, Rows] = {
        "Nguồn": (
            ("Mã", "Tên bảng kê", "Cơ quan lập", "Tính đến ngày", "Phạm vi"),
            ("kk", "Kiểm kê", "tq:so-tttt", "30/09/2021", "vn:tuyen-quang"),
        ),
        "Hệ thống": (
            ("STT", "Tên hệ thống", "Tên tiếng Anh", "Loại", "Tình trạng", "Từ năm"),
            (1, "Kho hộ tịch", "Civil status store", "CSDL", "đang dùng", 2019),
            (2, "Cấp phép", "Licensing", "Phần mềm", "ngừng", 2015),
        ),
    }
    report = attempt(xlsx(tmp_path / "a.xlsx", rows, sources=()))
    assert report.problems == ()
    register = "".join(path.read_text("utf-8") for path in (tmp_path / "corpus" / "register").glob("*.yaml"))
    assert register.count("kind: Database") == register.count("kind: SectorSystem") == 1
    article = "".join(path.read_text("utf-8") for path in (tmp_path / "corpus" / "articles").glob("*.md"))
    assert "{from: 2019}" in article
    assert "status: retired" in article


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    attempt(path)
    article = tmp_path / "corpus" / "articles" / "kiem-ke.kg.md"
    article.write_text(article.read_text("utf-8") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="KG115 no import wrote this file, or it was edited since"):
        attempt(path)


def test_workbooks_side_by_side_name_each_others_things(tmp_path: Path) -> None:
    attempt(xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]}))
    before = (tmp_path / "corpus" / "register" / "kiemke.yaml").read_bytes()
    sources = [SOURCES[0], ("khac", "Bảng khác", *SOURCES[1][2:])]
    rows = [CONNECTIONS, ("Hệ thống A", None, "tq:lgsp"), ("kiemke:he-thong-a", "hostedOn", "tq:ttdl")]
    systems = [SYSTEMS, ("Hệ thống C", "System C", "Database")]
    other = xlsx(tmp_path / "b.xlsx", {"Hệ thống": systems, "Kết nối": rows}, sources=sources)
    assert lines(other) == []
    assert (tmp_path / "corpus" / "register" / "kiemke.yaml").read_bytes() == before
    assert (tmp_path / "corpus" / "register" / "khac.yaml").is_file()


def test_codes_are_offered_in_the_language_of_the_reader(tmp_path: Path) -> None:
    rows = [SYSTEMS, (*SOUND, None, "chạy"), ("B", "B", "Database", None, "plannde")]
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": rows})
    vietnamese, english = lines(path, "vi"), lines(path, "en")
    assert "chọn một trong: dự kiến, đã phê duyệt, đang xây dựng" in vietnamese[0]
    assert "choose one of: planned, approved, under construction" in english[0]
    assert 'did you mean "planned"?' in english[1]


def test_an_article_whose_source_has_gone_is_named(tmp_path: Path) -> None:
    sheets = {"Hệ thống": [SYSTEMS, SOUND]}
    attempt(xlsx(tmp_path / "a.xlsx", sheets))
    sources = [SOURCES[0], ("moi", *SOURCES[1][1:])]
    article, register = lines(xlsx(tmp_path / "a.xlsx", sheets, sources=sources))
    assert "kiem-ke.kg.md:1:1 KG115 warning: an earlier import of this workbook wrote this file" in article
    assert "kiemke.yaml:1:1 KG115 warning: an earlier import wrote this register" in register


def test_an_interrupted_import_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    attempt(path)
    corpus = tmp_path / "corpus"
    before = {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()}
    xlsx(path, {"Hệ thống": [SYSTEMS, SOUND, ("Hệ thống B", "System B", "Database")]})
    write = files.write_atomically

    def interrupted(target: Path, data: bytes, name: str) -> None:
        if target.suffix == ".md" and "thống B".encode() in data:
            raise KeyboardInterrupt
        write(target, data, name)

    monkeypatch.setattr(files, "write_atomically", interrupted)
    with pytest.raises(KeyboardInterrupt):
        attempt(path)
    assert {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()} == before
    monkeypatch.undo()
    assert len(attempt(path).written) == 2


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Hệ thống": [SYSTEMS, SOUND]})
    (tmp_path / "corpus").write_text("a file", encoding="utf-8")
    with pytest.raises(WriteError):
        attempt(path)
    assert (tmp_path / "corpus").read_text("utf-8") == "a file"


def test_ods_with_hidden_rows_and_formulas(tmp_path: Path) -> None:
    systems = [SYSTEMS[:3], SOUND, ("B", "B", "Database")]
    path = ods(tmp_path / "a.ods", {"Nguồn": SOURCES, "Hệ thống": systems})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members["content.xml"].decode()
    head, tail = xml.rsplit("<table:table-row>", 1)
    xml = f'{head}<table:table-row table:visibility="filter">{tail}'
    start = xml.rindex("<table:table-cell ")
    xml = f'{xml[:start]}<table:table-cell table:formula="of:=1" {xml[start + 18 :]}'
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**members, "content.xml": xml.encode()}.items():
            archive.writestr(name, data)
    assert [line.split(" — ")[0] for line in lines(path)] == [
        "a.ods[Hệ thống]:3:1 KG112 warning: hidden rows 3 are read all the same",
        "a.ods[Hệ thống]:3:3 KG112 warning: C3 is a formula: the value of the last saving was read",
    ]
