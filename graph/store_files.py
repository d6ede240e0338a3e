"""The files of a published store: a record of them, their check against it, a lease while they are read."""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import compact_json

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    import fcntl
except ImportError:  # Windows, where the files of a store that is open cannot be removed
    fcntl = None  # type: ignore[assignment]

STORE = "store"
_RECORD = "files.json"  # beside the files of the store: their bytes differ between equal builds
_MANIFEST = "manifest.json"
_CHUNK_BYTES = 1 << 20
_QUICK_BYTES = 64 << 20  # of a store whose checksums are always compared, in 24 ms


def write_record(folder: Path) -> None:
    """Record the size and checksum of every file of the store of a version, which nobody may have open."""
    record = {path.name: [path.stat().st_size, _checksum(path)] for path in _store_files(folder)}
    (folder / STORE / _RECORD).write_text(compact_json(record) + "\n", encoding="utf-8")


def damaged_file(folder: Path, *, is_thorough: bool = False) -> str | None:
    """Compare the store of a version with its record.

    An engine that meets a damaged file may take all memory of the machine, or never answer.

    :param is_thorough: whether the checksums of a large store are compared too; 0.4 s for a gigabyte that the
        system has in memory
    :returns: the name of a missing or damaged file; ``None`` if there is none
    """
    record = _read_record(folder)
    is_thorough = is_thorough or sum(size for size, _ in record.values()) <= _QUICK_BYTES
    for name, (size, checksum) in record.items():
        path = folder / STORE / name
        try:
            if path.stat().st_size != size or (is_thorough and _checksum(path) != checksum):
                return f"{STORE}/{name}"
        except OSError:
            return f"{STORE}/{name}"
    return None if record else f"{STORE}/{_RECORD}"


def _read_record(folder: Path) -> dict[str, tuple[int, int]]:
    """Read size and checksum of each file; empty if there is no record, or it is damaged."""
    try:
        content = json.loads((folder / STORE / _RECORD).read_text(encoding="utf-8"))
        return {str(name): (int(size), int(checksum)) for name, (size, checksum) in content.items()}
    except (OSError, AttributeError, TypeError, ValueError):
        return {}


def _store_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted((folder / STORE).iterdir()) if path.name != _RECORD)


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


class Lease:
    """Keeps a version from being removed, as long as the object exists."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = -1
        if fcntl is not None:
            self._descriptor = os.open(folder / _MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
            with suppress(OSError):  # it is being removed, or the file system has no locks
                fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)


def is_leased(folder: Path) -> bool:
    """Tell whether somebody reads a version; false where the system has no locks."""
    if fcntl is None:
        return False
    try:
        with (folder / _MANIFEST).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
