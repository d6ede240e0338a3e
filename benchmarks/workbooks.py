"""A workbook of 10 000 rows, checked without writing, against reading its cells alone. Processor time."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from egovkg.loaders.workbook import SourceDefaults, WorkbookImport, import_workbook
from egovkg.viz.tables import Sheet, workbook
from python_calamine import CalamineWorkbook

SYSTEMS, LINKS = 5_000, 5_000
GOAL = 10  # seconds


def book() -> bytes:
    """Return an inventory: systems, and connections between them."""
    systems = [[f"Hệ thống thử {number}", f"Trial system {number}", "Database"] for number in range(SYSTEMS)]
    links = [
        [f"Hệ thống thử {number}", "connectsTo", f"Hệ thống thử {(number * 7 + 1) % SYSTEMS}"]
        for number in range(LINKS)
    ]
    return workbook(
        [
            Sheet("Hệ thống", ["Tên", "Tên tiếng Anh", "Loại"], systems),
            Sheet("Kết nối", ["Hệ thống nguồn", "Quan hệ", "Hệ thống đích"], links),
        ]
    )


def rows() -> list[tuple[str, str, str, str, str]]:
    """Measure, and return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.xlsx"
        path.write_bytes(book())
        start = time.process_time()
        for sheet in (cells := CalamineWorkbook.from_path(path)).sheet_names:
            cells.get_sheet_by_name(sheet).to_python()
        reading = time.process_time() - start
        defaults = SourceDefaults("kiem-ke", "Kiểm kê", "", "nat:bo-tttt", "2026-01-01", "vn:bac-kan")
        request = WorkbookImport(path, Path(folder) / "corpus", defaults, only_checked=True)
        start = time.process_time()
        report = import_workbook(request)
        checking = time.process_time() - start
    assert sum(report.rows.values()) == SYSTEMS + LINKS
    assert not report.left_out, report.problems[:3]
    label = "10 000 rows of a workbook checked; its cells read alone"
    return [(label, f"{checking:.1f} s", f"{reading:.2f} s", f"{checking / reading:.0f}", f"≤ {GOAL} s")]


if __name__ == "__main__":
    print(*rows(), sep="\n")
