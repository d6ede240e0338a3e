"""What is no file is refused in one line, in bounded time; a pipe is read to its end."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from egovkg.errors import CorpusError, InputError
from egovkg.loaders.text import input_files
from egovkg.loaders.text.input_files import files_in, input_bytes, input_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
NO_ROOT = pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may read everything")


def refusal(path: Path, **options: bool) -> str:
    with pytest.raises(InputError) as caught:
        input_bytes(path, path.name, **options)
    return str(caught.value)


def test_a_ring_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert "a:1:1 KG008 cannot be read (its symbolic links form a loop)" in refusal(tmp_path / "a")


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("missing")
    assert "KG008 cannot be read (No such file" in refusal(tmp_path / "a")


def test_a_folder(tmp_path: Path) -> None:
    assert "KG008 this is a folder, not a file" in refusal(tmp_path)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device(device: str) -> None:
    assert "KG008 this is a device, pipe or socket" in refusal(Path(device))


def test_a_silent_pipe_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_files, "PATIENCE", 0.05)
    os.mkfifo(tmp_path / "pipe")
    assert "KG008 the pipe received no data for 0.05 s" in refusal(tmp_path / "pipe")
    assert "KG008 this is a device, pipe or socket" in refusal(tmp_path / "pipe", allow_pipe=False)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    content = b"x" * 200_000
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(content,))
    writer.start()
    assert input_bytes(tmp_path / "pipe", "pipe") == content
    writer.join()


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_files, "LARGEST", 1 << 20)
    with (tmp_path / "a").open("wb") as file:
        file.truncate((1 << 20) + 1)
    assert "KG008 more than 1 MB" in refusal(tmp_path / "a")


def test_no_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ab\xff")
    with pytest.raises(InputError, match="KG002 byte 2 is not UTF-8"):
        input_text(tmp_path / "a", "a")


@NO_ROOT
def test_without_rights(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0)
    assert "KG008 cannot be read (Permission denied)" in refusal(tmp_path / "a")
    (tmp_path / "folder").mkdir(mode=0)
    with pytest.raises(CorpusError, match=r"cannot be read \(Permission denied\)"):
        files_in(tmp_path / "folder", "")


def test_a_folder_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(CorpusError) as caught:
        files_in(tmp_path, "")
    assert caught.value.text("vi").endswith(
        ": không đọc được (không có quyền truy cập) — sửa quyền truy cập hoặc liên kết"
    )


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert files_in(tmp_path / "missing", "") == ()
