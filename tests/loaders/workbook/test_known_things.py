"""Rows that name a thing of another register: it is not registered again, and several things are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.errors import InputError
from egovkg.loaders.workbook import ImportReport, SourceDefaults, WorkbookImport, import_workbook
from egovkg.tests.loaders.workbook.books import xlsx

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"": "vn:son-la", "-2025": "vn:son-la-2025"}
TIMES = {"": "(đến 30/6/2025)", "-2025": "(từ 2025-07-01)"}
PORTAL, CENTRE = "Cổng dữ liệu thử tỉnh Sơn La", "Trung tâm dữ liệu thử tỉnh Sơn La"
HEADINGS = ("Tên", "Loại", "Tên tiếng Anh", "Chủ quản", "Mã")
BODY = "Trung tâm Thử nghiệm tỉnh Sơn La"


def _entry(name: str, kind: str, label: str, territory: str) -> str:
    return f"  {name}:\n    kind: {kind}\n    vi: {label}\n    en: {name}\n    territory: {territory}\n"


def _import(folder: Path, day: str, *rows: tuple[str, ...], others: str = "") -> ImportReport:
    """Import systems into a corpus whose register has a portal, a centre and a body, each in two times."""
    entries = [
        _entry(f"{name}{period}", kind, f"{label} {time}", UNITS[period])
        for period, time in TIMES.items()
        for name, kind, label in (
            ("cong", "WebPortal", PORTAL),
            ("ttdl", "DataCentre", CENTRE),
            ("so", "Department", BODY),
        )
    ]
    corpus = folder / "corpus"
    (corpus / "register").mkdir(parents=True)
    (corpus / "register" / "thu.yaml").write_text(
        "prefix: thu\nentities:\n" + "".join(entries) + others, "utf-8"
    )
    sources = (
        ("Mã", "Tên nguồn", "Cơ quan giữ bảng", "Ngày số liệu", "Phạm vi"),
        ("kk", "Bảng thử", BODY, day, "Tỉnh Sơn La"),
    )
    book = xlsx(folder / "kk.xlsx", {"Hệ thống": [HEADINGS, *rows]}, sources=sources)
    return import_workbook(WorkbookImport(book, corpus, SourceDefaults()))


@pytest.mark.parametrize(("day", "period"), [("2025-10-01", "-2025"), ("2024-10-01", "")])
def test_a_label_matches_without_its_time_on_a_day_within_it(tmp_path: Path, day: str, period: str) -> None:
    rows = [(PORTAL, "WebPortal", "Portal", BODY), (CENTRE.upper(), "DataCentre", "Centre", "")]
    report = _import(tmp_path, day, *rows)
    assert [row.rpartition(" ")[2] for row in report.existing] == [f"thu:cong{period}", f"thu:ttdl{period}"]
    article = (tmp_path / "corpus" / "articles" / "kk.kg.md").read_text("utf-8")
    assert f"thu:so{period}" in article
    assert not (tmp_path / "corpus" / "register" / "kk.yaml").exists()


def test_a_thing_of_another_class_is_new(tmp_path: Path) -> None:
    report = _import(tmp_path, "2025-10-01", (PORTAL, "Database", "Data", ""))
    assert report.existing == ()
    assert PORTAL in (tmp_path / "corpus" / "register" / "kk.yaml").read_text("utf-8")


def test_several_things_are_told_and_an_id_decides(tmp_path: Path) -> None:
    twin = _entry("cong-2", "WebPortal", f"{PORTAL} (từ năm 2025)", "vn:son-la-2025")
    with pytest.raises(InputError) as caught:
        _import(tmp_path / "a", "2025-10-01", (PORTAL, "WebPortal", "Portal", ""), others=twin)
    lines = caught.value.text("en").splitlines()
    assert len(lines) == 1
    assert f'KG113 A2 “Name”: "{PORTAL}" may be any of 2 things' in lines[0]
    assert "thu:cong-2025, thu:cong-2" in lines[0]
    row = (PORTAL, "WebPortal", "Portal", "", "thu:cong-2")
    report = _import(tmp_path / "b", "2025-10-01", row, others=twin)
    assert report.existing == ("kk.xlsx[Hệ thống]:2 thu:cong-2",)


def test_several_bodies_own_a_system(tmp_path: Path) -> None:
    others = _entry("van-phong", "Office", "Văn phòng Thử nghiệm tỉnh Sơn La", "vn:son-la-2025")
    owners = f"{BODY}; Văn phòng Thử nghiệm tỉnh Sơn La"
    _import(tmp_path, "2025-10-01", (PORTAL, "WebPortal", "Portal", owners), others=others)
    article = (tmp_path / "corpus" / "articles" / "kk.kg.md").read_text("utf-8")
    assert [line.split()[2] for line in article.splitlines() if " ownedBy " in line] == [
        "thu:so-2025",
        "thu:van-phong",
    ]
