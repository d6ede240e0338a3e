"""The operator's log: where it takes no more lines, the service goes on."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from egovkg.service.workers.operator_log import log_event, log_line

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class FullDisk(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", FullDisk())
    log_line("one line")
    log_event("forkserver-ended")


def test_a_closed_log_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = (tmp_path / "log").open("w", encoding="utf-8")
    log.close()
    monkeypatch.setattr(sys, "stderr", log)
    log_line("one line")
