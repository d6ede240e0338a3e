"""A workbook that is imported again: partial imports take nothing away, and what is left over is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.errors import InputError
from egovkg.loaders.workbook import ImportReport, SourceDefaults, WorkbookImport, import_workbook
from egovkg.tests.loaders.workbook.books import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.tests.loaders.workbook.books import Rows

SYSTEMS = ("Tên", "Tên tiếng Anh", "Loại", "Trạng thái")
FIRST = ("Hệ thống A", "System A", "InformationSystem", None)
SECOND = ("Hệ thống B", "System B", "InformationSystem", None)
CONNECTIONS = [("Hệ thống nguồn", "Hệ thống đích"), ("tq:lgsp", "nat:cong-dvcqg")]
SHEETS: dict[str, Rows] = {"Hệ thống": [SYSTEMS, FIRST, SECOND], "Kết nối": CONNECTIONS}


def attempt(folder: Path, sheets: dict[str, Rows], *, partial: bool = False) -> ImportReport:
    path = xlsx(folder / "a.xlsx", sheets)
    return import_workbook(WorkbookImport(path, folder / "corpus", SourceDefaults(), is_partial=partial))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "corpus").rglob("*") if path.is_file()}


def refusal(folder: Path, sheets: dict[str, Rows]) -> list[str]:
    """Return what a partial import is refused with, and check that it changes nothing."""
    before = contents(folder)
    with pytest.raises(InputError) as caught:
        attempt(folder, sheets, partial=True)
    assert contents(folder) == before
    return caught.value.text("en").splitlines()


def test_a_partial_import_takes_no_statement_away(tmp_path: Path) -> None:
    assert attempt(tmp_path, SHEETS).statements.emitted == 3
    faulty = (*SECOND[:2], "Nonsense", None)
    found = refusal(tmp_path, SHEETS | {"Hệ thống": [SYSTEMS, FIRST, faulty]})
    assert any("Nonsense" in line for line in found)
    (line,) = [line for line in found if "KG115" in line]
    assert "take away 1 of 3 statements of the earlier import" in line
    assert "kiemke:he-thong-b serves vn:tuyen-quang" in line


def test_a_sheet_that_is_left_out_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    attempt(tmp_path, SHEETS)
    doubled: Rows = [(*SYSTEMS, "Loại"), (*FIRST, "Database"), SECOND]
    found = refusal(tmp_path, SHEETS | {"Hệ thống": doubled})
    assert any("KG111" in line and "all 2 rows of the sheet are left out" in line for line in found)
    assert any("KG115" in line and "take away 2 of 3 statements" in line for line in found)


def test_a_partial_import_that_keeps_all_is_done(tmp_path: Path) -> None:
    attempt(tmp_path, SHEETS)
    changed = (*FIRST[:3], "dự kiến")
    faulty = ("Hệ thống C", "System C", "Nonsense", None)
    report = attempt(tmp_path, SHEETS | {"Hệ thống": [SYSTEMS, changed, SECOND, faulty]}, partial=True)
    assert (report.left_out, report.statements.emitted) == ({"systems": 1}, 3)
    assert "planned" in (tmp_path / "corpus" / "articles" / "kiem-ke.kg.md").read_text("utf-8")


def test_after_the_article_is_deleted_a_partial_import_is_done(tmp_path: Path) -> None:
    attempt(tmp_path, SHEETS)
    (tmp_path / "corpus" / "articles" / "kiem-ke.kg.md").unlink()
    faulty = (*SECOND[:2], "Nonsense", None)
    report = attempt(tmp_path, SHEETS | {"Hệ thống": [SYSTEMS, FIRST, faulty]}, partial=True)
    assert report.statements.emitted == 2


def test_a_register_without_entries_any_more_is_named(tmp_path: Path) -> None:
    attempt(tmp_path, SHEETS)
    report = attempt(tmp_path, {"Kết nối": CONNECTIONS})
    (line,) = [problem.text("en") for problem in report.problems if "KG115" in problem.text("en")]
    assert "kiemke.yaml:1:1" in line
    assert "of which the workbook has no entry any more" in line
